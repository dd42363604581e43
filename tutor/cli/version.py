"""`tutor version`"""

from __future__ import annotations

import argparse
import json
import platform
from importlib import metadata
from typing import Any

from tutor import NAME, UNOFFICIAL, __version__
from tutor.lessons.loader import load_course
from tutor.paths import course_folder


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("version", parents=[everywhere], help="versions of the tutor, Python, Qt, course")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def versions() -> dict[str, str]:
    """Versions by name; "not installed" where a part is absent."""
    course = load_course(course_folder()).value
    return {
        "tutor": __version__,
        "python": platform.python_version(),
        "qt": _installed("PySide6-Essentials"),
        "scintilla": _installed("pyside6-scintilla"),
        "course": f"{course.id} {course.version}" if course else "cannot be read",
    }


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"


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
