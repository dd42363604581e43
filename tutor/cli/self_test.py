"""`tutor self-test`"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tutor.cli.running import one_runner
from tutor.paths import course_folder, folders
from tutor.selftest.report import Tested, carry_out
from tutor.selftest.trials import trials


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("self-test", parents=[everywhere], help="prove this installation on this PC")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Try everything; 0 when all holds."""
    with one_runner(options.data_dir, spares=2) as runner:
        heard = _quiet if options.json else _say
        found = carry_out(trials(folders(options.data_dir), course_folder(), runner), heard)
    passed = all(tested.passed for tested in found)
    if options.json:
        checks = [{"name": t.name, "passed": t.passed, "detail": t.detail} for t in found]
        print(json.dumps({"passed": passed, "checks": checks}))
    else:
        failed = sum(not tested.passed for tested in found)
        print("\nAll is well." if passed else f"\n{failed} of {len(found)} did not hold.")
    return 0 if passed else 1


def _say(tested: Tested) -> None:
    print(f"{'✓' if tested.passed else '✗'} {tested.name}: {tested.detail}")
    sys.stdout.flush()


def _quiet(tested: Tested) -> None:
    """JSON is one object, at the end."""
