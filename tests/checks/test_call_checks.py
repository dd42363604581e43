"""`call:`, `value:`, `with:` and `rule:` on real programs."""

from __future__ import annotations

import textwrap

import pytest

SCORE = '{call: "score(8)", returns: 3}'


@pytest.mark.parametrize(
    "program",
    [
        "def score(rate):\n    if rate <= 8:\n        return 3\n    return 0",
        "score = lambda rate: 3 if rate < 9 else 0",
        "def score(rate=0, *more):\n    return 3.0",
        "class Score:\n    def __call__(self, rate):\n        return 3\nscore = Score()",
        "from functools import lru_cache\n@lru_cache\ndef score(rate):\n    return 3",
        "def score(rate):\n    print('working')\n    return 3\nprint(score(8))\nexit()",
        "def score(rate):\n    return 3\nwhile True:\n    print(score(int(input())))",
        "from fractions import Fraction\ndef score(rate):\n    return Fraction(6, 2)",
        "from decimal import Decimal\ndef score(rate):\n    return Decimal('3.00')",
        "from enum import IntEnum\nclass Points(IntEnum):\n    RED = 3\ndef score(rate):\n    return Points.RED",
        "import sys\ndef score(rate):\n    return 3\nsys.exit(2)",
    ],
)
def test_a_right_function_passes_in_every_style(bench, program):
    result = bench.check(SCORE, program)
    assert result.passed, result.message


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("def score(rate):\n    return 1", "score(8) gave 1, expected 3."),
        ("def score(rate):\n    print(3)", "score(8) printed 3 and gave back None, expected 3. Use return where print is."),
        ("def score(rate):\n    points = 3", "score(8) gave None, expected 3. Did it return its answer?"),
        ("def score(rate):\n    return '3'", "score(8) gave '3', expected 3. The answer came as text, in quotes: a whole number is expected."),
        ("def score(rate):\n    return rate <= 8", "score(8) gave True, expected 3. A comparison gives True or False: a number is expected."),
        ("def score(rate):\n    return [3]", "score(8) gave [3], expected 3. A whole number is expected, and a list came."),
        ("def score(rate):\n    return score", "score(8) gave <function score>, expected 3. That is the function itself: score() calls it."),
        ("def Score(rate):\n    return 3", "There is no score in your program yet, but there is Score. The name has to be score."),
        ("def scor(rate):\n    return 3", "There is no score in your program yet, but there is scor. The name has to be score."),
        ("rate = 8", "There is no score in your program yet."),
        ("def score():\n    return 3", "score(8) stopped: TypeError: score() takes 0 positional arguments but 1 was given."),
        ("def score(rate):\n    return rate / 0", "score(8) stopped on line 2: ZeroDivisionError: division by zero."),
        ("def score(rate):\n    return int(input())", "score(8) asked for input. It gets its values in its brackets."),
        ("def score(rate):\n    exit()", "score(8) ended the whole program. A function hands its answer back with return."),
        ("def score(rate):\n    return 3\nraise ValueError('no')", "Python stopped on line 3: ValueError: no."),
        ("def score(rate)\n    return 3", "Python stopped on line 1: SyntaxError: expected ':'."),
        ("input()\ndef score(rate):\n    return 3", "The program asked for more input on line 1 than it was given."),
        ("exit()\ndef score(rate):\n    return 3", "The program ended itself on line 1."),
    ],
)  # fmt: skip
def test_a_wrong_function_is_told_with_what_to_mend(bench, program, message):
    result = bench.check(SCORE, program)
    assert not result.passed
    assert result.message == message


def test_the_lessons_own_words_come_first(bench):
    result = bench.check(
        '{call: "score(8)", returns: 3, say: Eight or fewer scores 3.}', "def score(r):\n    return 1"
    )
    assert result.message == "Eight or fewer scores 3. score(8) gave 1, expected 3."
    assert (result.subject, result.expected, result.got) == ("score(8)", "3", "1")


def test_a_hidden_check_shows_its_input_only_when_it_fails(bench):
    check = '{call: "score(12)", returns: 0, hidden: true}'
    assert bench.check(check, "def score(r):\n    return 0").subject == ""
    failed = bench.check(check, "def score(r):\n    return 1")
    assert failed.hidden and failed.subject == "score(12)"


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        ('{call: "f()", returns: 0.3}', "return 0.1 + 0.2", "return 0.30001"),
        ('{call: "f()", returns: 22.86, close: 0.01}', "return 22.857", "return 22.9"),
        ('{call: "f()", returns: 1000, relative: 0.01}', "return 1009", "return 1011"),
        ('{call: "f()", returns: [1.5, {a: 2}], close: 0.1}', "return [1.59, {'a': 2.05}]", "return [1.5, {'a': 2.2}]"),
        ('{call: "f()", returns: {python: "(1, 2)"}}', "return 1, 2", "return [1, 2]"),
        ('{call: "f()", returns: {python: "(1, 2)"}, loosely: true}', "return [1, 2]", "return [1, 3]"),
        ('{call: "f()", returns: 3, exactly: true}', "return 3", "return 3.0"),
        ('{call: "f()", returns: true}', "return 1 == 1", "return 1"),
        ('{call: "f()", returns: true, loosely: true}', "return 1", "return 0"),
        ('{call: "f()", returns: {a: 1, b: 2}}', "from collections import Counter\n    return Counter(bba=0, a=1, b=2) - Counter()", "return {'a': 1}"),
        ('{call: "f()", returns: {python: "(1, 2)"}}', "from collections import namedtuple\n    return namedtuple('P', 'x y')(1, 2)", "from collections import namedtuple\n    return namedtuple('P', 'x y')(1, 3)"),
        ('{call: "f()", returns: {python: "date(2024, 2, 29)"}}', "import datetime\n    return datetime.date(2024, 2, 29)", "return '2024-02-29'"),
        ('{call: "f()", returns: {python: "{1, 2}"}}', "return {2, 1}", "return {1}"),
        ('{call: "f()", returns: {python: "float(\'nan\')"}}', "return float('inf') - float('inf')", "return 0.0"),
        ('{call: "f()", returns: null}', "pass", "return 0"),
        ('{call: "f()", raises: ValueError}', "raise ValueError('x')", "raise TypeError('x')"),
        ('{call: "f()", raises: LookupError}', "return {}['x']", "return 1"),
        ('{call: "f()", raises: ValueError, saying: negative}', "raise ValueError('negative rate')", "raise ValueError('rate')"),
        ('{call: "f()", prints: Hello}', "print('Hello')", "print('Hallo')"),
        ('{call: "f()", prints: {numbers: [4]}, returns: 1}', "print('bed 4')\n    return 1", "print('bed 4')"),
    ],
)  # fmt: skip
def test_every_expectation_of_a_call_has_both_sides(bench, check, right, wrong):
    result = bench.check(check, f"def f():\n    {right}")
    assert result.passed, result.message
    assert not bench.check(check, f"def f():\n    {wrong}").passed


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return 1", "f() gave 1, expected it to raise ValueError."),
        ("raise TypeError('no')", "f() raised TypeError: no. Expected is ValueError."),
        (
            "raise ValueError('no')",
            'f() raised ValueError, as it is to. Its message is "no", without "negative".',
        ),
        ("exit()", "f() ended the whole program. A function hands its answer back with return."),
    ],
)
def test_another_end_than_the_exception_is_told(bench, body, message):
    result = bench.check('{call: "f()", raises: ValueError, saying: negative}', f"def f():\n    {body}")
    assert result.message == message


def test_returning_where_printing_is_wanted_is_told(bench):
    result = bench.check('{call: "f()", prints: Hello}', "def f():\n    return 'Hello'")
    assert result.message == "f() printed nothing. It gave back 'Hello': print is wanted here."


def test_calls_get_fresh_arguments_and_follow_in_order_in_one_process(bench):
    step = bench.step(
        """
        checks:
          - {call: "f([3, 1])", returns: [1, 3]}
          - {call: "f([3, 1])", returns: [1, 3]}
          - {call: next_ticket(), returns: 1}
          - {call: next_ticket(), returns: 2}
        """
    )
    program = """
        tickets = 0
        def next_ticket():
            global tickets
            tickets += 1
            return tickets
        def f(items):
            items.sort()
            result = list(items)
            items.clear()
            return result
        """
    verdict = bench.grade(step, program)
    assert verdict.passed and len(bench.runs) == 1


@pytest.mark.parametrize("trap", ["while True: pass", "import os; os._exit(0)", "exit()", "print('x' * 80) or f('end')", "raise SystemExit"])  # fmt: skip
def test_a_call_that_ends_the_process_costs_only_its_own_check(bench, trap):
    step = bench.step(
        """
        limits: {seconds: 1}
        checks:
          - {call: "f(1)", returns: 1}
          - {call: "f('end')", returns: 1}
          - {call: "f(2)", returns: 2}
          - {call: "f(3)", returns: 3}
        """
    )
    if "print" in trap:
        trap = "\n        while True: print('x' * 80)"
    program = f"def f(x):\n    if x == 'end':\n        {trap}\n    return x"
    verdict = bench.grade(step, program, solution_first=False)
    assert [check.passed for check in verdict.checks] == [True, False, True, True]


def test_a_call_that_does_not_end_is_told_with_its_time(bench):
    step = bench.step('limits: {seconds: 0.5}\nchecks:\n  - {call: "f(1)", returns: 1}')
    verdict = bench.grade(step, "def f(x):\n    while True:\n        pass", solution_first=False)
    assert verdict.checks[0].message == "f(1) had not ended after 0.5 seconds."


# --------------------------------------------------------------------------------------------------------------- value


@pytest.mark.parametrize(
    ("check", "right", "wrong", "message"),
    [
        ("{value: x, equals: 5}", "x = 2 + 3", "x = 6", "x is 6, expected 5."),
        ("{value: x, equals: 5}", "x = 5.0", "y = 5", "There is no x in your program yet."),
        ("{value: x, type: float}", "x = 5.0", "x = 5", "x is 5, of the type int, expected float."),
        ("{value: x, type: int}", "x = 5", "x = True", "x is True, of the type bool, expected int."),
        ("{value: x, equals: [1, 2]}", "x = [1, 2]", "x = [2, 1]", "x is [2, 1], expected [1, 2]. The items are right, in another order."),
        ('{value: "len(x)", equals: 2}', "x = 'ab'", "x = 'abc'", "len(x) is 3, expected 2."),
        ("{value: x, equals: 0.3, close: 0.05}", "x = 0.33", "x = 0.4", "x is 0.4, expected 0.3."),
        ("{value: x, type: date}", "import datetime\nx = datetime.date(2024, 1, 1)", "x = '2024-01-01'", "x is '2024-01-01', of the type str, expected date."),
        ("{value: x, equals: None}", "x = 'None'", "x = None", "x is None, expected 'None'. None means that no value was given back."),
    ],
)  # fmt: skip
def test_values_after_the_run_are_judged(bench, check, right, wrong, message):
    assert bench.check(check, right).passed
    assert bench.check(check, wrong).message == message


# ---------------------------------------------------------------------------------------------------------------- with

BANDS = """
{first}
if rr <= 8:
    score = 3
elif rr <= 11:
    score = 1
else:
    score = 0
print(score)
"""


@pytest.mark.parametrize(
    "first", ["rr = 10", "rr: int = 10", "rr, temp = 10, 37", "rr = int(input('Rate? '))", "rr = 0\nrr = 10"]
)
def test_with_replaces_the_names_first_assignment(bench, first):
    program = BANDS.format(first=first)
    for rate, points in ((8, 3), (9, 1), (11, 1), (12, 0)):
        result = bench.check(f'{{output: "{points}", with: {{rr: {rate}}}}}', program)
        assert result.passed, (first, rate, result.message)


def test_a_wrong_boundary_is_found_with_the_given_value_told(bench):
    result = bench.check('{output: "3", with: {rr: 8}}', BANDS.format(first="rr = 10").replace("<= 8", "< 8"))
    assert result.given == "With rr = 8"
    assert result.message == 'The program printed "1", expected "3".'


def test_a_missing_assignment_fails_and_names_the_line_that_is_missing(bench):
    result = bench.check('{output: "3", with: {rr: 8}}', "rate = 10\nprint(3)")
    assert result.message == (
        "This check gives rr another value, and your program has no line for it. A line such as rr = 8 is missing."
    )


# ---------------------------------------------------------------------------------------------------------------- rule

RIGHT = """
def score(rate):
    if rate <= 8:
        return 3
    if rate <= 11:
        return 1
    return 0 if rate <= 20 else 2
"""


def test_a_rule_asks_every_boundary_case_by_call(bench):
    check = "{rule: news2.respiration, call: score}"
    assert bench.check(check, RIGHT).passed
    result = bench.check(check, RIGHT.replace("<= 8", "< 8"))
    assert result.message == (
        "1 of the 6 cases differs. score(8) gave 1, expected 3. That is the answer for 9: which band holds 8?"
    )
    result = bench.check(check, RIGHT.replace("<= 8", "< 8").replace("<= 20", "< 20"))
    assert result.message == (
        "2 of 6 cases differ. score(8) gave 1, expected 3. That is the answer for 9: which band holds 8?"
    )
    result = bench.check(check, RIGHT.replace("return 3", "return 7"))
    assert result.message == "1 of the 6 cases differs. score(8) gave 7, expected 3."
    assert bench.check(check, "def score(r):\n    print(r)").message.startswith(
        "score(8) gave None, expected 3."
    )


@pytest.mark.parametrize("with_", ["", ", with: {rr: rate}"])
def test_a_rule_asks_every_boundary_case_by_value(bench, with_):
    name = "rr" if with_ else "rate"
    program = textwrap.dedent(
        f"""
        {name} = 10
        if {name} <= 8:
            total = 3
        elif {name} <= 11:
            total = 1
        elif {name} <= 20:
            total = 0
        else:
            total = 2
        """
    )
    step = bench.step(f"checks:\n  - {{rule: news2.respiration, value: total{with_}}}", solution=program)
    assert bench.grade(step, program).passed
    verdict = bench.grade(step, program.replace("<= 8", "< 8"))
    assert verdict.checks[0].message == (
        f"1 of the 6 cases differs. With {name} = 8: total is 1, expected 3. That is the answer for 9: which band holds 8?"
    )


def test_a_rule_gives_up_after_a_call_that_does_not_end(bench):
    step = bench.step("limits: {seconds: 0.5}\nchecks:\n  - {rule: news2.respiration, call: score}")
    verdict = bench.grade(step, "def score(r):\n    while True: pass", solution_first=False)
    assert verdict.checks[0].message == "score(8) had not ended after 0.5 seconds."
    assert len(bench.runs) == 1


def test_a_missing_rule_is_our_fault(bench):
    step = bench.step("checks:\n  - {rule: news2.respiration, call: score}", solution=RIGHT)
    bench.rules.clear()
    verdict = bench.grade(step, RIGHT)
    assert verdict.fault is not None and verdict.fault.value == "our lesson"
    assert verdict.checks[0].message == (
        "This check has a mistake of ours in it, and not of yours. There is no rule news2."
    )
