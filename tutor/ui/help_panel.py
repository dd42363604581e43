"""Help and About: the keys, what this is, versions, licences, and details for whoever is asked for help."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tutor import NAME, __version__
from tutor.lessons.model import Course
from tutor.translation import tr
from tutor.ui.labels import button, text_label
from tutor.ui.licences_page import licences_page
from tutor.ui.look import Look
from tutor.ui.product_words import learning_banner, unofficial_name
from tutor.ui.self_test_page import SelfTestPage
from tutor.ui.shortcuts import commands
from tutor.ui.side_panel import SidePanel


class HelpPanel(SidePanel):
    """Slides in from the right (F1)."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", right=True, width=460)
        self.set_title(self.tr("Help"))
        self.setAccessibleName(self.tr("Help"))
        self._course: Course | None = None
        self._log = ""
        self._data: Path | None = None
        self._on_licences = self._on_test = False
        self.licences = button(self.tr("Licences"))
        self.test = button(self.tr("Test this installation"))
        self.test_page: SelfTestPage | None = None
        self.back = button(self.tr("Back to Help"))
        self.copy = button(
            self.tr("Copy details"), self.tr("Copy the versions and folders below, for a question")
        )
        self.set_look(look)

    def show_help(self, course: Course, log: Path, data: Path) -> None:
        """Slide in. `data`: the folder that the self-test proves."""
        self._course, self._log, self._data = course, str(log), data
        self._on_licences = False
        self.open_panel()

    def show_licences(self, shown: bool) -> None:
        """Read the licences in Help's place, or come back; the keyboard comes along."""
        self._on_licences = shown
        self.build()
        (self.back if shown else self.licences).setFocus()

    def show_test(self, shown: bool) -> None:
        """Test this installation in Help's place, or come back; the keyboard comes along."""
        if self.test_page is not None:
            self.test_page.stop()
        self._on_test = shown
        if shown:
            self._build_test()
        else:
            self.test_page = None
            self.build()
        (self.back if shown else self.test).setFocus()

    def focus_first(self) -> None:
        """Give the keyboard to the first button."""
        self.copy.setFocus()

    def build(self) -> None:
        """Keys, then what this is; or the licences. A test on show stays as it is: its process goes on."""
        if self._on_test:
            return
        if self._on_licences:
            self.set_title(self.tr("Licences"))
            self._build_licences()
        else:
            self.set_title(self.tr("Help"))
            self._build_help()
        self.settle_page()  # what is in it is on show now, and can have the keyboard

    def _build_test(self) -> None:
        self.set_title(self.tr("Test this installation"))
        box = self.new_page(hidden=True)
        self.back = button(self.tr("Back to Help"))
        self.back.clicked.connect(lambda: self.show_test(False))
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        if self._data is not None:
            self.test_page = SelfTestPage(self._data)
            box.addWidget(self.test_page, 1)
        self.settle_page()

    def _build_licences(self) -> None:
        box = self.new_page(hidden=True)
        self.back = button(self.tr("Back to Help"))
        self.back.clicked.connect(lambda: self.show_licences(False))
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(licences_page(), 1)

    def _build_help(self) -> None:
        box = self.new_page(hidden=True)
        self._heading(box, self.tr("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.px(20))
        grid.setVerticalSpacing(self.look.px(6))
        rows = [(command.keys[0], command.text) for command in commands() if command.keys]
        rows += [
            ("Ctrl+F", self.tr("Find in the program")),
            ("Ctrl+H", self.tr("Find and replace")),
            ("Ctrl+G", self.tr("Go to a line")),
            ("Ctrl+Space", self.tr("Offer names to go on with")),
            ("Ctrl+/", self.tr("Turn lines into comments, and back")),
            ("F8", self.tr("Go to the next mark in the program")),
            ("Ctrl++", self.tr("Larger text in the program; Ctrl and - makes it smaller")),
            ("Esc, Tab", self.tr("Leave the editor with the keyboard")),
        ]
        for row, (keys, words) in enumerate(rows):
            grid.addWidget(text_label(_as_on_the_keyboard(keys), "code", wrap=False), row, 0)
            grid.addWidget(text_label(words), row, 1)
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        self._heading(box, self.tr("About"))
        box.addWidget(text_label(unofficial_name(__version__), "strong"))
        box.addWidget(text_label(learning_banner()))
        words = self.tr(
            "It works without a network and sends nothing anywhere. The program is under the MIT licence, the lessons "
            "are under CC BY 4.0. It uses Qt (LGPL), Scintilla, Pygments, PyYAML, markdown-it-py and appdirs."
        )
        box.addWidget(text_label(words))
        self.licences = button(
            self.tr("Licences"), self.tr("Read the licences of the tutor and of its parts")
        )
        self.licences.clicked.connect(lambda: self.show_licences(True))
        box.addWidget(self.licences, 0, Qt.AlignmentFlag.AlignLeft)
        self._heading(box, self.tr("Details"))
        box.addWidget(text_label(self.details(), "code"))
        self.copy = button(
            self.tr("Copy details"), self.tr("Copy these lines, for a question to somebody who helps")
        )
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details()))
        self.test = button(
            self.tr("Test this installation"),
            self.tr("Try everything that the tutor needs on this PC, and say what was found"),
        )
        self.test.clicked.connect(lambda: self.show_test(True))
        buttons = QHBoxLayout()
        buttons.setSpacing(self.look.px(8))
        for made in (self.copy, self.test):
            buttons.addWidget(made)
        buttons.addStretch(1)
        box.addLayout(buttons)
        box.addStretch(1)

    def _heading(self, box: QVBoxLayout, text: str) -> None:
        label = text_label(text, "heading")
        label.setContentsMargins(0, self.look.px(12), 0, 0)
        box.addWidget(label)

    def details(self) -> str:
        """Versions and folders, as text to copy: nothing personal but the folder's own name."""
        course = f"{self._course.title} {self._course.version}" if self._course else ""
        lines = (
            f"{NAME} {__version__}",
            f"Course {course}",
            f"Python {platform.python_version()}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            f"Log {self._log}",
        )
        return "\n".join(lines)


def _as_on_the_keyboard(keys: str) -> str:
    """Keys by the names that stand on them, and that the buttons use."""
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    shown = keys if "," in keys else shown
    for qt, name in (("Return", tr("Enter")), ("PgDown", tr("Page Down")), ("PgUp", tr("Page Up"))):
        shown = shown.replace(qt, name)
    return shown
