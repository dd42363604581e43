"""What a screen reader sees of the editor: role, text, caret, selection, editing, and an event for each change.

Scintilla's Qt port has none of this. Rules learned the hard way: `interface_cast` never returns None (that crashes PySide6 6.11;
a null `VoidPtr` is the way to say "none"), the Python interface lives as long as its widget, offsets are characters, never bytes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEditableTextInterface,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInsertEvent,
    QAccessibleTextInterface,
    QAccessibleTextRemoveEvent,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from tutor.ui.editor.gaps import readable
from tutor.ui.editor.surface import Surface
from tutor.ui.qt_calls import called_by_qt

if TYPE_CHECKING:
    pass


_NONE: Any = VoidPtr(0)  # "no such interface"; the stub wants an int


@cache
def install() -> None:
    """Let Qt build our interface for every `Surface`; once a process, before the first one is shown."""
    QAccessible.installFactory(_interface_for)


def attach(surface: Surface) -> None:
    """Send the events of this editor."""
    surface.selection_moved.connect(lambda: _say_moved(surface))
    surface.inserted.connect(lambda at, text: _say_inserted(surface, at, text))
    surface.removed.connect(lambda at, text: _say_removed(surface, at, text))


def _interface_for(_key: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, Surface):
        return None
    thing.accessible = AccessibleSurface(thing)
    return thing.accessible


class AccessibleText(QAccessibleTextInterface):
    """The text, caret and selection of an editor. Gap guards are read as square brackets."""

    def __init__(self, surface: Surface) -> None:
        super().__init__()
        self._surface = surface

    @called_by_qt("")
    def text(self, start: int, end: int) -> str:
        """The characters from `start` up to `end` (-1: to the end)."""
        return readable(self._surface.document_text())[start : None if end < 0 else end]

    @called_by_qt(0)
    def characterCount(self) -> int:
        """How many characters there are."""
        return self._surface.offset_at(self._surface.textLength())

    @called_by_qt(0)
    def cursorPosition(self) -> int:
        """The caret, as a character offset."""
        return self._surface.offset_at(self._surface.currentPos())

    @called_by_qt(None)
    def setCursorPosition(self, offset: int) -> None:
        """Move the caret."""
        self._surface.gotoPos(self._surface.position_at(offset))

    @called_by_qt(0)
    def selectionCount(self) -> int:
        """One or none."""
        return 0 if self._surface.selectionEmpty() else 1

    @called_by_qt((0, 0))
    def selection(self, _index: int) -> tuple[int, int]:
        """Start and end of the selection, as character offsets."""
        surface = self._surface
        return surface.offset_at(surface.selectionStart()), surface.offset_at(surface.selectionEnd())

    @called_by_qt(None)
    def addSelection(self, start: int, end: int) -> None:
        """Select; there is only ever one selection."""
        self._surface.setSel(self._surface.position_at(start), self._surface.position_at(end))

    @called_by_qt(None)
    def setSelection(self, _index: int, start: int, end: int) -> None:
        """Select."""
        self.addSelection(start, end)

    @called_by_qt(None)
    def removeSelection(self, _index: int) -> None:
        """Keep the caret, drop the selection."""
        self._surface.setEmptySelection(self._surface.currentPos())

    @called_by_qt(("", 0, 0))
    def attributes(self, _offset: int) -> tuple[str, int, int]:
        """None: colours say nothing that the text does not."""
        return "", 0, self.characterCount()

    @called_by_qt(None)
    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a part into view; the caret stays where it is."""
        self._surface.scrollRange(self._surface.position_at(end), self._surface.position_at(start))

    @called_by_qt(0)
    def offsetAtPoint(self, point: QPoint) -> int:
        """The character at a point of the screen."""
        inside = self._surface.viewport().mapFromGlobal(point)
        return self._surface.offset_at(max(0, self._surface.positionFromPoint(inside.x(), inside.y())))

    @called_by_qt(QRect())
    def characterRect(self, offset: int) -> QRect:
        """Where a character is on the screen."""
        surface = self._surface
        here = surface.point_at(surface.position_at(offset))
        following = surface.point_at(surface.position_at(offset + 1))
        width = following.x() - here.x() if following.y() == here.y() else 0
        corner = surface.viewport().mapToGlobal(here)
        return QRect(corner.x(), corner.y(), max(width, 1), surface.textHeight(0))


class AccessibleEditing(QAccessibleEditableTextInterface):
    """Editing by a screen reader, dictation software or a test tool; gaps and read-only hold here too."""

    def __init__(self, surface: Surface) -> None:
        super().__init__()
        self._surface = surface

    @called_by_qt(None)
    def deleteText(self, start: int, end: int) -> None:
        """Delete the characters from `start` up to `end`."""
        self.replaceText(start, end, "")

    @called_by_qt(None)
    def insertText(self, offset: int, text: str) -> None:
        """Insert before the character at `offset`."""
        self.replaceText(offset, offset, text)

    @called_by_qt(None)
    def replaceText(self, start: int, end: int, text: str) -> None:
        """Replace the characters from `start` up to `end`; one undo step."""
        surface = self._surface
        first, last = surface.position_at(start), surface.position_at(end)
        surface.setSel(first, last)
        with surface.gate(), surface.one_undo_step():
            if not surface.readOnly():
                surface.replace(first, last, text)
                surface.gotoPos(surface.position_at(start + len(text)))


class AccessibleSurface(QAccessibleWidget):
    """An editable text of several lines."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface, QAccessible.Role.EditableText)
        self._surface = surface
        self._text = AccessibleText(surface)
        self._editing = AccessibleEditing(surface)

    @called_by_qt("")
    def text(self, which: QAccessible.Text) -> str:
        """The value is the whole text; name and description are the widget's."""
        if which == QAccessible.Text.Value:
            return readable(self._surface.document_text())
        return super().text(which)

    @called_by_qt(QAccessible.State())
    def state(self) -> QAccessible.State:
        """Editable or read only, several lines."""
        state = super().state()
        read_only = not self._surface.offers_editing
        state.editable = not read_only
        state.readOnly = read_only
        state.multiLine = True
        state.selectableText = True
        state.focusable = True
        return state

    @called_by_qt(0)
    def childCount(self) -> int:
        """None: scroll bars and viewport say nothing."""
        return 0

    @called_by_qt(_NONE)
    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Text, editing, or what a widget has."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._text
        if kind == QAccessible.InterfaceType.EditableTextInterface:
            return self._editing
        return super().interface_cast(kind) or _NONE


def _say_moved(surface: Surface) -> None:
    if not QAccessible.isActive():
        return
    caret = surface.offset_at(surface.currentPos())
    if surface.selectionEmpty():
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(surface, caret))
    else:
        start, end = surface.offset_at(surface.selectionStart()), surface.offset_at(surface.selectionEnd())
        event = QAccessibleTextSelectionEvent(surface, start, end)
        event.setCursorPosition(caret)
        QAccessible.updateAccessibility(event)


def _say_inserted(surface: Surface, at: int, text: str) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleTextInsertEvent(surface, at, readable(text)))


def _say_removed(surface: Surface, at: int, text: str) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleTextRemoveEvent(surface, at, readable(text)))
