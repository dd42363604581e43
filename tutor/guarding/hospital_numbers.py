"""Hospital numbers: each hospital has its own form, so a word in front or a person's name beside it has to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.guarding.finding import Span

_NUMBER = r"[A-Z]{0,3}[ /-]?\d{5,10}[A-Z]?"
_LABELLED = re.compile(
    r"(?i:(?<![a-z])(?:mrn|crn|pas[ _-]?(?:number|no|id)|(?:hospital|hosp|unit|case[ _-]?note|district|medical[ _-]?record)"
    r"[ _-]?(?:number|num|nr|no|id)))\.?[\"']?\s{0,2}[:=#]?\s{0,2}[\"']?"
    rf"({_NUMBER})(?![\w.])"
)
_BESIDE_A_NAME = re.compile(r"(?<![\w.-])([A-Z]{1,3}\d{6,8})(?![\w.-])")


def numbers_in(line: str) -> Iterator[Span]:
    """Where hospital numbers stand after a word that says so."""
    return _pieces(line, _LABELLED)


def beside_a_name(line: str) -> Iterator[Span]:
    """Where numbers with letters in front stand that, beside a person's name, can only be theirs."""
    labelled = set(numbers_in(line))
    return (span for span in _pieces(line, _BESIDE_A_NAME) if span not in labelled)


def _pieces(line: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(line):
        if not _is_counted(re.sub(r"\D", "", match[1])):
            yield Span(*match.span(1))


def _is_counted(digits: str) -> bool:
    """00000 and 123456 are how people write a number that stands for any."""
    return len(set(digits)) == 1 or digits in "01234567890"
