"""Data files exist inside the course, and do not get in each other's way."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath

from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.surroundings import Surroundings


def check_files(step: Entry, around: Surroundings, report: Report) -> None:
    """The data files of a step, and the name of the learner's program."""
    taken = {step.get("filename", "main.py")}
    for name, node in step.items("files"):
        path = (around.folder / name).resolve()
        inside = (around.course_folder or around.folder.parent).resolve()
        last = PurePosixPath(name).name
        if not path.is_relative_to(inside):
            report.error(
                node,
                step.where,
                f"`{name}` is outside the course",
                "put the file into the lesson's data/ folder",
                "file-missing",
            )
        elif not path.is_file():
            others = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
            report.error(
                node, step.where, f"there is no file `{name}`", did_you_mean(last, others), "file-missing"
            )
        elif last in taken:
            report.error(
                node,
                step.where,
                f"a second file is called `{last}` in the working folder",
                rule="file-missing",
            )
        taken.add(last)
    filename = step.get("filename")
    if filename is not None and filename.removesuffix(".py") in sys.stdlib_module_names:
        problem = f"`{filename}` hides Python's own module `{filename.removesuffix('.py')}`"
        report.warning(step.at("filename"), step.where, problem, "give it another name", "name")
