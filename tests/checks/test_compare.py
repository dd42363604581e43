"""Fair equality: examples of both sides, and laws that hold for any value."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.checks.compare import equal
from tutor.checks.showing import kind_name, shorten, show
from tutor.checks.value_feedback import value_feedback
from tutor.lessons.model import Tolerance
from tutor.runner.values import Cut, CutText, Cycle, Described

FAIR, EXACTLY, LOOSELY = Tolerance(), Tolerance(exactly=True), Tolerance(loosely=True)
NAN = float("nan")
POINT = Described("namedtuple", "Point", "", (1, 2), (("x", 1), ("y", 2)))
COUNTER = Described("object", "Counter", "", {"a": 1})
DEQUE = Described("object", "deque", "", [1, 2])
RED = Described("enum", "Points", "", 3, (("name", "RED"), ("value", 3)))
CYCLIC: list[object] = [1]
CYCLIC.append(CYCLIC)
CYCLIC_TOO: list[object] = [1]
CYCLIC_TOO.append(CYCLIC_TOO)


def nested(depth: int, value: object = 1) -> object:
    for _ in range(depth):
        value = [value]
    return value


EQUAL = [
    (1, 1.0), (0.3, 0.1 + 0.2), (0.0, -0.0), (1e-13, 0.0), (1e300, 1e300 * (1 + 1e-10)), (NAN, -NAN), (NAN, Decimal("nan")),
    (math.inf, math.inf), (10**20, 1e20), (10**400, 10**400), (3, Fraction(3)), (0.5, Fraction(1, 2)), (0.1, Decimal("0.1")),
    (Decimal("3.00"), 3), (2 + 0j, 2), (1 + 1j, 1 + (1 + 1e-12) * 1j), ([0.3], [0.1 + 0.2]), ({"a": 0.3}, {"a": 0.1 + 0.2}),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({0.3}, {0.1 + 0.2}), ({1, 2}, frozenset({2, 1})), ({0.3: 1}, {0.1 + 0.2: 1}),
    (b"ab", bytearray(b"ab")), ((1, 2), POINT), ({"a": 1}, COUNTER), (3, RED), (CYCLIC, CYCLIC), (CYCLIC, CYCLIC_TOO),
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29)), (range(3), range(0, 3)), ({True}, {True}), (None, None),
    ([NAN], [NAN]), ({NAN}, {float("nan")}), (Described("dataclass", "P", "", fields=(("x", 0.3),)), Described("dataclass", "P", "", fields=(("x", 0.1 + 0.2),))),
    (nested(5000), nested(5000)), (Cycle(), Cycle()), ({(1, 0.3)}, {(1, 0.1 + 0.2)}),
]  # fmt: skip

DIFFERENT = [
    (1, True), (0, False), (1.0, True), ([1], [True]), ({1}, {True}), ({1: "a"}, {True: "a"}), ({(1,)}, {(True,)}), ([1, 2], (1, 2)),
    ("1", 1), ("a", "A"), ("a", b"a"), (0.3, 0.3001), (1e-11, 0.0), (math.inf, 1e308), (math.inf, -math.inf), (NAN, 0.0),
    (10**400, 1e308), (10**400, 10**400 + 1), (10**400, math.inf), (0.5, Fraction(1, 3)), ([1, 2], [2, 1]), ([1], [1, 1]), ({"a": 1}, {"a": 2}),
    ({"a": 1}, {"b": 1}), ({1, 2}, {1, 3}), ([1, 2], DEQUE), ((1, 3), POINT), (4, RED), (None, False), (None, 0), ([], ()), ({}, set()),
    (datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29)), ([0, 1, 2], range(3)), ("abc", CutText("abc", 10)), ([1], [Cut(4)]),
    (nested(3000), nested(3000, 2)), (nested(3), nested(4)), (CYCLIC, [1, [1, [1, 2]]]), (Decimal("1e999999999"), 1.0),
    (Described("object", "A"), Described("object", "B")), (3, Described("function", "function", "f")), ({0.3, 0.1}, {0.3, 0.2}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), EQUAL, ids=lambda v: show(v, 40))
def test_what_is_fairly_the_same_is_equal_both_ways(one, other):
    assert equal(one, other) and equal(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=lambda v: show(v, 40))
def test_what_is_told_apart_is_different_both_ways(one, other):
    assert not equal(one, other) and not equal(other, one)


@pytest.mark.parametrize(
    ("one", "other", "tolerance", "result"),
    [
        (1, 1.0, EXACTLY, False),
        (0.1 + 0.2, 0.3, EXACTLY, False),
        (0.0, -0.0, EXACTLY, False),
        (NAN, NAN, EXACTLY, True),
        (1.5, 1.5, EXACTLY, True),
        ([1], [1], EXACTLY, True),
        ({1}, frozenset({1}), EXACTLY, False),
        ([1, 2], (1, 2), LOOSELY, True),
        (1, True, LOOSELY, True),
        ([0, (1,)], (False, [True]), LOOSELY, True),
        (2, True, LOOSELY, False),
        ([1], {1}, LOOSELY, False),
        (22.86, 22.85, Tolerance(close=0.01), True),
        (0.30, 0.31, Tolerance(close=0.01), True),
        (22.86, 22.84, Tolerance(close=0.01), False),
        (22, 22.3, Tolerance(close=0.5), True),
        (20, 21, Tolerance(close=1), True),
        (20, 22, Tolerance(close=1), False),
        (10**30, 10**30 + 10**20, Tolerance(relative=1e-9), True),
        (1000, 1009, Tolerance(relative=0.01), True),
        (1000, 1011, Tolerance(relative=0.01), False),
        ([1, {"a": 2.0}], [1.05, {"a": 1.95}], Tolerance(close=0.1), True),
        (math.inf, 5, Tolerance(close=1e9), False),
        (True, 1.05, Tolerance(close=0.1), False),
        (Decimal("1.05"), Fraction(1), Tolerance(close=0.1), True),
    ],
)
def test_tolerances_have_both_sides(one, other, tolerance, result):
    assert equal(one, other, tolerance) is result
    assert equal(other, one, tolerance) is result


numbers = st.one_of(
    st.integers(),
    st.integers(-(10**40), 10**40),
    st.floats(),
    st.complex_numbers(),
    st.booleans(),
    st.fractions(),
    st.decimals(allow_nan=False),
    st.just(Decimal("nan")),
)
scalars = st.one_of(
    numbers, st.none(), st.text(), st.binary(), st.dates(), st.times(), st.datetimes(), st.timedeltas(),
    st.text(st.characters(categories=["Cs"])), st.just(Cycle()), st.builds(Cut, st.none() | st.integers(0, 9)),
    st.builds(CutText, st.text(max_size=3), st.integers(3, 99)),
)  # fmt: skip
described = st.builds(
    Described,
    st.sampled_from(
        ["object", "dataclass", "namedtuple", "enum", "exception", "function", "class", "module", "generator"]
    ),
    st.sampled_from(["Point", "map", "deque", "Counter"]),
    st.just("f"),
    scalars,
    st.lists(st.tuples(st.sampled_from(["x", "name", "value", "args"]), scalars), max_size=2).map(tuple),
)
hashables = st.recursive(scalars | described, lambda inner: st.frozensets(inner, max_size=3) | st.tuples(inner, inner), max_leaves=5)  # fmt: skip
anything = st.recursive(
    hashables,
    lambda inner: (
        st.lists(inner | st.just(Decimal("sNaN")), max_size=4)
        | st.dictionaries(hashables, inner, max_size=3)
        | st.sets(hashables, max_size=3)
        | st.tuples(inner, inner)
    ),
    max_leaves=12,
)
tolerances = st.sampled_from([FAIR, EXACTLY, LOOSELY, Tolerance(close=0.5), Tolerance(relative=0.1)])
few = st.sampled_from(
    [0, 0.0, -0.0, False, 1, True, 1.0, 0.3, 0.1 + 0.2, 1e-13, 2e-12, "a", POINT, (1, 2), RED, 3, NAN]
)
alike = st.recursive(
    few | st.sets(few, max_size=3) | st.frozensets(few, max_size=3) | st.dictionaries(few, few, max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(few, inner, max_size=2)
    ),
    max_leaves=6,
)
calm = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@calm
@given(anything, tolerances)
def test_every_value_equals_itself(value, tolerance):
    assert equal(value, value, tolerance)


@calm
@given(anything, anything, tolerances)
def test_equality_never_raises_and_is_symmetric(one, other, tolerance):
    assert equal(one, other, tolerance) is equal(other, one, tolerance)


@calm
@given(alike, alike, tolerances)
def test_equality_of_values_that_are_nearly_alike_is_symmetric(one, other, tolerance):
    assert equal(one, other, tolerance) is equal(other, one, tolerance)


@calm
@given(alike | anything, alike | anything)
def test_what_is_exactly_equal_is_fairly_equal_and_what_is_fairly_equal_is_loosely_equal(one, other):
    if equal(one, other, EXACTLY):
        assert equal(one, other)
    if equal(one, other):
        assert equal(one, other, LOOSELY)


@calm
@given(anything, anything, tolerances, st.sampled_from(["gave", "is"]), st.text(max_size=5))
def test_feedback_is_made_for_any_two_values_in_at_most_45_words(one, other, tolerance, verb, printed):
    sentence, sides = value_feedback("f(1)", one, other, tolerance, verb=verb, printed=printed)
    assert sentence.startswith("f(1)")
    for start, end in (*sides.marks_expected, *sides.marks_got):
        assert start < end
    plain = not any(isinstance(value, (str, bytes, CutText, Described)) for value in (one, other))
    if plain and not isinstance(one, (dict, list, tuple, set, frozenset)):
        assert len(sentence.split()) <= 45


@calm
@given(anything)
def test_any_value_can_be_shown_and_named(value):
    assert len(show(value, 50)) <= 50
    assert kind_name(value)


def test_a_large_value_is_compared_and_shown_in_little_time():
    big = list(range(1_000_000))
    assert equal(big, list(big))
    assert show(big).endswith("... (1000000 items)]")
    assert value_feedback("f()", big, big[:-1])[0].endswith("It has 999999 items, expected 1000000.")


def test_a_number_of_many_digits_is_told_by_its_size():
    assert show(10**5000) == "a whole number of about 5000 digits"
    assert (
        value_feedback("f()", 1, -(10**5000))[0]
        == "f() gave a whole number of about 5000 digits, expected 1."
    )


def test_long_text_is_shortened_with_both_ends_kept():
    assert shorten("a" * 50 + "b" * 50, 20) == "a" * 13 + "..." + "bbbb"
    assert shorten("short", 20) == "short"


def test_of_long_texts_the_first_different_character_is_told():
    sentence, sides = value_feedback("f()", "a" * 100 + "b" + "c" * 60, "a" * 100 + "x" + "c" * 60)
    assert sentence.endswith(" They differ from character 101 on.")
    assert sides.got[slice(*sides.marks_got[0])] == "x"


def test_a_long_value_is_shortened_by_leaving_items_out():
    assert show(list(range(1000)), 50) == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ... (1000 items)]"
    shared: list[object] = ["x"]
    for _ in range(15):
        shared = [shared] * 100
    assert len(show(shared)) <= 4000
