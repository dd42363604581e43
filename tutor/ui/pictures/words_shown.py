"""Every word that a window shows or that a screen reader says of it, each with the widget it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

Said = tuple[QWidget, str, str]  # whose, what kind of text, the text


def words_shown(window: QWidget) -> Iterator[Said]:
    """All texts of what can be seen in a window: itself, its controls, their menus, tool tips and accessible words."""
    yield window, "window title", window.windowTitle()
    for widget in (window, *window.findChildren(QWidget)):
        if widget is window or widget.isVisible():
            yield from ((widget, kind, text) for kind, text in _own(widget) if text)


def _own(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tool tip", widget.toolTip()
    yield "status tip", widget.statusTip()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        yield "name", interface.text(QAccessible.Text.Name)
        yield "description", interface.text(QAccessible.Text.Description)
    yield from _shown(widget)
    menu = widget.menu() if isinstance(widget, QToolButton) or hasattr(widget, "menu") else None
    if isinstance(menu, QMenu):
        for action in menu.actions():
            yield "menu", action.text()
            yield "menu tool tip", action.toolTip()


def _shown(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QGroupBox):
        yield "title", widget.title()
    elif isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        yield "placeholder", widget.placeholderText()
        if not isinstance(widget, QLineEdit):
            yield "page", widget.toPlainText()
    elif isinstance(widget, QSpinBox):
        yield "prefix", widget.prefix() + widget.suffix()
    elif isinstance(widget, QComboBox):
        for index in range(widget.count()):
            yield "choice", widget.itemText(index)
            yield "choice tool tip", widget.itemData(index, Qt.ItemDataRole.ToolTipRole) or ""
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield "tab", widget.tabText(index)
            yield "tab tool tip", widget.tabToolTip(index)
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _items(widget.model(), QModelIndex())


_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def _items(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    columns = (
        1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    )  # a list's own is private
    for column in range(columns):
        yield "heading", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(parent), 500)):
            index = model.index(row, column, parent)
            yield from (("item", str(model.data(index, role) or "")) for role in _SPOKEN)
            if column == 0:
                yield from _items(model, index)
