"""Cutting a program into tokens, also one that Python cannot read.

Python's own tokenizer stops at the first thing it does not understand, and differs between versions; this one never
stops, so that rules can look at what stands around a mistake.
"""

from __future__ import annotations

import re

from msgspec import Struct

OPENERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = {close: open_ for open_, close in OPENERS.items()}

_NAME = re.compile(r"[^\W\d]\w*")
_NUMBER = re.compile(
    r"(0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(\d[\d_]*)?\.?\d[\d_]*\.?([eE][+-]?\d+)?[jJ]?)"
)
_STRING = re.compile(r"([rRbBuUfF]{0,2})(\"\"\"|'''|\"|')")
_SIGNS = re.compile(r"\*\*=|//=|>>=|<<=|\.\.\.|->|:=|\*\*|//|>>|<<|[-+*/%&|^@=!<>]=|[-+*/%&|^@=!<>~.,:;]")


class Token(Struct, frozen=True):
    """A piece of the program: its kind, its text, where it starts and ends (lines from 1, columns from 0).

    Kinds: name, number, text, comment, sign, open, close, other (a character that Python has no use for), newline.
    `closed` is False for a text whose closing quote is missing.
    """

    kind: str
    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    closed: bool = True


def scan(source: str) -> list[Token]:
    """All tokens of a program, spaces left out. Never fails."""
    tokens: list[Token] = []
    line, start_of_line, at = 1, 0, 0
    while at < len(source):
        char = source[at]
        if char == "\n":
            tokens.append(Token("newline", "\n", line, at - start_of_line, line, at - start_of_line))
            line, start_of_line, at = line + 1, at + 1, at + 1
            continue
        if char in " \t\f\r":
            at += 1
            continue
        if char == "\\" and source[at + 1 : at + 2] == "\n":
            line, start_of_line, at = line + 1, at + 2, at + 2
            continue
        kind, text, closed = _next(source, at)
        column, first = at - start_of_line, line
        at += len(text)
        if "\n" in text:
            line += text.count("\n")
            start_of_line = source.rfind("\n", 0, at) + 1
        tokens.append(Token(kind, text, first, column, line, at - start_of_line, closed))
    return tokens


def _next(source: str, at: int) -> tuple[str, str, bool]:
    char = source[at]
    if char == "#":
        end = source.find("\n", at)
        return "comment", source[at : end if end >= 0 else len(source)], True
    if match := _STRING.match(source, at):
        return _string(source, at, match)
    if match := _NAME.match(source, at):
        return "name", match[0], True
    if (char.isdigit() or char == ".") and (match := _NUMBER.match(source, at)) and match[0] != ".":
        return "number", match[0], True
    if char in OPENERS:
        return "open", char, True
    if char in CLOSERS:
        return "close", char, True
    if match := _SIGNS.match(source, at):
        return "sign", match[0], True
    return "other", char, True


def _string(source: str, at: int, match: re.Match[str]) -> tuple[str, str, bool]:
    quote = match[2]
    end = match.end()
    while end < len(source):
        if source[end] == "\\":
            end += 2
            continue
        if source.startswith(quote, end):
            return "text", source[at : end + len(quote)], True
        if source[end] == "\n" and len(quote) == 1:
            break
        end += 1
    end = min(end, len(source))
    return "text", source[at:end], False


class BracketFault(Struct, frozen=True):
    """The first bracket that has no partner: `opener` alone is never closed, `closer` alone was never opened, and
    where both are given the one is closed by the other's sign."""

    opener: Token | None
    closer: Token | None


def bracket_fault(tokens: list[Token]) -> BracketFault | None:
    """The first bracket without its partner, or None where all pair up."""
    open_ones: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            open_ones.append(token)
        elif token.kind == "close":
            if not open_ones:
                return BracketFault(None, token)
            opener = open_ones.pop()
            if OPENERS[opener.text] != token.text:
                return BracketFault(opener, token)
    return BracketFault(open_ones[-1], None) if open_ones else None


def mask(source: str, tokens: list[Token]) -> list[str]:
    """The program's lines, with every character of a text turned into § and comments into spaces, columns kept."""
    lines = [list(line) for line in source.split("\n")]
    for token in tokens:
        if token.kind not in ("text", "comment"):
            continue
        filler = "§" if token.kind == "text" else " "
        for number in range(token.line, token.end_line + 1):
            row = lines[number - 1]
            first = token.column if number == token.line else 0
            last = token.end_column if number == token.end_line else len(row)
            row[first:last] = filler * (last - first)
    return ["".join(row) for row in lines]
