"""Opening a session: the course, the learner's work and the runner, from the folders of this PC."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from tutor.errors import Fault, LessonError
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course, Problem
from tutor.paths import Folders, course_folder
from tutor.progress.damage import Damage
from tutor.progress.saver import Saving
from tutor.runner.runner import Runner, sweep_old_folders
from tutor.session.events import SavingChanged, SessionEvent, Trouble
from tutor.session.people import LearnerStores
from tutor.session.session import Session


class CourseBroken(LessonError):
    """The course cannot be used at all; `problems` name each mistake by line."""

    def __init__(self, folder: Path, problems: tuple[Problem, ...]) -> None:
        first = f" {problems[0]}" if problems else ""
        super().__init__(
            f"The course in {folder} cannot be used.{first}", "tutor lint lists all that is to be mended."
        )
        self.problems = problems


def open_course(folders: Folders, folder: Path | None = None, known: Collection[Path] = ()) -> Course:
    """The course in a folder, by default the one that is shipped.

    Args:
        folders: where the tutor keeps things.
        folder: holds course.yaml.
        known: folders of courses, beside the installed ones, that this one may extend.

    Raises:
        CourseBroken: when it cannot be used.
    """
    where = folder or course_folder()
    loaded = load_course(where, cache=folders.cache, installed=(*folders.installed_courses, *known))
    if loaded.value is None:
        raise CourseBroken(where, loaded.problems)
    return loaded.value


def open_session(
    emit: Callable[[SessionEvent], None], folders: Folders, *, course: Course | None = None
) -> Session:
    """A session on this PC. Returns at once; the learner's work is read in the background.

    Args:
        emit: the one subscriber; called from any thread.
        folders: where the tutor keeps things.
        course: the course; by default the one that is shipped.

    Raises:
        CourseBroken: when the course cannot be used.
    """
    chosen = course or open_course(folders)
    sweep_old_folders(folders.work)

    def saving(change: Saving) -> None:
        emit(SavingChanged(change.state, change.what, change.do))

    def damaged(damage: Damage) -> None:
        emit(Trouble(Fault.PC, damage.sentence()))

    stores = LearnerStores(folders, saving, damaged)
    return Session(chosen, stores, Runner(folders.work), emit)
