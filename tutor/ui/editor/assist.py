"""Help while one types: names to choose from, what a call takes, what a mark says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QWidget

from tutor.ui.editor.appearance import Appearance
from tutor.ui.editor.language import Language
from tutor.ui.editor.marks import LiveMarks, Mark, span
from tutor.ui.editor.popups import CompletionList, Hint, place, room_beside, signature_markup
from tutor.ui.editor.signatures import Entry
from tutor.ui.editor.surface import Surface

_ROWS_A_PAGE = 7


class Assist(QObject):
    """Shows and steers the two boxes over one surface."""

    said = Signal(str)  # what a screen reader is to say

    def __init__(
        self, surface: Surface, look: Appearance, marks: LiveMarks, owner: QWidget, language: Language
    ) -> None:
        super().__init__(owner)
        self._language = language
        self._surface, self._look, self._marks = surface, look, marks
        self.list = CompletionList(owner)
        self.hint = Hint(owner)
        for box in (self.list, self.hint):  # they become children of the window when they are shown
            owner.destroyed.connect(box.deleteLater)
        self.extra: tuple[Entry, ...] = ()
        self._typed = ""
        self._prefix = ""
        self._tip_offset = -1
        self.list.chosen.connect(self._take)
        surface.charAdded.connect(self._on_char)
        surface.text_settled.connect(self._on_text)
        surface.selection_moved.connect(self._on_moved)
        surface.view_changed.connect(self.hide)
        surface.focus_changed.connect(lambda on, _by_keyboard: None if on else self.hide())
        surface.dwellStart.connect(self._on_hover)
        surface.dwellEnd.connect(lambda _x, _y: self._end_hover())

    def set_extra(self, names: Iterable[str]) -> None:
        """Names to offer besides those of the program and of Python."""
        self.extra = tuple(Entry(name) for name in names)

    def hide(self) -> None:
        """Nothing over the text."""
        self.list.hide()
        self._hide_hint()

    # ---------------------------------------------------------------------------------------------------------------- keys

    def handle_key(self, event: QKeyEvent) -> bool:
        """Keys that belong to the list while it is shown, and those that ask for help."""
        key, modifiers = event.key(), event.modifiers()
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Space and ctrl:
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.show_tip()
            else:
                self.show_list(asked=True)
            return True
        if key == Qt.Key.Key_F8:
            self.show_mark(forward=not modifiers & Qt.KeyboardModifier.ShiftModifier)
            return True
        if self.list.isVisible():
            return self._steer(key)
        if key == Qt.Key.Key_Escape and self.hint.isVisible():
            self._hide_hint()
            return True
        return False

    def _steer(self, key: int) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS_A_PAGE,
            Qt.Key.Key_PageUp: -_ROWS_A_PAGE,
        }
        if key in steps:
            self.list.move_by(steps[Qt.Key(key)])
            self._say_current()
            return True
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        current = self.list.current()
        if current is not None and self._takes(key):
            self._take(current.name)
            return True
        if key == Qt.Key.Key_Tab:
            self.list.hide()
            return False
        if enter or key in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
            Qt.Key.Key_Backtab,
        ):
            self.list.hide()
        return False

    def _takes(self, key: int) -> bool:
        """Whether this key takes the offered name: Tab does, but a name that is whole already stays as it was typed."""
        if self.list.moved:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return key == Qt.Key.Key_Tab and not self._is_whole_name()

    def _is_whole_name(self) -> bool:
        """Whether what stands before the caret is a name that the program uses elsewhere."""
        if not self._prefix.isidentifier():
            return False
        caret = self._caret()
        text = self._surface.document_text()
        elsewhere = text[: caret - len(self._prefix)] + "\0" + text[caret:]
        return re.search(rf"\b{re.escape(self._prefix)}\b", elsewhere) is not None

    # ------------------------------------------------------------------------------------------------------------- the list

    def show_list(self, *, asked: bool = False) -> None:
        """Offer what fits; nothing where nothing fits."""
        surface = self._surface
        found = None
        if surface.selectionEmpty() and surface.offers_editing:
            found = self._language.offer(
                surface.document_text(), self._caret(), self.extra, asked or self.list.isVisible()
            )
        if found is None or not (found.prefix or found.after_dot or asked):
            self.list.hide()
            return
        fresh = not self.list.isVisible()
        self._prefix = found.prefix
        self._hide_hint()
        view, height = surface.viewport(), surface.textHeight(0)
        point = surface.point_at(surface.position_at(self._caret() - len(found.prefix)))
        self.list.put(found.entries, self._font(), self._look.theme, room_beside(view, point, height))
        place(self.list, view, point, height, above=False)
        if fresh:
            self._say_current(count=len(found.entries))

    def _take(self, name: str) -> None:
        surface = self._surface
        caret = self._caret()
        start, end = surface.position_at(caret - len(self._prefix)), surface.currentPos()
        self.list.hide()
        with surface.gate(), surface.one_undo_step():
            if not surface.readOnly():
                surface.replace(start, end, name)
                surface.gotoPos(start + len(name.encode()))
        self._typed = ""

    def _say_current(self, count: int = 0) -> None:
        entry = self.list.current()
        if entry is None:
            return
        words = f"{entry.name}: {entry.says}" if entry.says else entry.name
        if count:
            words = QCoreApplication.translate(
                "CodeEditor", "{0} names. Down, then Tab, to choose. {1}"
            ).format(count, words)
        self.said.emit(words)

    # --------------------------------------------------------------------------------------------------------------- hints

    def show_tip(self) -> None:
        """What the call around the caret takes."""
        surface = self._surface
        tip = self._language.call_tip(surface.document_text(), self._caret())
        if tip is None:
            self._hide_hint()
            return
        fresh = self._tip_offset != tip.offset
        self._tip_offset = tip.offset
        font = self._font()
        rich = signature_markup(tip.call, tip.part, tip.says, font, self._look.theme)
        self.hint.put(rich, f"{tip.call}\n{tip.says}", font, self._look.theme)
        name = tip.call.partition("(")[0].rpartition(".")[2]
        start = surface.position_at(tip.offset - len(name))
        place(self.hint, surface.viewport(), surface.point_at(start), surface.textHeight(0), above=True)
        if fresh:
            self.said.emit(f"{tip.call}: {tip.says}")

    def show_mark(self, *, forward: bool = True) -> None:
        """Go to the next mark and show its words (F8)."""
        mark = self._marks.next(forward=forward)
        if mark is None:
            return
        start, _end = span(self._surface, mark.line, mark.column, mark.end_column)
        self._surface.gotoPos(start)
        self._surface.scrollCaret()
        self._show_words(mark)
        self.said.emit(QCoreApplication.translate("CodeEditor", "Line {0}: {1}").format(mark.line, mark.text))

    def _show_words(self, mark: Mark) -> None:
        surface = self._surface
        start, _end = span(surface, mark.line, mark.column, mark.end_column)
        self._tip_offset = -1
        self.hint.put(html.escape(mark.text), mark.text, self._font(), self._look.theme)
        place(self.hint, surface.viewport(), surface.point_at(start), surface.textHeight(0), above=False)

    def _on_hover(self, x: int, y: int) -> None:
        position = self._surface.charPositionFromPointClose(x, y)
        mark = self._marks.at(position) if position >= 0 else None
        if mark is not None and not self.list.isVisible():
            self._show_words(mark)

    def _end_hover(self) -> None:
        if self._tip_offset == -1:
            self.hint.hide()

    def _hide_hint(self) -> None:
        self._tip_offset = -1
        self.hint.hide()

    # --------------------------------------------------------------------------------------------------------------- events

    def _on_char(self, char: int) -> None:
        self._typed = chr(char & 0x10FFFF) if char > 0 else ""

    def _on_text(self) -> None:
        typed, self._typed = self._typed, ""
        if typed in ("(", ","):
            self.list.hide()
            self.show_tip()
        elif typed.isalnum() or typed in ("_", ".") or self.list.isVisible():
            self.show_list()
        if self._tip_offset >= 0 and not self.list.isVisible():
            self.show_tip()

    def _on_moved(self) -> None:
        if self._surface.is_settling():
            return  # typing: `_on_text` follows
        if self.list.isVisible():
            line = self._surface.slice(
                self._surface.positionFromLine(self._surface.caret()[0] - 1), self._surface.currentPos()
            )
            if not line.endswith(self._prefix):
                self.list.hide()
        if self._tip_offset >= 0:
            self.show_tip()
        elif self.hint.isVisible() and not self._marks.at(self._surface.currentPos()):
            self.hint.hide()

    def _caret(self) -> int:
        return self._surface.offset_at(self._surface.currentPos())

    def _font(self) -> QFont:
        font = QFont(self._look.family)
        font.setPointSizeF(max(6.0, self._look.points + self._look.zoom_level()))
        return font
