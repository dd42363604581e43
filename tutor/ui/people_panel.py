"""Whose work it is: the name, other people, the place code, one file with all of the work, and where it is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tutor.session.events import WhoseWork
from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.people_list import PeopleList
from tutor.ui.side_panel import SidePanel

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
        self._typed_code = ""
        self._begin_page()
        self.set_look(look)

    def _begin_page(self) -> None:
        self.name = QLineEdit(self._shown.name)
        self.code = text_label("", "code")
        self.entered = QLineEdit(self._typed_code)
        self.people = PeopleList((), self.look)
        self.buttons: dict[str, QPushButton] = {}
        self._messages: dict[str, QLabel] = {}

    def show_work(self, shown: WhoseWork) -> None:
        """Who is at work, and who else is here."""
        changed = shown != self._shown
        self._shown = shown
        if self.isVisible() and changed:
            self.build()

    def open_fresh(self) -> None:
        """Slide in, with no message of an earlier time."""
        self._told, self._typed_code = {}, ""
        self.open_panel()

    def tell(self, about: str, words: str, *, good: bool) -> None:
        """Say what came of something, beside where it was asked for."""
        self._told[about] = (words, "good" if good else "caution")
        if about == "code" and good:
            self._typed_code = ""
        if self.isVisible():
            self._typed_code = "" if about == "code" and good else self.entered.text()
            self.build()
        announce(self, words)

    def message(self, about: str) -> str:
        """What is said about this now."""
        label = self._messages.get(about)
        return label.text() if label is not None and not label.isHidden() else ""

    def focus_first(self) -> None:
        """Give the keyboard to the name."""
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def build(self) -> None:
        """Everything, from what is known."""
        focused = self._focused()
        typed = self.name.text() if self.name.isModified() else self._shown.name
        box = self.new_page()
        self._begin_page()
        self.name.setText(typed)
        self._who(box)
        self._place_code(box)
        self._file(box)
        self._kept(box)
        box.addStretch(1)
        self._order()
        target = self.buttons.get(focused) or {"name": self.name, "entered": self.entered}.get(focused)
        if target is not None:
            target.setFocus()

    def _focused(self) -> str:
        fields: dict[str, QWidget] = {"name": self.name, "entered": self.entered, **self.buttons}
        return next((name for name, field in fields.items() if field.hasFocus()), "")

    def _who(self, box: QVBoxLayout) -> None:
        label = text_label(self.tr("Your name, as you choose it"), wrap=False)
        label.setBuddy(self.name)
        self.name.setAccessibleName(label.text())
        self.name.setPlaceholderText(self.tr("No name yet"))
        self.name.returnPressed.connect(self._name)
        box.addWidget(label)
        box.addLayout(self._row(self.name, self._button("name", self.tr("Use this name"), self._name)))
        box.addWidget(text_label(self.tr("There is no password. The name is for people who share this sign-in."), "small"))  # fmt: skip
        self._message(box, "name")
        box.addSpacing(self.look.px(4))
        park = self._button("park", self.tr("Not me"), self.not_me.emit)
        self._describe(park, self.tr("Put this work away, and ask who is here. It is kept."))
        fresh = self._button("fresh", self.tr("Start fresh for the next person"), self.fresh_start.emit)
        self._describe(fresh, self.tr("Put this work away, and begin with somebody new. It is kept."))
        row = self._row(park, fresh)
        row.addStretch(1)
        box.addLayout(row)
        self._message(box, "people")
        others = [person for person in self._shown.people if not person.current]
        if others:
            self._heading(box, self.tr("Other people here"))
            self.people = PeopleList(others, self.look)
            self.people.chosen.connect(self.person_chosen)
            box.addWidget(self.people)

    def _place_code(self, box: QVBoxLayout) -> None:
        self._heading(box, self.tr("Place code"))
        words = self.tr("It takes your place in the course to another PC. It can be read over the phone: it has no O, I, L, U or Z, and no 0 or 1.")  # fmt: skip
        box.addWidget(text_label(words, "small"))
        if self._shown.place_code:
            self.code.setText(grouped(self._shown.place_code))
            self.code.setFont(self.look.code_font(17))
            self.code.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.code.setAccessibleName(
                self.tr("Your place code: {code}").format(code=" ".join(self._shown.place_code))
            )
            box.addLayout(self._row(self.code, self._button("copy", self.tr("Copy"), self._copy)))
        else:
            box.addWidget(
                text_label(self._shown.place_code_problem or self.tr("There is none yet."), "muted")
            )
        label = text_label(self.tr("A place code from another PC"), wrap=False)
        label.setBuddy(self.entered)
        self.entered.setAccessibleName(label.text())
        self.entered.returnPressed.connect(self._enter)
        self.entered.setProperty("role", "code")
        box.addWidget(label)
        box.addLayout(self._row(self.entered, self._button("enter", self.tr("Go there"), self._enter)))
        self._message(box, "code")

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
        self._message(box, "file")

    def _kept(self, box: QVBoxLayout) -> None:
        if self._shown.kept:
            self._heading(box, self.tr("Where it is kept"))
            box.addWidget(text_label(self._shown.kept))

    # -- parts

    def _heading(self, box: QVBoxLayout, text: str) -> None:
        label = text_label(text, "heading")
        label.setContentsMargins(0, self.look.px(12), 0, 0)
        box.addWidget(label)

    def _button(self, name: str, text: str, act: object) -> QPushButton:
        made = button(text)
        made.clicked.connect(lambda: act() if callable(act) else None)
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

    def _message(self, box: QVBoxLayout, about: str) -> None:
        words, role = self._told.get(about, ("", "small"))
        label = text_label(words, role)
        label.setVisible(bool(words))
        self._messages[about] = label
        box.addWidget(label)

    def _order(self) -> None:
        """Tab goes from top to bottom, also after the page was made again."""
        fields = [self.name, self.buttons["name"], self.buttons["park"], self.buttons["fresh"]]
        fields += self.people.buttons
        fields += [self.buttons[name] for name in ("copy",) if name in self.buttons]
        fields += [self.entered, self.buttons["enter"], self.buttons["export"], self.buttons["import"]]
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
