"""Both output streams in the order in which they were written, though each comes through a pipe of its own.

The learner's process says in its error stream, before what it writes there, how much it has written to standard output
so far: `ESC _ c4h: BYTES ESC \\`, a string that terminals pass over. Nothing but the order on show depends on it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

_MARK = re.compile(rb"\x1b_c4h:(\d{1,15})\x1b\\")
_UNFINISHED_MARK = re.compile(rb"\x1b(?:_(?:c(?:4(?:h(?::(?:\d{0,15}\x1b?)?)?)?)?)?)?\Z")
#: Characters of errors that wait for their place at most: a program can write marks of its own that promise too much.
_MOST_HELD = 1 << 18
#: No unfinished mark is longer.
_LONGEST_MARK = 24


class Marks:
    """Takes the marks out of the error stream."""

    def __init__(self) -> None:
        self._held = b""
        self._place: int | None = None

    def parts(self, data: bytes) -> list[tuple[int | None, bytes]]:
        """What was written, in parts, each with how much had gone to standard output before it; None where nothing says so."""
        data, self._held = self._held + data, b""
        unfinished = _UNFINISHED_MARK.search(data, max(0, len(data) - _LONGEST_MARK))
        if unfinished:
            data, self._held = data[: unfinished.start()], data[unfinished.start() :]
        found: list[tuple[int | None, bytes]] = []
        done = 0
        for mark in _MARK.finditer(data):
            if mark.start() > done:
                found.append((self._place, data[done : mark.start()]))
            self._place, done = int(mark.group(1)), mark.end()
        if len(data) > done:
            found.append((self._place, data[done:]))
        return found

    def rest(self) -> tuple[int | None, bytes]:
        """What looked like the beginning of a mark and was none."""
        held, self._held = self._held, b""
        return self._place, held


class Piece(NamedTuple):
    """Text that waits to be taken; of standard output also where it began, and its bytes (none: it is not to be cut)."""

    stream: str
    text: str
    start: int = 0
    raw: bytes = b""


class Interleaving:
    """What waits to be taken, in order. Not safe from several threads: its owner holds a lock.

    Args:
        clean: the text that stands for these bytes.
    """

    def __init__(self, clean: Callable[[bytes], str]) -> None:
        self._clean = clean
        self._pieces: deque[Piece] = deque()
        self._held: deque[tuple[int, str]] = (
            deque()
        )  # errors that came before the output that belongs before them
        self._held_characters = 0
        self._passed = 0  # bytes of standard output that have come
        self.characters = 0

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, stream: str, text: str) -> None:
        """Something at the end: what was typed, say."""
        if text:
            self._pieces.append(Piece(stream, text))
            self.characters += len(text)

    def add_output(self, text: str, raw: bytes) -> None:
        """Text of standard output, and the bytes that it was."""
        if text:
            self._pieces.append(Piece("stdout", text, self._passed, raw))
            self.characters += len(text)
        self.pass_over(len(raw))

    def pass_over(self, count: int) -> None:
        """So many bytes of standard output have come (and may have been left out)."""
        self._passed += count
        while self._held and self._held[0][0] <= self._passed:
            place, text = self._held.popleft()
            self._held_characters -= len(text)
            self._insert(place, text)

    def add_error(self, text: str, place: int | None) -> None:
        """Text of the error stream, written when so many bytes had gone to standard output; None: it belongs at the end."""
        if not text:
            return
        if place is None:
            self.add("stderr", text)
        elif self._held or place > self._passed:
            self._held.append((place, text))
            self._held_characters += len(text)
            if self._held_characters > _MOST_HELD:
                self.finish()
        else:
            self._insert(place, text)

    def finish(self) -> None:
        """No more will come (or too much waits for its place): what is held comes at the end."""
        for _place, text in self._held:
            self.add("stderr", text)
        self._held.clear()
        self._held_characters = 0

    def _insert(self, place: int, text: str) -> None:
        """Before the output that was written after it, as far as that has not been taken yet."""
        self.characters += len(text)
        at = len(self._pieces)
        while at and self._pieces[at - 1].stream == "stdout" and self._pieces[at - 1].start >= place:
            at -= 1
        before = self._pieces[at - 1] if at else None
        if before is not None and before.start < place < before.start + len(before.raw):
            first = self._clean(before.raw[: place - before.start])
            if first and before.text.startswith(first):
                cut = place - before.start
                self._pieces[at - 1] = Piece("stdout", first, before.start, before.raw[:cut])
                self._pieces.insert(at, Piece("stdout", before.text[len(first) :], place, before.raw[cut:]))
        self._pieces.insert(at, Piece("stderr", text))

    def take(self, most: int) -> list[tuple[str, str]]:
        """Up to so many characters; neighbours of one stream are joined."""
        taken: list[tuple[str, list[str]]] = []
        while most > 0 and self._pieces:
            piece = self._pieces.popleft()
            text = piece.text
            if len(text) > most:
                self._pieces.appendleft(Piece(piece.stream, text[most:]))
                text = text[:most]
            most -= len(text)
            self.characters -= len(text)
            if taken and taken[-1][0] == piece.stream:
                taken[-1][1].append(text)
            else:
                taken.append((piece.stream, [text]))
        return [(stream, "".join(texts)) for stream, texts in taken]
