"""`tutor self-test`"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from tutor.cli.running import one_runner
from tutor.errors import UsageError
from tutor.paths import course_folder
from tutor.selftest.report import Tested, carry_out
from tutor.selftest.trials import trials
from tutor.settings import kept_in


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("self-test", parents=[everywhere], help="prove this installation on this PC")
    verb.add_argument(
        "--json",
        nargs="?",
        const="",
        metavar="FILE",
        help="print JSON; with FILE, write it there and say the rest in words",
    )
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Try everything; 0 when all holds."""
    only_json = options.json == ""
    with one_runner(options.data_dir, spares=2) as runner:
        heard = _quiet if only_json else _say
        found = carry_out(trials(kept_in(options.data_dir), course_folder(), runner), heard)
    passed = all(tested.passed for tested in found)
    if options.json is not None:
        checks = [{"name": t.name, "passed": t.passed, "detail": t.detail} for t in found]
        _write(options.json, json.dumps({"passed": passed, "checks": checks}))
    if not only_json:
        failed = sum(not tested.passed for tested in found)
        print("\nAll is well." if passed else f"\n{failed} of {len(found)} did not hold.")
    return 0 if passed else 1


def _write(file: str, text: str) -> None:
    if not file:
        print(text)
        return
    try:
        Path(file).write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}.", "Name another file.") from error


def _say(tested: Tested) -> None:
    # A windowed program on Windows has no standard output at all; print takes that quietly.
    print(f"{'✓' if tested.passed else '✗'} {tested.name}: {tested.detail}", flush=True)


def _quiet(tested: Tested) -> None:
    """JSON is one object, at the end."""
