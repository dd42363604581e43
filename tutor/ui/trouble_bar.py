"""A calm line in place for trouble of ours: whose fault it is, what happened, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tutor.errors import Fault
from tutor.session.events import Trouble
from tutor.ui.announce import announce
from tutor.ui.labels import icon_button, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role


class TroubleBar(QWidget):
    """Hidden until there is trouble; stays until it is closed or the trouble is over."""

    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Trouble | None = None
        self._card = QFrame()
        set_role(self._card, "caution-card")
        self._icon = QLabel()
        self._fault = text_label("", "caution", wrap=False)
        self._words = text_label()
        self.close_button = icon_button(look, "cross", self.tr("Close this message"))
        self.close_button.clicked.connect(self.clear)
        self._inner = QHBoxLayout(self._card)
        for widget, stretch in ((self._icon, 0), (self._fault, 0), (self._words, 1), (self.close_button, 0)):
            self._inner.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._card)
        self.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        self._inner.setContentsMargins(look.px(16), look.px(6), look.px(8), look.px(6))
        self._inner.setSpacing(look.px(12))
        self._icon.setPixmap(look.picture("warning", look.theme.caution))
        self.close_button.setIcon(look.icon("cross"))
        self.close_button.setIconSize(look.size(16))

    def show_trouble(self, trouble: Trouble) -> None:
        """Show what happened."""
        self._shown = trouble
        whose = {
            Fault.PROGRAM: self.tr("Your program"),
            Fault.LESSON: self.tr("Our lesson"),
            Fault.PC: self.tr("This PC"),
        }[trouble.fault]
        words = " ".join(part for part in (trouble.what, trouble.do) if part)
        self._fault.setText(whose)
        self._words.setText(words)
        self.setAccessibleName(self.tr("Message about {whose}").format(whose=whose))
        self.setAccessibleDescription(words)
        self.show()
        announce(self, f"{whose}. {words}")

    @property
    def shown(self) -> Trouble | None:
        """The trouble on show."""
        return self._shown

    def clear(self) -> None:
        """Put the line away."""
        self._shown = None
        self.hide()
        self.closed.emit()
