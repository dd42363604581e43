"""The calm question about text that looks like patient data: in place, never in the way of anything else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class PatientQuestion(QWidget):
    """Hidden until there is something to ask. `answered` brings True for "Remove it" and False for "Keep"."""

    answered = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._card = QFrame()
        set_role(self._card, "caution-card")
        self._icon = QLabel()
        self._found = text_label("", "caution")
        self._words = text_label()
        self.remove = button(self.tr("Remove it"))
        self.keep = button(self.tr("Keep: it is invented"), self.tr("Leave the text as it is"))
        self.remove.clicked.connect(lambda: self._answer(True))
        self.keep.clicked.connect(lambda: self._answer(False))
        words = QVBoxLayout()
        words.addWidget(self._found)
        words.addWidget(self._words)
        self._inner = QHBoxLayout(self._card)
        self._inner.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._inner.addLayout(words, 1)
        self._inner.addWidget(self.remove)
        self._inner.addWidget(self.keep)
        self._lines = words
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._card)
        self.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._fit()
        self._inner.setSpacing(look.px(12))
        self._lines.setSpacing(look.px(2))
        self._icon.setPixmap(look.picture("warning", look.theme.caution))

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window it takes as little of it as its words need."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = self._look
        around = look.px(2 if look.is_low(self.window().height()) else 8)
        self._box.setContentsMargins(look.px(16), around, look.px(16), around)
        self._inner.setContentsMargins(look.px(16), around, look.px(12), around)

    def ask(self, found: str, *, where: str, remove: str) -> None:
        """Ask.

        Args:
            found: what was found, one sentence.
            where: what it was found in, and what happens with it now: one sentence.
            remove: what "Remove it" does, for its tool tip and the screen reader.
        """
        self._found.setText(found)
        words = f"{where} " + self.tr("Patient data must not be in this program, not even for practice.")
        self._words.setText(words)
        self.remove.setToolTip(remove)
        self.remove.setAccessibleDescription(remove)
        self.setAccessibleName(self.tr("A question about patient data"))
        self.setAccessibleDescription(f"{found} {words}")
        self.show()
        announce(self, f"{found} {words} {self.remove.text()}, {self.keep.text()}")

    @property
    def found(self) -> str:
        """What is asked about."""
        return self._found.text()

    def focus_first(self) -> None:
        """Give the keyboard to the first answer."""
        self.remove.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Nothing to ask any more."""
        self.hide()

    def _answer(self, remove: bool) -> None:
        self.hide()
        self.answered.emit(remove)
