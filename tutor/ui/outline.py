"""The course outline: slides over the lesson from the left, and goes away again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tutor.lessons.model import Course, Page, Track
from tutor.session.events import ChapterOutline, LessonOutline
from tutor.ui.document import document_style, lesson_html
from tutor.ui.fold import Fold
from tutor.ui.labels import button, dress, text_label
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
        here = self.tr("open now, {state}").format(state=state)
        self.setAccessibleDescription(here if lesson.current else state)
        self.setToolTip(heading.summary or state)

    @called_by_qt(QSize())
    def minimumSizeHint(self) -> QSize:
        """Room for its words: Qt asks a button, not what stands on it."""
        row = self.layout()
        return row.minimumSize() if row is not None else super().minimumSizeHint()


class OutlinePanel(SidePanel):
    """Chapters and lessons with what is done; arrows move along the lessons, Enter opens one."""

    lesson_chosen = Signal(str)
    page_chosen = Signal(str)
    track_chosen = Signal(str)
    courses_requested = Signal()
    scratch_requested = Signal()

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "")
        self.setAccessibleName(self.tr("Course outline"))
        self._chapters: tuple[ChapterOutline, ...] = ()
        self._rows: list[LessonRow] = []
        self._pages: tuple[Page, ...] = ()
        self._tracks: tuple[Track, ...] = ()
        self._track = ""  # the id of the track whose lessons alone are listed
        self.tracks: QComboBox | None = None
        self.page_rows: list[QPushButton] = []
        self.courses = button(self.tr("Courses"), self.tr("Open another course (Ctrl+Shift+O)"))
        self.courses.clicked.connect(self.courses_requested)
        self.scratch = button(
            self.tr("Scratch program"), self.tr("A place to try things, outside any lesson (Ctrl+Shift+N)")
        )
        self.scratch.clicked.connect(self.scratch_requested)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.scratch)
        self._foot.addWidget(self.courses)
        self._foot.addStretch(1)
        self._box.addLayout(self._foot)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        super().set_look(look)
        self._foot.setContentsMargins(0, look.px(6), look.px(12), look.px(8))
        self._foot.setSpacing(look.px(8))
        dress(self.scratch, look, "run")
        dress(self.courses, look, "book")

    def show_course(self, course: Course, chapters: Sequence[ChapterOutline], track: str = "") -> None:
        """Slide in over the lesson; `track` is the id of the track that was chosen in this course."""
        self.set_title(course.title)
        self._track = track
        self._chapters, self._pages, self._tracks = tuple(chapters), course.pages, course.tracks
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
        self._rows, self.tracks = [], None
        track = next((track for track in self._tracks if track.id == self._track), None)
        if self._tracks:
            self._add_tracks(box, track)
        for number, entry in enumerate(self._chapters, 1):
            lessons = tuple(one for one in entry.lessons if track is None or one.heading.id in track.lessons)
            if lessons or track is None:
                self._add_chapter(box, number, replace(entry, lessons=lessons))
        self.page_rows = []
        if self._pages:
            self._add_pages(box)
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
            box.addWidget(self._card(entry.chapter.title, entry.chapter.card))

    def _add_tracks(self, box: QVBoxLayout, chosen: Track | None) -> None:
        """A way to see only the lessons of a track: which lessons can be opened never depends on it."""
        choice = QComboBox()
        choice.setAccessibleName(self.tr("Lessons to list"))
        choice.addItem(self.tr("All lessons"), "")
        for track in self._tracks:
            choice.addItem(track.title, track.id)
        choice.setCurrentIndex(choice.findData(chosen.id if chosen is not None else ""))
        choice.activated.connect(lambda _index: self._choose_track(str(choice.currentData())))
        box.addWidget(choice)
        self.tracks = choice

    def _choose_track(self, track_id: str) -> None:
        if track_id != self._track:
            self._track = track_id
            self.track_chosen.emit(track_id)
            self.build()
            if self.tracks is not None:
                self.tracks.setFocus()

    def _add_pages(self, box: QVBoxLayout) -> None:
        look = self.look
        heading = text_label(self.tr("To look things up"), "heading")
        heading.setContentsMargins(look.px(8), look.px(14), look.px(8), look.px(4))
        box.addWidget(heading)
        for page in self._pages:
            row = button(page.title, "", "quiet")
            dress(row, look, "book")
            row.setMinimumHeight(look.px(40))
            row.clicked.connect(lambda _checked=False, page=page: self.page_chosen.emit(page.id))
            row.installEventFilter(self)
            self.page_rows.append(row)
            box.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)

    def _card(self, chapter: str, markdown: str) -> Fold:
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
        fold = Fold(self.tr("Then and now"), frame, look)
        fold.heading.setAccessibleName(self.tr("Then and now: {chapter}").format(chapter=chapter))
        return fold

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move along the lessons and pages; Enter opens one."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QPushButton)
        ):
            stops = [*self._rows, *self.page_rows]
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                place = stops.index(watched) + (1 if event.key() == Qt.Key.Key_Down else -1)
                if 0 <= place < len(stops):
                    stops[place].setFocus(Qt.FocusReason.TabFocusReason)
                    self.contents.ensureWidgetVisible(stops[place])
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                watched.click()
                return True
        return super().eventFilter(watched, event)
