"""`tutor version`"""

from __future__ import annotations

import argparse
import json
from typing import Any

from tutor import NAME, UNOFFICIAL
from tutor.selftest.versions import versions


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("version", parents=[everywhere], help="versions of the tutor, Python, Qt, course")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Print the versions."""
    found = versions()
    if options.json:
        print(json.dumps(found))
    else:
        print(f"{NAME} ({UNOFFICIAL})")
        for name, value in found.items():
            print(f"{name:10} {value}")
    return 0
