"""The course's lessons, each read when it is first opened and again when its file has changed."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from tutor.lessons.kept import Kept
from tutor.lessons.model import Course, Lesson, LessonHeading, Problem
from tutor.patience import PATIENCE, within


class Opened(Struct, frozen=True):
    """A lesson as it can be used now. After an edit that broke it, `lesson` is the last good one."""

    lesson: Lesson | None
    problems: tuple[Problem, ...] = ()


class Library:
    """Reads lessons of one course.

    Args:
        course: the course.
        kept: what was read of it before.
    """

    def __init__(self, course: Course, kept: Kept) -> None:
        self.course = course
        self._kept = kept
        self._fresh: list[tuple[Lesson, Course]] = []  # read, and not kept yet
        self._good: dict[str, Lesson] = {}
        self._read: dict[str, tuple[tuple[int, int], Opened]] = {}

    def change(self, course: Course) -> None:
        """Lessons of this course from now on."""
        self.course = course
        self._good, self._read = {}, {}

    def version(self, lesson_id: str) -> tuple[int, int] | None:
        """What the lesson's file was when it was read last: its time of change in nanoseconds, and its size."""
        read = self._read.get(lesson_id)
        return read[0] if read else None

    def open(self, heading: LessonHeading) -> Opened:
        """The lesson; its file is read only if it is new or has changed."""
        try:
            status = heading.path.stat()
            version = (status.st_mtime_ns, status.st_size)
        except OSError:
            version = (0, 0)
        kept = self._read.get(heading.id)
        if kept and kept[0] == version:
            return kept[1]
        opened = self._open(heading)
        if opened.lesson is not None and not opened.problems:
            self._good[heading.id] = opened.lesson
        self._read[heading.id] = (version, opened)
        return opened

    def _open(self, heading: LessonHeading) -> Opened:
        course = self.course
        lesson = within(PATIENCE, lambda: self._kept.lesson(heading.path, course))
        if lesson is not None:
            return Opened(lesson)
        from tutor.lessons.loader import load_lesson  # noqa: PLC0415  (reads YAML, which most starts need not)

        loaded = load_lesson(heading.path, course)
        if loaded.value is None:
            return Opened(self._good.get(heading.id), loaded.problems)
        self._fresh.append((loaded.value, course))
        return Opened(loaded.value)

    def keep(self) -> None:
        """Keep what was read for the next start: in a quiet moment, for it takes as long as opening a lesson."""
        fresh, self._fresh = self._fresh, []
        for lesson, course in fresh:
            within(PATIENCE, partial(self._kept.keep_lesson, lesson, course))
