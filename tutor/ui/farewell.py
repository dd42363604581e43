"""What is said on closing, in one line, for a few seconds: whether the work stays on this PC or follows the sign-in."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tutor import NAME
from tutor.ui.announce import announce
from tutor.ui.labels import text_label
from tutor.ui.look import Look
from tutor.ui.product_words import unofficial_name
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role, style_sheet

#: How long it can be read, in milliseconds; a key or a click sends it away.
SHOWN_FOR = 4000


class Farewell(QWidget):
    """A small window that goes away by itself; the application ends with it."""

    def __init__(self, words: str, look: Look, where: QRect) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(NAME)
        set_role(self, "popup-window")
        self.setFont(look.font())
        self.setStyleSheet(style_sheet(look) + f"QWidget {{ background: {look.theme.surface}; }}")
        self.words: QLabel = text_label(words)
        self.setAccessibleName(words)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        box.addWidget(text_label(unofficial_name(), "heading"))
        box.addWidget(self.words)
        self.setFixedWidth(min(look.px(480), max(look.px(240), where.width())))
        self.adjustSize()
        self.move(where.center() - self.rect().center())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close)

    def say(self) -> None:
        """Show it, and go away after a while."""
        self.show()
        announce(self, self.words.text())
        self._timer.start(SHOWN_FOR)

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key sends it away."""
        self.close()

    @called_by_qt(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        self.close()
