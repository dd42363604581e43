"""Change it in my course: a lesson of the course that one's own extends is copied into one's own, and opened there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from tutor.authoring.change_in_course import Changeable, change_in_course
from tutor.errors import UsageError
from tutor.lessons.model import Course
from tutor.translation import tr
from tutor.ui.author.background import Ended, Job
from tutor.ui.author.room import Room
from tutor.ui.author.writing import Writing


class Changing(QObject):
    """Attributes:
    renew: reads the course anew, and then does something.
    open_step: opens a step in the window.
    """

    def __init__(self, room: Room, writing: Writing, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._writing = room, writing
        self.renew: Callable[[Callable[[], object] | None], object]
        self.open_step: Callable[[str, str | None], object]
        self._then: Callable[[Changeable], object] = lambda _made: None
        self._job = Job(self)
        self._job.ended.connect(self._ended)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._job.stop()

    def finish(self) -> None:
        """Wait for what is under way."""
        self._job.finish()

    def change(self, course: Course, lesson_id: str, line: int, *, open_it: bool) -> None:
        """Copy this lesson into the course, and edit it there.

        Args:
            course: the writer's own.
            lesson_id: a lesson of the course that it extends.
            line: of its file, where the keyboard goes.
            open_it: the lesson is not the one that is open.
        """

        def then(made: Changeable) -> None:
            if open_it:
                self.open_step(lesson_id, None)
            self._show(made, line)

        if self._job.start(lambda _task: _changed(course, lesson_id)):
            self._then = then
            self._room.file.lock.change.setEnabled(False)

    def _ended(self, ended: Ended) -> None:
        self._room.file.lock.change.setEnabled(True)
        if isinstance(ended.value, Changeable):
            made = ended.value
            self.renew(lambda: self._then(made))
        elif ended.trouble is not None:
            self._room.bar.say(str(ended.trouble))

    def _show(self, made: Changeable, line: int) -> None:
        room, folder = self._room, made.file.parent.parent
        room.open(room.file)
        self._writing.open(made.file, line)
        room.file.editor.setFocus()
        words = self.tr("{file} is in your course now, in place of the other one. Change it here.").format(
            file=made.file.name
        )
        if made.kept:
            names = ", ".join(_below(file, folder) for file in made.kept)
            words += " " + self.tr("Already there with other contents, and left as it was: {files}.").format(
                files=names
            )
        room.bar.say(words)


def _below(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name


def _changed(course: Course, lesson_id: str) -> Changeable:
    try:
        return change_in_course(course, lesson_id)
    except OSError as error:
        raise UsageError(
            tr(
                "The lesson could not be copied into {folder}: {why}. Nothing was changed.",
                folder=course.folder,
                why=error.strerror or error,
            ),
            tr("Check that you may write in that folder, and that there is room."),
        ) from error
