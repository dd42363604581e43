"""Reads the course anew, on a thread of its own, after one of its files was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from tutor.errors import Fault
from tutor.lessons.loaded import Loaded
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course, Severity
from tutor.paths import Folders
from tutor.session.events import Trouble
from tutor.session.session import Session
from tutor.session.worker import Worker
from tutor.ui.main_window import MainWindow


def courses_around(course: Course, where: Folders) -> tuple[Path, ...]:
    """Folders of the courses that this one may extend: those that it extends now, wherever they are, and installed ones.

    Reads the disk.
    """
    folders = {lesson.path.parent.parent for lesson in course.lessons}
    return (*sorted(folders - {course.folder}), *where.installed_courses)


class CourseReader(QObject):
    """`read` makes what came of it the course that is open, and says where it cannot; only the newest counts."""

    renewed = Signal()
    _sent = Signal(int, object, object)

    def __init__(self, window: MainWindow, session: Session, where: Folders) -> None:
        super().__init__(window)
        self._trouble, self._session, self._where = window.trouble, session, where
        self._worker = Worker(lambda _error: None)
        self._newest = 0
        self._stopped = False
        self._sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(self, then: Callable[[], object] | None = None) -> None:
        """Read the course that is open anew. `then`: what is to be done once it is the course that is open."""
        self._newest += 1
        number, course, where = self._newest, self._session.course, self._where

        def read() -> None:
            around = courses_around(course, where)
            loaded = load_course(course.folder, cache=where.cache, installed=around)
            self._sent.emit(number, loaded, then)

        self._worker.do(read)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._stopped = True

    def finish(self) -> None:
        """End the thread."""
        self._worker.close(5.0)

    def _deliver(self, number: int, loaded: Loaded[Course], then: object) -> None:
        if not self._stopped and (number == self._newest or then is not None):
            self._take(loaded, then)

    def _take(self, loaded: Loaded[Course], then: object) -> None:
        trouble = self._trouble
        if loaded.value is None:
            errors = [one for one in loaded.problems if one.severity is Severity.ERROR]
            what = self.tr("The course cannot be read as it is now; the last good one is shown.")
            do = str(errors[0]) if errors else ""
            trouble.show_trouble(Trouble(Fault.LESSON, what, do))
            return
        if trouble.shown is not None and trouble.shown.fault is Fault.LESSON:
            trouble.clear()
        if loaded.value.folder == self._session.course.folder:
            self._session.renew(loaded.value)
            self.renewed.emit()
            if callable(then):
                then()
