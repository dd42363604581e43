"""Opening a session: the course, the learner's work and the runner, from the folders of this PC."""

from __future__ import annotations

from collections.abc import Callable

from tutor.errors import Fault
from tutor.lessons.model import Course
from tutor.lessons.opening import open_course
from tutor.paths import Folders
from tutor.patience import Patience
from tutor.progress.damage import Damage
from tutor.progress.saver import Saving
from tutor.runner.runner import Runner, sweep_old_folders
from tutor.session.courses import CourseSource
from tutor.session.events import SavingChanged, SessionEvent, Trouble
from tutor.session.people import LearnerStores
from tutor.session.session import Session


def open_session(
    emit: Callable[[SessionEvent], None],
    folders: Folders,
    *,
    course: Course | None = None,
    source: CourseSource | None = None,
    patience: Patience | None = None,
) -> Session:
    """A session on this PC. Returns at once; the learner's work is read in the background.

    Args:
        emit: the one subscriber; called from any thread.
        folders: where the tutor keeps things.
        course: the course; by default the one that the learner had open last, at first the one that is shipped.
        source: finds and copies other courses; by default it reads course folders alone.
        patience: for how long to wait for the folders before the course is opened; None: as long as it takes.

    Raises:
        CourseBroken: when the course cannot be used.
    """
    chosen = course or open_course(folders, patience=patience)
    sweep_old_folders(folders.work)

    def saving(change: Saving) -> None:
        emit(SavingChanged(change.state, change.what, change.do))

    def damaged(damage: Damage) -> None:
        emit(Trouble(Fault.PC, damage.sentence()))

    stores = LearnerStores(folders, saving, damaged)
    return Session(chosen, stores, Runner(folders.work), emit, source, follow_last=course is None)
