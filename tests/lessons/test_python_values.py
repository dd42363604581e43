"""`python:` takes literals and eight constructors, and nothing else; generators are told from text."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lessons.generators import GeneratorError, parse_generator
from tutor.lessons.model import Generator
from tutor.lessons.python_values import PythonValueError, python_value

VALUES: dict[str, Any] = {
    "(3, 'high')": (3, "high"),
    "[1, -2.5, None, True]": [1, -2.5, None, True],
    "{'a': {1, 2}, (1,): b'x'}": {"a": {1, 2}, (1,): b"x"},
    "1 + 2j": 1 + 2j,
    "date(2026, 8, 6)": datetime.date(2026, 8, 6),
    "datetime(2026, 8, 6, 17, 30)": datetime.datetime(2026, 8, 6, 17, 30),
    "time(17, 30)": datetime.time(17, 30),
    "timedelta(days=3)": datetime.timedelta(days=3),
    "-timedelta(hours=1)": datetime.timedelta(hours=-1),
    'Decimal("1.10")': Decimal("1.10"),
    'Fraction("1/3")': Fraction(1, 3),
    "Fraction(1, 3)": Fraction(1, 3),
    "set()": set(),
    "frozenset({1})": frozenset({1}),
    'float("inf")': math.inf,
    '-float("inf")': -math.inf,
    "{}": {},
    "()": (),
    "'a' 'b'": "ab",
    "((((1))))": 1,
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_what_python_makes_of_it(text: str) -> None:
    value = python_value(text)
    assert (type(value), value) == (type(VALUES[text]), VALUES[text])


def test_nan_is_taken() -> None:
    assert math.isnan(python_value('float("nan")'))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.floats(allow_nan=False, allow_infinity=False), lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=12))  # fmt: skip
def test_every_literal_comes_back(value: object) -> None:
    assert python_value(repr(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "open('x')", "__import__('os')", "x", "1 + 1", "[x for x in y]", "lambda: 1", "f'{x}'", "...", "(1).real", "1 if 2 else 3",
        "date", "date.today()", "datetime.datetime(2026, 1, 1)", "date(*[1, 2, 3])", "set([1])", "float('1') + 1", "-True", "-'a'",
        "{[1]: 2}", "{[1]}", "{**{}}", "Fraction('1e999999999')", "Fraction(1, 0)", "Decimal('1e999999999')", "Decimal(1.1)", "date(0, 0, 0)",
        "float('1' * 10)", "2 ** 99", "'a' * 99", "[" * 200 + "]" * 200, "-" * 5000 + "1", "", "1 2", "\x00", "1" * 30_000,
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_words(text: str) -> None:
    with pytest.raises(PythonValueError) as caught:
        python_value(text)
    assert "Traceback" not in str(caught.value)
    assert str(caught.value)


GENERATORS = {
    "int 0..40": Generator("int", 0, 40),
    "int -5 .. 5 by 5": Generator("int", -5, 5, 5),
    "float 34..42 by 0.1": Generator("float", 34.0, 42.0, 0.1),
    "float 0..1": Generator("float", 0.0, 1.0),
    "text": Generator("text"),
    "bool": Generator("bool"),
    "one-of [A, 2, 1.5, true, null, \"a, b\"]": Generator("one-of", options=("A", 2, 1.5, True, None, "a, b")),
    "list of int 0..9": Generator("list", of=Generator("int", 0, 9)),
    "list of list of text": Generator("list", of=Generator("list", of=Generator("text"))),
    "date 2020-01-01..2026-12-31": Generator("date", datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)),
}  # fmt: skip


@pytest.mark.parametrize("text", GENERATORS)
def test_a_generator_is_told_from_its_text(text: str) -> None:
    assert parse_generator(text) == GENERATORS[text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("int", "`int` needs a range, such as `int 0..40`"),
        ("int 0-40", "`int` needs a range, such as `int 0..40`"),
        ("int 0.5..4", "`int` takes whole numbers; for decimals use `float`"),
        ("int 40..0", "the range runs from 40 down to 0; write the smaller number first"),
        ("float 0..1 by 0", "the number after `by` is more than 0"),
        ("flaot 0..1", "`flaot 0..1` is not a generator; did you mean `float`?"),
        ("one-of A", "`one-of` needs its values in brackets, such as `one-of [A, C, V, P, U]`"),
        ("one-of []", "`one-of` needs its values in brackets, such as `one-of [A, C, V, P, U]`"),
        ("one-of [[1]]", "`one-of` takes single values: texts, numbers, `true` or `false`"),
        ("date 2020-01-01", "`date` needs a range, such as `date 2020-01-01..2026-12-31`"),
        ("date 2020-02-30..2020-03-01", "there is no such date: day is out of range for month"),
        ("date 2021-01-01..2020-01-01", "the first date is later than the second"),
        ("list of list of list of list of list of text", "more than 4 lists stand inside each other"),
        ("float 0..1e999", "the range is too large"),
    ],
)
def test_what_is_no_generator_is_told_why(text: str, said: str) -> None:
    with pytest.raises(GeneratorError) as caught:
        parse_generator(text)
    assert str(caught.value).startswith(said)


@given(st.text(alphabet="intfloadebys-of[],. 0123456789e", max_size=40))
def test_any_text_is_a_generator_or_refused(text: str) -> None:
    try:
        parse_generator(text)
    except GeneratorError as error:
        assert str(error)
