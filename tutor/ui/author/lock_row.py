"""Above a file that is only read: why, and the way to change it all the same."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_primary


class LockRow(QWidget):
    """`change_requested` wants the lesson in the writer's own course."""

    change_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = self.tr("From the course that yours extends. A copy in yours takes its place.")
        self.words = text_label(words, "small")
        self.change = button(
            self.tr("Change it in my course"),
            self.tr(
                "Copy the lesson with its answers, data files and pictures into your course, and open it"
            ),
        )
        self.change.clicked.connect(self.change_requested)
        set_primary(self.change, True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.change)
        self.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._row.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._row.setSpacing(look.px(12))
