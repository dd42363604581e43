"""The place code: which lessons are done and where one is, short enough to read over the phone.

A code is letters and digits in groups of three, such as `K7Q-M4X-...`: 18 of them for a course of up to 46 lessons. The
29 symbols leave out what is taken for something else (0 O, 1 I L, U, Z). It holds no name and nothing that was typed.

29 is a prime, so the symbols are numbers of a finite field, and two of them are check symbols of a Reed-Solomon code over
it: whatever goes wrong with any one or two symbols (so also with two neighbours changing places) is found. For one wrong
symbol the group it is in can be named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from msgspec import Struct

from tutor.errors import UsageError
from tutor.lessons.model import Course
from tutor.translation import tr

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXY"
_Q = len(SYMBOLS)
_GROUP = 3
_SHORTEST = 18
#: Beyond this the positions of symbols are no longer all different in the field.
_LONGEST = _Q - 1

# What the payload is made of, least significant first.
_COUNTS = 128  # how many lessons the course had
_MARKS = 4096  # a mark of these lessons' ids
_STEPS = 32  # which step of the lesson


class PlaceCodeError(UsageError):
    """A place code cannot be used; says which part of it to look at."""


class CodedPlace(Struct, frozen=True):
    """What a place code says: lessons that are done, by id in teaching order, and where the learner was.

    `step` is "" where the step is not in the course now; `lesson` is "" for a course that was not begun.
    """

    done: tuple[str, ...]
    lesson: str
    step: str


def encode_place(course: Course, done: Collection[str], lesson: str = "", step: str = "") -> str:
    """The code for these lessons done and this place.

    Raises:
        PlaceCodeError: the course has more lessons than a code can hold (about 90).
    """
    ids = [heading.id for heading in course.lessons]
    count = len(ids)
    heading = course.heading(lesson)
    at = ids.index(lesson) + 1 if heading else 0
    steps = [one.id for one in heading.steps] if heading else []
    number = min(steps.index(step), _STEPS - 1) if step in steps else 0
    bits = sum(1 << position for position, one in enumerate(ids) if one in done)
    value = ((bits * (count + 1) + at) * _STEPS + number) * _MARKS + _mark(course.progress_id, ids)
    value = value * _COUNTS + count
    if count >= _COUNTS or _length(count) > _LONGEST:
        raise PlaceCodeError(
            tr("This course has too many lessons for a place code."), tr("Export your work instead.")
        )
    symbols = []
    for _ in range(_length(count) - 2):
        value, symbol = divmod(value, _Q)
        symbols.append(symbol)
    whole = [*symbols, *_checks(symbols)]
    text = "".join(SYMBOLS[(symbol + _veil(place)) % _Q] for place, symbol in enumerate(whole))
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def decode_place(course: Course, text: str) -> CodedPlace:
    """What a code says about this course.

    Spaces, hyphens and small letters do not matter.

    Raises:
        PlaceCodeError: it has a symbol that no code has, is too short or too long, was mistyped, or belongs to another
            course. The sentence says which.
    """
    symbols = _symbols(text)
    if _sums(symbols) != (0, 0):
        raise PlaceCodeError(
            _mistyped(symbols), tr("Compare it with the code on the other PC, group by group.")
        )
    value = 0
    for symbol in reversed(symbols[:-2]):
        value = value * _Q + symbol
    value, count = divmod(value, _COUNTS)
    value, mark = divmod(value, _MARKS)
    value, number = divmod(value, _STEPS)
    bits, at = divmod(value, count + 1)
    headings = course.lessons[:count]
    ids = [heading.id for heading in headings]
    if (
        len(ids) < count
        or mark != _mark(course.progress_id, ids)
        or bits >> count
        or len(symbols) != _length(count)
    ):
        raise PlaceCodeError(
            tr(
                "This code was made with another course, or another version of it, than {course}.",
                course=course.title,
            ),
            tr("Open the same course as on the other PC, or export the work there as a file."),
        )
    done = tuple(one for position, one in enumerate(ids) if bits >> position & 1)
    if not at:
        return CodedPlace(done, "", "")
    steps = headings[at - 1].steps
    return CodedPlace(done, ids[at - 1], steps[number].id if number < len(steps) else "")


def _mark(course_id: str, ids: list[str]) -> int:
    """A mark of the lessons in their order. Lessons added at the end later leave the mark of the first ones as it is."""
    text = "\n".join([course_id, *ids])
    return int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:4], "big") % _MARKS


def _length(count: int) -> int:
    """How many symbols a code has for a course of so many lessons: whole groups."""
    most = ((1 << count) * (count + 1)) * _STEPS * _MARKS * _COUNTS
    length = 2
    while most > 1:
        most = -(-most // _Q)
        length += 1
    return max(_SHORTEST, -(-length // _GROUP) * _GROUP)


def _veil(place: int) -> int:
    """Shifts the symbols of each place, so that a course that was hardly begun is not a row of equal letters."""
    return (7 * place * place + 11 * place + 17) % _Q


def _symbols(text: str) -> list[int]:
    """The numbers of the symbols in what was typed."""
    typed = [letter for letter in text.upper() if letter.isalnum()]
    for letter in typed:
        if letter not in SYMBOLS:
            raise PlaceCodeError(
                tr("A place code never holds {letter}.", letter=letter),
                tr("It has no 0 or O, no 1, I or L, no U and no Z. Look at that one again."),
            )
    if len(typed) < _SHORTEST or len(typed) > _LONGEST or len(typed) % _GROUP:
        raise PlaceCodeError(
            tr(
                "A place code has {count} letters and digits or a few more, in groups of {group}. This has {typed}.",
                count=_SHORTEST,
                group=_GROUP,
                typed=len(typed),
            ),
            _what_is_amiss(len(typed)),
        )
    return [(SYMBOLS.index(letter) - _veil(place)) % _Q for place, letter in enumerate(typed)]


def _what_is_amiss(letters: int) -> str:
    """What to look for in a code with so many letters and digits, which are not as many as there should be."""
    if letters % _GROUP:
        return tr("Look for a group that is not complete.")
    if letters < _SHORTEST:
        return tr("Some of its groups are still missing.")
    return tr("It has too many groups. Look for one that stands there twice.")


def _checks(symbols: list[int]) -> tuple[int, int]:
    """The two check symbols a, b that make both sums below zero.

    With n payload symbols, a stands at place n and b at n + 1; 2 generates the field's 28 non-zero numbers, so places up
    to 28 have different weights.
    """
    n = len(symbols)
    plain, weighted = _sums(symbols)
    # a + b = -plain and w**n a + w**(n+1) b = -weighted
    weight, next_weight = pow(2, n, _Q), pow(2, n + 1, _Q)
    b = (-weighted + weight * plain) * pow(next_weight - weight, -1, _Q) % _Q
    return (-plain - b) % _Q, b


def _sums(symbols: list[int]) -> tuple[int, int]:
    return sum(symbols) % _Q, sum(pow(2, place, _Q) * symbol for place, symbol in enumerate(symbols)) % _Q


def _mistyped(symbols: list[int]) -> str:
    """What seems to be wrong with a code whose sums are not zero."""
    plain, weighted = _sums(symbols)
    if plain and weighted:
        ratio = weighted * pow(plain, -1, _Q) % _Q
        place = next((place for place in range(len(symbols)) if pow(2, place, _Q) == ratio), None)
        if place is not None:
            return tr(
                "One letter or digit is not right, probably in group {group}.", group=place // _GROUP + 1
            )
    if not plain:
        return tr("Two letters or digits seem to have changed places.")
    return tr("More than one letter or digit is not right.")
