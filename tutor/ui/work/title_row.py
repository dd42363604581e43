"""The line above a program: its file name, and Reset to start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tutor.ui.labels import button, dress, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
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
        self._box.setSpacing(look.px(8))
        self._look = look
        self._icons = {self.write: "back", self.history: "history", self.reset: "reset"}
        for made in self._icons:
            made.setIconSize(look.size(18))
        self._fit_height()
        self._fit()

    def _fit_height(self) -> None:
        look = self._look
        above = look.px(2 if look.is_low(self.window().height()) else 6)
        self._box.setContentsMargins(look.px(16), above, look.px(8), above)
        self.setMinimumHeight(look.px(34) + 2 * above)

    def show_program(self, filename: str, note: str = "", *, reset: bool = True, write: bool = False) -> None:
        """The program's name, and a remark beside it; `write`: this is the other way into an exercise."""
        self._name.setText(filename)
        self._note.setText(note)
        self._name.setToolTip(note)
        self._name.setAccessibleDescription(note)
        self.reset.setVisible(reset)
        self.write.setVisible(write)
        self._fit()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words of the buttons whole."""
        super().resizeEvent(event)
        self._fit_height()
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all, the remark goes (the name still says it), then the icons."""
        shown = [made for made in (self.write, self.history, self.reset) if not made.isHidden()]
        around, gap = self._box.contentsMargins(), self._box.spacing()
        room = self.width() - around.left() - around.right() - self._name.sizeHint().width() - gap
        room -= sum(made.fontMetrics().horizontalAdvance(made.text()) for made in shown)
        room -= (self._look.px(32) + gap) * len(shown)
        icons = (made.iconSize().width() + self._look.px(6) for made in shown)
        with_icons = room - sum(icons)
        for made, name in self._icons.items():
            if with_icons >= 0:
                dress(made, self._look, name)
            else:
                made.setIcon(QIcon())
        self._note.setVisible(with_icons >= self._note.sizeHint().width() + gap)
