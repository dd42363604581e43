"""The house style's rules about words, numbers, units, dates and emphasis, which hold for every text alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from tutor.authoring.prose import own_words

DATA = Path(__file__).with_name("house_style.yaml")


class Found(Struct, frozen=True):
    """A place in a text that the house style has something to say about."""

    offset: int
    rule: str
    problem: str
    hint: str


class _Pattern(Struct, frozen=True):
    """A rule that is one regular expression; `hint` may use the match. A text with none of `signs` cannot have it."""

    rule: str
    found: re.Pattern[str]
    problem: str
    hint: Callable[[re.Match[str]], str]
    signs: tuple[str, ...] = ()


@cache
def word_lists() -> dict[str, Any]:
    """The word lists of house_style.yaml."""
    loaded: dict[str, Any] = yaml.load(DATA.read_text(encoding="utf-8"), Loader=_LOADER)
    return loaded


#: The C parser where there is one. Both are safe: they construct plain values only.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def wordings_in(prose: str) -> Iterator[Found]:
    """What the house style says about the words of a text.

    Args:
        prose: the text with its code masked (`tutor.authoring.prose.readable`).
    """
    own = own_words(prose)
    lower = own.lower()
    words = set(_WORDS.findall(lower))
    yield from _banned(own, lower, words)
    yield from _spelt(own, lower, words)
    yield from _shouted(own)
    yield from _bold(prose)
    for pattern in _patterns():
        if pattern.signs and not any(sign in own for sign in pattern.signs):
            continue
        for match in pattern.found.finditer(own):
            yield Found(
                match.start(),
                pattern.rule,
                pattern.problem.format(match.group().strip()),
                pattern.hint(match),
            )


_WORDS = re.compile("[a-z]+")


@cache
def _listed(key: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """A list's entries of one word, and its phrases: to see at once that a text has none of them."""
    entries = [entry.lower() for entry in word_lists()[key]]
    single = frozenset(entry for entry in entries if _WORDS.fullmatch(entry))
    return single, tuple(entry for entry in entries if entry not in single)


def _has_any(key: str, own: str, words: set[str]) -> bool:
    single, phrases = _listed(key)
    return not words.isdisjoint(single) or any(phrase in own for phrase in phrases)


@cache
def _whole_words(key: str) -> re.Pattern[str]:
    words = sorted(word_lists()[key], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])", re.IGNORECASE)


def _banned(own: str, lower: str, words: set[str]) -> Iterator[Found]:
    if not _has_any("banned", lower, words):
        return
    spared = [match.span() for match in _whole_words("banned-exceptions").finditer(own)]
    for match in _whole_words("banned").finditer(own):
        if any(start <= match.start() < end for start, end in spared):
            continue
        reason = word_lists()["banned"][match.group().lower()]
        yield Found(match.start(), "banned-word", f"`{match.group()}`: {reason}", "leave it out, or reword")


_IZE = re.compile(r"\b[a-z]{3,}iz(?:e|es|ed|er|ers|ing|ation|ations)\b", re.IGNORECASE)
_EMIA = re.compile(r"\b[a-z]+(?<!a)emias?\b", re.IGNORECASE)


def _spelt(own: str, lower: str, words: set[str]) -> Iterator[Found]:
    lists = word_lists()
    if _has_any("spelling", lower, words):
        for match in _whole_words("spelling").finditer(own):
            if not _within_a_name(own, match):
                yield _spelling(match, lists["spelling"][match.group().lower()])
    if any("iz" in word for word in words):
        for match in _IZE.finditer(own):
            if match.group().lower() not in lists["ize-words"]:
                yield _spelling(match, re.sub("iz(?=[eia])", "is", match.group()))
    if any("emia" in word for word in words):
        for match in _EMIA.finditer(own):
            if match.group().lower() not in lists["emia-words"]:
                yield _spelling(match, re.sub("emia", "aemia", match.group()))


def _within_a_name(own: str, match: re.Match[str]) -> bool:
    """A capital within a sentence may be a name (Gray, the Mayo Medical Center): names keep their spelling."""
    before = own[: match.start()].rstrip(" ")
    return match.group()[0].isupper() and bool(before) and before[-1] not in ".?!:\n"


def _spelling(match: re.Match[str], british: str) -> Found:
    word = match.group()
    if word[0].isupper():
        british = british[0].upper() + british[1:]
    return Found(
        match.start(), "spelling", f"`{word}` is American spelling", f"in British spelling: `{british}`"
    )


_CAPITALS = re.compile(r"(?<![\w/-])[A-Z]{2,}(?![\w/-])")


def _shouted(own: str) -> Iterator[Found]:
    words = word_lists()["shouted"]
    for match in _CAPITALS.finditer(own):
        if match.group() in words:
            yield Found(
                match.start(),
                "emphasis",
                f"`{match.group()}` in capitals reads as shouting",
                "put the important word last in its sentence",
            )


_BOLD = re.compile(r"(?<![*\w])(\*\*|__)(?=\S)((?:.|\n(?!\n))+?)(?<=\S)\1(?![*\w])")
_ITALIC = re.compile(r"(?<![*_\w\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![*_\w])")


def _bold(prose: str) -> Iterator[Found]:
    buttons = {name.lower() for name in word_lists()["buttons"]}
    if "*" not in prose and "_" not in prose:
        return
    for match in _BOLD.finditer(prose):
        words = match.group(2).strip(" .:,")
        if words.lower() not in buttons:
            problem = f"`{words[:40]}` is bold, and names no button"
            yield Found(match.start(), "emphasis", problem, "bold is for names of buttons only")
    for match in _ITALIC.finditer(prose):
        problem = f"`{match.group(2)[:40]}` is in italics, which are hard to read on a screen"
        yield Found(match.start(), "emphasis", problem, "use plain letters, or quotes for words as words")


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORDED = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MEASURED = (
    r"points?|minutes?|hours?|days?|weeks?|months?|years?|breaths|beats|litres?|milligrams?|micrograms?|grams?|"
    r"kilograms?|metres?|centimetres?|degrees|per cent|mg|ml|kg|mmol"
)


def _comma(match: re.Match[str]) -> str:
    return f"write {int(match.group()):,}"


def _afternoon(match: re.Match[str]) -> str:
    hour, minute = (int(part) for part in match.group().split(":"))
    half = "pm" if hour >= 12 else "am"
    return f"write {(hour - 1) % 12 + 1}:{minute:02}{half} (24-hour times are for data)"


@cache
def _patterns() -> tuple[_Pattern, ...]:
    def rule(
        name: str,
        found: str,
        problem: str,
        hint: str | Callable[[re.Match[str]], str],
        flags: int = 0,
        signs: tuple[str, ...] = (),
    ) -> _Pattern:
        def expanded(match: re.Match[str]) -> str:
            return match.expand(hint) if isinstance(hint, str) else hint(match)

        return _Pattern(name, re.compile(found, flags), problem, expanded, signs)

    number = r"(?<![\w.,:;/+-])"
    return (
        rule(
            "contraction",
            r"\b(?:ca|wo|sha|do|does|did|is|are|was|were|has|have|had|could|would|should|must|need|ai)n['\u2019]t\b",
            "`{}` is easily read as its opposite",
            "write both words out, as in `do not`",
            re.IGNORECASE,
            ("'t", "\u2019t", "'T", "\u2019T"),
        ),
        rule(
            "exclamation",
            r"(?<=[\w)\ue000])!+(?=\s|$)",
            "an exclamation mark",
            "messages stay calm: end with a full stop",
            signs=("!",),
        ),
        rule(
            "number",
            number + r"(?!(?:1[5-9]|20|21)\d\d(?!\d|\.\d))[1-9]\d{3,8}(?![\w/:-]|[.,]\d|[ ]\d{3})",
            "`{}` has no comma",
            _comma,
        ),
        rule("number", r"(?<![\w.\d)\]\ue000])\.\d+\b", "`{}` has no 0 before the point", r"write 0\g<0>"),
        rule(
            "number",
            rf"\b(?:{_WORDED})(?=[ ](?:{_MEASURED})\b)",
            "`{}` is a measure in words",
            "write measures in figures",
            re.IGNORECASE,
        ),
        rule(
            "range",
            number + r"(\d+(?:\.\d+)?)(?:\s?\u2013\s?|-)(\d+(?:\.\d+)?)(?![\w/:-]|\.\d)",
            "the range `{}` has a dash, which reads as a minus sign",
            r"write \1 to \2",
        ),
        rule(
            "unit",
            r"(?<![A-Za-z])mcg\b|[\u03bc\u00b5]g\b|(?<=\d)ug\b",
            "`{}` is misread for mg",
            "write microgram in full",
        ),
        rule("unit", r"(?<=\d)[ ]mg\b(?!/)", "a dose has no blank before `{}`", "write 5mg"),
        rule("unit", r"(?<![A-Za-z])(?:m[Ll]s|mL)\b", "`{}` is written ml here", "write ml"),
        rule("unit", r"\bmmol/l\b", "`{}` is written mmol/L here", "write mmol/L"),
        rule(
            "date",
            r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])",
            "the date `{}` is written as data",
            "in a text write 6 August 2018",
        ),
        rule(
            "date",
            r"(?<![\w/.])\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\w/])",
            "the date `{}` is read in two ways",
            "write 6 August 2018",
        ),
        rule(
            "date",
            rf"\b(?:{_MONTH})[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)[ ](?:of[ ])?(?:{_MONTH})\b",
            "the date `{}` is not in the order of this course",
            "write 6 August 2018",
        ),
        rule(
            "time",
            r"(?<![\w:.])(?:0\d|1[3-9]|2[0-3]):[0-5]\d(?![\w:.]\d|:)",
            "the time `{}` is written as data",
            _afternoon,
        ),
        rule(
            "time",
            r"\b\d{1,2}(?:[.:][0-5]\d)?[ ](?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b\d{1,2}\.[0-5]\d(?:am|pm)\b",
            "`{}` is not how times are written here",
            "write 5:30pm",
        ),
    )
