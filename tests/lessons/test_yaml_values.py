"""Plain values are YAML 1.2's; text is what was typed; and `yes` and `no` are asked about."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lessons.compose import compose
from tutor.lessons.report import Report
from tutor.lessons.scalars import plain_value
from tutor.lessons.shapes import UNREADABLE, Boolean, Number, Text
from tutor.lessons.texts import VALUE

VALUES = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "nULL": "nULL", "None": "None",
    "true": True, "True": True, "FALSE": False, "tRUE": "tRUE", "yes": "yes", "No": "No", "on": "on", "y": "y",
    "0": 0, "-1": -1, "+12": 12, "08": 8, "010": 10, "0o14": 12, "0o8": "0o8", "0x1F": 31, "0b11": "0b11",
    "1_000": "1_000", "1,000": "1,000", "12:30": "12:30", "12:30:45": "12:30:45", "2026-08-06": "2026-08-06",
    "1.5": 1.5, "-.5": -0.5, "1.": 1.0, "1e-6": 1e-6, "1E3": 1000.0, "1e": "1e", ".": ".", "-": "-", "+": "+", "1.2.3": "1.2.3",
    ".inf": math.inf, "-.Inf": -math.inf, "inf": "inf", "1/2": "1/2", "<<": "<<", "=": "=", "٣": "٣", "1 000": "1 000",
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_plain_value_is_what_yaml_1_2_says(text: str) -> None:
    value = plain_value(text)
    assert (type(value), value) == (type(VALUES[text]), VALUES[text])


def test_nan_is_a_number() -> None:
    assert math.isnan(plain_value(".nan"))  # type: ignore[arg-type]


@given(st.integers())
def test_every_integer_comes_back(number: int) -> None:
    assert plain_value(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_comes_back(number: float) -> None:
    assert plain_value(repr(number)) == number


@given(st.text())
def test_any_plain_text_has_a_value(text: str) -> None:
    value = plain_value(text)
    assert value is None or isinstance(value, bool | int | float | str)


def _read(shape: Any, text: str) -> tuple[Any, list[str]]:
    root = compose(f"key: {text}\n").root
    assert root is not None
    report = Report(Path("x.yaml"))
    value = shape.read(root.pairs[0][1], report, "")  # type: ignore[union-attr]
    return value, [f"{problem.problem}; {problem.hint}" for problem in report.problems]


@pytest.mark.parametrize(
    "text", ["1.0", "08", "1_000", "12:30", "2026-08-06", "null", "~", "yes", "true", "1e-6", "-0"]
)
def test_where_text_is_wanted_it_is_what_was_typed(text: str) -> None:
    assert _read(Text(), text) == (text, [])


def test_nothing_at_all_is_no_text() -> None:
    assert _read(Text(), "")[1] == ["text was expected; found nothing; "]
    assert _read(Text(blank=True), '""') == ("", [])


@pytest.mark.parametrize(
    ("text", "meant"), [("yes", "true"), ("No", "false"), ("ON", "true"), ("off", "false")]
)
def test_old_booleans_are_reported_where_true_or_false_is_wanted(text: str, meant: str) -> None:
    value, problems = _read(Boolean(), text)
    assert value is UNREADABLE
    assert problems == [f"`true` or `false` was expected; found `{text}`; write `{meant}`"]


@pytest.mark.parametrize("text", ["yes", "[1, no]", "{a: on}", "{off: 1}"])
def test_old_booleans_are_reported_as_values(text: str) -> None:
    value, problems = _read(VALUE, text)
    assert value is UNREADABLE
    assert "may be text or a Boolean" in problems[0]


def test_old_booleans_between_quotes_are_text() -> None:
    assert _read(VALUE, '["yes", "no"]') == (["yes", "no"], [])


def test_a_value_can_hold_python_at_any_depth() -> None:
    assert _read(VALUE, '[1, {a: {python: "(1, {2})"}}]') == ([1, {"a": (1, {2})}], [])


def test_a_number_with_a_leading_zero_is_warned_about() -> None:
    value, problems = _read(VALUE, "08")
    assert value == 8
    assert problems == ['`08` is the number 8; write 8, or "08" for the text']


def test_keys_that_are_the_same_value_are_reported() -> None:
    assert "same key" in _read(VALUE, "{1: a, 1.0: b}")[1][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("twenty", "a whole number from 1 to 60 was expected; found `twenty`; "),
        ('"20"', "a whole number from 1 to 60 was expected; found `20`; write 20 without quotes"),
        ("1.5", "a whole number from 1 to 60 was expected; found `1.5`; "),
        ("61", "a whole number from 1 to 60 was expected; found `61`; "),
        ("true", "a whole number from 1 to 60 was expected; found `true`; "),
        ("[1]", "a whole number from 1 to 60 was expected; found a list; "),
    ],
)
def test_a_number_says_what_it_must_be(text: str, said: str) -> None:
    assert _read(Number(1, 60, whole=True), text) == (UNREADABLE, [said])
