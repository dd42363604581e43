"""What slides over the window from one side: a title, a way to close it, and its own contents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tutor.ui.focus import give_back
from tutor.ui.labels import icon_button, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.replace_page import replace_page
from tutor.ui.stylesheet import set_role
from tutor.ui.tall_page import TallPage


class SidePanel(QFrame):
    """Covers part of its parent and takes no room while one works. Escape closes it and gives the keyboard back."""

    closed = Signal()
    #: It has come, or gone; whether the one next action is on it now.
    leads = Signal(bool)

    def __init__(
        self, parent: QWidget, look: Look, title: str, *, right: bool = False, width: int = 420
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._right, self._width = right, width
        self._before: QWidget | None = None
        set_role(self, "overlay-right" if right else "overlay")
        self.setAccessibleName(title)
        self._title = text_label(title, "title")
        self._close = icon_button(look, "cross", self.tr("Close"), self.tr("Escape"))
        self._close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.contents = QScrollArea()
        self.contents.setWidgetResizable(True)
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = QVBoxLayout(self)
        self._box.addLayout(head)
        self._box.addWidget(self.contents, 1)
        self.hide()
        parent.installEventFilter(self)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def set_look(self, look: Look) -> None:
        """Draw in this look; what is shown is built again."""
        self.look = look
        self._box.setContentsMargins(look.px(20), look.px(16), look.px(8), look.px(8))
        self._box.setSpacing(look.px(8))
        self._close.setIcon(look.icon("cross"))
        self._close.setIconSize(look.size(18))
        self._place()
        if self.isVisible():
            self.build()

    def build(self) -> None:
        """Make the contents again; each panel has its own."""

    def new_page(self, *, hidden: bool = False) -> QVBoxLayout:
        """An empty page in place of the one before; its layout.

        `hidden`: until `settle_page`. Qt shows what is put into a page on show only later, as an empty page at first.
        """
        page = TallPage()
        set_role(page, "pane")
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, self.look.px(12), self.look.px(8))
        box.setSpacing(self.look.px(8))
        replace_page(self.contents, page)
        page.setHidden(hidden)
        return box

    def settle_page(self) -> None:
        """The page is whole: show it at its full height, so that it is never seen squeezed."""
        page = self.contents.widget()
        if isinstance(page, TallPage):
            page.fit()
        self._place()

    def open_panel(self) -> None:
        """Build the contents and slide over the window."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.build()
        self._place()
        self.show()
        self.raise_()
        self.settle_page()
        self._put_away_those_behind()
        self.focus_first()

    def _put_away_those_behind(self) -> None:
        """One panel at a time where they would lie on each other; the keyboard later goes back to where it was before them."""
        parent = self.parentWidget()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for other in parent.findChildren(SidePanel, options=direct) if parent is not None else ():
            if other is not self and other.isVisible() and other.geometry().intersects(self.geometry()):
                if self._before is not None and other.isAncestorOf(self._before):
                    self._before = other._before
                other.hide()

    def focus_first(self) -> None:
        """Give the keyboard to the panel."""
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go away, and give the keyboard back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        give_back(self._before)
        self.closed.emit()

    def step_aside(self) -> None:
        """Make room for something else: as `dismiss`, but nobody has closed it."""
        if self.isAncestorOf(QApplication.focusWidget() or self):
            give_back(self._before)
        self.hide()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            width = min(parent.width(), max(self.look.px(self._width), self._needed()))
            self.setGeometry(parent.width() - width if self._right else 0, 0, width, parent.height())

    def _needed(self) -> int:
        """The least width at which no word is cut: buttons in a row do not wrap, and other languages are longer."""
        page, around = self.contents.widget(), self._box.contentsMargins()
        inner = page.minimumSizeHint().width() if page is not None else 0
        inner += self.contents.verticalScrollBar().sizeHint().width() + around.left() + around.right()
        inner += 2 * self.look.hairline
        return max(inner, self.minimumSizeHint().width())

    @called_by_qt(None)
    def showEvent(self, event: QShowEvent) -> None:
        """The next action may be on this panel: then it is not behind it too."""
        super().showEvent(event)
        self.leads.emit(any(made.property("primary") for made in self.findChildren(QPushButton)))

    @called_by_qt(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """It is behind it again."""
        super().hideEvent(event)
        self.leads.emit(False)

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the parent's height."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
