"""Finds what looks like data of a real patient in a text, and takes it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tutor.guarding import hospital_numbers, nhs_numbers, postcodes
from tutor.guarding.birth_dates import dates_in, speaks_of_birth
from tutor.guarding.finding import Finding, Kind, Span
from tutor.guarding.names import names_in

#: Of a longer text only so many characters are looked at: more than any program or table that is handled here.
LONGEST = 2_000_000

#: More findings than this tell nobody anything.
MOST = 200

_LONGEST_LINE = 5000

# Lines that a name may stand above a postcode or a word about birth: an address, a form.
_NEAR = 4


class _Page:
    """The lines of a text, with the names that stand in each: looked for only where they are wanted."""

    def __init__(self, text: str, starts: Sequence[int], invented: set[int]) -> None:
        self.lines = text.split("\n")
        self._starts = starts
        self._invented = invented
        self._names: dict[int, tuple[Span, ...]] = {}

    def place(self, at: int, span: Span) -> Span:
        """Where in the text a piece of a line is."""
        return Span(self._starts[at] + span.start, self._starts[at] + span.end)

    def is_invented(self, at: int) -> bool:
        """Whether the line is about somebody who cannot be."""
        return at + 1 in self._invented or postcodes.has_invented(self.lines[at])

    def names(self, at: int) -> tuple[Span, ...]:
        """Where in the text the names of a line are."""
        if at not in self._names:
            line = self.lines[at]
            found = names_in(line) if len(line) < _LONGEST_LINE else ()
            self._names[at] = tuple(self.place(at, span) for span in found)
        return self._names[at]

    def names_near(self, at: int) -> tuple[Span, ...]:
        """The names in a line; where there is none, those in the nearest line of the same record."""
        if self.names(at):
            return self.names(at)
        for step in (-1, 1):
            for other in range(at + step, at + step * (_NEAR + 1), step):
                if not 0 <= other < len(self.lines) or not self.lines[other].strip():
                    break
                if self.is_invented(other):
                    return ()
                if self.names(other):
                    return self.names(other)
        return ()


def find_patients(text: str, known: str = "", today: date | None = None) -> tuple[Finding, ...]:
    """Everything in a text that looks like data of a real patient, in order.

    Args:
        text: a program, its output, or a table.
        known: text that is known to be invented (the lesson's own): what stands in it is not found.
        today: for dates of birth; by default the day it is.
    """
    text = text[:LONGEST]
    found: list[Finding] = []
    invented: set[int] = set()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for span, digits in nhs_numbers.numbers_in(text):
        number = _line_of(starts, span.start)
        if nhs_numbers.is_invented(digits):
            invented.add(number)
        else:
            found.append(Finding(Kind.NHS_NUMBER, number, (span,)))
    page = _Page(text, starts, invented)
    for at in range(len(page.lines)):
        found += _on_line(page, at, today or date.today())
        if len(found) >= MOST * 2:
            break
    found = [one for one in found if not (known and all(piece in known for piece in one.texts(text)))]
    return tuple(sorted(found, key=lambda one: (one.line, one.spans)))[:MOST]


def without_patients(text: str, findings: Sequence[Finding]) -> str:
    """The text with what was found taken out: 0 for each digit and x for each letter, so that programs and tables keep
    their form."""
    pieces, at = [], 0
    for span in sorted({span for finding in findings for span in finding.spans}):
        start = max(span.start, at)
        pieces += [text[at:start], _blank(text[start : span.end])]
        at = max(at, span.end)
    return "".join([*pieces, text[at:]])


def _blank(piece: str) -> str:
    return "".join("0" if one.isdigit() else "x" if one.isalpha() else one for one in piece)


def _line_of(starts: Sequence[int], offset: int) -> int:
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= offset else (low, middle)
    return low + 1


def _on_line(page: _Page, at: int, today: date) -> Iterator[Finding]:
    line, invented = page.lines[at], page.is_invented(at)
    if not any(letter.isdigit() for letter in line):
        return
    about_birth = speaks_of_birth(line)
    headed = not about_birth and speaks_of_birth(page.lines[0]) and _is_table(page.lines[0])
    for span in hospital_numbers.numbers_in(line):
        yield Finding(Kind.HOSPITAL_NUMBER, at + 1, (page.place(at, span),))
    if invented:
        return
    for span in hospital_numbers.beside_a_name(line):
        if page.names(at):
            yield Finding(Kind.HOSPITAL_NUMBER, at + 1, (page.place(at, span),))
    for span in dates_in(line, today, about_birth=about_birth or headed):
        names = page.names_near(at) if about_birth else page.names(at)
        if names:
            yield Finding(Kind.BIRTH_DATE, at + 1, (*names, page.place(at, span)))
    for span in postcodes.postcodes_in(line):
        names = page.names_near(at)
        if names:
            yield Finding(Kind.POSTCODE, at + 1, (*names, page.place(at, span)))


def _is_table(line: str) -> bool:
    return any(separator in line for separator in ",;|\t")
