"""Which course is open: the verbs for opening another one, for those that were opened before, and for one's own copy.

What is done is kept under the id of its course, or of the one that it extends: what was done in one course says nothing
about another, but a trust's own course knows what was done in the course that it builds on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from tutor.errors import Fault, MachineError, TutorError
from tutor.files import why_not_written
from tutor.lessons.finding import COURSE_FILE
from tutor.lessons.model import Course
from tutor.lessons.opening import CourseBroken, open_course
from tutor.paths import Folders, course_folder
from tutor.progress.shelf import ShelvedCourse
from tutor.session.desk import Desk
from tutor.session.events import (
    CourseOpened,
    CourseRefused,
    CoursesKnown,
    KnownCourse,
    Openable,
    SessionEvent,
    Trouble,
)
from tutor.session.navigation import Navigation
from tutor.session.telling_opening import TellingOpening
from tutor.translation import tr

#: So many mistakes of a course that cannot be opened are named.
MOST_DETAILS = 5


class CourseSource(Protocol):
    """Where courses come from."""

    def find(self, chosen: Path, known: Collection[Path]) -> Course:
        """The course that a folder or file stands for; `known` are folders of courses that it may extend.

        Raises:
            TutorError: there is none that can be used.
            OSError: it cannot be read.
        """

    def copy(self, course: Course, folder: Path) -> Path:
        """Make the person's own copy in this folder; returns the new course's folder.

        Raises:
            TutorError, OSError: it cannot be made there.
        """


class OnlyFolders:
    """Course folders as they are: no packs, no copies."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def find(self, chosen: Path, known: Collection[Path]) -> Course:
        """The course in this folder."""
        return open_course(self._folders, chosen, known)

    def copy(self, course: Course, folder: Path) -> Path:
        """Not here."""
        raise MachineError(tr("No copy can be made here."))


class Courses:
    """The verbs. Each returns at once; what comes of it arrives as an event.

    Args:
        desk: what is open.
        navigation: opens steps of the course that is opened.
        source: finds courses, and copies them.
        do: does a task on the session's thread.
        emit: the one subscriber.

    Attributes:
        follow_last: whether opening somebody's work opens the course that they had open last.
    """

    def __init__(
        self,
        desk: Desk,
        navigation: Navigation,
        source: CourseSource,
        do: Callable[[Callable[[], None]], None],
        emit: Callable[[SessionEvent], None],
    ) -> None:
        self._desk, self._navigation, self._source = desk, navigation, source
        self._do, self._emit = do, emit
        self._opening = TellingOpening(do, emit)
        self._built_in = desk.course if desk.course.folder == course_folder() else None
        self._built_in_title = ""
        self.follow_last = False

    def show(self) -> None:
        """The courses that can be opened. -> CoursesKnown."""
        self._do(self._show)

    def open(self, chosen: Path) -> None:
        """Open the course of a folder or file. -> CourseOpened and StepOpened, or CourseRefused."""
        self._opening(lambda: self._guarded(chosen, lambda: self._open(chosen)), Openable.COURSE, chosen.name)

    def make_own_copy(self, folder: Path) -> None:
        """Make one's own copy of the open course in this folder, and open it. -> as `open`."""
        self._opening(lambda: self._guarded(folder, lambda: self._copy(folder)), Openable.COPY)

    def drop(self, folder: Path) -> None:
        """List this course no more; nothing of it is touched. -> CoursesKnown."""
        self._do(lambda: self._drop(folder))

    @property
    def shown(self) -> tuple[KnownCourse, ...]:
        """The courses that can be opened, as far as is known without looking for them. Safe from any thread."""
        here, work = self._desk.course, self._desk.work
        title = self._built_in.title if self._built_in else self._built_in_title
        listed = [(course_folder(), title)]
        listed += [(one.folder, one.title) for one in work.shelf.recent] if work else []
        if here.folder not in [folder for folder, _title in listed]:
            listed.append((here.folder, here.title))
        return tuple(
            KnownCourse(
                here.title if folder == here.folder else title,
                folder,
                built_in=folder == course_folder(),
                current=folder == here.folder,
            )
            for folder, title in listed
        )

    @property
    def track(self) -> str:
        """The id of the track that was chosen in the open course; "" for all lessons."""
        work = self._desk.work
        return work.shelf.track(self._desk.course.id) if work else ""

    def choose_track(self, track_id: str) -> None:
        """Remember which lessons are listed; "" for all."""
        work = self._desk.work
        if work is not None:
            work.shelf.choose_track(self._desk.course.id, track_id)
            work.keep_shelf()

    # -- on the session's thread

    def follow(self) -> None:
        """Somebody's work was opened: so is the course that they had open last, where that is wanted and possible."""
        work, here = self._desk.work, self._desk.course
        if work is None:
            return
        if not self.follow_last:
            if (
                here.folder != course_folder()
            ):  # named on the command line: listed, but not where one begins next time
                work.shelf.add(ShelvedCourse(here.id, here.title, here.folder))
            return
        last = work.shelf.last or course_folder()
        if last == self._desk.course.folder:
            return
        try:
            course = self._built_in if last == course_folder() and self._built_in else self._find(last)
        except (TutorError, OSError) as error:
            title = next((one.title for one in work.shelf.recent if one.folder == last), last.name)
            why = error.what if isinstance(error, TutorError) else tr("{folder} cannot be read.", folder=last)
            self._emit(
                Trouble(
                    Fault.PC,
                    tr(
                        "The course {title}, which was open last, cannot be opened now. {why}",
                        title=title,
                        why=why,
                    ),
                    tr(
                        "The course that comes with the tutor is open instead. What you did in the other one is kept."
                    ),
                )
            )
            course = self._built_in or self._find(course_folder())
        if course.folder != self._desk.course.folder:
            self._desk.change_course(course)
            self._emit(CourseOpened(course, asked=False))
        self._show()

    def _find(self, chosen: Path) -> Course:
        work = self._desk.work
        known = [one.folder for one in work.shelf.recent] if work else []
        known.append(self._desk.course.folder)
        return self._source.find(chosen, known)

    def _open(self, chosen: Path, *, copied: bool = False) -> None:
        self._use(self._find(chosen), copied=copied)

    def _use(self, course: Course, *, copied: bool) -> None:
        self._desk.change_course(course)
        work = self._desk.work
        if work is not None:
            built_in = course.folder == course_folder()
            shelved = None if built_in else ShelvedCourse(course.id, course.title, course.folder)
            work.shelf.opened(shelved)
            work.keep_shelf()
        self._emit(CourseOpened(course, copied))
        own = next((one.id for one in course.lessons if one.path.is_relative_to(course.folder)), None)
        self._navigation.open(own if copied else None)
        self._show()

    def _copy(self, folder: Path) -> None:
        try:
            made = self._source.copy(self._desk.course, folder)
        except OSError as error:
            raise MachineError(
                why_not_written(error, folder, "copy").what, tr("Choose another folder.")
            ) from error
        self._open(made, copied=True)

    def _drop(self, folder: Path) -> None:
        work = self._desk.work
        if work is not None:
            work.shelf.drop(folder)
            work.keep_shelf()
        self._show()

    def _title_of_ours(self) -> str:
        if self._built_in:
            return self._built_in.title
        from tutor.lessons.course_loader import course_title  # noqa: PLC0415  (reads YAML, which most starts need not)

        return course_title(course_folder())

    def _show(self) -> None:
        if not self._built_in_title:
            self._built_in_title = self._title_of_ours()
        listed = self.shown

        def look() -> None:
            """On a thread of its own: a drive that does not answer holds up nothing else."""
            self._emit(CoursesKnown(tuple(replace(one, found=_is_course(one.folder)) for one in listed)))

        threading.Thread(target=look, name="courses", daemon=True).start()

    def _guarded(self, chosen: Path, task: Callable[[], None]) -> None:
        """Trouble is told where the course was chosen, and the open course stays."""
        try:
            task()
        except CourseBroken as error:
            details = tuple(str(problem) for problem in error.problems[:MOST_DETAILS])
            what = tr("{folder} is a course, but it cannot be used as it is.", folder=chosen)
            self._emit(
                CourseRefused(what, tr("Mend what is named here, and open it again."), details, chosen)
            )
        except TutorError as error:
            self._emit(CourseRefused(error.what, error.do, (), chosen))
        except OSError as error:
            what = tr(
                "{folder} cannot be read ({why}).",
                folder=chosen,
                why=error.strerror or type(error).__name__,
            )
            self._emit(CourseRefused(what, tr("Check that this PC can reach it, and try again."), (), chosen))


def _is_course(folder: Path) -> bool:
    try:
        return (folder / COURSE_FILE).is_file()
    except OSError:
        return False
