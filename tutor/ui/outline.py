"""The course outline: slides over the lesson from the left, and goes away again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tutor.session.events import ChapterOutline, LessonOutline
from tutor.ui.document import document_style, lesson_html
from tutor.ui.fold import Fold
from tutor.ui.labels import text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_role


class LessonRow(QPushButton):
    """One lesson: its state as a shape, its title, its length."""

    def __init__(self, lesson: LessonOutline, look: Look) -> None:
        super().__init__()
        self.lesson = lesson
        heading = lesson.heading
        set_role(self, "quiet")
        theme = look.theme
        finished = lesson.count > 0 and lesson.done >= lesson.count
        if heading.broken:
            icon, colour, state = "warning", theme.caution, self.tr("cannot be opened now")
        elif finished:
            icon, colour, state = "check", theme.good, self.tr("done")
        elif lesson.done:
            icon, colour, state = (
                "dot-started",
                theme.accent,
                self.tr("{done} of {count} steps done").format(done=lesson.done, count=lesson.count),
            )
        else:
            icon, colour, state = "dot", theme.control, self.tr("to do")
        sign = QLabel()
        sign.setPixmap(look.picture(icon, colour, 16))
        title = QLabel(heading.title)
        set_role(title, "strong" if lesson.current else "")
        length = QLabel(self.tr("%n min", "", heading.minutes) if heading.minutes else "")
        set_role(length, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), look.px(4), look.px(8), look.px(4))
        row.setSpacing(look.px(10))
        row.addWidget(sign)
        row.addWidget(title, 1)
        row.addWidget(length)
        self.setMinimumHeight(look.px(40))
        self.setAccessibleName(heading.title)
        here = self.tr("open now, ") if lesson.current else ""
        self.setAccessibleDescription(f"{here}{state}")
        self.setToolTip(heading.summary or state)


class OutlinePanel(SidePanel):
    """Chapters and lessons with what is done; arrows move along the lessons, Enter opens one."""

    lesson_chosen = Signal(str)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "")
        self.setAccessibleName(self.tr("Course outline"))
        self._chapters: tuple[ChapterOutline, ...] = ()
        self._rows: list[LessonRow] = []
        self.set_look(look)

    def show_course(self, title: str, chapters: Sequence[ChapterOutline]) -> None:
        """Slide in over the lesson."""
        self.set_title(title)
        self._chapters = tuple(chapters)
        self.open_panel()

    def focus_first(self) -> None:
        """Give the keyboard to the open lesson."""
        current = next(
            (row for row in self._rows if row.lesson.current), self._rows[0] if self._rows else None
        )
        if current is not None:
            current.setFocus(Qt.FocusReason.PopupFocusReason)
            self.contents.ensureWidgetVisible(current)
        else:
            super().focus_first()

    @property
    def rows(self) -> list[LessonRow]:
        """The lessons on show."""
        return list(self._rows)

    def build(self) -> None:
        """List the chapters."""
        box = self.new_page()
        box.setSpacing(self.look.px(2))
        self._rows = []
        for number, entry in enumerate(self._chapters, 1):
            self._add_chapter(box, number, entry)
        box.addStretch(1)

    def _add_chapter(self, box: QVBoxLayout, number: int, entry: ChapterOutline) -> None:
        look = self.look
        done = sum(lesson.done for lesson in entry.lessons)
        count = sum(lesson.count for lesson in entry.lessons)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(8), look.px(14), look.px(8), look.px(4))
        head.addWidget(text_label(f"{number}  {entry.chapter.title}", "heading"), 1)
        share = self.tr("{percent} %").format(percent=round(100 * done / count) if count else 0)
        head.addWidget(text_label(share, "small", wrap=False))
        box.addLayout(head)
        for lesson in entry.lessons:
            row = LessonRow(lesson, look)
            row.clicked.connect(
                lambda _checked=False, lesson=lesson: self.lesson_chosen.emit(lesson.heading.id)
            )
            row.installEventFilter(self)
            self._rows.append(row)
            box.addWidget(row)
        if entry.chapter.card:
            box.addWidget(self._card(entry.chapter.card))

    def _card(self, markdown: str) -> Fold:
        look = self.look
        frame = QFrame()
        set_role(frame, "info-card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(2))
        words = QLabel()
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setText(f"<style>{document_style(look)}</style>{lesson_html(markdown, look, glossary=())}")
        inner.addWidget(words)
        return Fold(self.tr("Then and now"), frame, look)

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move along the lessons; Enter opens one."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, LessonRow)
        ):
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                place = self._rows.index(watched) + (1 if event.key() == Qt.Key.Key_Down else -1)
                if 0 <= place < len(self._rows):
                    self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)
                    self.contents.ensureWidgetVisible(self._rows[place])
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                watched.click()
                return True
        return super().eventFilter(watched, event)
