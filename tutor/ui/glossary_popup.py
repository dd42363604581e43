"""What a term means, in a small card beside the word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from tutor.lessons.markup import plain_text
from tutor.lessons.model import Term
from tutor.ui.announce import announce
from tutor.ui.document import document_style, lesson_html
from tutor.ui.focus import give_back
from tutor.ui.labels import text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class _Words(QLabel):
    """Text whose first link has the keyboard as soon as Tab comes to it."""

    @called_by_qt(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """On to the link: Qt would want another Tab."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self.focusNextPrevChild(True)


class GlossaryPopup(QFrame):
    """Shown over the window; Tab goes to the terms in it; a click elsewhere, Escape or Enter closes it."""

    term_followed = Signal(str)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self._over = parent
        set_role(self, "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("noFocusRing", True)
        self._before: QWidget | None = None
        self._name = text_label("", "heading")
        self._words = _Words()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setProperty("noFocusRing", True)  # the link itself shows where the keyboard is
        self._words.linkActivated.connect(self.term_followed)
        self._words.installEventFilter(self)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._name)
        self._box.addWidget(self._words)
        self.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(6))
        self._box.setSpacing(look.px(6))

    def show_term(self, term: Term, at: QPoint, back_to: QWidget, glossary: tuple[str, ...] = ()) -> None:
        """Explain a term near `at` (a point of the parent); the keyboard goes back to `back_to`."""
        look = self._look
        self._before = back_to
        self._name.setText(term.name)
        made = lesson_html(term.text, look, glossary=glossary)
        self._words.setText(f"<style>{document_style(look)}</style>{made}")
        flags = Qt.TextInteractionFlag
        by_keyboard = flags.LinksAccessibleByKeyboard if "<a " in made else flags.NoTextInteraction
        self._words.setTextInteractionFlags(flags.LinksAccessibleByMouse | by_keyboard)
        self.setAccessibleName(term.name)
        spoken = plain_text(term.text)
        self.setAccessibleDescription(spoken)
        width = min(look.px(380), self._over.width() - look.px(32))
        self.setFixedWidth(width)
        self.adjustSize()
        room = self._over.rect().adjusted(look.px(16), look.px(16), -look.px(16), -look.px(16))
        left = max(room.left(), min(at.x(), room.right() - width))
        top = at.y() + look.px(12)
        if top + self.height() > room.bottom():
            top = max(room.top(), at.y() - self.height() - look.px(24))
        self.move(left, top)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self, f"{term.name}. {spoken}")

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape or Enter closes."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @called_by_qt(None)
    def focusOutEvent(self, event: object) -> None:
        """A click elsewhere closes it."""
        self._close_unless_here()

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The same while the keyboard is on a link of it."""
        if event.type() == QEvent.Type.FocusOut:
            self._close_unless_here()
        return False

    def _close_unless_here(self) -> None:
        if QApplication.focusWidget() not in (self, self._words):
            self.hide()

    def dismiss(self) -> None:
        """Close, and give the keyboard back."""
        self.hide()
        give_back(self._before)
