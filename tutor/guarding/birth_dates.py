"""Dates that may be somebody's date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tutor.guarding.finding import Span

#: Nobody alive is older, in years: dates of history are no patient's.
OLDEST = 110

#: A date without a word about birth counts only when it is so many years back: admissions and the like are newer.
WITHOUT_A_WORD = 18

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_NOT_A_TIME = r"(?![\w/-]|[T ]\d{1,2}:\d\d)"
_FORMS = (
    re.compile(
        rf"(?<![\w/.-])(?P<d>\d{{1,2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d\d){_NOT_A_TIME}"
    ),
    re.compile(rf"(?<![\w/.-])(?P<y>\d{{4}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_NOT_A_TIME}"),
    re.compile(
        rf"(?<![\w/.-])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](?P<y>\d{{4}}|\d\d){_NOT_A_TIME}"
    ),
)
_ABOUT_BIRTH = re.compile(
    r"(?i)(?<![a-z])(?:d\.?o\.?b\b|date[ _-]?of[ _-]?birth|birth[ _-]?date|birthday|born\b|birth\b)"
)

_OF_A_FILE = re.compile(
    r"(?i)\b(?:by|author|added|changed|created|modified|updated|revised|revision|version|released|written|published|"
    r"copyright|discover\w*|invent\w*)\b|\(c\)|\u00a9|\$id"
)


def speaks_of_birth(line: str) -> bool:
    """Whether a line has a word such as "born" or "DOB"."""
    return _ABOUT_BIRTH.search(line.replace("_", " ")) is not None


def dates_in(line: str, today: date, *, about_birth: bool) -> Iterator[Span]:
    """Where dates stand that a living person can be born on.

    Args:
        line: one line of text.
        today: for what is old.
        about_birth: a word about birth belongs to the line: then any date counts, else only one long ago.
    """
    if not about_birth and _OF_A_FILE.search(line):
        return  # who changed a program, and when
    for form in _FORMS:
        for match in form.finditer(line):
            day = _date_of(match, today)
            if day is None or not today.year - OLDEST <= day.year <= today.year:
                continue
            if about_birth or (len(match["y"]) == 4 and day.year <= today.year - WITHOUT_A_WORD):
                yield Span(match.start(), match.end())


def _date_of(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _MONTHS.index(parts["month"].lower()) + 1
    year = int(parts["y"])
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    try:
        return date(year, month, int(parts["d"]))
    except ValueError:
        return None
