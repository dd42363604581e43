"""New lesson: its title, its chapter, and its place; it begins from a template with a step of each common kind."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from tutor.authoring.new_in_course import file_name_for
from tutor.lessons.model import Course
from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_primary


class NewLessonPanel(SidePanel):
    """`wanted` brings the title and the chapter's id."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", width=460)
        self.set_title(self.tr("New lesson"))
        self.setAccessibleName(self.tr("New lesson"))
        self._course: Course | None = None
        self._chapter = ""
        self.title = QLineEdit()
        self.chapters = QComboBox()
        self.make = button(self.tr("Make the lesson"))
        self.file = text_label("", "small")
        self.message = text_label("", "caution")
        self.set_look(look)

    def show_for(self, course: Course, chapter_id: str) -> None:
        """Slide in; this chapter is chosen first."""
        self._course, self._chapter = course, chapter_id
        self.title.clear()
        self.open_panel()

    def tell(self, words: str) -> None:
        """Say what is in the way, in place."""
        self.message.setText(words)
        self.message.setVisible(bool(words))
        announce(self.message, words)

    def focus_first(self) -> None:
        """Give the keyboard to the title."""
        self.title.setFocus(Qt.FocusReason.PopupFocusReason)

    def build(self) -> None:
        """Title, chapter, the file that it becomes."""
        box = self.new_page()
        label = text_label(self.tr("Title: say what a learner makes"), wrap=False)
        self.title = QLineEdit(self.title.text())
        self.title.setAccessibleName(label.text())
        self.title.setMaxLength(80)
        self.title.textChanged.connect(self._changed)
        self.title.returnPressed.connect(self._want)
        label.setBuddy(self.title)
        box.addWidget(label)
        box.addWidget(self.title)
        label = text_label(self.tr("Chapter"), wrap=False)
        self.chapters = QComboBox()
        self.chapters.setAccessibleName(label.text())
        for chapter in self._course.chapters if self._course else ():
            if self._course is not None and chapter.folder_in(self._course.folder) is not None:
                self.chapters.addItem(chapter.title, chapter.id)
        at = self.chapters.findData(self._chapter)
        self.chapters.setCurrentIndex(max(0, at))
        self.chapters.activated.connect(lambda _at: self._changed())
        label.setBuddy(self.chapters)
        box.addWidget(label)
        box.addWidget(self.chapters)
        self.file = text_label("", "small")
        box.addWidget(self.file)
        self.message = text_label("", "caution")
        self.message.hide()
        box.addWidget(self.message)
        self.make = button(self.tr("Make the lesson"), self.tr("Write the file, and name it in course.yaml"))
        set_primary(self.make, True)
        self.make.clicked.connect(self._want)
        row = QHBoxLayout()
        row.addWidget(self.make)
        row.addStretch(1)
        box.addLayout(row)
        words = self.tr("It begins with examples of the common kinds of step, with notes to you. It stands at the end of its chapter.")  # fmt: skip
        box.addWidget(text_label(words, "muted"))
        box.addStretch(1)
        self._changed()

    def _changed(self) -> None:
        title, chapter = self.title.text().strip(), self.chapters.currentData()
        self.make.setEnabled(bool(title) and chapter is not None)
        course = self._course
        found = next((one for one in course.chapters if one.id == chapter), None) if course else None
        shown = ""
        folder = found.folder_in(course.folder) if course is not None and found is not None else None
        if found is not None and folder is not None and title:
            shown = self.tr("Its file: {file}").format(
                file=f"{folder.name}/{file_name_for(title, found)}.yaml"
            )
        self.file.setText(shown)
        self.tell("")

    def _want(self) -> None:
        if self.make.isEnabled():
            self.wanted.emit(self.title.text().strip(), str(self.chapters.currentData()))
