"""Takes pictures of one window; each group of screens has a file of its own beside this one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tutor.lessons.model import AnyStep, StepKind
from tutor.ui.app import OpenWindow
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

#: Milliseconds until a window has come to rest: halves that turn into tabs lay themselves out twice.
AT_REST = 150


class PictureBook:
    """A window, hands on it, and a folder of numbered pictures.

    Args:
        opened: the window.
        folder: where the pictures go.
        taken: how many are there already.
    """

    def __init__(self, opened: OpenWindow, folder: Path, taken: int = 0) -> None:
        self.opened, self.window, self.hands = opened, opened.window, Hands(opened)
        self.taken = taken
        self._folder = folder

    def picture(self, name: str, of: QWidget | None = None) -> None:
        """Save what the window shows (or `of`), once it has come to rest.

        Raises:
            OSError: the file could not be written.
        """
        QTest.qWait(AT_REST)
        self.taken += 1
        file = self._folder / f"{self.taken:02}-{name}.png"
        if not (of or self.window).grab().save(str(file)):
            raise OSError(f"{file} could not be written")

    def go(self, kind: StepKind) -> AnyStep:
        """Open the first step of a kind, with its work in front; the step as it is shown."""
        for lesson in self.opened.session.course.lessons:
            for step in lesson.steps:
                if step.kind is kind:
                    return self.open(lesson.id, step.id)
        raise LookupError(f"the course has no step of the kind {kind.value}")

    def open(self, lesson: str | None = None, step: str | None = None) -> AnyStep:
        """Open a step, with its work in front; the step as it is shown."""
        self.hands.open(lesson, step)
        view = self.opened.wiring.view
        if view is None:
            raise RuntimeError("no step is open")
        if self.window.halves.narrow:
            self.window.show_work()
        return view.step

    def close(self) -> None:
        """Close the window."""
        self.window.close()
