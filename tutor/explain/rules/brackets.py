"""Brackets that do not pair up, and blocks written with curly brackets."""

from __future__ import annotations

import re
from typing import Any

from tutor.explain.finding import Finding, found
from tutor.explain.lexer import CLOSERS, OPENERS, Token, bracket_fault
from tutor.explain.reading import MANY_LINES, Reading, fault_in

KIND = {"(": "round", ")": "round", "[": "square", "]": "square", "{": "curly", "}": "curly"}
_BLOCK = r"if|elif|else|for|while|def|class|try|except|finally|with|function|func"


def curly_block(r: Reading) -> Finding | None:
    """if x > 3 { ... }: blocks as other languages write them."""
    for number, text in enumerate(r.masked, 1):
        match = re.match(rf"\s*(?:\}}\s*)?({_BLOCK})\b[^{{}}]*(\{{)\s*$", text)
        if match and r.fault and r.fault.line >= number - 1:
            fixed = r.line(number)[: match.start(2)].rstrip().lstrip("} ") + ":"
            return found("curly-block", number, span=match.span(2), word=match[1], code=fixed)
    for number in r.near():
        if r.masked_line(number).strip() == "}" and bracket_fault(r.tokens) is not None:
            fault = bracket_fault(r.tokens)
            if fault and fault.closer and not fault.opener and fault.closer.line == number:
                return found("curly-bracket-alone", number)
    return None


def bracket_mismatch(r: Reading) -> Finding | None:
    """Opened with one kind of bracket, closed with another."""
    fault = bracket_fault(r.tokens)
    if not fault or not fault.opener or not fault.closer:
        return None
    opener, closer = fault.opener, fault.closer
    line = r.line(closer.line)
    swapped = line[: closer.column] + OPENERS[opener.text] + line[closer.end_column :]
    span = closer.column, closer.end_column
    if r.mends(closer.line, swapped):
        return found("bracket-mismatch", closer.line, span=span, opener=opener.text, closer=closer.text,
                     wanted=OPENERS[opener.text], opened=opener.line, code=swapped)  # fmt: skip
    inserted = line[: closer.column] + OPENERS[opener.text] + line[closer.column :]
    if r.mends(closer.line, inserted):
        return found("bracket-missing-before", closer.line, span=span, kind=KIND[opener.text], opener=opener.text,
                     closer=closer.text, wanted=OPENERS[opener.text], code=inserted)  # fmt: skip
    return found("bracket-mismatch", closer.line, span=span, opener=opener.text, closer=closer.text,
                 wanted=OPENERS[opener.text], opened=opener.line)  # fmt: skip


def bracket_not_opened(r: Reading) -> Finding | None:
    """A closing bracket too many, or one whose opening one is missing."""
    fault = bracket_fault(r.tokens)
    if not fault or fault.opener or not fault.closer:
        return None
    closer = fault.closer
    line, span = r.line(closer.line), (closer.column, closer.end_column)
    opener = CLOSERS[closer.text]
    if closer.text == ")" and (
        match := re.match(r"\s*(\w+(?:\.\w+)*)(\s+|(?=§))(?=[\w§])", r.masked_line(closer.line))
    ):
        fixed = f"{line[: match.end(1)]}({line[match.end() :]}"
        if match[1] not in ("if", "while", "for", "elif", "return") and r.mends(closer.line, fixed):
            return found(
                "bracket-not-opened",
                closer.line,
                span=match.span(1),
                name=match[1],
                opener=opener,
                code=fixed,
            )
    without = line[: closer.column] + line[closer.end_column :]
    code = without if r.mends(closer.line, without) else ""
    return found(
        "bracket-extra", closer.line, span=span, kind=KIND[closer.text], closer=closer.text, code=code
    )


def bracket_not_closed(r: Reading) -> Finding | None:
    """An opening bracket without its closing one."""
    fault = bracket_fault(r.tokens)
    if not fault or not fault.opener or fault.closer:
        return None
    opener = fault.opener
    closer = OPENERS[opener.text]
    values: dict[str, Any] = {"kind": KIND[opener.text], "opener": opener.text, "closer": closer}
    span = opener.column, opener.end_column
    place = _where_closed(r, opener, closer)
    if place is None:
        return found("bracket-not-closed", opener.line, span=span, **values)
    line, fixed = place
    if line == opener.line:
        return found("bracket-not-closed", opener.line, span=span, code=fixed, **values)
    if r.line(opener.line).rstrip().endswith(opener.text) and not r.line(line + 1).strip():
        return found("bracket-not-closed-later", opener.line, span=span, last=line + 1, **values)
    return found("bracket-not-closed-later", opener.line, span=span, last=line, **values)


def _where_closed(r: Reading, opener: Token, closer: str) -> tuple[int, str] | None:
    """The line at whose end the closing bracket belongs, and that line mended.

    The first place where the whole program can then be read; else the one that lets Python read on furthest.
    """
    last = min(len(r.lines), opener.line + (60 if len(r.lines) < MANY_LINES else 8))
    best: tuple[int, int, str] | None = None
    for number in range(opener.line, last + 1):
        masked = r.masked_line(number).rstrip()
        if not masked.strip() or (number == opener.line and len(masked) == opener.end_column):
            continue
        line = r.line(number)
        # Before a colon at the end of an `if` or `while`, else at the end of the code.
        ends = [len(masked) - 1] if masked.endswith(":") else []
        for end in [*ends, len(masked)]:
            fixed = line[:end] + closer + line[end:]
            rest = fault_in(r.with_line(number, fixed))
            if rest is None:
                return number, fixed
            if rest.line > max(opener.line, number) and (best is None or rest.line > best[0]):
                best = rest.line, number, fixed
    return best[1:] if best else None


def square_call(r: Reading) -> Finding | None:
    """print["x"] compiles and fails later; print{...} does not compile."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        if match := re.search(r"\b(\w+)\{([^{}]*)\}", masked):
            fixed = f"{line[: match.end(1)]}({line[match.start(2) : match.end(2)]}){line[match.end() :]}"
            if r.mends(number, fixed):
                return found("curly-call", number, span=match.span(), name=match[1], code=fixed)
    return None


def empty_index(r: Reading) -> Finding | None:
    """beds[]: no position in the square brackets."""
    for number in r.near():
        line = r.line(number)
        match = re.search(r"(\w+)(\[\s*\])", r.masked_line(number))
        if match and r.mends(number, f"{line[: match.end(1)]}[0]{line[match.end() :]}"):
            return found("empty-index", number, span=match.span(), name=match[1])
    return None


RULES = (curly_block, square_call, empty_index, bracket_mismatch, bracket_not_opened, bracket_not_closed)
