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
        self._placed = False
        window.installEventFilter(self)
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
        if shown and not self._placed:
            self._placed = True
            whole = max(100, self.splitter.width())
            self.splitter.setSizes([whole * 45 // 100, whole * 55 // 100])

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

    def _turn(self) -> None:
        look, width, height = self._window.look, self._window.width(), self._window.height()
        narrow = look.is_narrow(width, NARROW) and width < height * 5 // 4
        self.splitter.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One above the other where the window gets narrow."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._turn()
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
