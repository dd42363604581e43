"""Reads the text in the editor for problems after each quiet moment, on a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tutor.authoring.live_problems import problems_in
from tutor.lessons.model import Course, Problem, Severity
from tutor.session.worker import Worker
from tutor.ui.editor import Mark

#: Milliseconds that the keyboard rests before the text is read.
QUIET = 600


class LiveCheck(QObject):
    """`found` brings the problems of the newest text that was asked about, and whether they are to have boxes."""

    found = Signal(object, bool)
    _sent = Signal(int, object, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = Worker(lambda _error: None)
        self._newest = self._answered = 0
        self._waiting: tuple[Path, str, Course | None] | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._begin)
        self._sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def soon(self, path: Path, text: str, course: Course | None) -> None:
        """Look at this text after a quiet moment."""
        self._newest += 1
        self._waiting = (path, text, course)
        self._quiet.start()

    def now(self, path: Path, text: str, course: Course | None) -> None:
        """Look at this text at once, and put the words under the lines."""
        self._quiet.stop()
        self._newest += 1
        self._look(path, text, course, boxes=True)

    @property
    def busy(self) -> bool:
        """Whether what was asked for last has not been answered yet."""
        return self._answered != self._newest

    def stop(self) -> None:
        """Tell nothing any more."""
        self._quiet.stop()
        self._newest += 1

    def finish(self) -> None:
        """End the thread."""
        self._worker.close(5.0)

    def _begin(self) -> None:
        if self._waiting is not None:
            self._look(*self._waiting, boxes=False)

    def _look(self, path: Path, text: str, course: Course | None, *, boxes: bool) -> None:
        number = self._newest

        def look() -> None:
            if number == self._newest:
                self._sent.emit(number, problems_in(path, text, course), boxes)

        self._worker.do(look)

    def _deliver(self, number: int, problems: object, boxes: bool) -> None:
        self._answered = max(number, self._answered)
        if number == self._newest:
            self.found.emit(problems, boxes)


def as_marks(problems: Sequence[Problem], text: str, form: str = "{}") -> list[Mark]:
    """Problems as marks of the editor, each under its line from its place on; their words stand in the form's `{}`."""
    lines = text.split("\n")
    marks = []
    for problem in problems:
        line = min(max(1, problem.place.line), len(lines))
        written = lines[line - 1].rstrip()
        column = min(problem.place.column - 1, max(0, len(written) - 1))
        marks.append(
            Mark(
                line,
                column,
                len(written),
                form.format(in_words(problem)),
                error=problem.severity is Severity.ERROR,
            )
        )
    return marks


def in_words(problem: Problem) -> str:
    """A problem as a sentence, without its place."""
    said = f"{problem.problem}; {problem.hint}" if problem.hint else problem.problem
    return f"{said[:1].upper()}{said[1:]}" if said[:1].isalpha() else said
