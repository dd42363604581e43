"""Gaps inside code: what stands around them cannot be changed, Tab goes from one to the next.

In the document each gap is its answer between two guard characters (from Unicode's private area, drawn as blanks). So an empty gap
still has room to be seen and clicked, neighbouring gaps stay apart, and undo cannot move a gap: its place is read off the text.
The document is read only for Scintilla except while a change that falls wholly inside one gap is carried out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from tutor.ui.editor.numbers import INDICATOR_GAP
from tutor.ui.editor.surface import Surface

START, END = "\ue010", "\ue011"
GUARD_BYTES = len(START.encode())
_REGION = re.compile(f"{START}([^{START}{END}]*){END}")
_READABLE = str.maketrans({START: "[", END: "]"})
_STRIPPED = str.maketrans({START: None, END: None})


class Region(Struct, frozen=True):
    """One gap in the document: its name, its answer, and the positions (bytes) between which the answer stands."""

    name: str
    answer: str
    start: int
    end: int


class Place(Struct, frozen=True):
    """A selection inside one gap: positions (bytes) from where its answer begins."""

    name: str
    anchor: int
    caret: int


def readable(text: str) -> str:
    """Guards as square brackets, for a screen reader; the length stays the same."""
    return text.translate(_READABLE)


def without_guards(text: str) -> str:
    """The program itself."""
    return text.translate(_STRIPPED)


def with_guards(
    template: str, names: Sequence[str], answers: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The document for a template whose gaps are `{{name}}`, and the gaps' names in reading order (a name can come twice).

    Only the names given are gaps; any other `{{` is code.
    """
    if not names:
        return template, ()
    gap = re.compile("{{(" + "|".join(re.escape(name) for name in names) + ")}}")
    order = tuple(found[1] for found in gap.finditer(template))
    text = gap.sub(lambda found: START + one_line(answers.get(found[1], "")) + END, template)
    return text, order


def one_line(text: str) -> str:
    """An answer stays on its line and holds no guard."""
    return re.sub(r"\s*[\r\n]+\s*", " ", without_guards(text))


class Gaps(QObject):
    """The gaps of the document that is shown; none when `order` is empty."""

    gap_entered = Signal(int)  # which, from 0
    answered = Signal()
    left_last = Signal(bool)  # Tab after the last gap (True), Shift+Tab before the first

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface = surface
        self.order: tuple[str, ...] = ()
        self.read_only = False
        self._skeleton = ""
        self._depth = 0
        self._current: int | None = None
        surface.gate = self.gate
        surface.selection_moved.connect(self._note_gap)
        surface.clicked.connect(lambda _x, _y: self._snap())

    # ------------------------------------------------------------------------------------------------------------ reading

    def use(self, order: tuple[str, ...], *, read_only: bool) -> None:
        """Take over the document that has just been shown."""
        self.order, self.read_only, self._current = order, read_only, None
        text = self._surface.document_text()
        self._skeleton = _REGION.sub(START + END, text)
        self._surface.setReadOnly(read_only or bool(order))
        self._surface.offers_editing = not read_only
        self.show()

    def regions(self) -> list[Region]:
        """The gaps in reading order."""
        if not self.order:
            return []
        text = self._surface.document_text()
        found = []
        for name, match in zip(self.order, _REGION.finditer(text), strict=False):
            start = len(text[: match.start(1)].encode())
            found.append(Region(name, match[1], start, start + len(match[1].encode())))
        return found

    def answers(self) -> dict[str, str]:
        """Each gap's name with what stands in it."""
        return {region.name: region.answer for region in reversed(self.regions())}

    def current(self) -> int | None:
        """The number of the gap that holds the whole selection, from 0."""
        start, end = self._surface.selectionStart(), self._surface.selectionEnd()
        for number, region in enumerate(self.regions()):
            if region.start <= start and end <= region.end:
                return number
        return None

    # ----------------------------------------------------------------------------------------------------------- changing

    @contextmanager
    def gate(self) -> Iterator[None]:
        """Let a person's change through if it falls into one gap; without gaps, everything."""
        if not self.order or self._depth:
            yield
            return
        surface = self._surface
        number = None if self.read_only or surface.selectionIsRectangle() else self.current()
        name = None if number is None else self.order[number]
        before = surface.document_text()
        self._depth += 1
        try:
            with ExitStack() as stack:
                if name is not None and self.order.count(name) > 1:
                    stack.enter_context(surface.one_undo_step())
                surface.setReadOnly(number is None)
                yield
                if number is not None:
                    self._repair()
                    self._mirror(number)
        finally:
            surface.setReadOnly(True)
            self._depth -= 1
        if surface.document_text() != before:
            self.refresh()

    def after_history(self) -> None:
        """A step was taken back, or done again: one that was refused when it was typed is so again."""
        self._repair()
        self.refresh()

    def refresh(self) -> None:
        """After any change: draw the boxes anew and say so."""
        self.show()
        self.answered.emit()

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Fill the gaps (those not named become empty); one undo step."""
        surface = self._surface
        with surface.writable(), surface.one_undo_step():
            for region in reversed(self.regions()):
                answer = one_line(answers.get(region.name, ""))
                if answer != region.answer:
                    surface.replace(region.start, region.end, answer)
        self.refresh()

    def answers_in(self, program: str) -> dict[str, str] | None:
        """The answers with which the gaps make up `program`; None where it is another program."""
        pattern, seen = "", set[str]()
        for number, literal in enumerate(self._skeleton.split(START + END)):
            if number:
                name = self.order[number - 1]
                group = f"g{self.order.index(name)}"
                pattern += f"(?P={group})" if group in seen else f"(?P<{group}>[^\n]*?)"
                seen.add(group)
            pattern += re.escape(literal)
        match = re.fullmatch(pattern, program)
        if match is None:
            return None
        return {name: match[f"g{self.order.index(name)}"] for name in self.order}

    def _repair(self) -> None:
        """The last defence: a change that touched what stands around the gaps is taken back."""
        surface = self._surface
        while _REGION.sub(START + END, surface.document_text()) != self._skeleton and surface.canUndo():
            surface.undo()

    def _mirror(self, number: int) -> None:
        """A name that comes twice has one answer: copy it to the other places."""
        regions = self.regions()
        if number >= len(regions):
            return
        leader = regions[number]
        for region in reversed(regions):
            if region.name == leader.name and region.answer != leader.answer:
                self._surface.replace(region.start, region.end, leader.answer)

    # ------------------------------------------------------------------------------------------------------------- moving

    def go_to(self, number: int) -> None:
        """Select the answer in a gap, ready to be typed over."""
        region = self.regions()[number]
        self._surface.setSel(region.start, region.end)
        self._surface.scrollCaret()
        self._note_gap()

    def place(self) -> Place | None:
        """Where the selection is, by the name of its gap; None outside of gaps."""
        number, surface = self.current(), self._surface
        if number is None:
            return None
        region = self.regions()[number]
        return Place(region.name, surface.anchor() - region.start, surface.currentPos() - region.start)

    def go_back_to(self, place: Place) -> None:
        """Select again what was selected, as far as that gap is still there."""
        region = next((one for one in self.regions() if one.name == place.name), None)
        if region is not None:
            room = region.end - region.start
            anchor, caret = min(place.anchor, room), min(place.caret, room)
            self._surface.setSel(region.start + anchor, region.start + caret)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Keys that mean something else among gaps."""
        if not self.order:
            return False
        key, modifiers = event.key(), event.modifiers()
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not ctrl:
            self._tab(forward=key == Qt.Key.Key_Tab)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ctrl:
            self._tab(forward=True, leave=False)
            return True
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return self._delete(back=key == Qt.Key.Key_Backspace, far=ctrl)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not modifiers:
            return self._to_edge(start=key == Qt.Key.Key_Home)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self._select_answer()
        return False

    def _tab(self, *, forward: bool, leave: bool = True) -> None:
        regions, caret = self.regions(), self._surface.currentPos()
        number = self.current()
        if number is not None:
            following = number + (1 if forward else -1)
        elif forward:
            following = next((n for n, r in enumerate(regions) if r.start > caret), len(regions))
        else:
            following = next((n for n in reversed(range(len(regions))) if regions[n].end < caret), -1)
        if 0 <= following < len(regions):
            self.go_to(following)
        elif leave:
            self.left_last.emit(forward)

    def _delete(self, *, back: bool, far: bool) -> bool:
        """True when the key is used up: it would reach beyond the gap, or takes a whole word of the answer."""
        number = self.current()
        if number is None:
            return True
        region, surface = self.regions()[number], self._surface
        if not surface.selectionEmpty():
            if far:  # else Scintilla would take the rest of the line
                with self.gate():
                    surface.replace(surface.selectionStart(), surface.selectionEnd(), "")
            return far
        caret = surface.currentPos()
        if caret == (region.start if back else region.end):
            return True
        if not far:
            return False
        if back:
            start, end = max(region.start, surface.wordStartPosition(caret - 1, False)), caret
        else:
            start, end = caret, min(region.end, surface.wordEndPosition(caret + 1, False))
        with self.gate():
            surface.replace(start, end, "")
        return True

    def _to_edge(self, *, start: bool) -> bool:
        number = self.current()
        if number is None:
            return False
        region = self.regions()[number]
        goal = region.start if start else region.end
        if self._surface.currentPos() == goal:
            return False
        self._surface.gotoPos(goal)
        return True

    def _select_answer(self) -> bool:
        number = self.current()
        if number is None:
            return False
        region = self.regions()[number]
        self._surface.setSel(region.start, region.end)
        return True

    def _snap(self) -> None:
        """A click on the edge of a box means the gap."""
        if not self.order or not self._surface.selectionEmpty():
            return
        caret = self._surface.currentPos()
        for region in self.regions():
            if caret == region.start - GUARD_BYTES:
                self._surface.gotoPos(region.start)
            elif caret == region.end + GUARD_BYTES:
                self._surface.gotoPos(region.end)

    def _note_gap(self) -> None:
        number = self.current() if self.order else None
        if number != self._current:
            self._current = number
            if number is not None:
                self.gap_entered.emit(number)

    def show(self) -> None:
        """Draw a box around each gap; different values keep neighbours apart."""
        surface = self._surface
        surface.setIndicatorCurrent(INDICATOR_GAP)
        surface.indicatorClearRange(0, surface.textLength())
        for number, region in enumerate(self.regions()):
            surface.setIndicatorValue(number + 1)
            start = region.start - GUARD_BYTES
            surface.indicatorFillRange(start, region.end + GUARD_BYTES - start)
