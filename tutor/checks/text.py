"""What printed or written text must be: equals, contains, matches, lines, numbers (lesson-format, "Checks")."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from tutor.checks.compare import equal
from tutor.lessons.model import TextExpectation, TextMatch
from tutor.runner.result import RunResult

# A number never follows a letter: "NEWS2" holds none. A minus sign belongs to a number unless a digit or a letter stands
# before it ("3-5" is a range). Thousands commas stand before groups of exactly three digits. Exponents only as Python
# prints them ("1e-05").
_NUMBER = re.compile(
    r"""( (?: [0-9]{1,3} (?: ,[0-9]{3} )+ (?![0-9]) | [0-9]+ ) (?: \.[0-9]+ )? | (?<![0-9]) \.[0-9]+ )
        ( e[+-][0-9]{2,3} (?![0-9]) )?""",
    re.VERBOSE,
)
_MINUS_SIGNS = "-\u2212"


def standard_output(result: RunResult, prompts: bool = False) -> str:
    """What a run printed, without the prompts of `input()` unless they count."""
    text = result.stdout
    if not prompts:
        for start, end in sorted(result.prompts, reverse=True):
            text = text[:start] + text[end:]
    return text


def numbers_in(text: str) -> tuple[float, ...]:
    """All the numbers in a text, in order, as floats."""
    found: list[float] = []
    for match in _NUMBER.finditer(text):
        start = match.start()
        before = text[start - 1] if start else ""
        if before.isalpha():
            continue
        sign = 1.0
        if before and before in _MINUS_SIGNS:
            further = text[start - 2] if start > 1 else ""
            sign = 1.0 if further.isalnum() else -1.0
        digits = match.group(1).replace(",", "") + (match.group(2) or "")
        found.append(sign * float(digits))
    return tuple(found)


def canonical(text: str, ignore: frozenset[str] = frozenset()) -> str:
    """Text as it is compared: without trailing spaces and last newlines, and without what is to be ignored."""
    lines = re.split(r"\r\n|\r|\n", text)
    if "punctuation" in ignore:
        lines = [_without_punctuation(line) for line in lines]
    lines = [line.rstrip() for line in lines]
    if "space" in ignore:
        lines = [" ".join(line.split()) for line in lines]
    if "blank-lines" in ignore:
        lines = [line for line in lines if line]
    joined = "\n".join(lines).rstrip("\n")
    return joined.casefold() if "case" in ignore else joined


def _without_punctuation(line: str) -> str:
    """A line without punctuation; the points, commas and minus signs of numbers stay, for 3.5 is not 35."""
    kept: list[str] = []
    for position, character in enumerate(line):
        before = line[position - 1] if position else ""
        after = line[position + 1] if position + 1 < len(line) else ""
        starts = character in ".-" and after.isdigit() and not before.isalnum()  # of a number: .5, -3
        inside = character in ".," and before.isdigit() and after.isdigit()
        if starts and kept and kept[-1].isalnum():
            kept.append(" ")  # "temp:-5" is "temp -5": what stood between the two was taken out
        if starts or inside or not unicodedata.category(character).startswith("P"):
            kept.append(character)
    return "".join(kept)


class TextMiss(Struct, frozen=True):
    """How a text misses an expectation.

    `wanted` and `got` are what to show side by side; `part` is the first text, line or number that is missing.
    """

    expectation: TextExpectation
    wanted: str
    got: str
    part: str = ""
    position: int = 0


class TooSlow(Exception):
    """A pattern that may take very long on this text: it must be searched where it can be stopped."""


def miss(expectation: TextExpectation, text: str, found: bool | None = None) -> TextMiss | None:
    """How `text` misses an expectation; None where it meets it.

    Args:
        expectation: what the lesson wants of the text.
        text: what was printed or written.
        found: for `matches`, whether the pattern was found, where somebody else has searched for it already.

    Raises:
        TooSlow: the pattern of a `matches` may not end on this text; search it with `search_program`, in a process.
        re.error: the pattern of a `matches` is not a pattern.
    """
    wanted, ignore = expectation.wanted, expectation.ignore
    got = canonical(text, ignore)
    match expectation.how:
        case TextMatch.EQUALS:
            assert isinstance(wanted, str)
            return None if canonical(wanted, ignore) == got else TextMiss(expectation, wanted, text)
        case TextMatch.CONTAINS:
            for part in _texts(wanted):
                if canonical(part, ignore) not in got:
                    return TextMiss(expectation, part, text, part)
        case TextMatch.MATCHES:
            assert isinstance(wanted, str)
            if found is None:
                found = _search(wanted, pattern_text(expectation, text), _flags(expectation))
            return None if found else TextMiss(expectation, wanted, text, wanted)
        case TextMatch.LINES:
            return _missing_line(expectation, _texts(wanted), text)
        case TextMatch.NUMBERS:
            return _missing_number(expectation, text)
    return None


def _texts(wanted: str | tuple[str | float, ...]) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else tuple(str(part) for part in wanted)


def _missing_line(expectation: TextExpectation, wanted: tuple[str, ...], text: str) -> TextMiss | None:
    ignore = expectation.ignore
    lines = iter(canonical(text, ignore).split("\n"))
    flat = [line for part in wanted for line in re.split(r"\r\n|\r|\n", part.rstrip("\n"))]
    for position, line in enumerate(flat):
        if canonical(line, ignore) not in lines:
            return TextMiss(expectation, "\n".join(flat), text, line, position)
    return None


def _missing_number(expectation: TextExpectation, text: str) -> TextMiss | None:
    wanted = tuple(float(number) for number in expectation.wanted)
    got = numbers_in(text)
    if len(wanted) == len(got) and equal(wanted, got, expectation.tolerance):
        return None
    position = next(
        (
            i
            for i, (one, other) in enumerate(zip(wanted, got, strict=False))
            if not equal(one, other, expectation.tolerance)
        ),
        min(len(wanted), len(got)),
    )
    part = number_text(wanted[position]) if position < len(wanted) else ""
    return TextMiss(
        expectation, " ".join(map(number_text, wanted)), " ".join(map(number_text, got)), part, position
    )


def number_text(number: float) -> str:
    """A number as people write it: 3 for 3.0."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


# ------------------------------------------------------------------------------------------------- bounded patterns

_COST = 5_000_000  # steps of the pattern machine that may be taken in this process: some tens of milliseconds
_UNBOUNDED = re.compile(r"(?<!\\)(?:\\\\)*(?:[*+]|\{[0-9]*,[0-9]*\})")


def _flags(expectation: TextExpectation) -> int:
    return re.MULTILINE | (re.IGNORECASE if "case" in expectation.ignore else 0)


def pattern_text(expectation: TextExpectation, text: str) -> str:
    """The text in which the pattern of a `matches` is looked for (its own case: the pattern ignores it)."""
    return canonical(text, expectation.ignore - {"case"})


def _search(pattern: str, text: str, flags: int) -> bool:
    compiled = _compiled(pattern, flags)
    if _cost(pattern, len(text)) > _COST:
        raise TooSlow(pattern)
    return compiled.search(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def _cost(pattern: str, length: int) -> float:
    """A bound on the steps of a search: every start, times the length for every repeat; endless for nested ones.

    Rough on purpose: a pattern that is wrongly held to be slow is searched in a process that can be stopped, at the cost
    of some milliseconds.
    """
    repeats = len(_UNBOUNDED.findall(pattern))
    if repeats == 0 and "?" not in pattern:
        return float(length * max(1, len(pattern)))
    nested = re.search(r"\)\s*(?:[*+]|\{[0-9]*,)", pattern) is not None
    branches = 2.0 ** min(pattern.count("?"), 64)
    if nested or "\\1" in pattern or "(?P=" in pattern:
        return float("inf") if length > 20 else 0.0
    return float(max(length, 1)) ** (repeats + 1) * branches


def search_program(expectation: TextExpectation, text: str) -> str:
    """A small program of ours that looks for the pattern and prints "found" or "not found"."""
    return (
        "import re\n"
        f"found = re.search({expectation.wanted!r}, {pattern_text(expectation, text)!r}, {_flags(expectation)})\n"
        'print("found" if found else "not found")\n'
    )
