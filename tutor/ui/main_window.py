"""The window: header, two halves, footer, and what slides over them. It knows panes; the session it does not know."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tutor import NAME
from tutor.lessons.model import Course
from tutor.session.events import LessonBroken, StepView, WhoseWork
from tutor.ui import overlays
from tutor.ui.first_use import FirstUse, made_parts
from tutor.ui.focus_ring import FocusRing
from tutor.ui.footer import Footer
from tutor.ui.halves import LESSON, WORK, Halves
from tutor.ui.header import HeaderBar
from tutor.ui.lesson_pane import LessonPane
from tutor.ui.look import Look
from tutor.ui.patient_question import PatientQuestion
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.scratch_words import scratch_title
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_primary, set_role, style_sheet
from tutor.ui.trouble_bar import TroubleBar
from tutor.ui.work.area import WorkArea
from tutor.ui.work.next_action import Primary

Part = TypeVar("Part", bound=QWidget)


class MainWindow(QWidget):
    """Everything that is seen. `closing` is told once, when the window is about to close."""

    closing = Signal()

    outline = FirstUse(overlays.outline)
    page = FirstUse(overlays.page)
    history = FirstUse(overlays.history)
    settings_panel = FirstUse(overlays.settings_panel)
    help_panel = FirstUse(overlays.help_panel)
    people_panel = FirstUse(overlays.people_panel)
    case_panel = FirstUse(overlays.case_panel)
    courses_panel = FirstUse(overlays.courses_panel)
    popup = FirstUse(overlays.popup)
    palette_card = FirstUse(overlays.palette_card)
    broken = FirstUse(overlays.broken)
    who = FirstUse(overlays.who)
    review = FirstUse(overlays.review)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "window")
        self.setWindowTitle(NAME)
        self.header = HeaderBar(look)
        self.trouble = TroubleBar(look)
        self.question = PatientQuestion(look)
        self.lesson = LessonPane(look)
        self.work = WorkArea(look)
        self.halves = Halves(self.lesson, self.work, look)
        self.footer = Footer(look)
        self.body = QStackedWidget()
        self.body.addWidget(self.halves)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part, stretch in (
            (self.header, 0),
            (self.trouble, 0),
            (self.question, 0),
            (self.body, 1),
            (self.footer, 0),
        ):
            box.addWidget(part, stretch)
        self.ring = FocusRing(self, look)
        self._look = look
        self._primary = Primary.NONE
        self._leading: set[QWidget] = set()
        self.body.currentChanged.connect(lambda _at: self._raise_panels())
        self.halves.arranged.connect(lambda: self.lesson.show_way_to_work(self.halves.work_hidden))
        self.lesson.work_requested.connect(self._focus_work)
        #: More parts of the window that F6 walks through, before the footer.
        self.more_stops: Callable[[], list[tuple[QWidget, Callable[[], None]]]] = lambda: []
        #: Puts away what covers the two halves: the writer's half, in a narrow window.
        self.uncover: Callable[[], None] = lambda: None
        self.set_look(look)

    @property
    def look(self) -> Look:
        """How the window looks now."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Draw everything in this look."""
        self._look = look
        self.setFont(look.font())
        self.setStyleSheet(style_sheet(look))
        for part in (
            self.header, self.trouble, self.question, self.lesson, self.work, self.halves, self.footer, self.ring,
            *made_parts(self),
        ):  # fmt: skip
            part.set_look(look)
        self.setMinimumSize(look.px(560), look.px(340))
        self._fit_height()

    def _fit_height(self) -> None:
        low = self._look.is_low(self.height())
        self.header.set_low(low)
        self.footer.set_low(low)

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window gets low, its first and its last line take less of it."""
        super().resizeEvent(event)
        self._fit_height()

    def dressed(self, part: Part) -> Part:
        """A part that has been made only now, in the window's look."""
        part.set_look(self._look)  # type: ignore[attr-defined]
        if isinstance(part, SidePanel):
            part.leads.connect(lambda leads: self.lead(part, leads))
        return part

    def in_body(self, page: Part) -> Part:
        """A page that can take the place of the two halves."""
        self.body.addWidget(page)
        return page

    def put_away(self, *parts: FirstUse[QWidget]) -> None:
        """Hide these of the parts that slide over the window."""
        for part in parts:
            made = part.made(self)
            if isinstance(made, SidePanel):
                made.step_aside()
            elif made is not None:
                made.hide()

    def fit_screen(self) -> None:
        """A comfortable size at the first start: not larger than the screen."""
        screen = self.screen().availableGeometry()
        self.resize(min(screen.width(), self._look.px(1280)), min(screen.height(), self._look.px(800)))

    def show_step(self, view: StepView) -> None:
        """Show a step, and give the keyboard to where it is done."""
        heading = view.course.heading(view.lesson.id)
        title = scratch_title() if view.is_scratch else view.lesson.title
        chapter = "" if view.is_scratch else chapter_of(view.course, view.lesson.id)
        self.header.show_place(chapter, title)
        self.setWindowTitle(f"{title} \u2013 {NAME}")
        self.lesson.show_step(view)
        self.work.show_step(view)
        self.lesson.set_centred(not self.work.is_needed)
        self.halves.set_work_needed(self.work.is_needed)
        if not view.reloaded:
            self.halves.show_half(LESSON)
        ids = [lesson.id for lesson in view.course.lessons]
        at = ids.index(heading.id) if heading is not None else 0
        self.footer.show_ends(
            first=view.number == 1 and at == 0,
            last=view.number == view.count and at == len(ids) - 1 and not view.is_scratch,
        )
        self.footer.show_scratch(view.is_scratch)
        review = MainWindow.review.made(self)
        if not (view.reloaded and review is not None and self.body.currentWidget() is review):
            self.body.setCurrentWidget(self.halves)

    def set_primary(self, primary: Primary) -> None:
        """Fill the one button that is the next thing to do."""
        self._primary = primary
        self._show_primary()

    def lead(self, part: QWidget, leads: bool) -> None:
        """The next thing to do is on this part of the window, in front of the step or beside it; or no longer."""
        (self._leading.add if leads else self._leading.discard)(part)
        self._show_primary()

    def _show_primary(self) -> None:
        primary = Primary.NONE if self._leading else self._primary
        self.work.set_primary(primary)
        self.footer.set_primary(primary is Primary.NEXT)
        set_primary(self.lesson.to_work, primary is not Primary.NEXT and not self._leading)

    def show_broken(self, broken: LessonBroken, *, take_keyboard: bool = True) -> None:
        """Show what is wrong with a lesson, in its place."""
        self.broken.show_broken(broken)
        self.body.setCurrentWidget(self.broken)
        if take_keyboard:
            self.broken.focus_first()

    def hide_panels(self) -> None:
        """Put away what slides over the window."""
        self.put_away(MainWindow.outline, MainWindow.page, MainWindow.history, MainWindow.settings_panel)
        self.put_away(MainWindow.help_panel, MainWindow.people_panel, MainWindow.case_panel, MainWindow.popup)
        self.put_away(MainWindow.courses_panel)

    def _raise_panels(self) -> None:
        """Another page has come to the front of the stack, and with it before what slides over it."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for panel in self.body.findChildren(SidePanel, options=direct):
            if panel.isVisible():
                panel.raise_()

    @property
    def panel_has_keyboard(self) -> bool:
        """Whether the keyboard is on something that slides over the window: it stays there when a step opens behind it."""
        focused = QApplication.focusWidget()
        if focused is None:
            return False
        return any(isinstance(part, SidePanel) and part.isAncestorOf(focused) for part in made_parts(self))

    def ask_who(self, shown: WhoseWork) -> None:
        """Nobody's work is open: show none of it, and ask who is here."""
        self.hide_panels()
        self.question.put_away()
        self.header.show_place("", "")
        self.setWindowTitle(NAME)
        self.footer.show_ends(first=True, last=True)
        self.who.ask(shown)
        self.body.setCurrentWidget(self.who)
        self.who.focus_first()

    def show_work(self) -> None:
        """Where only one half is shown: bring the work to the front, for something happens there."""
        self.uncover()
        hidden = self.halves.work_hidden
        self.halves.show_half(WORK)
        if hidden:
            self.work.focus_first()

    def show_lesson(self) -> None:
        """Where only one half is shown: bring the lesson to the front."""
        self.uncover()
        self.halves.show_half(LESSON)
        if self.halves.work_hidden:
            self.lesson.text.setFocus()

    def next_pane(self, by: int = 1) -> None:
        """Give the keyboard to the next part of the window: lesson, work, results, footer, header."""
        stops = [
            (self.lesson, self._focus_lesson),
            (self.work, self._focus_work),
            (self.work.panel, self._focus_results),
            (self.footer, lambda: self.footer.next.setFocus(Qt.FocusReason.TabFocusReason)),
            (self.header, self.header.focus_first),
        ]
        if not self.work.is_needed:
            stops = [stop for stop in stops if stop[0] not in (self.work, self.work.panel)]
        elif not self.work.has_results:
            stops = [stop for stop in stops if stop[0] is not self.work.panel]
        stops[-2:-2] = self.more_stops()
        focused = QApplication.focusWidget()
        at = -1
        for number, (part, _focus) in enumerate(stops):
            if focused is not None and (part is focused or part.isAncestorOf(focused)):
                at = number
        for page, last in ((MainWindow.broken, 2), (MainWindow.review, 2), (MainWindow.who, 1)):
            shown = page.made(self)
            if shown is not None and self.body.currentWidget() is shown:
                stops = [(shown, shown.focus_first), *stops[-last:]]
        stops[(at + by) % len(stops)][1]()

    def _focus_lesson(self) -> None:
        self.uncover()
        self.halves.show_half(LESSON)
        self.lesson.focus_first()

    def _focus_work(self) -> None:
        self.uncover()
        self.halves.show_half(WORK)
        self.work.focus_first()

    def _focus_results(self) -> None:
        self.uncover()
        self.halves.show_half(WORK)
        self.work.focus_results()

    @called_by_qt(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell, then close."""
        self.closing.emit()
        event.accept()


def chapter_of(course: Course, lesson_id: str) -> str:
    """The chapter of a lesson with its number, as the breadcrumb shows it."""
    for number, chapter in enumerate(course.chapters, 1):
        if any(lesson.id == lesson_id for lesson in chapter.lessons):
            return f"{number} {chapter.title}"
    return course.title
