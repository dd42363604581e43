"""NHS numbers in lesson files: made-up ones only, from the 999 range, with their check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.guarding.nhs_numbers import check_digit_holds

#: Ten digits, together or 3-3-4; longer numbers, decimals and parts of names are none.
_TEN = re.compile(r"(?<![\w.+-])(?:\d{10}|\d{3} \d{3} \d{4}|\d{3}-\d{3}-\d{4})(?![\w-]|\.\d)")


def numbers_in(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, as it is written, its ten digits) of everything that could be an NHS number."""
    for match in _TEN.finditer(text):
        yield match.start(), match.group(), re.sub(r"[ -]", "", match.group())


def nhs_number_problem(digits: str) -> str:
    """What is wrong with showing this number; "" where it is well."""
    if not digits.startswith("999"):
        return "may belong to a person: made-up NHS numbers start with 999"
    if not check_digit_holds(digits):
        return "does not pass the check of NHS numbers"
    return ""
