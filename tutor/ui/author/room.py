"""The window with the writer's half beside what a learner sees: made when author mode is first switched on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from tutor.ui.author.bar import AuthorBar
from tutor.ui.author.cases_pane import CasesPane
from tutor.ui.author.checks_pane import ChecksPane
from tutor.ui.author.dock import Dock
from tutor.ui.author.file_pane import FilePane
from tutor.ui.author.new_lesson_panel import NewLessonPanel
from tutor.ui.author.new_step_panel import NewStepPanel
from tutor.ui.author.test_pane import TestPane
from tutor.ui.editor import EditorTheme
from tutor.ui.focus import give_back
from tutor.ui.look import Look
from tutor.ui.main_window import MainWindow
from tutor.ui.qt_calls import called_by_qt

#: Below this width of the window (in the design's pixels) the two halves stand one above the other, where it is high enough.
NARROW = 1000

#: Below this width (in the design's pixels, whatever the text size) there is room for one half only: the writer's covers
#: what a learner sees, until it is closed.
ONE_ONLY = 800


class Room(QObject):
    """All widgets of the author mode, and where they stand."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        look = window.look
        before = window.focusWidget()
        self.bar = AuthorBar(look)
        self.dock = Dock(look)
        self.file = FilePane(look)
        self.test = TestPane(look)
        self.checks = ChecksPane(look)
        self.cases = CasesPane(look)
        self.dock.add(self.file, self.tr("File"))
        self.dock.add(self.test, self.tr("Test"))
        self.dock.add(self.checks, self.tr("Checks"))
        self.dock.add(self.cases, self.tr("Cases"))
        self.new_step = NewStepPanel(window.body, look)
        self.new_lesson = NewLessonPanel(window.body, look)
        self.new_lesson.leads.connect(lambda leads: window.lead(self.new_lesson, leads))
        box = window.layout()
        assert isinstance(box, QVBoxLayout)
        at = box.indexOf(window.body)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(window.body)
        self.splitter.addWidget(self.dock)
        self.dock.hide()
        box.insertWidget(at, self.splitter, 1)
        box.insertWidget(box.indexOf(window.trouble), self.bar)
        self._share = 55
        self.splitter.splitterMoved.connect(lambda _at, _index: self._moved())
        self.covers = False
        for watched in (window, window.body, self.splitter):
            watched.installEventFilter(self)
        window.body.currentChanged.connect(self._page_turned)
        window.uncover = self.uncover
        self._turn()
        self.set_look(look)
        # The parts of the window have moved: the keyboard, and what it is on, are to be where they were.
        QTimer.singleShot(0, self, lambda: _keep(before))

    def set_look(self, look: Look) -> None:
        """Draw everything in this look."""
        self.splitter.setHandleWidth(look.hairline)
        for part in (self.bar, self.dock, self.file, self.test, self.checks, self.cases):
            part.set_look(look)
        for panel in (self.new_step, self.new_lesson):
            panel.set_look(look)
        self._turn()

    def set_code(self, theme: EditorTheme, points: float, family: str) -> None:
        """How files and programs look."""
        self.file.editor.set_theme(theme)
        self.file.editor.set_font_size(points)
        self.file.editor.set_font_family(family)
        self.cases.set_code(theme, points)

    def show_dock(self, shown: bool) -> None:
        """The writer's half, or what a learner sees alone."""
        self.dock.setVisible(shown)
        self._window.lead(self.dock, shown)
        if shown:
            self._place()

    def open(self, pane: QWidget) -> None:
        """Show this part of the writer's half; the keyboard goes there if it was in another part."""
        had_keyboard = self.has_keyboard
        self.show_dock(True)
        if pane is not self.dock.pane:
            self.dock.turn_to(pane)
            if had_keyboard:
                self.focus()

    def close(self) -> None:
        """Put the writer's half away; the keyboard goes back to the lesson."""
        had_keyboard = self.has_keyboard
        self.show_dock(False)
        if had_keyboard:
            (self._window.work if self._window.work.is_needed else self._window.lesson).focus_first()

    def focus(self) -> None:
        """Give the keyboard to the part that is shown."""
        pane = self.dock.pane
        if pane is self.file:
            self.file.editor.setFocus()
        elif isinstance(pane, TestPane | ChecksPane | CasesPane):
            pane.focus_first()

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the writer's half."""
        focused = self._window.focusWidget()
        return self.dock.isVisible() and focused is not None and self.dock.isAncestorOf(focused)

    def uncover(self) -> None:
        """What a learner sees is wanted: close the writer's half, if that covers it."""
        if self.covers and self.dock.isVisible():
            self.show_dock(False)

    def _turn(self) -> None:
        look, width, height = self._window.look, self._window.width(), self._window.height()
        tall = width < height * 5 // 4
        above = look.is_narrow(width, NARROW) and tall
        self.splitter.setOrientation(Qt.Orientation.Vertical if above else Qt.Orientation.Horizontal)
        covers = not tall and width < look.px(ONE_ONLY)
        if covers != self.covers:
            self.covers = covers
            shown = not self.dock.isHidden()
            if covers:
                self.dock.setParent(self._window.body)
            else:
                self.splitter.addWidget(self.dock)
            self.dock.setVisible(shown)
            self.dock.show_way_back(covers)
        self._place()

    def _place(self) -> None:
        """The two halves have their shares of the width; where there is room for one only, the writer's is on top."""
        if self.covers:
            self.dock.setGeometry(self._window.body.rect())
            self.dock.raise_()
            return
        whole = (
            self.splitter.width()
            if self.splitter.orientation() is Qt.Orientation.Horizontal
            else self.splitter.height()
        )
        right = max(100, whole) * self._share // 100
        self.splitter.setSizes([max(100, whole) - right, right])

    def _moved(self) -> None:
        left, right = self.splitter.sizes()
        self._share = round(100 * right / max(1, left + right))

    def _page_turned(self, _at: int) -> None:
        """Another page in place of the lesson: it is seen at once, unless somebody writes just now."""
        body = self._window.body
        if self.covers and (self.has_keyboard or body.currentWidget() is self._window.halves):
            self.dock.raise_()

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size: side by side, one above the other, or one only."""
        if event.type() == QEvent.Type.Resize:
            if watched is self._window:
                self._turn()
            else:
                QTimer.singleShot(0, self, self._place)
        return False


def _keep(focused: QWidget | None) -> None:
    """Give the keyboard back, with what it is on in sight."""
    if not give_back(focused):
        return
    around = focused.parentWidget() if focused is not None else None
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None and focused is not None:
        around.ensureWidgetVisible(focused)
