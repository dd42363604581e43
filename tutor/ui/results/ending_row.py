"""How a run ended, and what can be done with what it left: beside each other, or one below the other."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt

#: More lines than these beside the buttons are too narrow to be read well.
MOST_LINES = 2


class EndingRow(QWidget):
    """`words` and `icon` say it; `to_files` and `save` are the buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = QLabel()
        self.words = text_label("", "small")
        self.to_files = button("", self.tr("Look at what the program wrote"), "quiet")
        self.save = button(self.tr("Save output"), self.tr("Save what was printed as a file"), "quiet")
        self._said, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._said.addWidget(self.icon)
        self._said.addWidget(self.words, 1)
        self._buttons.addWidget(self.to_files)
        self._buttons.addWidget(self.save)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._said, 1)
        self._row.addLayout(self._buttons)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._said.setSpacing(look.px(6))
        self._buttons.setSpacing(look.px(6))
        self._row.setSpacing(look.px(6))
        self.fit()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need the other way."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Where the words would be squeezed into a narrow column, the buttons stand below them."""
        buttons = sum(
            made.sizeHint().width() + self._row.spacing()
            for made in (self.to_files, self.save)
            if made.isVisibleTo(self)
        )
        icon = self.icon.sizeHint().width() + self._said.spacing()
        beside = max(1, self.width() - buttons - icon)
        high = self.words.heightForWidth(beside) > MOST_LINES * self.words.fontMetrics().lineSpacing() + 2
        way = QBoxLayout.Direction.TopToBottom if high and buttons else QBoxLayout.Direction.LeftToRight
        if way != self._row.direction():
            self._row.setDirection(way)
            if way is QBoxLayout.Direction.TopToBottom:
                self._buttons.addStretch(1)
            else:
                self._buttons.takeAt(self._buttons.count() - 1)
