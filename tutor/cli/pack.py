"""`tutor pack COURSE -o FILE`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tutor.authoring.lint import lint
from tutor.authoring.packs import SUFFIX, pack
from tutor.errors import UsageError
from tutor.lessons.model import Severity

_REVIEW = ("review-changed", "review-out-of-date")


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("pack", parents=[everywhere], help=f"put a course into one file ({SUFFIX})")
    verb.add_argument("course", metavar="COURSE", type=Path, help="the course's folder")
    verb.add_argument(
        "-o", dest="file", metavar="FILE", type=Path, help="the pack; by default beside the folder"
    )
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Pack it, and say what whoever gets it would find wrong with it."""
    course = options.course
    file: Path = options.file or course.resolve().with_suffix(SUFFIX)
    if file.suffix.lower() != SUFFIX:
        raise UsageError(f"{file}: the name of a pack ends in {SUFFIX}.", f"Name it {file.stem}{SUFFIX}.")
    try:
        packed = pack(course, file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}.", "Name another folder.") from error
    problems = lint([course], run=None).problems
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    for problem in problems:
        if problem.rule in _REVIEW:
            print(f"Warning: {problem}")
    if errors:
        counted, them = ("1 error", "it") if errors == 1 else (f"{errors} errors", "them")
        print(f"Warning: the course has {counted}. tutor lint {course} lists {them}.")
    size = sum(one.size for one in packed)
    print(f"{file}: {len(packed)} files, {size / 1000:,.0f} kB before packing.")
    return 0
