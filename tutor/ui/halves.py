"""The two halves of the window: side by side, or, where it is narrow, behind two tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabBar, QVBoxLayout, QWidget

from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role

#: Narrower than this (in design pixels) the halves do not stand side by side.
NARROW = 1000

LESSON, WORK = 0, 1


class Halves(QWidget):
    """Lesson on the left, work on the right. `share_changed` tells the right half's share of the width, in per cent."""

    share_changed = Signal(int)
    arranged = Signal()

    def __init__(self, lesson: QWidget, work: QWidget, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lesson, self._work = lesson, work
        self._work_needed = True
        self._share = 50
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab(self.tr("Lesson"))
        self.tabs.addTab(self.tr("Work"))
        self.tabs.setAccessibleName(self.tr("Lesson and work"))
        self.tabs.currentChanged.connect(lambda _index: self._arrange())
        self._tab_row = QHBoxLayout()
        self._tab_row.addWidget(self.tabs, 1)
        self._tab_frame = QWidget()
        set_role(self._tab_frame, "header")
        self._tab_frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tab_frame.setLayout(self._tab_row)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(lesson)
        self._splitter.addWidget(work)
        self._splitter.splitterMoved.connect(lambda _at, _index: self._moved())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tab_frame)
        box.addWidget(self._splitter, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._tab_row.setContentsMargins(look.px(24), 0, look.px(24), 0)
        self._splitter.setHandleWidth(look.hairline)
        self._arrange()

    @property
    def narrow(self) -> bool:
        """Whether there is room for one half only."""
        return self._look.is_narrow(self.width(), NARROW)

    @property
    def work_hidden(self) -> bool:
        """Whether there is work behind the other tab."""
        return self._work_needed and not self._work.isVisibleTo(self)

    def set_work_needed(self, needed: bool) -> None:
        """Whether the open step has any work: without it the lesson takes the whole window."""
        self._work_needed = needed
        self._arrange()

    def set_share(self, percent: int) -> None:
        """Give the right half this much of the width."""
        self._share = percent
        self._place()

    def fix_share(self) -> None:
        """The shares are fixed on this PC: the border between the halves stays where it is."""
        self._splitter.handle(1).setEnabled(False)

    def show_half(self, half: int) -> None:
        """Bring LESSON or WORK to the front, where only one is shown."""
        self.tabs.setCurrentIndex(half)

    def _moved(self) -> None:
        left, right = self._splitter.sizes()
        if left + right:
            self._share = round(100 * right / (left + right))
            self.share_changed.emit(self._share)

    def _arrange(self) -> None:
        narrow = self.narrow
        both = self._work_needed and not narrow
        self._tab_frame.setVisible(narrow and self._work_needed)
        at = self.tabs.currentIndex()
        self._lesson.setVisible(both or not self._work_needed or at == LESSON)
        self._work.setVisible(self._work_needed and (both or at == WORK))
        self._place()
        self.arranged.emit()

    def _place(self) -> None:
        width = max(1, self._splitter.width())
        right = width * self._share // 100
        self._splitter.setSizes([width - right, right])

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shares; go behind tabs where it gets narrow."""
        super().resizeEvent(event)
        self._arrange()
        # The splitter has its new width only once the layout is done.
        QTimer.singleShot(0, self, self._place)
