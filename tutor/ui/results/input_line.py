"""Where the learner answers a program's `input()`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class _Line(QLineEdit):
    """A line edit in which Ctrl+D (and Ctrl+Z on an empty line) means: no more input."""

    input_ended = Signal()

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the end of input from text."""
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ends = event.key() == Qt.Key.Key_D or (event.key() == Qt.Key.Key_Z and not self.text())
        if ctrl and ends:
            self.input_ended.emit()
        else:
            super().keyPressEvent(event)


class InputLine(QFrame):
    """Shown while the program waits; takes the focus, with the prompt before it."""

    line_entered = Signal(str)
    input_ended = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "info-card")
        self._prompt = text_label("", "code", wrap=False)
        self.line = _Line()
        set_role(self.line, "code")
        self.line.returnPressed.connect(self._send)
        self.line.input_ended.connect(self._end)
        self._enter = button(self.tr("Enter"), self.tr("Give this line to the program (Enter)"))
        self._enter.clicked.connect(self._send)
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._prompt)
        self._box.addWidget(self.line, 1)
        self._box.addWidget(self._enter)
        self.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._box.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(8))
        self._box.setSpacing(look.px(8))
        self.line.setFont(look.code_font())

    def ask(self, prompt: str) -> None:
        """The program waits for a line; `prompt` is what it asked."""
        asked = prompt.strip().splitlines()[-1] if prompt.strip() else ""
        words = asked or self.tr("The program waits for a line:")
        shown = self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideMiddle, max(200, self.width() // 2)
        )
        self._prompt.setText(shown)
        set_role(self._prompt, "code" if asked else "muted")
        self.line.setAccessibleName(words)
        self.line.setAccessibleDescription(self.tr("Type an answer for the program, then press Enter"))
        self.line.clear()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.line, self.tr("The program asks: {prompt}").format(prompt=words))

    @property
    def prompt(self) -> str:
        """What the program asked."""
        return self._prompt.text()

    def _send(self) -> None:
        text = self.line.text()
        self.hide()
        self.line_entered.emit(text)

    def _end(self) -> None:
        self.hide()
        self.input_ended.emit()
