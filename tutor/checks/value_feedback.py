"""What to say when a value is not the expected one: what came, what was expected, and why they differ."""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import Struct

from tutor.checks.compare import FAIR, equal, is_number
from tutor.checks.described import ONE_BY_ONE, plain
from tutor.checks.difference import SideBySide, side_by_side
from tutor.checks.number_feedback import size_reason
from tutor.checks.showing import kind_name, shorten, show
from tutor.checks.text import numbers_in
from tutor.checks.text_feedback import first_different_character, only_difference
from tutor.lessons.model import Tolerance
from tutor.runner.values import Described
from tutor.translation import counted, tr

_SHORT = 50  # characters of a value inside a sentence

Step = tuple[str, object]  # ("item", 2) or ("key", "rr")


class FirstDifference(Struct, frozen=True):
    """The first part, going down from the whole, in which two values differ."""

    path: tuple[Step, ...]
    expected: object
    got: object


def value_feedback(
    subject: str,
    expected: object,
    got: object,
    tolerance: Tolerance = FAIR,
    *,
    verb: str = "gave",
    printed: str = "",
) -> tuple[str, SideBySide]:
    """The sentence for the learner, and both sides.

    Args:
        subject: what was tried, in the learner's own words: `news2(8)`.
        expected, got: both values, which are not equal.
        tolerance: how they were compared.
        verb: "gave" for a call, "is" for a value.
        printed: what the call printed, to tell printing from returning.
    """
    sides = side_by_side(show(expected), show(got))
    first = first_difference(expected, got, tolerance)
    if got is None and verb == "gave":
        return _nothing_came_back(subject, expected, printed), sides
    inside = first.path and (len(show(expected)) > _SHORT or len(show(got)) > _SHORT)
    if inside:
        fact = _fact(subject, verb, first.expected, first.got, _place(first.path))
        reason = reason_for(first.expected, first.got, tolerance)
    else:
        fact = _fact(subject, verb, expected, got)
        reason = reason_for(expected, got, tolerance)
        if not reason and first.path:
            inner = reason_for(first.expected, first.got, tolerance)
            reason = tr("They differ at {place}. {inner}", place=_place(first.path), inner=inner).rstrip()
    return f"{fact} {reason}".rstrip(), sides


def _fact(subject: str, verb: str, expected: object, got: object, place: str = "") -> str:
    words = {"subject": subject, "got": _short(got), "expected": _short(expected), "place": place}
    if verb == "is":
        if place:
            return tr("{subject} is {got} at {place}, expected {expected}.", **words)
        return tr("{subject} is {got}, expected {expected}.", **words)
    if place:
        return tr("{subject} gave {got} at {place}, expected {expected}.", **words)
    return tr("{subject} gave {got}, expected {expected}.", **words)


def _short(value: object) -> str:
    return show(value, _SHORT)


def _place(path: tuple[Step, ...]) -> str:
    return "".join(f"[{show(at, 30)}]" for _, at in path)


def _nothing_came_back(subject: str, expected: object, printed: str) -> str:
    if printed.strip() and _is_printed(expected, printed):
        return tr(
            "{subject} printed {printed} and gave back None, expected {expected}. Use return where print is.",
            subject=subject,
            printed=shorten(printed.strip(), _SHORT),
            expected=_short(expected),
        )
    return tr(
        "{subject} gave None, expected {expected}. Did it return its answer?",
        subject=subject,
        expected=_short(expected),
    )


def _is_printed(expected: object, printed: str) -> bool:
    text = printed.strip()
    if text in (str(expected), repr(expected)):
        return True
    return is_number(expected) and any(
        equal(expected, number, Tolerance(relative=1e-6)) for number in numbers_in(text)
    )


# -------------------------------------------------------------------------------------------------- first difference


def first_difference(expected: object, got: object, tolerance: Tolerance) -> FirstDifference:
    """Go down into lists, tuples and dictionaries of one length and one set of keys, to what differs."""
    path: list[Step] = []
    while len(path) < 20:
        step = _first_different_part(plain(expected), plain(got), tolerance)
        if step is None:
            break
        path.append(step[0])
        expected, got = step[1], step[2]
    return FirstDifference(tuple(path), expected, got)


def _first_different_part(
    one: object, other: object, tolerance: Tolerance
) -> tuple[Step, object, object] | None:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        if len(one) != len(other) or (type(one) is not type(other) and not tolerance.loosely):
            return None
        for position, (left, right) in enumerate(zip(one, other, strict=True)):
            if not equal(left, right, tolerance):
                return ("item", position), left, right
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            if not equal(one[key], other[key], tolerance):
                return ("key", key), one[key], other[key]
    return None


# ------------------------------------------------------------------------------------------------------------ reasons


def reason_for(expected: object, got: object, tolerance: Tolerance) -> str:
    """Why two values differ, where it is one of the things that beginners meet; else ""."""
    expected, got = plain(expected), plain(got)
    for reason in _REASONS:
        if sentence := reason(expected, got, tolerance):
            return sentence
    return ""


def _nothing(expected: object, got: object, _: Tolerance) -> str:
    if got is None and expected is not None:
        return tr("None means that no value was given back.")
    return ""


def _not_asked_for(expected: object, got: object, _: Tolerance) -> str:
    """A function that was not called, a generator that was not asked for its items."""
    if isinstance(got, Described) and not isinstance(expected, Described):
        if got.kind == "function":
            return tr("That is the function itself: {name}() calls it.", name=got.name or tr("its name"))
        if got.type in ONE_BY_ONE and isinstance(expected, (list, tuple)):
            return tr("list(...) makes a list of {kind}.", kind=kind_name(got))
    if isinstance(got, range) and isinstance(expected, list):
        return tr("list(...) makes a list of a range.")
    return ""


def _text_for_value(expected: object, got: object, _: Tolerance) -> str:
    if isinstance(got, str) and not isinstance(expected, str):
        if is_number(expected) and numbers_in(got) == (_as_float(expected),):
            return tr("The answer came as text, in quotes: {kind} is expected.", kind=kind_name(expected))
        if got.strip().casefold() in (str(expected).casefold(), repr(expected).casefold()):
            return tr("The answer came as text, in quotes: {kind} is expected.", kind=kind_name(expected))
        return tr("Text came back: {kind} is expected.", kind=kind_name(expected))
    if isinstance(expected, str) and is_number(got):
        same = numbers_in(expected) == (_as_float(got),)
        return tr("A number came back: text, in quotes, is expected.") if same else ""
    return ""


def _as_float(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _two_texts(expected: object, got: object, _: Tolerance) -> str:
    if isinstance(expected, str) and isinstance(got, str):
        if expected.strip() == got.strip():
            return _outer_spaces(expected, got)
        if remark := only_difference(expected, got):
            return remark
        if got in (f"'{expected}'", f'"{expected}"'):
            return tr("The quotation marks are part of your text.")
        if min(len(expected), len(got)) > _SHORT - 2:
            return tr(
                "They differ from character {number} on.",
                number=first_different_character(expected, got),
            )
    return ""


def _outer_spaces(expected: str, got: str) -> str:
    """Two texts that are the same but for spaces and line ends around them."""
    lines = "\n" in expected + got
    if expected.rstrip() != got.rstrip():
        return (
            tr("Only spaces or line ends at the start differ.")
            if lines
            else tr("Only spaces at the start differ.")
        )
    return (
        tr("Only spaces or line ends at the end differ.") if lines else tr("Only spaces at the end differ.")
    )


def _truth(expected: object, got: object, tolerance: Tolerance) -> str:
    if isinstance(expected, bool) == isinstance(got, bool):
        return ""
    if isinstance(expected, bool) and is_number(got):
        return tr("Expected is True or False, not a number.")
    if isinstance(got, bool) and is_number(expected):
        return tr("A comparison gives True or False: a number is expected.")
    return ""


def _kind_of_number(expected: object, got: object, tolerance: Tolerance) -> str:
    if not (is_number(expected) and is_number(got)) or not tolerance.exactly:
        return ""
    if type(expected) is not type(got) and equal(expected, got):
        return tr(
            "The size is right: {wanted} is expected, and {got} came.",
            wanted=kind_name(expected),
            got=kind_name(got),
        )
    return tr("They differ only in the last digits.") if equal(expected, got) else ""


def _size_of_number(expected: object, got: object, _: Tolerance) -> str:
    if (
        not (is_number(expected) and is_number(got))
        or isinstance(expected, complex)
        or isinstance(got, complex)
    ):
        return ""
    return size_reason(_as_float(expected), _as_float(got))


def _kind_of_sequence(expected: object, got: object, _: Tolerance) -> str:
    kinds = (list, tuple, set, frozenset, range)
    if not isinstance(expected, kinds) or not isinstance(got, kinds) or type(expected) is type(got):
        return ""
    if (
        isinstance(expected, (list, tuple))
        and isinstance(got, (list, tuple))
        and equal(list(expected), list(got))
    ):
        if isinstance(expected, list):
            return tr("The items are right: a list (square brackets) is expected.")
        return tr("The items are right: a tuple (round brackets) is expected.")
    return _kinds(expected, got)


def _kinds(expected: object, got: object) -> str:
    """What kind is expected and what kind came; a sentence begins with a capital, whatever its first word means."""
    words = tr("{wanted} is expected, and {got} came.", wanted=kind_name(expected), got=kind_name(got))
    return words[:1].upper() + words[1:]


def _items(expected: object, got: object, tolerance: Tolerance) -> str:
    if not (isinstance(expected, (list, tuple)) and type(expected) is type(got)):
        return ""
    assert isinstance(got, (list, tuple))
    if len(expected) > 2000 or len(got) > 2000:
        return _number_of_items(len(expected), len(got)) if len(expected) != len(got) else ""
    missing, extra = _left_over(expected, got, tolerance)
    if not missing and not extra:
        return tr("The items are right, in another order.")
    if len(got) == len(expected):
        return ""
    if not extra:
        return counted(
            len(got),
            "It has %n item, expected {wanted}: {missing} is missing.",
            "It has %n items, expected {wanted}: {missing} is missing.",
            wanted=len(expected),
            missing=_short(missing[0]),
        )
    if not missing:
        return counted(
            len(got),
            "It has %n item, expected {wanted}: {extra} is one too many.",
            "It has %n items, expected {wanted}: {extra} is one too many.",
            wanted=len(expected),
            extra=_short(extra[0]),
        )
    return _number_of_items(len(expected), len(got))


def _number_of_items(wanted: int, got: int) -> str:
    return counted(
        got, "It has %n item, expected {wanted}.", "It has %n items, expected {wanted}.", wanted=wanted
    )


def _left_over(
    expected: list[object] | tuple[object, ...], got: list[object] | tuple[object, ...], tolerance: Tolerance
) -> tuple[list[object], list[object]]:
    """Items that only one side has, by a search that is bounded for long lists."""
    extra = list(got)
    missing = []
    for item in expected:
        for position, twin in enumerate(extra[:200]):
            if equal(item, twin, tolerance):
                del extra[position]
                break
        else:
            missing.append(item)
    return missing, extra


def _sets(expected: object, got: object, _: Tolerance) -> str:
    if not (isinstance(expected, (set, frozenset)) and isinstance(got, (set, frozenset))):
        return ""
    if missing := expected - got:
        return tr("{item} is missing.", item=_first_shown(missing))
    if extra := got - expected:
        return tr("{item} does not belong in it.", item=_first_shown(extra))
    return ""


def _first_shown(items: set[object] | frozenset[object]) -> str:
    return min(_short(item) for item in items)


def _dictionaries(expected: object, got: object, _: Tolerance) -> str:
    if not (isinstance(expected, dict) and isinstance(got, dict)) or expected.keys() == got.keys():
        return ""
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing and extra:
        return tr(
            "There is no key {missing}, but there is {extra}.",
            missing=_short(missing[0]),
            extra=_short(extra[0]),
        )
    if missing:
        return tr("The key {missing} is missing.", missing=_short(missing[0]))
    return tr("The key {extra} does not belong in it.", extra=_short(extra[0]))


def _another_kind(expected: object, got: object, _: Tolerance) -> str:
    simple = (bool, int, float, str, list, tuple, dict, set)
    if (
        type(expected) in simple
        and type(got) in (list, tuple, dict, set, *simple)
        and type(expected) is not type(got)
    ):
        if is_number(expected) and is_number(got):
            return ""
        return _kinds(expected, got)
    return ""


_REASONS: tuple[Callable[[object, object, Tolerance], str], ...] = (
    _nothing,
    _not_asked_for,
    _text_for_value,
    _two_texts,
    _truth,
    _kind_of_number,
    _size_of_number,
    _kind_of_sequence,
    _items,
    _sets,
    _dictionaries,
    _another_kind,
)
