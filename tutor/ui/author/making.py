"""New steps and new lessons: put into the writer's files, and opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from tutor.authoring.insertions import with_step
from tutor.authoring.new_in_course import new_lesson_in
from tutor.errors import UsageError
from tutor.lessons.model import Course, Lesson, StepKind
from tutor.translation import tr
from tutor.ui.author.background import Ended, Job
from tutor.ui.author.room import Room
from tutor.ui.author.writing import Writing


class Making(QObject):
    """Attributes:
    course: gives the course as it is now.
    renew: reads the course anew, and then does something.
    open_step: opens a step in the window.
    """

    def __init__(self, room: Room, writing: Writing, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._writing = room, writing
        self.course: Callable[[], Course]
        self.renew: Callable[[Callable[[], object] | None], object]
        self.open_step: Callable[[str, str | None], object]
        self._waiting: tuple[Path, Lesson, StepKind, str] | None = None
        self._job = Job(self)
        self._job.ended.connect(self._lesson_made)
        writing.opened.connect(self._opened)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._job.stop()

    def finish(self) -> None:
        """Wait for what is under way."""
        self._job.finish()

    def step(self, lesson: Lesson, kind: StepKind, after: str) -> None:
        """Put a step of this kind into the lesson's file, behind a step, or at the end."""
        self._waiting = (lesson.path, lesson, kind, after)
        self._writing.open(lesson.path)

    def lesson(self, title: str, chapter_id: str) -> None:
        """Write a new lesson, and open it."""
        course = self.course()
        self._job.start(lambda _task: _made(course, chapter_id, title))

    # -- what comes of it

    def _opened(self, path: Path) -> None:
        waiting, file = self._waiting, self._writing.current
        if waiting is None or waiting[0] != path or file is None:
            return
        self._waiting = None
        _path, lesson, kind, after = waiting
        unsaved = file.text != file.source.text
        try:
            made = with_step(file.text, kind, after or None)
        except UsageError as trouble:
            self._room.file.ask(str(trouble), [(self.tr("Close this message"), "", lambda: None)])
            return
        self._writing.put(path, made.text, made.line)
        if unsaved:
            return  # whatever else is being written is saved by its writer
        self._writing.after = lambda: self.renew(lambda: self.open_step(lesson.id, made.name))
        self._writing.save()

    def _lesson_made(self, ended: Ended) -> None:
        panel = self._room.new_lesson
        if ended.trouble is not None:
            panel.tell(str(ended.trouble))
        elif isinstance(ended.value, tuple):
            file, lesson_id = ended.value
            panel.dismiss()
            self.renew(lambda: self._show(file, lesson_id))

    def _show(self, file: Path, lesson_id: str) -> None:
        self.open_step(lesson_id, None)
        self._room.show_dock(True)
        self._room.dock.turn_to(self._room.file)
        self._writing.open(file, 1)
        self._room.file.editor.setFocus()


def _made(course: Course, chapter_id: str, title: str) -> tuple[Path, str]:
    try:
        return new_lesson_in(course, chapter_id, title)
    except OSError as error:
        raise UsageError(
            tr("The lesson could not be written: {why}.", why=error.strerror or error),
            tr("Check the course's folder."),
        ) from error
