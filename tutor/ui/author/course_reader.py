"""Reads the course anew, on a thread of its own, after one of its files was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from tutor.lessons.loaded import Loaded
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.paths import Folders
from tutor.session.worker import Worker


def courses_around(course: Course, where: Folders) -> tuple[Path, ...]:
    """Folders of the courses that this one may extend: those that it extends now, wherever they are, and installed ones.

    Reads the disk.
    """
    folders = {lesson.path.parent.parent for lesson in course.lessons}
    return (*sorted(folders - {course.folder}), *where.installed_courses)


class CourseReader(QObject):
    """`read` brings what came of it, and what was to be done then; only the newest counts."""

    done = Signal(object, object)
    _sent = Signal(int, object, object)

    def __init__(self, parent: QObject, where: Folders) -> None:
        super().__init__(parent)
        self._where = where
        self._worker = Worker(lambda _error: None)
        self._newest = 0
        self._stopped = False
        self._sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(self, course: Course, then: Callable[[], object] | None = None) -> None:
        """Read this course anew. `then`: what is to be done once it is the course that is open."""
        self._newest += 1
        number, where = self._newest, self._where

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
            self.done.emit(loaded, then)
