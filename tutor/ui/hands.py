"""Works the window as a person does: with key events, one at a time, and by looking at what is on it.

Used by the walkthrough (`make run` with no display) and by the tests.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tutor.ui.app import OpenWindow
from tutor.ui.editor import CodeEditor
from tutor.ui.work.arrange_list import Line

#: Seconds that a loaded machine may take until something happens.
PATIENCE = 30.0


class NothingHappened(AssertionError):
    """What was waited for did not come about."""


class Hands:
    """Two hands on the keyboard, and eyes on the window."""

    def __init__(self, opened: OpenWindow) -> None:
        self.opened = opened
        self.window = opened.window
        self.work = opened.window.work

    # -- waiting

    def wait(self, fact: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        """Let the window work until `fact()` holds.

        Raises:
            NothingHappened: it did not within `patience` seconds.
        """
        end = time.monotonic() + patience
        while not fact():
            if time.monotonic() > end:
                raise NothingHappened(f"{what}: not within {patience:g} s")
            QTest.qWait(10)

    # -- keys

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is; shortcuts of the window are obeyed."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type text where the keyboard is, a key at a time."""
        for letter in text:
            target = QApplication.focusWidget() or self.window
            if letter == "\n":
                QTest.keyClick(target, Qt.Key.Key_Return)
                continue
            # QTest.keyClicks knows ASCII only; a key event may carry any text.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
        QApplication.processEvents()

    def type_program(self, editor: CodeEditor, program: str) -> None:
        """Put a program in place of the one in the editor, key by key, living with auto-indent and closing brackets."""
        editor.setFocus()
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.press(Qt.Key.Key_Delete)
        for number, line in enumerate(program.rstrip("\n").split("\n")):
            if number:
                self.press(Qt.Key.Key_Return)
            self._indent(editor, line)
            self.type(line.lstrip(" "))
        if program.endswith("\n"):
            self.press(Qt.Key.Key_Return)
            self._indent(editor, "")

    def _indent(self, editor: CodeEditor, line: str) -> None:
        """Bring the new line from where auto-indent put it to where this line begins."""
        wanted = len(line) - len(line.lstrip(" "))
        for _try in range(40):
            lines = editor.text().split("\n")
            here = lines[editor.current_line() - 1]
            have = len(here) - len(here.lstrip(" "))
            if have > wanted:
                self.press(Qt.Key.Key_Backspace)
            elif have < wanted:
                self.type(" " * (wanted - have))
            else:
                return

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget (a button or box without words on it: on the box itself).

        Raises:
            NothingHappened: it is not on show, so that nobody could click it.
        """
        if not widget.isVisible():
            raise NothingHappened(f"{widget.accessibleName() or type(widget).__name__} is not on show")
        middle = widget.rect().center()
        if isinstance(widget, QAbstractButton) and not widget.text():
            middle = QPoint(min(middle.x(), 12), middle.y())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        QApplication.processEvents()

    # -- what a learner does

    def open(self, lesson: str | None = None, step: str | None = None) -> None:
        """Open a step, and wait until it is on the window."""
        shown = self.opened.wiring.steps_shown
        self.opened.session.open(lesson, step)
        self.wait(lambda: self.opened.wiring.steps_shown > shown, "the step opens")

    def next(self) -> None:
        """Go on with the keyboard (Ctrl+Page Down), and wait for the next step."""
        shown = self.opened.wiring.steps_shown
        self.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        self.wait(lambda: self.opened.wiring.steps_shown > shown, "the next step opens")

    def run(self) -> None:
        """Press F5."""
        started = self.opened.wiring.runs_started
        self.press(Qt.Key.Key_F5)
        self.wait(lambda: self.opened.wiring.runs_started > started, "the program starts")

    def run_has_ended(self) -> bool:
        """Whether the result of a run is on show."""
        return not self.work.panel.actions_row.running and self.work.panel.output.ended

    def wait_for_end(self) -> None:
        """Wait until the program has ended."""
        self.wait(self.run_has_ended, "the program ends")

    def check(self) -> None:
        """Press Ctrl+Enter, and wait for the verdict."""
        seen = self.opened.wiring.verdicts_shown
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.wait(lambda: self.opened.wiring.verdicts_shown > seen, "the verdict is shown")

    def answer(self) -> None:
        """Give the answer of a predict or choose step (Ctrl+Enter), and wait for what comes of it."""
        self.check()

    def pick(self, text: str) -> None:
        """Pick the answer of a choose or predict step with this text, by its digit."""
        page = self.work.choose if self.work.choose.isVisible() else self.work.predict
        texts = [option.text for option in page.options.options] if page.options else []
        self.press(Qt.Key(Qt.Key.Key_1 + texts.index(text)))

    def arrange(self, solution: str) -> None:
        """Put the lines of an arrange step in this order with the keyboard, and set the others aside."""
        lines = self.work.arrange.program
        lines.setFocus()
        wanted = [Line.of(text) for text in solution.splitlines() if text.strip()]
        for place, line in enumerate(wanted):
            at = next(row for row in range(place, lines.count()) if lines.lines[row].text == line.text)
            self._choose_row(at)
            for _up in range(at - place):
                self.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
            while lines.lines[place].level < line.level:
                self.press(Qt.Key.Key_Right)
            while lines.lines[place].level > line.level:
                self.press(Qt.Key.Key_Left)
        while lines.count() > len(wanted):
            self._choose_row(lines.count() - 1)
            self.press(Qt.Key.Key_Delete)

    def _choose_row(self, row: int) -> None:
        lines = self.work.arrange.program
        while lines.currentRow() != row:
            self.press(Qt.Key.Key_Down if lines.currentRow() < row else Qt.Key.Key_Up)

    def fill(self, answers: list[str]) -> None:
        """Type an answer into each gap, in order, going from gap to gap with Tab."""
        gaps = self.work.gaps
        gaps.setFocus()
        gaps.go_to_gap(0)
        for number, answer in enumerate(answers):
            if number:
                self.press(Qt.Key.Key_Tab)
            self.type(answer)
