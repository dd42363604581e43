"""The author bar: what a writer can do with the open lesson; and the one line that stays while they try it as a learner."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tutor.ui.announce import announce
from tutor.ui.author.commands import author_commands
from tutor.ui.labels import button, icon_button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role

#: What stands on the bar itself, in order; the rest is under More.
SHOWN = ("author-edit", "author-step", "author-test", "author-checks")
MORE = (
    "author-lesson",
    "author-test-course",
    "author-cases",
    "author-pack",
    "author-book",
)


_ICONS = {
    "author-edit": "edit",
    "author-step": "plus",
    "author-test": "check",
    "author-checks": "info",
    "author-learner": "person",
}


class AuthorBar(QWidget):
    """`asked` names the command that somebody wants."""

    asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("For lesson writers"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, QPushButton] = {}
        known = {command.name: command for command in author_commands()}
        short = {
            "author-edit": self.tr("Edit"),
            "author-step": self.tr("New step"),
            "author-test": self.tr("Test"),
            "author-checks": self.tr("Checks"),
            "author-learner": self.tr("Try as a learner"),
        }
        for name in (*SHOWN, "author-learner"):
            command = known[name]
            keys = f" ({command.keys[0]})" if command.keys else ""
            made = button(short[name], f"{command.text}{keys}", "quiet")
            made.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
            self.buttons[name] = made
        self.more = button(self.tr("More"), self.tr("New lesson, cases, pack and more"), "quiet")
        menu = QMenu(self.more)
        for name in MORE:
            action = menu.addAction(known[name].text)
            action.triggered.connect(lambda _checked=False, name=name: self.asked.emit(name))
        self.more.setMenu(menu)
        self._writing = QWidget()
        self._row = QHBoxLayout(self._writing)
        self._words = text_label(self.tr("Writing"), "strong", wrap=False)
        self._row.addWidget(self._words)
        for name in SHOWN:
            self._row.addWidget(self.buttons[name])
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self._row.addWidget(self.buttons["author-learner"])
        self.copy = button(self.tr("Make my own copy"), self.tr("A copy of this course that you can change"))
        self.copy.clicked.connect(lambda: self.asked.emit("author-copy"))
        self.locked = text_label("", "small")
        self._lock = QWidget()
        self._lock_row = QHBoxLayout(self._lock)
        self._lock_row.addWidget(self.locked, 1)
        self._lock_row.addWidget(self.copy)
        self._upper = QWidget()
        self._lines = QVBoxLayout(self._upper)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._writing)
        self._lines.addWidget(self._lock)
        self._said = QWidget()
        self._said_row = QHBoxLayout(self._said)
        self._message = text_label()
        self._message_close = icon_button(look, "cross", self.tr("Close this message"))
        self._message_close.clicked.connect(self._said.hide)
        self._said_row.addWidget(self._message, 1)
        self._said_row.addWidget(self._message_close)
        self._lines.addWidget(self._said)
        self._said.hide()
        self._trying = QWidget()
        self._back_row = QHBoxLayout(self._trying)
        self.back = button(
            self.tr("Back to writing"), self.tr("Show what lesson writers need again (Ctrl+Shift+L)")
        )
        self.back.clicked.connect(lambda: self.asked.emit("author-learner"))
        self._back_row.addWidget(text_label(self.tr("This is what a learner sees."), "small"), 1)
        self._back_row.addWidget(self.back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._upper)
        whole.addWidget(self._trying)
        self._lock.hide()
        self._trying.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        for row in (self._row, self._lock_row, self._said_row, self._back_row):
            row.setContentsMargins(look.px(24), look.px(4), look.px(16), look.px(4))
            row.setSpacing(look.px(4))
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._message_close.setIcon(look.icon("cross", None, 16))
        self._message_close.setIconSize(look.size(16))
        self._look = look
        for made in (*self.buttons.values(), self.more):
            made.setIconSize(look.size(16))
        self._fit()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words of the buttons stay, and what else there is goes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = [*self.buttons.values(), self.more]
        icons = sum(made.iconSize().width() for made in shown)
        words = sum(made.fontMetrics().horizontalAdvance(made.text()) for made in shown)
        around = self._look.px(38) * len(shown) + self._look.px(56)
        room = self.width() - words - around
        with_words = room > icons + self._words.sizeHint().width()
        self._words.setVisible(with_words)
        self._words.setContentsMargins(0, 0, self._look.px(12), 0)
        # Without the word before them, the words on the buttons begin where those of the lesson do.
        self._row.setContentsMargins(
            self._look.px(24 if with_words else 10), self._look.px(4), self._look.px(16), self._look.px(4)
        )
        for name, made in self.buttons.items():
            made.setIcon(self._look.icon(_ICONS[name], None, 16) if room > icons else QIcon())
        self.more.setIcon(self._look.icon("fold-open", None, 16) if room > icons else QIcon())

    def show_trying(self, trying: bool) -> None:
        """Only the way back, or everything."""
        self._upper.setVisible(not trying)
        self._trying.setVisible(trying)

    @property
    def trying(self) -> bool:
        """Whether only the way back is shown."""
        return not self._trying.isHidden()

    def say(self, words: str) -> None:
        """A sentence about what was done, until it is closed; nothing for none."""
        self._message.setText(words)
        self._said.setVisible(bool(words))
        announce(self, words)

    @property
    def message(self) -> str:
        """What is said now."""
        return "" if self._said.isHidden() else self._message.text()

    def show_locked(self, words: str) -> None:
        """Why the course cannot be changed here; nothing where it can."""
        self.locked.setText(words)
        self._lock.setVisible(bool(words))
        self.buttons["author-step"].setEnabled(not words)
