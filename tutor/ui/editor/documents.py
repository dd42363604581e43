"""One document for each step, each with its own undo history."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct
from pyside6_scintilla import ScintillaDocument

from tutor.ui.editor.language import PYTHON, Language
from tutor.ui.editor.surface import Surface

KEPT = 60  # about 0.1 MB each


class DocumentState(Struct, frozen=True):
    """Where one was in a document: the caret's line (from 1) and column (from 0), and the first line in view (from 1)."""

    line: int = 1
    column: int = 0
    first_line: int = 1


class Document(Struct):
    """What is kept for a step: Scintilla's document (text and undo history), the place in it, and its gaps."""

    scintilla: ScintillaDocument
    caret: int = 0
    anchor: int = 0
    first_line: int = 0
    gaps: tuple[str, ...] = ()
    read_only: bool = False


class Documents:
    """Shows one of many documents in a surface. The oldest are forgotten when there are more than `KEPT`."""

    def __init__(self, surface: Surface, language: Language = PYTHON) -> None:
        self._surface = surface
        self._language = language
        self._by_key: OrderedDict[str, Document] = OrderedDict()
        self.key = ""
        self.current = self._new()
        self._by_key[""] = self.current

    def show(self, key: str, load: Callable[[], None]) -> bool:
        """Switch to the document of this key. A new one is filled by `load`; True when it was there already."""
        self._keep_place()
        known = self._by_key.get(key)
        if known is None:
            self.key, self.current = key, self._new()
            self._by_key[key] = self.current
            load()
            self._forget_oldest()
            return False
        self.key, self.current = key, known
        self._by_key.move_to_end(key)
        self._surface.set_doc(known.scintilla)
        self._surface.setSel(known.anchor, known.caret)
        self._surface.setFirstVisibleLine(known.first_line)
        return True

    def forget(self, key: str) -> None:
        """Drop a document that is not shown, with its undo history."""
        if key != self.key and key in self._by_key:
            self._by_key.pop(key).scintilla.deleteLater()

    def forget_all_others(self) -> None:
        """Drop every document but the one that is shown."""
        for key in [key for key in self._by_key if key != self.key]:
            self.forget(key)

    def _keep_place(self) -> None:
        surface, document = self._surface, self.current
        document.caret, document.anchor = surface.currentPos(), surface.anchor()
        document.first_line = surface.firstVisibleLine()

    def _forget_oldest(self) -> None:
        while len(self._by_key) > KEPT:
            key = next(iter(self._by_key))
            self._by_key.pop(key).scintilla.deleteLater()

    def _new(self) -> Document:
        """An empty document, shown. Lexer, indentation and line ends belong to the document, so they are set each time."""
        surface = self._surface
        document = Document(ScintillaDocument(surface))
        surface.set_doc(document.scintilla)
        surface.setCodePage(65001)
        surface.setEOLMode(2)
        surface.setUseTabs(False)
        surface.setTabWidth(self._language.indent)
        surface.setIndent(self._language.indent)
        surface.setTabIndents(True)
        surface.setBackSpaceUnIndents(True)
        self._language.colour(surface)
        return document
