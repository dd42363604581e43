"""After "Not me", in place of the lesson: nobody's work is open, and somebody says who is here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tutor.session.events import PeopleTrouble, WhoseWork
from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.people_list import PeopleList
from tutor.ui.replace_page import replace_page
from tutor.ui.stylesheet import set_primary, set_role


class WhoIsHere(QScrollArea):
    """The people to choose from, and a name for somebody new."""

    chosen = Signal(str)
    new_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown = WhoseWork((), at_work=False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Who is here?"))
        self.people = PeopleList((), look)
        self.name = QLineEdit()
        self.begin = button(self.tr("Begin as somebody new"))
        self._trouble = text_label("", "caution")
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._build(self.name.text())

    def ask(self, shown: WhoseWork) -> None:
        """Ask who is here."""
        self._shown = shown
        self._build("")
        announce(self, self.tr("Who is here?"))

    def show_trouble(self, trouble: PeopleTrouble) -> None:
        """What was chosen did not work."""
        words = f"{trouble.what} {trouble.do}".strip()
        self._trouble.setText(words)
        self._trouble.show()
        announce(self, words)

    def focus_first(self) -> None:
        """Give the keyboard to the first person, else to the name."""
        first = self.people.buttons[0] if self.people.buttons else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, typed: str) -> None:
        look = self._look
        page = QWidget()
        set_role(page, "pane")
        column = QWidget()
        column.setMaximumWidth(look.px(560))
        across = QHBoxLayout(page)
        across.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        across.addStretch(1)
        across.addWidget(column, 4, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(12))
        box.addWidget(text_label(self.tr("Who is here?"), "title"))
        box.addWidget(
            text_label(self.tr("Everybody's work is kept. Choose yours, or begin as somebody new."))
        )
        self._trouble = text_label("", "caution")
        self._trouble.hide()
        box.addWidget(self._trouble)
        self.people = PeopleList(self._shown.people, look)
        self.people.chosen.connect(self.chosen)
        box.addWidget(self.people)
        box.addSpacing(look.px(8))
        label = text_label(self.tr("A name that you choose, if you like one"), wrap=False)
        self.name = QLineEdit(typed)
        self.name.setAccessibleName(label.text())
        self.name.returnPressed.connect(self._begin)
        label.setBuddy(self.name)
        self.begin = button(self.tr("Begin as somebody new"))
        self.begin.clicked.connect(self._begin)
        set_primary(self.begin, not self._shown.people)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.name, 1)
        row.addWidget(self.begin)
        box.addWidget(label)
        box.addLayout(row)
        box.addWidget(text_label(self.tr("There is no password."), "small"))
        replace_page(self, page)

    def _begin(self) -> None:
        self.new_chosen.emit(self.name.text())
