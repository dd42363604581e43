"""Whose work it is: the name, other people, the place code, one file with all of the work, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tutor.session.events import WhoseWork
from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.people_list import PeopleList
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_role

#: What a message can be about, and so where it stands.
ABOUT = ("name", "people", "code", "file")


class PeoplePanel(SidePanel):
    """Says what is wanted; shows what came of it, where it was asked for."""

    name_chosen = Signal(str)
    not_me = Signal()
    person_chosen = Signal(str)
    fresh_start = Signal()
    code_entered = Signal(str)
    export_requested = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", right=True, width=460)
        self.set_title(self.tr("Whose work is it?"))
        self.setAccessibleName(self.tr("Whose work is it?"))
        self._shown = WhoseWork(())
        self._told: dict[str, tuple[str, str]] = {}
        self._begin_page()
        self.set_look(look)

    def _begin_page(self) -> None:
        self.name = QLineEdit(self._shown.name)
        self.code = text_label("", "place-code")
        self.entered = QLineEdit()
        self.people = PeopleList((), self.look)
        self._others = QWidget()
        self._others_box = QVBoxLayout(self._others)
        self._kept_words = text_label()
        self.buttons: dict[str, QPushButton] = {}
        self._messages = {about: text_label("", "caution") for about in ABOUT}

    def show_work(self, shown: WhoseWork) -> None:
        """Who is at work, and who else is here; what is being typed stays."""
        self._shown = shown
        if self.isVisible():
            self._fill()

    def open_fresh(self) -> None:
        """Slide in, with no message of an earlier time."""
        self._told = {}
        self.open_panel()

    def tell(self, about: str, words: str, *, good: bool) -> None:
        """Say what came of something, beside where it was asked for."""
        self._told[about] = (words, "good" if good else "caution")
        if about == "code" and good:
            self.entered.clear()
        self._tell_all()
        announce(self, words)

    def tell_under_way(self, about: str, words: str) -> None:
        """Say that something takes its time; nothing has come of it yet."""
        self._told[about] = (words, "muted")
        self._tell_all()
        announce(self, words)

    def take_back(self, about: str) -> None:
        """What was said about this is over."""
        self._told.pop(about, None)
        self._tell_all()

    def _tell_all(self) -> None:
        for about, label in self._messages.items():
            words, role = self._told.get(about, ("", "caution"))
            label.setText(words)
            set_role(label, role)
            label.setVisible(bool(words))

    def message(self, about: str) -> str:
        """What is said about this now."""
        label = self._messages[about]
        return "" if label.isHidden() else label.text()

    def focus_first(self) -> None:
        """Give the keyboard to the name."""
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def build(self) -> None:
        """Everything, from what is known; what was typed stays."""
        name, entered = (self.name.text() if self.name.isModified() else ""), self.entered.text()
        focused = self._focused()
        box = self.new_page()
        self._begin_page()
        self._who(box)
        self._place_code(box)
        self._file(box)
        self._heading(box, self.tr("Where it is kept"))
        box.addWidget(self._kept_words)
        box.addStretch(1)
        self._fill()
        self._tell_all()
        if name:
            self.name.setText(name)
            self.name.setModified(True)
        self.entered.setText(entered)
        if focused:
            QTimer.singleShot(0, self, lambda: self._fields()[focused].setFocus())

    def _fields(self) -> dict[str, QWidget]:
        return {"a name": self.name, "a code": self.entered, **self.buttons}

    def _focused(self) -> str:
        return next((name for name, field in self._fields().items() if field.hasFocus()), "")

    def _fill(self) -> None:
        """Put in what is known now."""
        shown = self._shown
        if not self.name.isModified():
            self.name.setText(shown.name)
        self.code.setText(grouped(shown.place_code) if shown.place_code else shown.place_code_problem)
        self.code.setAccessibleName(
            self.tr("Your place code: {code}").format(code=" ".join(shown.place_code))
        )
        self.buttons["copy"].setVisible(bool(shown.place_code))
        self._kept_words.setText(shown.kept)
        others = [person for person in shown.people if not person.current]
        self._others.setVisible(bool(others))
        self.people.hide()
        self.people.deleteLater()
        self.people = PeopleList(others, self.look)
        self.people.chosen.connect(self.person_chosen)
        self._others_box.addWidget(self.people)
        self._order()

    def _who(self, box: QVBoxLayout) -> None:
        label = text_label(self.tr("Your name, as you choose it"), wrap=False)
        label.setBuddy(self.name)
        self.name.setAccessibleName(label.text())
        self.name.setPlaceholderText(self.tr("No name yet"))
        self.name.returnPressed.connect(self._name)
        box.addWidget(label)
        box.addLayout(self._row(self.name, self._button("name", self.tr("Use this name"), self._name)))
        box.addWidget(text_label(self.tr("There is no password. The name is for people who share this sign-in."), "small"))  # fmt: skip
        box.addWidget(self._messages["name"])
        box.addSpacing(self.look.px(4))
        park = self._button("park", self.tr("Not me"), self.not_me.emit)
        self._describe(park, self.tr("Put this work away, and ask who is here. It is kept."))
        fresh = self._button("fresh", self.tr("Start fresh for the next person"), self.fresh_start.emit)
        self._describe(fresh, self.tr("Put this work away, and begin with somebody new. It is kept."))
        row = self._row(park, fresh)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self._messages["people"])
        self._others_box.setContentsMargins(0, 0, 0, 0)
        self._heading(self._others_box, self.tr("Other people here"))
        box.addWidget(self._others)

    def _place_code(self, box: QVBoxLayout) -> None:
        self._heading(box, self.tr("Place code"))
        words = self.tr("It takes your place in the course to another PC. It can be read over the phone: it has no O, I, L, U or Z, and no 0 or 1.")  # fmt: skip
        box.addWidget(text_label(words, "small"))
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        box.addLayout(self._row(self.code, self._button("copy", self.tr("Copy"), self._copy)))
        label = text_label(self.tr("A place code from another PC"), wrap=False)
        label.setBuddy(self.entered)
        self.entered.setAccessibleName(label.text())
        self.entered.returnPressed.connect(self._enter)
        set_role(self.entered, "code")
        box.addWidget(label)
        box.addLayout(self._row(self.entered, self._button("enter", self.tr("Go there"), self._enter)))
        box.addWidget(self._messages["code"])

    def _file(self, box: QVBoxLayout) -> None:
        self._heading(box, self.tr("All of your work as one file"))
        words = self.tr("Drafts and progress, to take along. Importing adds to what is here and replaces nothing newer.")  # fmt: skip
        box.addWidget(text_label(words, "small"))
        row = self._row(
            self._button("export", self.tr("Export my work"), self.export_requested.emit),
            self._button("import", self.tr("Import work"), self.import_requested.emit),
        )
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self._messages["file"])

    # -- parts

    def _heading(self, box: QVBoxLayout, text: str) -> None:
        label = text_label(text, "heading")
        label.setContentsMargins(0, self.look.px(12), 0, 0)
        box.addWidget(label)

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        made = button(text)
        made.clicked.connect(lambda: act())
        self.buttons[name] = made
        return made

    @staticmethod
    def _describe(made: QPushButton, words: str) -> None:
        made.setToolTip(words)
        made.setAccessibleDescription(words)

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.px(8))
        for widget in widgets:
            row.addWidget(widget, 0 if isinstance(widget, QPushButton) else 1)
        return row

    def _order(self) -> None:
        """Tab goes from top to bottom, also after the page was made again."""
        fields = [self.name, self.buttons["name"], self.buttons["park"], self.buttons["fresh"]]
        fields += self.people.buttons
        fields += [
            self.buttons["copy"],
            self.entered,
            self.buttons["enter"],
            self.buttons["export"],
            self.buttons["import"],
        ]
        for before, after in zip(fields, fields[1:], strict=False):
            self.setTabOrder(before, after)

    # -- acts

    def _name(self) -> None:
        self.name.setModified(False)
        self.name_chosen.emit(self.name.text())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._shown.place_code)
        self.tell("code", self.tr("The place code is copied."), good=True)

    def _enter(self) -> None:
        if self.entered.text().strip():
            self.code_entered.emit(self.entered.text())


def grouped(code: str) -> str:
    """A place code as it is read aloud: groups of three, three of them to a line."""
    groups = code.split("-")
    lines = [groups[start : start + 3] for start in range(0, len(groups), 3)]
    return "\n".join("  ".join(line) for line in lines)
