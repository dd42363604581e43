"""NHS numbers of real people: ten digits whose check digit holds, outside the range that is kept for invented people.

The check digit is the one of the NHS Data Dictionary (NHS NUMBER, modulus 11). Numbers that begin with 999 are never
given to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tutor.guarding.finding import Span

# Ten digits together, or 3-3-4 with blanks or hyphens of any sort between; not a part of a longer number, a decimal, a
# telephone number with its country, or a code of letters and digits (but NHS9... is one).
_GAP = "[ \u00a0\u2007\u2009\u202f\u2010-\u2015.-]"
_TEN = re.compile(
    rf"(?:(?<![\w+])|(?<=NHS)|(?<=nhs))(?<!\d[.-])(?<!\d{{3}} )"
    rf"(\d{{3}}{_GAP}?\d{{3}}{_GAP}?\d{{4}})(?!\w|[.-]\d| \d{{3}})"
)

_INVENTED = "999"


def check_digit_holds(digits: str) -> bool:
    """Whether the tenth digit is the one that the first nine give (NHS Data Dictionary: modulus 11).

    Args:
        digits: ten digits without blanks.
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])  # 10 is no digit: such a number is never given


def numbers_in(text: str) -> Iterator[tuple[Span, str]]:
    """(place, ten digits) of everything that is a well-formed NHS number, invented ones among them."""
    for match in _TEN.finditer(text):
        digits = re.sub(r"\D", "", match[1])
        if check_digit_holds(digits) and not _is_something_else(text, match, digits):
            yield Span(match.start(1), match.end(1)), digits


def is_invented(digits: str) -> bool:
    """Whether no person can have this number."""
    return digits.startswith(_INVENTED)


def _is_something_else(text: str, match: re.Match[str], digits: str) -> bool:
    if len(set(digits)) == 1 or digits in "01234567890" * 2 or digits in "9876543210":
        return True
    if re.search(
        r"ISBN(?:-1[03])?[:\s]{0,3}$", text[max(0, match.start() - 12) : match.start()], re.IGNORECASE
    ):
        return True  # an ISBN of ten digits has the same check digit
    number, before = int(digits), text[max(0, match.start(1) - 30) : match.start(1)]
    if match[1] != digits or before.endswith(('"', "'")) or "nhs" in before.lower():
        return False  # written as NHS numbers are, or named as one
    return _is_seconds(number, digits) or number & (number - 1) == 0


def _is_seconds(number: int, digits: str) -> bool:
    """Seconds since 1970, as programs count time: unless they begin as a Scottish number does, with a day of birth."""
    if not 1_000_000_000 <= number < 2_000_000_000:
        return False
    try:
        date(2000, int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return True
    return False
