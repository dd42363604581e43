"""`tutor new lesson PATH`, `tutor new course DIR`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tutor.authoring.templates import new_course, new_lesson
from tutor.errors import UsageError


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("new", parents=[everywhere], help="start a lesson or a course from a template")
    verb.add_argument("what", choices=["lesson", "course"])
    verb.add_argument("path", metavar="PATH", type=Path)
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Write it; what is there already is never overwritten."""
    path: Path = options.path
    if path.exists() and not (options.what == "course" and path.is_dir() and not any(path.iterdir())):
        raise UsageError(f"{path}: there is something of that name already.", "Choose another name.")
    try:
        made = new_lesson(path) if options.what == "lesson" else new_course(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}.", "Choose another folder.") from error
    for file in made:
        print(file)
    return 0
