"""Two texts side by side: which characters differ, with invisible ones made visible."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

Range = tuple[int, int]

_WINDOW = 40  # lines that are shown of a long text, around the first difference
_LONGEST_LINE = 600
_BEFORE = 60  # characters that are shown of a long line before its first difference
_ALIKE = 0.4  # lines less alike than this are marked whole: confetti helps nobody


class SideBySide(Struct, frozen=True):
    """Expected and got, as the view shows them, with (start, end) ranges of the characters that differ."""

    expected: str
    got: str
    marks_expected: tuple[Range, ...] = ()
    marks_got: tuple[Range, ...] = ()


class _Side:
    """One side as it grows."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[Range] = []
        self.lines = 0

    def start_line(self, there: bool) -> None:
        """Begin the next line, where this side has one."""
        self.text += "\n" if there and self.lines else ""
        self.lines += there

    def add(self, piece: str, differs: bool = False) -> None:
        shown = _visible(piece, differs)
        if differs and shown:
            start = len(self.text)
            if self.marks and self.marks[-1][1] == start:
                start = self.marks.pop()[0]
            self.marks.append((start, len(self.text) + len(shown)))
        self.text += shown


def side_by_side(expected: str, got: str, ignore_case: bool = False) -> SideBySide:
    """Both texts with what differs marked; long ones are cut to the lines around the first difference."""
    wanted, came = _around_first_difference(_lines(expected), _lines(got))
    left, right = _Side(), _Side()
    for one, other in _pairs(wanted, came):
        left.start_line(one is not None)
        right.start_line(other is not None)
        if one is None or other is None:
            left.add(_or_line_end(one), differs=True)
            right.add(_or_line_end(other), differs=True)
        else:
            _add_line(left, right, one, other, ignore_case)
    return SideBySide(left.text, right.text, tuple(left.marks), tuple(right.marks))


def _or_line_end(line: str | None) -> str:
    """A line that the other side has not; an empty one is shown by its end."""
    if line is None:
        return ""
    return _window(line, 0) or "\u21b5"


def _lines(text: str) -> list[str]:
    lines = [line.rstrip(" \t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines


def _window(line: str, start: int) -> str:
    """The part of a long line that is shown, from `start` on."""
    lead = "..." if start else ""
    return lead + line[start : start + _LONGEST_LINE] + ("..." if len(line) > start + _LONGEST_LINE else "")


def _both_windows(one: str, other: str) -> tuple[str, str]:
    """Two lines, cut to what lies around their first difference where one is long."""
    if max(len(one), len(other)) <= _LONGEST_LINE:
        return one, other
    first = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    start = max(0, first - _BEFORE)
    return _window(one, start), _window(other, start)


def _around_first_difference(wanted: list[str], came: list[str]) -> tuple[list[str], list[str]]:
    if max(len(wanted), len(came)) <= _WINDOW:
        return wanted, came
    first = first_different_line(wanted, came)
    start = max(0, first - 5)

    def window(lines: list[str]) -> list[str]:
        cut = lines[start : start + _WINDOW]
        return ["..."] * (start > 0) + cut + ["..."] * (len(lines) > start + _WINDOW)

    return window(wanted), window(came)


def first_different_line(wanted: list[str], came: list[str]) -> int:
    """The position of the first line that differs (the length of the shorter list where one only goes on)."""
    for position, (one, other) in enumerate(zip(wanted, came, strict=False)):
        if one != other:
            return position
    return min(len(wanted), len(came))


def _pairs(wanted: list[str], came: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Lines that belong together; None where a side has no such line."""
    matcher = SequenceMatcher(None, wanted, came, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield from zip(wanted[i1:i2], came[j1:j2], strict=True)
            continue
        both = min(i2 - i1, j2 - j1)
        yield from zip(wanted[i1 : i1 + both], came[j1 : j1 + both], strict=True)
        yield from ((line, None) for line in wanted[i1 + both : i2])
        yield from ((None, line) for line in came[j1 + both : j2])


def _add_line(left: _Side, right: _Side, one: str, other: str, ignore_case: bool) -> None:
    one, other = _both_windows(one, other)
    keys = (one.casefold(), other.casefold()) if ignore_case else (one, other)
    if [len(key) for key in keys] != [len(one), len(other)]:
        keys = (one, other)
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    if keys[0] != keys[1] and matcher.ratio() < _ALIKE:
        left.add(one, differs=True)
        right.add(other, differs=True)
        return
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        left.add(one[i1:i2], differs=what != "equal")
        right.add(other[j1:j2], differs=what != "equal")


def _visible(piece: str, differs: bool) -> str:
    """A piece of text with what cannot be seen made visible; plain spaces only where nothing else differs."""
    spaces_matter = differs and piece.isspace()
    return "".join(_visible_character(character, spaces_matter) for character in piece)


def _visible_character(character: str, spaces_matter: bool) -> str:
    if character == "\n" or (character == " " and not spaces_matter):
        return character
    named = {" ": "\u00b7", "\t": "\u2192", "\u00a0": "\u237d"}
    if character in named:
        return named[character]
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Mn", "Cn", "Co"):
        return character if unicodedata.category(character) == "Mn" else f"\u2039U+{ord(character):04X}\u203a"
    return character
