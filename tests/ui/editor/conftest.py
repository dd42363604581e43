"""The real widget, driven by real key events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tutor.ui.editor import CodeEditor
from tutor.ui.editor.surface import Surface

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keyboard:
    """Types into an editor as a person would: one key event after another, to whatever widget has the focus."""

    def __init__(self, editor: CodeEditor) -> None:
        self.editor = editor
        self.surface = editor.findChild(Surface)
        assert self.surface is not None

    def type(self, text: str) -> None:
        """Every character as a key event with its text; QTest.keyClicks aborts on anything that is not ASCII."""
        for sign in text:
            if sign == "\n":
                self.press(Qt.Key.Key_Return)
                continue
            key = ord(sign.upper()) if sign.isascii() else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    self.surface, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
                )
            QApplication.processEvents()

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        """A key by its name."""
        for _ in range(times):
            QTest.keyClick(self.surface, key, modifiers)
            QApplication.processEvents()

    def paste(self, text: str) -> None:
        """Put a text on the clipboard and press Ctrl+V."""
        data = QMimeData()
        data.setText(text)
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CTRL)

    def caret(self) -> tuple[int, int]:
        """Line and column of the caret."""
        state = self.editor.document_state()
        return state.line, state.column


class Room:
    """A window with an editor between two fields, as in the tutor's window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        self.before, self.editor, self.after = QLineEdit(), CodeEditor(), QLineEdit()
        for widget in (self.before, self.editor, self.after):
            layout.addWidget(widget)
        layout.setStretch(1, 1)
        self.window.resize(700, 500)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.editor.setFocus()
        QApplication.processEvents()
        self.keys = Keyboard(self.editor)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    yield Room(qtbot)
    QGuiApplication.clipboard().clear()


@pytest.fixture
def editor(room: Room) -> CodeEditor:
    return room.editor


@pytest.fixture
def keys(room: Room) -> Keyboard:
    return room.keys


@pytest.fixture
def pump() -> Callable[[], None]:
    """Let everything that waits in the event loop happen."""

    def run() -> None:
        for _ in range(5):
            QApplication.processEvents()

    return run
