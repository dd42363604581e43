"""Where the writer is: the course, the lesson and the step that are open, and whether their files can be changed here."""

from __future__ import annotations

from pathlib import Path

from tutor.lessons.lesson_loader import answers_path
from tutor.lessons.model import Course, LessonHeading
from tutor.paths import Folders
from tutor.session.events import LessonBroken, SessionEvent, StepOpened, StepView
from tutor.session.session import Session
from tutor.ui.author.locks import why_file_locked, why_locked


class OpenPlace:
    """Follows the session's events.

    Args:
        session: what is open in the window.
        where: the tutor's folders.
        view: the step that is open already.

    Attributes:
        view: the last step that could be shown.
        broken: the lesson that should be open and cannot be.
        unwritable: the folder of a course whose files the system does not let anybody here change.
    """

    def __init__(self, session: Session, where: Folders, view: StepView | None) -> None:
        self._session, self._where = session, where
        self.view = view
        self.broken: LessonBroken | None = None
        self.unwritable: Path | None = None

    def heard(self, event: SessionEvent) -> bool:
        """Take an event in; whether another step, or the same one anew, is open now."""
        if isinstance(event, StepOpened) and not event.view.is_scratch:
            self.view, self.broken = event.view, None
            return True
        if isinstance(event, LessonBroken):
            self.broken = event
        return False

    @property
    def course(self) -> Course:
        """The course as it is now."""
        return self._session.course

    @property
    def _writable(self) -> bool:
        """Until the disk has been asked, it is taken to let files be changed: saving says where it does not."""
        return self.course.folder != self.unwritable

    @property
    def lesson_path(self) -> Path | None:
        """The file of the lesson that is open, or that should be."""
        heading = self.course.heading(self.broken.lesson_id) if self.broken is not None else None
        if heading is not None:
            return heading.path
        return self.view.lesson.path if self.view is not None else None

    def line_in(self, path: Path) -> int | None:
        """The line of the open step, where this is the file that it is in."""
        view = self.view
        return view.step.place.line if view is not None and view.lesson.path == path else None

    def why_locked(self) -> str:
        """Why nothing in the course can be changed, in words; "" where it can."""
        return why_locked(self.course.folder, self._where, writable=self._writable)

    def why_file_locked(self, path: Path) -> str:
        """Why one file cannot be changed, shortly; "" where it can."""
        return why_file_locked(path, self.course.folder, self._where, writable=self._writable)

    def changeable(self, path: Path) -> LessonHeading | None:
        """The lesson of the extended course that this file belongs to, where it may be copied into this one."""
        if path.is_relative_to(self.course.folder) or self.why_locked():
            return None
        return next((one for one in self.course.lessons if path in (one.path, answers_path(one.path))), None)
