"""Lines of a program that can be moved and indented, by drag and drop and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec import Struct
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role

TEXT = Qt.ItemDataRole.UserRole
LEVEL = Qt.ItemDataRole.UserRole + 1

#: Deeper than this no beginner's program goes.
DEEPEST = 6
INDENT = "    "


class Line(Struct, frozen=True):
    """A line without its indentation, and how deep it is indented."""

    text: str
    level: int = 0

    @classmethod
    def of(cls, text: str) -> Line:
        """A line as it is written."""
        bare = text.lstrip(" \t")
        spaces = len(text[: len(text) - len(bare)].replace("\t", INDENT))
        return cls(bare, min(DEEPEST, spaces // len(INDENT)))

    def __str__(self) -> str:
        return INDENT * self.level + self.text


class LineDelegate(QStyledItemDelegate):
    """Draws a line as a card with a grip, in the code font, with a rule for each level."""

    def __init__(self, lines: LineList) -> None:
        super().__init__(lines)
        self._lines = lines

    @called_by_qt(QSize())
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """High enough for the code font, with room around it."""
        look = self._lines.look
        height = self._lines.fontMetrics().lineSpacing() + look.px(14)
        return QSize(look.px(60) + self._lines.fontMetrics().horizontalAdvance(str(line_at(index))), height)

    @called_by_qt(None)
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        look, theme = self._lines.look, self._lines.look.theme
        line = line_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self._lines.indent_width
        area = option.rect.adjusted(look.px(4), look.px(2), -look.px(4), -look.px(2))
        for level in range(line.level):
            x = area.left() + level * step + look.px(10)
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(x, option.rect.top(), x, option.rect.bottom())
        area.setLeft(area.left() + line.level * step)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and self._lines.hasFocus()
        lifted = selected and self._lines.lifted
        edge = theme.accent if selected else theme.control if theme.high_contrast else theme.border
        painter.setPen(QPen(QColor(edge), look.px(2) if lifted else 1))
        painter.setBrush(QColor(theme.accent_soft if selected else theme.surface))
        painter.drawRoundedRect(area, look.px(4), look.px(4))
        grip = look.picture("grip", theme.muted, 16)
        painter.drawPixmap(area.left() + look.px(4), area.center().y() - look.px(8), grip)
        painter.setPen(QColor(theme.text))
        painter.setFont(self._lines.font())
        words = area.adjusted(look.px(26), 0, -look.px(8), 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line.text)
        painter.restore()


def line_at(index: QModelIndex | QPersistentModelIndex) -> Line:
    """The line that an item holds."""
    return Line(str(index.data(TEXT)), int(index.data(LEVEL) or 0))


class LineList(QListWidget):
    """A list of lines.

    Up and Down choose a line; Space lifts it, and then Up and Down move it; Alt+Up and Alt+Down move it at once.
    Left and Right indent. Delete passes it to the other list.
    """

    lines_changed = Signal()
    moved_away = Signal(object)
    told = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self.lifted = False
        self.empty_text = ""
        self._drag_from = QPoint()
        set_role(self, "lines")
        self.setAccessibleName(name)
        self.setItemDelegate(LineDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self.look = look
        self.setFont(look.code_font())
        self.setSpacing(0)
        self.doItemsLayout()

    def height_of(self, lines: int) -> int:
        """The height at which so many lines are seen."""
        line = self.fontMetrics().lineSpacing() + self.look.px(14)
        return lines * line + 2 * (self.look.px(4) + self.look.hairline)

    @property
    def indent_width(self) -> int:
        """The width of one level."""
        return self.fontMetrics().horizontalAdvance(INDENT)

    @property
    def lines(self) -> list[Line]:
        """The lines, in order."""
        return [line_at(self.indexFromItem(self.item(row))) for row in range(self.count())]

    def set_lines(self, lines: list[Line]) -> None:
        """Show these lines."""
        self.clear()
        self.lifted = False
        for line in lines:
            self.addItem(self._item(line))
        if lines:
            self.setCurrentRow(0)

    def add(self, line: Line) -> None:
        """Put a line at the end."""
        self.addItem(self._item(line))
        self.setCurrentRow(self.count() - 1)

    def _item(self, line: Line) -> QListWidgetItem:
        item = QListWidgetItem()
        self._write(item, line)
        return item

    def _write(self, item: QListWidgetItem, line: Line) -> None:
        item.setData(TEXT, line.text)
        item.setData(LEVEL, line.level)
        level = self.tr("indented by %n", "", line.level) if line.level else self.tr("not indented")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.text}, {level}")

    @called_by_qt(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says what it is for."""
        super().paintEvent(event)
        if not self.count() and self.empty_text:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self.look.theme.muted))
            painter.setFont(self.look.font(13))
            how = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.viewport().rect(), how, self.empty_text)

    # -- verbs of the keyboard, also for buttons
    def move_line(self, by: int) -> None:
        """Move the chosen line up (-1) or down (1)."""
        row = self.currentRow()
        to = row + by
        if row < 0 or not 0 <= to < self.count():
            return
        item = self.takeItem(row)
        self.insertItem(to, item)
        self.setCurrentRow(to)
        self.lines_changed.emit()
        self.told.emit(self.tr("Line {place} of {count}").format(place=to + 1, count=self.count()))

    def indent_line(self, by: int) -> None:
        """Indent the chosen line further (1) or less far (-1)."""
        if self.currentRow() < 0:
            return
        item = self.currentItem()
        line = line_at(self.indexFromItem(item))
        level = min(DEEPEST, max(0, line.level + by))
        if level == line.level:
            return
        self._write(item, Line(line.text, level))
        self.doItemsLayout()
        self.lines_changed.emit()
        self.told.emit(self.tr("Indented by %n", "", level) if level else self.tr("Not indented"))

    def pass_on(self) -> None:
        """Give the chosen line to the other list."""
        row = self.currentRow()
        if row < 0:
            return
        item = self.takeItem(row)
        self.lifted = False
        line = Line(str(item.data(TEXT)), int(item.data(LEVEL) or 0))
        self.moved_away.emit(line)
        self.lines_changed.emit()

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard's way to do all that the mouse can."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match key:
            case Qt.Key.Key_Space:
                self._lift(not self.lifted)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Escape if self.lifted:
                self._lift(False)
            case Qt.Key.Key_Up | Qt.Key.Key_Down if alt or self.lifted:
                self.move_line(-1 if key == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.indent_line(-1 if key == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.pass_on()
            case _:
                super().keyPressEvent(event)

    @called_by_qt(False)
    def event(self, event: QEvent) -> bool:
        """Alt with an arrow moves or indents here too, whatever it does elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            arrows = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
            if event.key() in arrows and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def _lift(self, lifted: bool) -> None:
        if self.currentRow() < 0:
            return
        self.lifted = lifted
        self.viewport().update()
        self.told.emit(self.tr("Lifted: Up and Down move it") if lifted else self.tr("Put down"))

    @called_by_qt(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A line is put down when one leaves."""
        self.lifted = False
        super().focusOutEvent(event)
        self.viewport().update()

    # -- drag and drop: up and down moves, sideways indents
    @called_by_qt(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag began: how far it goes sideways is how far the line is indented."""
        self._drag_from = event.position().toPoint()
        super().mousePressEvent(event)

    @called_by_qt(None)
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Also over the line that is dragged: Qt would refuse it there, and a line could not be drawn sideways."""
        super().dragMoveEvent(event)
        if isinstance(event.source(), LineList):
            event.accept()

    @called_by_qt(None)
    def dropEvent(self, event: QDropEvent) -> None:
        """Take a line from this list or from the other."""
        source = event.source()
        if not isinstance(source, LineList):
            event.ignore()
            return
        if source.currentRow() < 0:
            event.ignore()
            return
        item = source.currentItem()
        at = event.position().toPoint()
        line = Line(str(item.data(TEXT)), int(item.data(LEVEL) or 0))
        levels = round((at.x() - source._drag_from.x()) / max(1, self.indent_width)) if source is self else 0
        row = self._row_at(at)
        from_row = source.row(item)
        source.takeItem(from_row)
        if source is self and from_row < row:
            row -= 1
        made = self._item(Line(line.text, min(DEEPEST, max(0, line.level + levels))))
        self.insertItem(row, made)
        self.setCurrentRow(row)
        # The line has been moved here: Qt must not move it a second time.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        source.lines_changed.emit()
        if source is not self:
            self.lines_changed.emit()

    def _row_at(self, point: QPoint) -> int:
        index = self.indexAt(point)
        if not index.isValid():
            return self.count()
        area = self.visualRect(index)
        return index.row() + (1 if point.y() > area.center().y() else 0)

    @called_by_qt(cast("QMimeData", None))  # no data: Qt then drags nothing
    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """What is dragged, for other programs: the line's text."""
        data = super().mimeData(items)
        data.setText("\n".join(str(item.data(TEXT)) for item in items))
        return data
