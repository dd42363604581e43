"""A reference page of the course, to read beside one's program."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tutor.lessons.model import Course
from tutor.session.events import PageOpened
from tutor.ui.document import document_style, lesson_html
from tutor.ui.labels import text_label
from tutor.ui.lesson_pane import LessonText
from tutor.ui.look import Look
from tutor.ui.side_panel import SidePanel


class PagePanel(SidePanel):
    """Slides over the lesson; the program stays in sight. Nothing in it can be changed."""

    link_followed = Signal(str)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", width=640)
        self.setAccessibleName(self.tr("Reference page"))
        self._opened: PageOpened | None = None
        self._course: Course | None = None
        self.text: LessonText | None = None
        self.set_look(look)

    def show_page(self, opened: PageOpened, course: Course) -> None:
        """Slide in with this page of the course, in place of another that is open."""
        self._opened, self._course = opened, course
        self.set_title(opened.page.title)
        self.setAccessibleName(opened.page.title)
        self.open_panel()

    def focus_first(self) -> None:
        """Give the keyboard to the text, to scroll it and to walk along its links."""
        if self.text is not None:
            self.text.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            super().focus_first()

    def build(self) -> None:
        """The page, or why it cannot be read."""
        box = self.new_page()
        gap = self.look.px(4)  # so that the ring around the text is whole
        box.setContentsMargins(gap, gap, self.look.px(12), self.look.px(8))
        self.text = None
        opened = self._opened
        if opened is None or self._course is None:
            return
        if opened.trouble:
            words = self.tr("This page cannot be read: {why}. Its file: {file}")
            box.addWidget(text_label(words.format(why=opened.trouble, file=opened.page.path), "caution"))
            box.addStretch(1)
            return
        look = self.look
        text = LessonText()
        text.setAccessibleName(opened.page.title)
        text.setFont(look.font())
        text.document().setDocumentMargin(0)
        text.document().setDefaultStyleSheet(document_style(look))
        shown = lesson_html(
            _body(opened.text), look, pictures=opened.pictures, glossary=self._course.glossary
        )
        text.show_html(f"<body>{shown}</body>", opened.pictures)
        text.anchorClicked.connect(lambda url: self.link_followed.emit(url.toString()))
        box.addWidget(text, 1)
        self.text = text

    @property
    def words(self) -> str:
        """What the page says, as plain text."""
        return self.text.toPlainText() if self.text is not None else ""


def _body(markdown: str) -> str:
    """The page without its first heading, which is the panel's title."""
    lines = markdown.lstrip().split("\n")
    return "\n".join(lines[1:]) if lines and lines[0].startswith("# ") else markdown
