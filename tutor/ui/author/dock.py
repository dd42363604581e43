"""The writer's half of the window: the file, what Test found, the checks of the step, and cases; one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tutor.ui.labels import icon_button
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class Dock(QWidget):
    """Tabs, and the pane of the chosen one."""

    closed = Signal()
    turned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self.setAccessibleName(self.tr("For lesson writers"))
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Parts of the writer's half"))
        self._close = icon_button(look, "cross", self.tr("Close the writer's half"))
        self._covers = False
        self._close.clicked.connect(self.closed)
        self._pages = QStackedWidget()
        self._head = QHBoxLayout()
        self._head.addWidget(self.tabs, 1)
        self._head.addWidget(self._close)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self._box.addLayout(self._head)
        self._box.addWidget(self._pages, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._box.setContentsMargins(0, 0, 0, 0)
        self._head.setContentsMargins(look.px(12), look.px(4), look.px(8), 0)
        self._look = look
        self._show_close()

    def show_way_back(self, covers: bool) -> None:
        """Where this half covers what a learner sees, its closing is the way there, and says so."""
        self._covers = covers
        self._show_close()

    def _show_close(self) -> None:
        made, style, covers = self._close, Qt.ToolButtonStyle, self._covers
        made.setIcon(self._look.icon("back" if covers else "cross", None, 16))
        made.setIconSize(self._look.size(16))
        made.setText(self.tr("To the lesson") if covers else "")
        made.setToolButtonStyle(style.ToolButtonTextBesideIcon if covers else style.ToolButtonIconOnly)
        name = self.tr("To the lesson") if covers else self.tr("Close the writer's half")
        made.setAccessibleName(name)
        made.setToolTip(self.tr("Close the writer's half"))

    def add(self, pane: QWidget, name: str) -> None:
        """One more part."""
        self._pages.addWidget(pane)
        self.tabs.addTab(name)

    def turn_to(self, pane: QWidget) -> None:
        """Show this part."""
        self.tabs.setCurrentIndex(self._pages.indexOf(pane))

    @property
    def pane(self) -> QWidget | None:
        """The part that is shown."""
        return self._pages.currentWidget()

    def _turn(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        self.turned.emit(at)

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape on the tabs closes."""
        if event.key() == Qt.Key.Key_Escape and self.tabs.hasFocus():
            self.closed.emit()
        else:
            super().keyPressEvent(event)
