"""Search or jump (Ctrl+K): type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tutor.ui.announce import announce
from tutor.ui.find_index import Entry, find, kind_words
from tutor.ui.focus import give_back
from tutor.ui.labels import text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role

ENTRY = Qt.ItemDataRole.UserRole


class EntryDelegate(QStyledItemDelegate):
    """A title, and muted beside it what it belongs to."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._palette = palette

    @called_by_qt(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with room around it."""
        return QSize(0, self._palette.look.px(38))

    @called_by_qt(None)
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one entry."""
        look, entry = self._palette.look, index.data(ENTRY)
        theme = look.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(look.px(4), look.px(1), -look.px(4), -look.px(1))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.accent_soft))
            painter.setPen(
                QPen(QColor(theme.accent), look.px(1.5)) if theme.high_contrast else Qt.PenStyle.NoPen
            )
            painter.drawRoundedRect(area, look.px(6), look.px(6))
        icon = {
            "lesson": "book",
            "step": "dot",
            "term": "info",
            "page": "file",
            "course": "book",
            "command": "run",
        }[entry.kind.value]
        side = look.px(16)
        painter.drawPixmap(
            area.left() + look.px(10), area.center().y() - side // 2, look.picture(icon, theme.muted, 16)
        )
        words = area.adjusted(look.px(36), 0, -look.px(12), 0)
        painter.setFont(look.font(weight=QFont.Weight.Normal))
        painter.setPen(QColor(theme.text))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        title = painter.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideRight, words.width() * 6 // 10
        )
        painter.drawText(words, flags, title)
        used = painter.fontMetrics().horizontalAdvance(title) + look.px(16)
        painter.setFont(look.font(13))
        painter.setPen(QColor(theme.muted))
        rest = words.adjusted(used, 0, 0, 0)
        more = painter.fontMetrics().elidedText(entry.more, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), more)
        painter.restore()


class Palette(QFrame):
    """A line to type in and the matches under it. Up and Down choose, Enter goes there, Escape closes."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self._over = parent
        self.look = look
        set_role(self, "popup")
        self._entries: Sequence[Entry] = ()
        self._before: QWidget | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Search lessons, words and commands"))
        self.line.setAccessibleName(self.tr("Search or jump"))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.found = QListWidget()
        self.found.setItemDelegate(EntryDelegate(self))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(self.tr("Matches"))
        self.found.itemClicked.connect(self._choose)
        self._nothing = text_label("", "muted")
        self._box = QVBoxLayout(self)
        for widget in (self.line, self.found, self._nothing):
            self._box.addWidget(widget)
        self.hide()
        parent.installEventFilter(self)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self.look = look
        self._box.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        self._box.setSpacing(look.px(8))
        self._nothing.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))

    def open_on(self, entries: Sequence[Entry]) -> None:
        """Ask what to find among these."""
        self._entries = entries
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.line.clear()
        self._search("")
        self.show()
        self.raise_()
        self._place()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close, and give the keyboard back."""
        self.hide()
        give_back(self._before)

    def _search(self, typed: str) -> None:
        self.found.clear()
        for entry in find(self._entries, typed):
            item = QListWidgetItem()
            item.setData(ENTRY, entry)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {kind_words(entry.kind)}, {entry.more}"
            )
            self.found.addItem(item)
        any_found = self.found.count() > 0
        self.found.setVisible(any_found)
        self._nothing.setVisible(not any_found)
        self._nothing.setText(
            self.tr("Nothing has \u201c{words}\u201d in it. Try one shorter word.").format(words=typed)
        )
        if any_found:
            self.found.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        parent, look = self._over, self.look
        width = min(look.px(640), parent.width() - look.px(48))
        rows = self.found.count()
        self.found.setFixedHeight(min(rows * look.px(38) + look.px(4), parent.height() * 6 // 10))
        height = (
            self._box.totalHeightForWidth(width)
            if self._box.hasHeightForWidth()
            else self.sizeHint().height()
        )
        self.setGeometry((parent.width() - width) // 2, look.px(56), width, height)

    def _choose(self, item: QListWidgetItem) -> None:
        entry = item.data(ENTRY)
        self.dismiss()
        self.chosen.emit(entry)

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list is steered from the line; the card stays in the middle of the window."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self.hide()
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(event)
        return False

    def _steer(self, event: QKeyEvent) -> bool:
        rows, row = self.found.count(), self.found.currentRow()
        match event.key():
            case Qt.Key.Key_Escape:
                self.dismiss()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if rows:
                self.found.setCurrentRow((row + (1 if event.key() == Qt.Key.Key_Down else -1)) % rows)
                entry = self.found.currentItem().data(ENTRY)
                announce(self.line, f"{entry.title}, {kind_words(entry.kind)}")
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if rows:
                    self._choose(self.found.currentItem())
            case _:
                return False
        return True
