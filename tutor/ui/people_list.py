"""The people who share this sign-in, each with a way to open their work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tutor.session.events import Person
from tutor.ui.history_panel import spoken_time
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role


class PeopleList(QWidget):
    """A card for each person. `chosen` brings the id of who is here."""

    chosen = Signal(str)

    def __init__(self, people: Sequence[Person], look: Look) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(8))
        for person in people:
            box.addWidget(self._card(person, look))
        self.setAccessibleName(self.tr("People"))

    def _card(self, person: Person, look: Look) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(look.px(14), look.px(6), look.px(8), look.px(6))
        row.setSpacing(look.px(10))
        sign = QLabel()
        sign.setPixmap(look.picture("person", look.theme.muted, 18))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = person.name or self.tr("Somebody without a name")
        words.addWidget(text_label(name, "strong"))
        if person.last:
            last = self.tr("last here: {when}").format(when=spoken_time(person.last))
            words.addWidget(text_label(last, "small"))
        made = button(self.tr("Open"), self.tr("Put away what is open, and open this work"))
        made.setAccessibleName(self.tr("Open the work of {name}").format(name=name))
        made.clicked.connect(lambda: self.chosen.emit(person.id))
        self.buttons.append(made)
        row.addWidget(sign)
        row.addLayout(words, 1)
        row.addWidget(made)
        return card
