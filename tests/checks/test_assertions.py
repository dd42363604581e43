"""Comparisons that test code made: judged on plain data here, by Python's own word only for the learner's own objects."""

from __future__ import annotations

import pytest

from tutor.checks.assertions import failures, holds
from tutor.checks.source import Source
from tutor.checks.testcode import prepare
from tutor.lessons.model import Tolerance
from tutor.runner.result import Answer, Ask, Comparison, Outcome, Question
from tutor.runner.values import Described

OWN = Described("object", "Point", fields=(("x", 1),))
INT, STR, POINT = (Described("class", "type", name) for name in ("int", "str", "Point"))
COUNTER = Described("object", "Counter", "", {"a": 1})


def made(operator, left, right=None, held=True):
    return Comparison(operator, left, right, held, own_classes=True, line=1)


@pytest.mark.parametrize(
    ("operator", "left", "right", "result"),
    [
        ("==", 3, 3.0, True),
        ("==", 0.1 + 0.2, 0.3, True),
        ("==", True, 1, True),  # a free test means what Python means, and no less
        ("==", 3, 4, False),
        ("==", OWN, 3, False),
        ("==", [OWN], [3], False),
        ("==", COUNTER, {"a": 1}, True),
        ("!=", 3, 4, True),
        ("!=", 3, 3, False),
        ("!=", OWN, 3, True),
        ("<", 2, 3, True),
        ("<", 3, 3, False),
        (">=", "b", "a", True),
        ("<", OWN, 3, False),
        ("<", 1, "a", False),
        ("in", 1, [1, 2], True),
        ("in", 0.3, [0.1 + 0.2], True),
        ("in", 3, [1, 2], False),
        ("in", OWN, [1, 2], False),
        ("in", "ab", "cabd", True),
        ("in", "a", {"a": 1}, True),
        ("in", 3, 3, False),
        ("not in", 3, [1, 2], True),
        ("not in", 1, [1, 2], False),
        ("is", None, None, True),
        ("is", 0, None, False),
        ("is", OWN, None, False),
        ("is not", OWN, None, True),
        ("is", 1, 1, True),
        ("truth", [1], None, True),
        ("truth", [], None, False),
        ("truth", OWN, None, True),
        ("not", 0, None, True),
        ("not", 1, None, False),
        ("isinstance", 3, INT, True),
        ("isinstance", 3, (INT, STR), True),
        ("isinstance", "3", INT, False),
        ("isinstance", OWN, INT, False),
        ("isinstance", OWN, POINT, True),
        ("something else", 1, 1, False),
    ],
)
def test_where_python_there_said_yes_plain_data_is_judged_here(operator, left, right, result):
    assert holds(made(operator, left, right)) is result


@pytest.mark.parametrize("operator", ["==", "!=", "<", "in", "truth"])
def test_two_objects_of_the_learners_own_classes_are_as_python_there_said(operator):
    right = OWN if operator != "in" else [OWN]
    assert holds(made(operator, OWN, right))
    assert not holds(made(operator, OWN, right, held=False))


def test_near_values_hold_where_the_assertion_asks_for_no_more():
    assert holds(made("==", 0.333, 1 / 3), Tolerance(close=0.0005))
    assert not holds(made("==", 0.333, 1 / 3))


def answer(*comparisons, outcome=Outcome.FINISHED):
    return Answer(Question("", Ask.TEST), outcome, comparisons=comparisons)


def test_a_test_that_is_not_heard_from_never_counts_as_passed():
    plan = prepare(Source.of("assert f(1) == 1\ndef test_a():\n    assert f(2) == 2\n"))
    top = Comparison("==", 1, 1, True, False, 1, "f(1) == 1", "")
    inner = Comparison("==", 2, 2, True, False, 3, "f(2) == 2", "test_a")
    begin, end = (
        Comparison("truth", True, None, True, False, 0, text, "test_a") for text in ("!begin", "!end")
    )
    assert failures(answer(top, begin, inner, end), plan) == []
    assert failures(answer(), plan)[0].message == "The test test_a did not come to its end."
    assert failures(answer(top, begin, inner), plan)[0].message == "The test test_a did not come to its end."
    assert failures(answer(begin, inner, end), plan)[0].message == "The test on line 1 was not carried out."
    assert failures(answer(top, begin, end), plan)[0].message == "The test on line 3 was not carried out."
    assert failures(answer(top, begin, inner, end, outcome=Outcome.ABRUPT), plan)[0].message == (
        "The program ended in the middle of the tests."
    )


def test_a_condition_is_not_believed_when_one_of_its_parts_was_only_said_to_hold():
    plan = prepare(Source.of("assert f(1) == 1 or f(1) == 2"))
    part = Comparison("==", OWN, 1, True, True, 1, "!part", "")
    whole = Comparison("truth", True, None, True, False, 1, "f(1) == 1 or f(1) == 2", "")
    assert len(failures(answer(part, whole), plan)) == 1
    honest = Comparison("==", 1, 1, True, False, 1, "!part", "")
    assert failures(answer(honest, whole), plan) == []
