"""The Scintilla widget, made safe to use from Python: lines and characters in and out, no trap left open.

Every remedy that this binding needs is here or in the classes that work on a `Surface`; nothing above `CodeEditor` sees any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QKeyCombination, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget
from pyside6_scintilla import Scintilla, ScintillaEdit

from tutor.ui.qt_calls import called_by_qt

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

INSERT, DELETE, INSERT_CHECK = 0x1, 0x2, 0x100000
BY_HISTORY = 0x20 | 0x40  # undo, redo
_WHEEL_STEP = 120  # eighths of a degree (QWheelEvent.angleDelta)
_SHIFT_INSERT = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Insert)

KeyHandler = Callable[[QKeyEvent], bool]


class Surface(ScintillaEdit):
    """The widget that the text is typed into.

    Positions of Scintilla are bytes; everything that this class gives or takes is in characters, lines from 1 and columns from 0,
    unless the name says `position`.

    Attributes:
        key_handlers: asked in order about each key; the first that returns True has dealt with it.
        gate: entered around every change that comes from a person, so that gaps can refuse it.
        clean_insert: given what is about to be inserted and whether it is pasted; returns what is inserted instead.
        clean_copy: given what goes to the clipboard; returns what goes there instead.
        offers_editing: what a screen reader is told; Scintilla's own read-only flag also guards gaps.
    """

    edited = Signal(
        int, int, bool
    )  # line (from 1), lines added, by undo or redo; inside the change: do not edit here
    text_settled = Signal()  # once after a burst of changes, when editing is safe again
    selection_moved = Signal()
    view_changed = Signal()  # scrolled, resized or zoomed
    inserted = Signal(int, str)  # character offset, text; for screen readers
    removed = Signal(int, str)
    menu_requested = Signal(QPoint)  # where, on the screen
    leaving_armed = Signal()
    focus_changed = Signal(bool, bool)  # has it, and it came by keyboard
    pasted = Signal(str)
    clicked = Signal(int, int)  # x, y in the viewport
    zoom_asked = Signal(int)  # steps, by Ctrl and the wheel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_handlers: list[KeyHandler] = []
        self.gate: Callable[[], AbstractContextManager[object]] = nullcontext
        self.clean_insert: Callable[[str, bool], str] = lambda text, _pasting: text
        self.clean_copy: Callable[[str], str] = lambda text: text
        self.offers_editing = True
        self.accessible: QAccessibleInterface | None = None  # kept alive as long as the widget
        self._pasting = False
        self._quiet = False
        self._leaving = False
        self._wheel = 0
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.text_settled)
        self._set_up()
        self.modified.connect(self._on_modified)
        self.updateUi.connect(self._on_update)
        self.aboutToCopy.connect(self._on_copy)
        self.resized.connect(self.view_changed)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.usePopUp(0)
        self.setMultipleSelection(False)
        self.setScrollWidth(1)  # else a scroll bar for 2,000 pixels shows at once
        self.setScrollWidthTracking(True)
        self.setModEventMask(INSERT | DELETE | INSERT_CHECK)
        self.setPasteConvertEndings(True)
        self.setCaretLineVisible(True)
        self.setCaretLineLayer(Scintilla.Layer.UnderText)
        self.setSelectionLayer(Scintilla.Layer.UnderText)
        self.setSelEOLFilled(True)
        self.setIndentationGuides(Scintilla.IndentView.LookBoth)
        self.setMouseDwellTime(400)
        # Scintilla's own keys that would cut, double or swap lines under a beginner's fingers, or that belong to the window.
        ctrl, shift = 2 << 16, 1 << 16
        for letter in "LTDUFHGRNOPSWEBJKIMQ":
            self.clearCmdKey(ord(letter) | ctrl)
            self.clearCmdKey(ord(letter) | ctrl | shift)
        self.clearCmdKey(Scintilla.Keys.Insert)  # overtype, a trap for those who hit it by chance
        self.clearCmdKey(ord("V") | ctrl)  # pasting goes through `paste_text` only
        self.clearCmdKey(Scintilla.Keys.Insert | shift)
        for key in (ord("/"), ord("["), ord("]"), ord("\\")):
            self.clearCmdKey(key | ctrl)
            self.clearCmdKey(key | ctrl | shift)

    def wrap_lines(self) -> None:
        """Long lines go on in the next row, under their own beginning."""
        self.setWrapMode(Scintilla.Wrap.Word)
        self.setWrapIndentMode(Scintilla.WrapIndentMode.Same)
        self.setHScrollBar(False)

    # ------------------------------------------------------------------------------------------------ text and positions

    def document_text(self) -> str:
        """The whole document as it stands, guard characters of gaps included."""
        return _decoded(self.textRange(0, self.textLength()))

    def slice(self, start: int, end: int) -> str:
        """The text between two positions (bytes)."""
        return _decoded(self.textRange(start, end))

    def line_text(self, line: int) -> str:
        """A line without its end; empty where there is no such line."""
        if not 1 <= line <= self.lineCount():
            return ""
        return self.slice(self.positionFromLine(line - 1), self.lineEndPosition(line - 1))

    def offset_at(self, position: int) -> int:
        """How many characters stand before a position."""
        return int(self.countCharacters(0, position))

    def position_at(self, offset: int) -> int:
        """The position of a character offset, kept inside the document."""
        if offset <= 0:
            return 0
        found = int(self.positionRelative(0, offset))
        return found if found > 0 else int(self.textLength())

    def position_of(self, line: int, column: int) -> int:
        """The position of a line and column, kept inside the document and the line."""
        index = min(max(line, 1), int(self.lineCount())) - 1
        start, end = self.positionFromLine(index), self.lineEndPosition(index)
        if column <= 0:
            return int(start)
        found = int(self.positionRelative(start, column))
        return min(found, int(end)) if found > 0 else int(end)

    def line_at(self, position: int) -> int:
        """The line of a position, from 1."""
        return int(self.lineFromPosition(position)) + 1

    def caret(self) -> tuple[int, int]:
        """The caret's line and column."""
        position = self.currentPos()
        line = self.line_at(position)
        return line, int(self.countCharacters(self.positionFromLine(line - 1), position))

    def point_at(self, position: int) -> QPoint:
        """Where a position is drawn, in the viewport."""
        return QPoint(
            self.send(Scintilla.Message.PointXFromPosition, 0, position),
            self.send(Scintilla.Message.PointYFromPosition, 0, position),
        )

    def text_area_width(self) -> int:
        """The width left for text, in logical pixels."""
        return int(self.viewport().width()) - sum(int(self.marginWidthN(n)) for n in range(3))

    # ---------------------------------------------------------------------------------------------------------- changes

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` in place of what is between two positions (bytes), and nothing else; one part of an undo step."""
        self.setTargetRange(start, end)
        self.replaceTarget(len(_storable(text).encode()), _storable(text))

    def load(self, text: str) -> None:
        """Make `text` the document, with no way back into what was there before."""
        with self.writable(), self.quietly():
            self.replace(0, self.textLength(), text.replace("\r\n", "\n").replace("\r", "\n"))
        self.emptyUndoBuffer()
        self.setSavePoint()
        self.setEmptySelection(0)
        self.forget_width()

    def forget_width(self) -> None:
        """Another document: the width of the one before brings no scroll bar."""
        self.setScrollWidth(1)
        self.setXOffset(0)

    @contextmanager
    def one_undo_step(self) -> Iterator[None]:
        """Everything inside is undone by one Undo."""
        self.beginUndoAction()
        try:
            yield
        finally:
            self.endUndoAction()

    @contextmanager
    def writable(self) -> Iterator[None]:
        """Lift read-only for a change of the program's own."""
        was = self.readOnly()
        self.setReadOnly(False)
        try:
            yield
        finally:
            self.setReadOnly(was)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Changes inside are not reported as edits (a document being loaded)."""
        was, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = was

    def paste_text(self) -> None:
        """Paste, straightened, and as far as gaps allow; nothing where the clipboard holds no text."""
        if not self.has_text_to_paste():
            return
        before = self.textLength() - (self.selectionEnd() - self.selectionStart())
        start = self.selectionStart()
        with self._paste(), self.gate():
            self.paste()
        added = self.textLength() - before
        if added > 0:
            self.pasted.emit(self.slice(start, start + added))

    def has_text_to_paste(self) -> bool:
        """Whether the clipboard holds text."""
        return _has_text(QClipboard.Mode.Clipboard)

    def is_settling(self) -> bool:
        """Whether the report of a change is still on its way."""
        return self._settle.isActive()

    def settle_now(self) -> None:
        """Report a change at once, where the report is still on its way."""
        if self._settle.isActive():
            self._settle.stop()
            self.text_settled.emit()

    @contextmanager
    def _paste(self) -> Iterator[None]:
        self._pasting = True
        try:
            yield
        finally:
            self._pasting = False

    def _on_modified(
        self,
        kind: int,
        position: int,
        _length: int,
        lines_added: int,
        text: QByteArray,
        *_rest: object,
    ) -> None:
        words = _decoded(text)  # the binding does not copy it: it is gone when this call returns
        if kind & INSERT_CHECK:
            if not kind & BY_HISTORY and not self._quiet:
                self._check_insert(words)
            return
        if self._quiet or not kind & (INSERT | DELETE):
            return
        self.edited.emit(self.line_at(position), lines_added, bool(kind & BY_HISTORY))
        report = self.inserted if kind & INSERT else self.removed
        report.emit(self.offset_at(position), words)
        self._settle.start()

    def _check_insert(self, text: str) -> None:
        wanted = _storable(self.clean_insert(text, self._pasting))
        if wanted != text:
            self.changeInsertion(len(wanted.encode()), wanted)

    def _on_update(self, update: int) -> None:
        if int(update) & 0x3:
            self.selection_moved.emit()
        if int(update) & 0xC:
            self.view_changed.emit()

    def _on_copy(self, data: QMimeData) -> None:
        text = data.text()
        clean = self.clean_copy(text)
        if clean != text:
            data.setText(clean)

    # ------------------------------------------------------------------------------------------------- keyboard and mouse

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask the handlers first; Esc then Tab leaves the editor (WCAG 2.1.2, no keyboard trap)."""
        if self._leave(event):
            event.accept()
            return
        for handle in self.key_handlers:
            if handle(event):
                event.accept()
                return
        if event.matches(QKeySequence.StandardKey.Paste) or event.keyCombination() == _SHIFT_INSERT:
            self.paste_text()
            event.accept()
            return
        with self.gate():
            if len(event.text()) == 1 and ord(event.text()) > 0xFFFF:  # an emoji: Scintilla drops it as a key
                self.replaceSel(event.text())
            else:
                super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self._leaving = True
            self.leaving_armed.emit()
            event.accept()

    def _leave(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
            return False
        armed, self._leaving = self._leaving, False
        if armed and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self.leave(forward=key == Qt.Key.Key_Tab)
        return False

    def leave(self, *, forward: bool) -> bool:
        """Move the focus to the next or previous control of the window; False where there is none."""
        return self.focusNextPrevChild(forward)

    @called_by_qt(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text from an input method, emoji panel or dictation, as far as gaps allow."""
        with self.gate():
            super().inputMethodEvent(event)

    @called_by_qt(None)
    def dropEvent(self, event: QDropEvent) -> None:
        """Text dropped from elsewhere is treated as pasted."""
        with self._paste(), self.gate():
            super().dropEvent(event)

    @called_by_qt(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A middle click pastes (on X11), and is treated so."""
        self._leaving = False
        if event.button() == Qt.MouseButton.MiddleButton:
            if _has_text(QClipboard.Mode.Selection):
                with self._paste(), self.gate():
                    super().mousePressEvent(event)
            return
        super().mousePressEvent(event)

    @called_by_qt(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report plain clicks; the binding's own click signals do not reach Python."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            point = event.position().toPoint()
            self.clicked.emit(point.x(), point.y())

    @called_by_qt(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom, within our bounds; a touchpad's small steps add up to one."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheel += event.angleDelta().y()
            steps = int(self._wheel / _WHEEL_STEP)
            self._wheel -= steps * _WHEEL_STEP
            if steps:
                self.zoom_asked.emit(steps)
            event.accept()
        else:
            super().wheelEvent(event)

    @called_by_qt(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Our own menu: Scintilla's is English only. From the keyboard it opens at the caret."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            where = event.globalPos()
        else:
            below = self.point_at(self.currentPos()) + QPoint(0, self.textHeight(0))
            where = self.viewport().mapToGlobal(below)
        self.menu_requested.emit(where)
        event.accept()

    @called_by_qt(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell who draws the focus ring."""
        super().focusInEvent(event)
        by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.focus_changed.emit(True, by_keyboard)

    @called_by_qt(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell who draws the focus ring; an armed Esc is forgotten."""
        self._leaving = False
        super().focusOutEvent(event)
        self.focus_changed.emit(False, False)

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Annotations wrap to the new width."""
        super().resizeEvent(event)
        self.view_changed.emit()


def _has_text(mode: QClipboard.Mode) -> bool:
    """Whether there is text to paste. Scintilla crashes on a clipboard that holds nothing at all (pyside6-scintilla 5.6.3.7)."""
    clipboard = QGuiApplication.clipboard()
    if mode == QClipboard.Mode.Selection and not clipboard.supportsSelection():
        return False
    data = clipboard.mimeData(mode)
    return data is not None and data.hasText()


def _decoded(raw: QByteArray) -> str:
    """A copy of what Scintilla hands out, as text."""
    return bytes(raw.data()).decode("utf-8", "replace")


def _storable(text: str) -> str:
    """Text that can be UTF-8: half characters (lone surrogates) become the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
