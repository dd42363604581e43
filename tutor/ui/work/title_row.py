"""The line above a program: its file name, and Reset to start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tutor.ui.labels import button, dress, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role


class TitleRow(QWidget):
    """File name, history, reset."""

    reset_requested = Signal()
    history_requested = Signal()
    writing_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._name = text_label("", "code", wrap=False)
        self._note = text_label("", "small", wrap=False)
        self.history = button(self.tr("History"), self.tr("Programs kept from your runs and checks"), "quiet")
        self.history.clicked.connect(self.history_requested)
        self.reset = button(
            self.tr("Reset to start"),
            self.tr("Go back to what the step began with. Ctrl+Z undoes it."),
            "quiet",
        )
        self.reset.clicked.connect(self.reset_requested)
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._name)
        self._box.addWidget(self._note)
        self._box.addStretch(1)
        self.write = button(self.tr("Write it instead"), self.tr("Go back to writing the program"), "quiet")
        self.write.clicked.connect(self.writing_requested)
        self._box.addWidget(self.write)
        self._box.addWidget(self.history)
        self._box.addWidget(self.reset)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._box.setContentsMargins(look.px(16), look.px(6), look.px(8), look.px(6))
        self._box.setSpacing(look.px(8))
        self.setMinimumHeight(look.px(46))
        dress(self.reset, look, "reset")
        dress(self.write, look, "back")
        dress(self.history, look, "history")

    def show_program(self, filename: str, note: str = "", *, reset: bool = True, write: bool = False) -> None:
        """The program's name, and a remark beside it; `write`: this is the other way into an exercise."""
        self._name.setText(filename)
        self._note.setText(note)
        self.reset.setVisible(reset)
        self.write.setVisible(write)
