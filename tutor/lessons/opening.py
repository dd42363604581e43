"""Opening a course: the one that comes with the tutor, or the one in a folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from tutor.errors import LessonError
from tutor.lessons.kept import Kept
from tutor.lessons.model import Course, Problem, Rule
from tutor.paths import Folders, course_folder
from tutor.patience import Patience, as_long_as_it_takes
from tutor.translation import tr


class CourseBroken(LessonError):
    """The course cannot be used at all; `problems` name each mistake by line."""

    def __init__(self, folder: Path, problems: tuple[Problem, ...]) -> None:
        first = f" {problems[0]}" if problems else ""
        super().__init__(
            f"{tr('The course in {folder} cannot be used.', folder=folder)}{first}",
            tr("{command} lists all that is to be mended.", command="tutor lint"),
        )
        self.problems = problems


def kept_in(folders: Folders) -> Kept:
    """What was read of courses before, in the tutor's cache."""
    return Kept(folders.cache, _rules_of)


def _rules_of(folder: Path) -> Mapping[str, Rule]:
    from tutor.lessons.course_loader import sound_rules  # noqa: PLC0415  (reads YAML, which most starts need not)

    return sound_rules(folder)


def open_course(
    folders: Folders,
    folder: Path | None = None,
    known: Collection[Path] = (),
    *,
    patience: Patience | None = None,
) -> Course:
    """The course in a folder, by default the one that is shipped.

    Args:
        folders: where the tutor keeps things.
        folder: holds course.yaml.
        known: folders of courses, beside the installed ones, that this one may extend.
        patience: for how long to wait for the tutor's own folders; None: as long as it takes.

    Raises:
        CourseBroken: when it cannot be used.
    """
    where = folder or course_folder()
    kept = kept_in(folders)
    wait = patience.within if patience else as_long_as_it_takes
    course = wait(lambda: kept.course(where))
    if course is not None:
        return course

    def around() -> tuple[Path, ...]:
        """Asked for by a course that extends another one. Where a folder stalls, only the shipped one can be extended."""
        return (*known, *(wait(lambda: folders.installed_courses) or (course_folder(),)))

    from tutor.lessons.loader import load_course  # noqa: PLC0415  (reads YAML, which most starts need not)

    loaded = load_course(where, cache=folders.cache, installed=around, patience=patience)
    if loaded.value is None:
        raise CourseBroken(where, loaded.errors or loaded.problems)
    read = loaded.value
    wait(lambda: kept.keep_course(read))
    return read
