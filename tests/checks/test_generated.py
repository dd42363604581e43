"""`same-as-solution:` made-up arguments, one answer for both programs, and the smallest difference."""

from __future__ import annotations

import datetime

import pytest

from tutor.checks.generated import arguments_for, simpler
from tutor.lessons.generators import parse_generator
from tutor.lessons.model import Place, SameAsSolutionCheck

SOLUTION = """
def bmi(kg, m):
    return round(kg / m ** 2, 1)
"""
CHECK = "same-as-solution: bmi\ngiven: {kg: int 40..150, m: float 1.4..2.1 by 0.01}"


def check_of(tmp_path, times=100, **given):
    generators = tuple((name, parse_generator(text)) for name, text in given.items())
    return SameAsSolutionCheck(name="c", place=Place(tmp_path), function="f", given=generators, times=times)


def grade(bench, program, check=CHECK, solution=SOLUTION):
    item = "- " + check.strip().replace("\n", "\n    ")
    step = bench.step(f"limits: {{seconds: 1}}\nchecks:\n  {item}", solution=solution)
    return bench.grade(step, program).checks[0]


@pytest.mark.parametrize(
    "program",
    [
        "def bmi(kg, m):\n    return round(kg / (m * m), 1)",
        "bmi = lambda weight, height: round(weight / height / height, 1)",
        "def bmi(a, b):\n    from decimal import Decimal\n    return round(a / b ** 2, 1)",
    ],
)
def test_another_way_to_the_same_answers_passes(bench, program):
    result = grade(bench, program, CHECK + "\nclose: 0.11")
    assert result.passed, result.message


def test_both_programs_run_in_processes_of_their_own(bench):
    grade(bench, "def bmi(kg, m):\n    return round(kg / m ** 2, 1)\n# mine")
    assert len(bench.runs) == 2
    assert ["# mine" in run.source for run in bench.runs] == [True, False]
    assert bench.runs[0].questions == bench.runs[1].questions
    assert len(bench.runs[0].questions) == 100


def test_the_smallest_difference_is_shown(bench):
    solution = "def f(n):\n    return n >= 17\n"
    result = grade(
        bench, "def f(n):\n    return n > 17", "same-as-solution: f\ngiven: {n: int 0..40}", solution
    )
    assert result.message == "f(17) gave False, expected True."
    result = grade(
        bench, "def f(n):\n    return n > 90", "same-as-solution: f\ngiven: {n: int 0..1000}", solution
    )
    assert result.message == "f(17) gave False, expected True."


def test_a_list_is_shrunk_to_what_matters(bench):
    solution = "def f(items):\n    return [x for x in items if x >= 3]\n"
    program = "def f(items):\n    return [x for x in items if x > 3]"
    result = grade(bench, program, "same-as-solution: f\ngiven: {items: list of int 0..9}", solution)
    assert result.message == "f([3]) gave [], expected [3]. It has 0 items, expected 1: 3 is missing."


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("def f(n):\n    return 1", "f(0) gave 1, expected it to raise ZeroDivisionError."),
        (
            "def f(n):\n    return 1 // n if n else {}['x']",
            "f(0) raised KeyError: 'x'. Expected is ZeroDivisionError.",
        ),
        (
            "def f(n):\n    raise ValueError('no')",
            "f(0) raised ValueError: no. Expected is ZeroDivisionError.",
        ),
        ("def g(n):\n    return 1", "There is no f in your program yet."),
        ("def f(n):\n    while True: pass", "f(0) had not ended after 1 seconds."),
        (
            "def f(n):\n    exit()",
            "f(0) ended the whole program. A function hands its answer back with return.",
        ),
        ("def f(n)\n    return 1", "Python stopped on line 1: SyntaxError: expected ':'."),
    ],
)
def test_the_same_exception_counts_as_equal_and_another_end_does_not(bench, program, message):
    solution = "def f(n):\n    return 1 // n\n"
    check = "same-as-solution: f\ngiven: {n: int 0..3}"
    assert grade(bench, "def f(number):\n    return 1 // number", check, solution).passed
    assert grade(bench, program, check, solution).message == message


def test_arguments_that_a_function_changes_are_fresh_for_both(bench):
    solution = "def f(items):\n    items.sort()\n    return items\n"
    result = grade(bench, "def f(items):\n    return sorted(items)", "same-as-solution: f\ngiven: {items: list of int 0..9}", solution)  # fmt: skip
    assert result.passed


def test_a_solution_that_does_not_answer_is_our_fault(bench):
    solution = "def f(n):\n    exit()\n"
    result = grade(bench, "def f(n):\n    return n", "same-as-solution: f\ngiven: {n: int 0..3}", solution)
    assert result.fault is not None and result.fault.value == "our lesson"


def test_dates_need_no_import_in_the_learners_program(bench):
    solution = "def f(day):\n    return day.year\n"
    check = "same-as-solution: f\ngiven: {day: date 2020-01-01..2026-12-31}"
    assert grade(bench, solution, check, solution).passed
    wrong = grade(bench, "def f(day):\n    return day.year + (day.month > 6)", check, solution)
    assert wrong.message == "f(date(2020, 7, 1)) gave 2021, expected 2020."


# ---------------------------------------------------------------------------------------------------------- generators


@pytest.mark.parametrize(
    ("generator", "fits"),
    [
        ("int 0..40", lambda v: type(v) is int and 0 <= v <= 40),
        ("int 10..40 by 5", lambda v: v % 5 == 0 and 10 <= v <= 40),
        ("float 34..42 by 0.1", lambda v: v == round(v, 1) and 34 <= v <= 42),
        ("float 0..1", lambda v: type(v) is float and 0 <= v <= 1),
        ("text", lambda v: type(v) is str),
        ("bool", lambda v: type(v) is bool),
        ("one-of [A, C, V, P, U]", lambda v: v in "ACVPU"),
        ("list of int 1..3", lambda v: type(v) is list and all(1 <= item <= 3 for item in v)),
        ("date 2020-01-01..2020-03-01", lambda v: datetime.date(2020, 1, 1) <= v <= datetime.date(2020, 3, 1)),
    ],
)  # fmt: skip
def test_every_generator_keeps_to_what_it_says_and_shrinks_within_it(tmp_path, generator, fits):
    check = check_of(tmp_path, x=generator)
    made = arguments_for(check)
    assert made == arguments_for(check)
    assert 1 < len(made) <= 100
    assert all(fits(value) for (value,) in made)
    for arguments in made[:20]:
        assert all(fits(value) for (value,) in simpler(arguments, check))


def test_the_ends_of_the_ranges_are_always_tried(tmp_path):
    made = arguments_for(check_of(tmp_path, times=10, a="int 5..40", b="float 34..42 by 0.1"))
    assert made[:2] == [(5, 34.0), (40, 42.0)]


def test_shrinking_comes_to_an_end(tmp_path):
    check = check_of(tmp_path, a="int 0..1000", b="list of text", c="date 2020-01-01..2026-12-31")
    arguments = arguments_for(check)[5]
    for _ in range(200):
        smaller = simpler(arguments, check)
        if not smaller:
            break
        arguments = smaller[0]
    assert arguments == (0, [], datetime.date(2020, 1, 1))
