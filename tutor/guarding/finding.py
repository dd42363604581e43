"""What was found: which kind of patient data a piece of text looks like, and where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a piece of text looks like; the value is the noun for the question."""

    NHS_NUMBER = "an NHS number"
    BIRTH_DATE = "a date of birth beside a name"
    HOSPITAL_NUMBER = "a hospital number"
    POSTCODE = "a postcode beside a name"

    @property
    def several(self) -> str:
        """The noun for more than one."""
        return {
            Kind.NHS_NUMBER: "NHS numbers",
            Kind.BIRTH_DATE: "dates of birth beside names",
            Kind.HOSPITAL_NUMBER: "hospital numbers",
            Kind.POSTCODE: "postcodes beside names",
        }[self]


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
            nouns.append(kind.value if count == 1 else f"{count} {kind.several}")
    lines = sorted({finding.line for finding in findings})
    return f"{_lines(lines)} what looks like {_and(nouns)}."


def _lines(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return f"Line {lines[0]} holds"
    if len(lines) <= 4:
        return f"Lines {_and([str(line) for line in lines])} hold"
    return f"{len(lines)} lines, the first of them line {lines[0]}, hold"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
