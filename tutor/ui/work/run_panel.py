"""What stands under every program: the action row, and the Output and Checks tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tutor.runner.result import FolderFile
from tutor.session.events import Checked, RunEnded
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.results.checks_pane import ChecksPane
from tutor.ui.results.files_pane import FilesPane
from tutor.ui.results.output_pane import OutputPane
from tutor.ui.stylesheet import set_role
from tutor.ui.work.action_row import ActionRow

OUTPUT, CHECKS, FILES = 0, 1, 2


class RunPanel(QWidget):
    """Action row above two tabs."""

    line_chosen = Signal(int)
    #: There is more to see than before.
    grown = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self.actions_row = ActionRow(look)
        self.output = OutputPane(look)
        self.checks = ChecksPane(look)
        self.files = FilesPane(look)
        self.output.line_chosen.connect(self.line_chosen)
        self.output.files_requested.connect(self.show_files)
        self.checks.line_chosen.connect(self.line_chosen)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab(self.tr("Output"))
        self.tabs.addTab(self.tr("Checks"))
        self.tabs.addTab(self.tr("Files"))
        self.tabs.setAccessibleName(self.tr("Results"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.output)
        self._stack.addWidget(self.checks)
        self._stack.addWidget(self.files)
        self.tabs.currentChanged.connect(self._turn)
        self.output.grown.connect(self._grow)
        self._tab_row = QHBoxLayout()
        self._tab_row.addWidget(self.tabs, 1)
        line = QFrame()
        set_role(line, "line")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.addWidget(self.actions_row)
        self._head.addLayout(self._tab_row)
        box.addLayout(self._head)
        box.addWidget(line)
        box.addWidget(self._stack, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._tab_row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        self.actions_row.set_look(look)
        self.output.set_look(look)
        self.checks.set_look(look)
        self.files.set_look(look)
        self._grow()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the tabs stand beside the buttons, where both have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        low = self._look.is_low(self.window().height())
        self.actions_row.set_low(low)
        both = self.actions_row.widest() + self.tabs.sizeHint().width() + self._look.px(32)
        beside = low and both <= self.width()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._head.direction():
            self._head.setDirection(way)
            self._head.setStretch(0, 1 if beside else 0)
            self._head.setAlignment(
                self._tab_row, Qt.AlignmentFlag.AlignBottom if beside else Qt.AlignmentFlag(0)
            )

    def reset(
        self, *, run: bool, check: bool, files: Sequence[FolderFile] = (), filename: str = "main.py"
    ) -> None:
        """Another step is open; whether it can be run and checked, the files that it gives, and the program's own."""
        self.files.show_given(files)
        self.tabs.setTabVisible(FILES, bool(files))
        self.actions_row.end()
        self.actions_row.set_abilities(run=run, check=check)
        self.output.reset(filename)
        self.checks.reset()
        self.tabs.setTabVisible(CHECKS, check)
        self.tabs.setCurrentIndex(OUTPUT if run else CHECKS)
        self._grow()

    def wanted_height(self) -> int:
        """The height at which all of the results on show is seen."""
        rows = self._head.sizeHint().height() + 1
        pane = self._stack.currentWidget()
        assert isinstance(pane, OutputPane | ChecksPane | FilesPane)
        return rows + pane.wanted_height()

    @property
    def has_something(self) -> bool:
        """Whether anything has come of the program yet, or is to be looked at."""
        return self.output.begun or self.checks.verdict is not None or self.tabs.currentIndex() == FILES

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._grow()

    def _grow(self) -> None:
        """What is on show needs this much height; Qt would ask for that of the highest of the three."""
        self.tabs.updateGeometry()  # a tab may have come, or its letters got wider, which Qt tells no layout
        self._fit()
        on_output = self._stack.currentWidget() is self.output
        self._stack.setMinimumHeight(self.output.least_height() if on_output else self._look.px(64))
        self.grown.emit()

    def begin(self, purpose: str) -> None:
        """A program runs."""
        self.actions_row.begin(purpose)
        if purpose == "run":
            self.output.begin()
            self.tabs.setCurrentIndex(OUTPUT)

    def show_run(self, ended: RunEnded) -> None:
        """A run is over."""
        self.actions_row.end()
        self.output.end(ended.result, ended.advice)
        result = ended.result
        self.files.show_written(result.kept, more=len(result.written) > len(result.kept))
        self.tabs.setTabVisible(FILES, bool(self.files.files))
        self._grow()

    def show_files(self) -> None:
        """Show what the program wrote."""
        self.files.choose_written()
        self.tabs.setCurrentIndex(FILES)
        self.files.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_checked(self, checked: Checked) -> None:
        """A check is over."""
        self.actions_row.end()
        self.checks.show_checked(checked)
        self.tabs.setCurrentIndex(CHECKS)
        self._grow()
