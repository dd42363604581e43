"""Courses: the open one, those that were opened before, and ways to open another. Slides in from the left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tutor.session.events import CourseRefused, KnownCourse
from tutor.ui.announce import announce
from tutor.ui.labels import button, dress, icon_button, text_label
from tutor.ui.look import Look
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_role

#: Milliseconds until it is said that a course is being opened.
BUSY_AFTER = 400


class CoursesPanel(SidePanel):
    """`course_chosen` and `drop_requested` bring a course's folder; what is refused is said at the top, in place."""

    course_chosen = Signal(object)
    drop_requested = Signal(object)
    folder_requested = Signal()
    pack_requested = Signal()
    copy_requested = Signal()

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", width=460)
        self.set_title(self.tr("Courses"))
        self.setAccessibleName(self.tr("Courses"))
        self._courses: Sequence[KnownCourse] = ()
        self._refused: CourseRefused | None = None
        self._said = ""
        self._made: Path | None = None
        self._opening = ""
        self._busy = QTimer(self)  # what is opened at once needs no word
        self._busy.setSingleShot(True)
        self._busy.setInterval(BUSY_AFTER)
        self._busy.timeout.connect(self._say_busy)
        self.message: QFrame | None = None
        self.open_buttons: dict[Path, QPushButton] = {}
        self.drop_buttons: dict[Path, QToolButton] = {}
        self.folder = self.pack = self.copy = button("")
        self.set_look(look)

    # -- what is told

    def show_courses(self, courses: Sequence[KnownCourse]) -> None:
        """The courses that can be opened now."""
        if tuple(courses) != tuple(self._courses):
            self._courses = courses
            self._rebuild()

    def open_fresh(self) -> None:
        """Slide in, without what was said before."""
        self._refused, self._said, self._made = None, "", None
        self.open_panel()

    def show_busy(self, name: str) -> None:
        """A course is being opened: a pack or a network folder may take a while."""
        self._busy.start()
        self._opening = self.tr("Opening {name}").format(name=name)

    def end_busy(self) -> None:
        """It is open, or refused."""
        self._busy.stop()

    def _say_busy(self) -> None:
        self._refused, self._made, self._said = None, None, self._opening
        self._rebuild()
        announce(self, self._opening)

    def show_refused(self, refused: CourseRefused) -> None:
        """Say in place why it was not opened, and what to do."""
        self.end_busy()
        self._refused, self._said, self._made = refused, "", None
        self._open_or_rebuild()
        announce(self, " ".join(self.said))

    def show_copied(self, folder: Path) -> None:
        """The person's own copy is open: where it is, and what to do next."""
        self._refused, self._said, self._made = None, "", folder
        self._open_or_rebuild()
        announce(self, " ".join(self.said))

    @property
    def said(self) -> tuple[str, ...]:
        """What the message at the top says, a paragraph each; nothing where there is none."""
        if self._refused is not None:
            stays = self.tr("The course that was open stays open.")
            return (self._refused.what, *self._refused.details, f"{self._refused.do} {stays}".strip())
        if self._made is not None:
            return (
                self.tr("Your own copy is open."),
                self.tr("It is in {folder}").format(folder=self._made),
                self.tr(
                    "It holds all lessons of the course, and one of your own, which is open beside this. Next: change "
                    "that lesson's file. The lesson here follows as soon as the file is saved."
                ),
            )
        return (self._said,) if self._said else ()

    # -- building

    def focus_first(self) -> None:
        """Give the keyboard to what is likely wanted next: another course, or after a message what it is about."""
        first: QWidget = next(iter(self.open_buttons.values()), self.folder)
        if self._refused is not None:
            first = self.folder
        elif self._made is not None:
            first = self._close
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        if first is not self._close:
            self.contents.ensureWidgetVisible(first)

    def _open_or_rebuild(self) -> None:
        if self.isVisible():
            self.build()
            self.contents.verticalScrollBar().setValue(0)
            QTimer.singleShot(0, self, self._give)  # once a dialog that asked has given the keyboard back
        else:
            self.open_panel()

    def _rebuild(self) -> None:
        if not self.isVisible():
            return
        focused, holder = self._focused(), QApplication.focusWidget()
        kept = holder is self._close or (holder is not None and not self.isAncestorOf(holder))
        self.build()
        if not kept:
            QTimer.singleShot(0, self, lambda: self._give(focused))

    def _focused(self) -> str:
        return next((name for name, made in self._buttons().items() if made.hasFocus()), "")

    def _give(self, name: str = "") -> None:
        buttons = self._buttons()
        if name in buttons:
            buttons[name].setFocus()
            self.contents.ensureWidgetVisible(buttons[name])
        elif self.isVisible():
            self.focus_first()

    def _buttons(self) -> dict[str, QWidget]:
        named: dict[str, QWidget] = {"folder": self.folder, "pack": self.pack, "copy": self.copy}
        named |= {f"open {folder}": made for folder, made in self.open_buttons.items()}
        return named | {f"drop {folder}": made for folder, made in self.drop_buttons.items()}

    def build(self) -> None:
        """The message, the open course, the others, the ways to open another; after a refusal, those ways first."""
        box = self.new_page(hidden=True)
        self.message, self.open_buttons, self.drop_buttons = None, {}, {}
        if self.said:
            box.addWidget(self._message())
        parts = [self._add_open, self._add_others, self._add_ways]
        if self._refused is not None:
            parts = [self._add_ways, self._add_open, self._add_others]
        for add in parts:
            add(box)
        box.addStretch(1)
        self.settle_page()

    def _add_open(self, box: QVBoxLayout) -> None:
        for course in self._courses:
            if course.current:
                self._heading(box, self.tr("Open now"))
                box.addWidget(self._open_card(course))

    def _add_others(self, box: QVBoxLayout) -> None:
        others = [course for course in self._courses if not course.current]
        if others:
            self._heading(box, self.tr("Other courses"))
        for course in others:
            box.addWidget(self._card(course))

    def _add_ways(self, box: QVBoxLayout) -> None:
        self._heading(box, self.tr("Open another course"))
        words = self.tr(
            "A course is a folder with a file course.yaml in it, or one file that ends in .c4h. Either can also be "
            "dropped onto this window. What you did in each course is kept apart."
        )
        box.addWidget(text_label(words, "small"))
        self.folder = button(self.tr("Open a course folder"))
        self.folder.clicked.connect(self.folder_requested)
        self.pack = button(self.tr("Open a course pack (.c4h)"))
        self.pack.clicked.connect(self.pack_requested)
        for made in (self.folder, self.pack):
            box.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _heading(self, box: QVBoxLayout, text: str) -> None:
        label = text_label(text, "heading")
        label.setContentsMargins(0, self.look.px(12), 0, 0)
        box.addWidget(label)

    def _message(self) -> QFrame:
        look, theme = self.look, self.look.theme
        card = QFrame()
        refused = self._refused is not None
        set_role(card, "caution-card" if refused else "info-card")
        sign = QLabel()
        icon, colour = (
            ("warning", theme.caution) if refused else ("check" if self._made else "info", theme.accent)
        )
        sign.setPixmap(look.picture(icon, colour, 18))
        words = QVBoxLayout()
        words.setSpacing(look.px(6))
        for number, part in enumerate(self.said):
            words.addWidget(text_label(part, "strong" if number == 0 and len(self.said) > 1 else ""))
        row = QHBoxLayout(card)
        row.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        row.setSpacing(look.px(10))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        card.setAccessibleName(" ".join(self.said))
        self.message = card
        return card

    def _title_of(self, course: KnownCourse) -> str:
        if not course.title and course.built_in:  # until its file has been asked
            return self.tr("The tutor's own course")
        return course.title or course.folder.name

    def _where(self, course: KnownCourse) -> str:
        if course.built_in:
            return self.tr("Comes with the tutor")
        return str(course.folder)

    def _open_card(self, course: KnownCourse) -> QFrame:
        card, inner = self._frame()
        inner.addWidget(text_label(self._title_of(course), "strong"))
        inner.addWidget(text_label(self._where(course), "small"))
        self.copy = button(
            self.tr("Make my own copy"),
            self.tr(
                "For writing lessons: a course of your own that holds these lessons and yours. This one stays as it is."
            ),
        )
        self.copy.clicked.connect(self.copy_requested)
        dress(self.copy, self.look, "file")
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        inner.addSpacing(self.look.px(4))
        inner.addLayout(row)
        return card

    def _card(self, course: KnownCourse) -> QFrame:
        look, title = self.look, self._title_of(course)
        card, inner = self._frame()
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(title, "strong"))
        words.addWidget(text_label(self._where(course), "small"))
        row.addLayout(words, 1)
        if course.found:
            made = button(self.tr("Open"), self.tr("Open this course. Your place in the other one is kept."))
            made.setAccessibleName(self.tr("Open the course {title}").format(title=title))
            made.setAccessibleDescription(f"{self._where(course)}. {made.toolTip()}")
            made.clicked.connect(lambda: self.course_chosen.emit(course.folder))
            self.open_buttons[course.folder] = made
            row.addWidget(made)
        else:
            words.addWidget(text_label(self.tr("It cannot be found now."), "caution"))
            words.addWidget(text_label(self.tr("Is its drive or network folder connected?"), "small"))
        if not course.built_in:
            name = self.tr("Take the course {title} off the list").format(title=title)
            drop = icon_button(look, "cross", name, self.tr("The course itself stays as it is."))
            drop.setIconSize(look.size(16))
            drop.clicked.connect(lambda: self.drop_requested.emit(course.folder))
            self.drop_buttons[course.folder] = drop
            row.addWidget(drop)
        inner.addLayout(row)
        return card

    def _frame(self) -> tuple[QFrame, QVBoxLayout]:
        look = self.look
        card = QFrame()
        set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(look.px(14), look.px(8), look.px(8), look.px(8))
        inner.setSpacing(look.px(2))
        return card, inner
