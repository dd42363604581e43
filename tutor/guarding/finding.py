"""What was found: which kind of patient data a piece of text looks like, and where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from tutor.translation import counted, tr


class Kind(StrEnum):
    """What a piece of text looks like."""

    NHS_NUMBER = "an NHS number"
    BIRTH_DATE = "a date of birth beside a name"
    HOSPITAL_NUMBER = "a hospital number"
    POSTCODE = "a postcode beside a name"

    def counted(self, number: int) -> str:
        """The noun for so many of them."""
        match self:
            case Kind.NHS_NUMBER:
                return counted(number, "an NHS number", "%n NHS numbers")
            case Kind.BIRTH_DATE:
                return counted(number, "a date of birth beside a name", "%n dates of birth beside names")
            case Kind.HOSPITAL_NUMBER:
                return counted(number, "a hospital number", "%n hospital numbers")
            case Kind.POSTCODE:
                return counted(number, "a postcode beside a name", "%n postcodes beside names")


class Span(Struct, frozen=True, order=True):
    """A piece of the text: the characters from `start` up to `end`."""

    start: int
    end: int


class Finding(Struct, frozen=True):
    """A piece of text that looks like patient data.

    Args:
        kind: what it looks like.
        line: where it begins, from 1.
        spans: all that belongs to it and would be taken out: the number itself, or the name and the date.
    """

    kind: Kind
    line: int
    spans: tuple[Span, ...]

    def texts(self, text: str) -> tuple[str, ...]:
        """Its pieces, as they stand in the text that it was found in."""
        return tuple(text[span.start : span.end] for span in self.spans)


def sentence(findings: Sequence[Finding]) -> str:
    """What was found and on which lines, in one sentence; "" for nothing."""
    if not findings:
        return ""
    nouns = []
    for kind in Kind:
        count = sum(finding.kind is kind for finding in findings)
        if count:
            nouns.append(kind.counted(count))
    lines = sorted({finding.line for finding in findings})
    what = _and(nouns)
    if len(lines) == 1:
        return tr("Line {line} holds what looks like {what}.", line=lines[0], what=what)
    if len(lines) <= 4:
        numbers = _and([str(line) for line in lines])
        return tr("Lines {lines} hold what looks like {what}.", lines=numbers, what=what)
    return counted(
        len(lines),
        "%n line, the first of them line {line}, holds what looks like {what}.",
        "%n lines, the first of them line {line}, hold what looks like {what}.",
        line=lines[0],
        what=what,
    )


def _and(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return tr("{words} and {last}", words=", ".join(words[:-1]), last=words[-1])
