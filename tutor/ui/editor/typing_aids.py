"""What the editor does by itself while one types: brackets and quotes close, the next line is indented, comments toggle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tutor.ui.editor.code_text import CLOSERS, INDENT, OPENERS, Where, where
from tutor.ui.editor.gaps import END
from tutor.ui.editor.language import PYTHON, Language
from tutor.ui.editor.numbers import INDICATOR_CLOSER
from tutor.ui.editor.surface import Surface

QUOTES = "\"'"
_PREFIXES = {"f", "r", "b", "rf", "fr", "rb", "br", "u"}
_BEFORE_WHAT_TO_CLOSE = set(" \t\n)]},:;") | {"", END}


def blank_start(text: str) -> str:
    """The blanks and line ends that a text begins with."""
    return text[: len(text) - len(text.lstrip(" \t\n"))]


class TypingAids:
    """Answers keys of one surface."""

    def __init__(self, surface: Surface, language: Language = PYTHON) -> None:
        self._surface = surface
        self._language = language

    def handle_key(self, event: QKeyEvent) -> bool:
        """True when the key has been dealt with."""
        surface = self._surface
        if surface.readOnly() and not surface.offers_editing:
            return False
        key, modifiers = event.key(), event.modifiers()
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ctrl:
            self._new_line()
            return True
        if not surface.selectionEmpty() or not self._language.closes_brackets:
            return False
        if key == Qt.Key.Key_Backspace and not modifiers:
            return self._delete_pair()
        # AltGr on Windows arrives as Ctrl+Alt; Ctrl alone is a command.
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        sign = event.text()
        if len(sign) != 1 or ctrl != alt:
            return False
        if (sign in CLOSERS or sign in QUOTES) and self._type_over(sign):
            return True
        if sign in OPENERS:
            return self._close(sign, OPENERS[sign])
        if sign in QUOTES:
            return self._close_quote(sign)
        return False

    def toggle_comment(self) -> None:
        """Put `# ` before the selected lines, or take it away where all have it; one undo step."""
        surface = self._surface
        first = surface.line_at(surface.selectionStart())
        last = surface.line_at(surface.selectionEnd())
        if last > first and surface.selectionEnd() == surface.positionFromLine(last - 1):
            last -= 1
        lines = {number: surface.line_text(number) for number in range(first, last + 1)}
        written = {number: text for number, text in lines.items() if text.strip()} or lines
        with surface.one_undo_step():
            if all(text.lstrip().startswith("#") for text in written.values()):
                for number, text in written.items():
                    at = text.index("#")
                    start = surface.position_of(number, at)
                    surface.replace(start, start + (2 if text[at + 1 : at + 2] == " " else 1), "")
            else:
                column = min(len(text) - len(text.lstrip()) for text in written.values())
                for number in written:
                    at = surface.position_of(number, column)
                    surface.replace(at, at, "# ")

    # ------------------------------------------------------------------------------------------------------------ new line

    def _new_line(self) -> None:
        surface = self._surface
        if surface.readOnly():
            return
        with surface.one_undo_step():
            if not surface.selectionEmpty():
                surface.replace(surface.selectionStart(), surface.selectionEnd(), "")
                surface.setEmptySelection(surface.selectionStart())
            position = surface.currentPos()
            before = surface.slice(0, position)
            line = before.rpartition("\n")[2]
            if not line.strip():
                # In or at the end of the indentation: the new line keeps it, and no blanks stay behind.
                indent = len(line)
            else:
                indent = self._language.next_indent(before)
            following = self._char_at(position)
            between = (
                self._language.closes_brackets
                and before[-1:] in OPENERS
                and following == OPENERS.get(before[-1:], "")
            )
            tail = "\n" + " " * max(0, indent - INDENT) if between else ""
            surface.replace(position, position, "\n" + " " * indent + tail)
            surface.gotoPos(position + 1 + indent)
            if not line.strip() and line:
                surface.replace(position - len(line), position, "")
        surface.scrollCaret()

    # ---------------------------------------------------------------------------------------------------- brackets, quotes

    def _char_at(self, position: int) -> str:
        surface = self._surface
        return (
            surface.slice(position, surface.positionAfter(position))
            if position < surface.textLength()
            else ""
        )

    def _type_over(self, sign: str) -> bool:
        surface = self._surface
        position = surface.currentPos()
        # Enter after an opening bracket has put the closing one on a line of its own: it is still the one being typed.
        blanks = len(blank_start(surface.slice(position, surface.textLength()))) if sign in CLOSERS else 0
        closer = position + blanks
        if self._char_at(closer) != sign or not surface.indicatorValueAt(INDICATOR_CLOSER, closer):
            return False
        with surface.gate():
            if blanks and not surface.readOnly():
                with surface.one_undo_step():
                    surface.replace(position, closer, "")
        surface.gotoPos(position + 1)
        return True

    def _close(self, sign: str, closer: str) -> bool:
        surface = self._surface
        position = surface.currentPos()
        if self._char_at(position) not in _BEFORE_WHAT_TO_CLOSE:
            return False
        program = surface.document_text()
        if where(program, surface.offset_at(position)) is not Where.CODE:
            return False
        return self._insert_pair(sign, closer)

    def _close_quote(self, sign: str) -> bool:
        surface = self._surface
        position = surface.currentPos()
        before = surface.slice(surface.positionFromLine(surface.lineFromPosition(position)), position)
        if before.endswith(sign * 2) and not before.endswith(sign * 3):
            inside = where(surface.document_text(), surface.offset_at(position))
            return inside is Where.CODE and self._insert_pair(sign, sign * 3)
        word = before[len(before.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")) :]
        if word and word.lower() not in _PREFIXES:
            return False
        if before.endswith(sign):
            return False
        return self._close(sign, sign)

    def _insert_pair(self, sign: str, closer: str) -> bool:
        surface = self._surface
        with surface.gate():
            if surface.readOnly():
                return True
            position = surface.currentPos()
            with surface.one_undo_step():
                surface.replace(position, position, sign + closer)
            surface.gotoPos(position + 1)
            surface.setIndicatorCurrent(INDICATOR_CLOSER)
            surface.setIndicatorValue(1)
            surface.indicatorFillRange(position + 1, len(closer))
        surface.charAdded.emit(ord(sign))
        return True

    def _delete_pair(self) -> bool:
        surface = self._surface
        position = surface.currentPos()
        before = self._char_at(position - 1) if position else ""
        closer = OPENERS.get(before, before if before and before in QUOTES else "")
        if not closer or self._char_at(position) != closer:
            return False
        if not surface.indicatorValueAt(INDICATOR_CLOSER, position):
            return False
        with surface.gate():
            if not surface.readOnly():
                surface.replace(position - 1, position + 1, "")
        return True


class BracketMatch:
    """The partner of the bracket at the caret is marked; a bracket without one too."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        surface.selection_moved.connect(self.update)

    def update(self) -> None:
        """Look at the characters on both sides of the caret."""
        surface = self._surface
        position = surface.currentPos()
        for at in (position - 1, position):
            if at >= 0 and chr(surface.charAt(at) & 0xFF) in "()[]{}" and self._is_code(at):
                partner = surface.braceMatch(at, 0)
                if partner >= 0:
                    surface.braceHighlight(at, partner)
                else:
                    surface.braceBadLight(at)
                return
        surface.braceHighlight(-1, -1)

    def _is_code(self, position: int) -> bool:
        surface = self._surface
        return where(surface.document_text(), surface.offset_at(position)) is Where.CODE
