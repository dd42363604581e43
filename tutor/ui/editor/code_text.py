"""Reading a half-written program: where its texts and comments are, which bracket is open, how the next line is indented.

Works on any text, also on what does not parse yet; quick enough to be asked at every key.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct

_PIECE = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<triple> \"{3}|'{3} ) (?: \\. | (?!(?P=triple)). )* (?P<end3> (?P=triple) )?
    | (?P<single> ["'] ) (?: \\. | (?!(?P=single))[^\\\n] )* (?P<end1> (?P=single) )?
    """,
    re.VERBOSE | re.DOTALL,
)

OPENERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = {close: opener for opener, close in OPENERS.items()}
INDENT = 4
_F_STRING = re.compile(r"(?<!\w)(?:f|fr|rf)\Z", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]{},]")
_ENDS_BLOCK = re.compile(r"(return|break|continue|pass|raise)\b")


class Where(Enum):
    """What a place in a program is part of."""

    CODE = auto()
    TEXT = auto()
    COMMENT = auto()


class OpenCall(Struct, frozen=True):
    """A bracket that is open at a place: its offset, the sign, and how many commas follow it at its own level."""

    offset: int
    sign: str
    commas: int


@lru_cache(maxsize=4)
def _pieces(program: str) -> tuple[re.Match[str], ...]:
    """The texts and comments of a program; kept, as several questions are asked about each state of it."""
    return tuple(_PIECE.finditer(program))


def where(program: str, offset: int) -> Where:
    """Whether the place before character `offset` is in code, inside a text, or in a comment.

    The braces of an f-string hold code.
    """
    pieces = _pieces(program)
    before = bisect_left(pieces, offset, key=lambda piece: piece.start())
    for piece in pieces[max(0, before - 1) : before]:
        if piece["comment"] is not None:
            if offset <= piece.end():
                return Where.COMMENT
            continue
        opened = piece.start("triple") + 3 if piece["triple"] else piece.start("single") + 1
        closed = piece["end3"] is not None or piece["end1"] is not None
        if opened <= offset and (offset < piece.end() or (offset == piece.end() and not closed)):
            inner_end = piece.end() - (len(piece["end3"] or piece["end1"] or ""))
            if offset > inner_end:
                return Where.TEXT
            formatted = _F_STRING.search(program, max(0, piece.start() - 3), piece.start()) is not None
            return Where.CODE if formatted and _in_braces(program[opened:offset]) else Where.TEXT
    return Where.CODE


def _in_braces(text: str) -> bool:
    plain = text.replace("{{", "").replace("}}", "")
    return plain.count("{") > plain.count("}")


@lru_cache(maxsize=4)
def code_only(program: str) -> str:
    """The program with the inside of texts and all comments blanked out; every offset and line stays where it was."""
    kept, end = [], 0
    for piece in _pieces(program):
        kept.append(program[end : piece.start()])
        sign = " " if piece["comment"] is not None else '"'
        kept.append("\n".join(sign * len(line) for line in piece[0].split("\n")))
        end = piece.end()
    kept.append(program[end:])
    return "".join(kept)


def open_bracket(code: str, offset: int) -> OpenCall | None:
    """The innermost bracket that is open at `offset` of a program whose texts are blanked out."""
    waiting: list[OpenCall] = []
    for found in _BRACKET.finditer(code, 0, offset):
        sign = found[0]
        if sign in OPENERS:
            waiting.append(OpenCall(found.start(), sign, 0))
        elif sign in CLOSERS and waiting and waiting[-1].sign == CLOSERS[sign]:
            waiting.pop()
        elif sign == "," and waiting:
            last = waiting[-1]
            waiting[-1] = OpenCall(last.offset, last.sign, last.commas + 1)
    return waiting[-1] if waiting else None


def next_indent(before: str) -> int:
    """How many blanks the line after `before` (the program up to the caret) begins with."""
    line = before.rpartition("\n")[2]
    indent = len(line) - len(line.lstrip(" "))
    if where(before, len(before)) is Where.TEXT:
        return indent
    code = code_only(before)
    code_line = code.rpartition("\n")[2].strip()
    bracket = open_bracket(code, len(code))
    if bracket is not None:
        on_this_line = bracket.offset > code.rfind("\n")
        return indent + INDENT if on_this_line else indent
    if code_line.endswith(":"):
        return indent + INDENT
    if _ENDS_BLOCK.match(code_line):
        return max(0, indent - INDENT)
    return indent
