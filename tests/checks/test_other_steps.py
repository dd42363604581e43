"""Fill, arrange, predict and choose steps, and what help to offer after how many tries."""

from __future__ import annotations

import pytest

from tutor.checks.escalation import Help, help_after, message_of
from tutor.checks.gaps import answers_in, grade_gaps
from tutor.checks.predictions import judge_choice, judge_prediction, judge_typed, program_of, true_choices
from tutor.checks.result import CheckResult, Verdict
from tutor.errors import Fault

# ---------------------------------------------------------------------------------------------------------------- fill

FILL = """
code: |
  rate = {{number}}
  if {{test}}:
      print("low {{word}}")
gaps:
  number: ["8"]
  test: [rate <= 8, rate < 9]
  word: [rate]
"""


def fill(step, **answers):
    return step.filled({"number": "8", "test": "rate <= 8", "word": "rate", **answers})


@pytest.mark.parametrize("answers", [{}, {"test": "rate<9"}, {"test": " rate  <=8 "}, {"number": " 8"}])
def test_accepted_answers_pass_whatever_their_spaces(bench, answers):
    step = bench.step(FILL, kind="fill")
    verdict = bench.grade(step, fill(step, **answers))
    assert verdict.passed
    assert verdict.run is not None and verdict.run.stdout == "low rate\n"


def test_a_program_with_other_spaces_around_the_gaps_passes_too(bench):
    step = bench.step(FILL, kind="fill")
    assert bench.grade(step, 'rate=8  # beats\nif rate<9 :\n        print("low rate")').passed


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"test": "rate < 8"}, "The gap test holds rate < 8, which does not fit there."),
        ({"test": "rate <= 8:"}, "The gap test holds rate <= 8:, which does not fit there."),
        ({"word": "Rate"}, "The gap word holds Rate, which does not fit there."),
        ({"test": ""}, "The gap test is still empty."),
    ],
)
def test_another_answer_is_told_by_its_gap(bench, answers, message):
    step = bench.step(FILL, kind="fill")
    verdict = bench.grade(step, fill(step, **answers))
    assert not verdict.passed
    assert verdict.first_failed is not None and verdict.first_failed.message == message


def test_an_empty_gap_is_not_done_rather_than_wrong(bench):
    step = bench.step(FILL, kind="fill")
    for program in (step.code, fill(step, test="")):
        verdict = bench.grade(step, program)
        assert verdict.not_started and verdict.sentence().startswith("Not done yet: ")
    assert grade_gaps(step, {"number": "8"}).sentence() == "Not done yet: 2 gaps are still empty."


def test_a_changed_program_around_the_gaps_is_told(bench):
    step = bench.step(FILL, kind="fill")
    assert answers_in(step, "print(1)") is None
    verdict = bench.grade(step, "print(1)")
    assert verdict.checks[0].message == "The program around the gaps was changed."


def test_a_gap_that_comes_twice_holds_one_answer(bench):
    step = bench.step("code: |\n  {{n}} = 1\n  print({{n}})\ngaps: {n: [x]}", kind="fill")
    assert bench.grade(step, "x = 1\nprint(x)").passed
    assert not bench.grade(step, "x = 1\nprint(y)").passed


def test_with_checks_any_filling_that_passes_is_right(bench):
    keys = FILL + 'checks:\n  - {output: low rate}\n  - {output: "", with: {rate: 9}}\n'
    step = bench.step(keys, kind="fill")
    assert bench.grade(step, fill(step, test="not rate > 8")).passed
    assert not bench.grade(step, fill(step, test="rate < 10")).passed
    verdict = bench.grade(step, step.code)
    assert verdict.not_started and verdict.sentence() == "Not done yet: 3 gaps are still empty."


# ------------------------------------------------------------------------------------------------------------- arrange

PRINTS = "a = 1\nb = 2\nprint(a)\nprint(b)\n"
SILENT = "x = 1\ny = 2\nx = x + y\nx = x + y\n"


def arrange(bench, solution, more=""):
    return bench.step("distractors: ['print(c)']\n" + more, kind="arrange", solution=solution)


@pytest.mark.parametrize(
    ("program", "right"),
    [
        (PRINTS, True),
        ("b = 2\na = 1\nprint(a)\nprint(b)", True),
        ("a = 1\nprint(a)\nb = 2\nprint(b)\n", True),
        ("a = 1\nb = 2\nprint(b)\nprint(a)", False),
        ("print(a)\na = 1\nb = 2\nprint(b)", False),
        ("a = 1\n  b = 2\nprint(a)\nprint(b)", False),
        ("a = 1\nb = 2\nprint(a)", False),
    ],
)
def test_any_order_that_prints_what_the_solution_prints_is_right(bench, program, right):
    assert bench.grade(arrange(bench, PRINTS), program).passed is right


def test_a_wrong_order_is_told_by_what_it_prints(bench):
    verdict = bench.grade(arrange(bench, PRINTS), "a = 1\nb = 2\nprint(b)\nprint(a)")
    assert (
        verdict.checks[0].message
        == "The program printed the right lines in another order. Line 1 is the first."
    )
    assert verdict.fault is Fault.PROGRAM
    verdict = bench.grade(arrange(bench, PRINTS), "print(a)\na = 1\nb = 2\nprint(b)")
    assert verdict.checks[0].message == "Python stopped on line 1: NameError: name 'a' is not defined."


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (SILENT, None),
        ("x = 1\n\ny = 2\nx = x + y\nx = x + y", None),
        ("y = 2\nx = 1\nx = x + y\nx = x + y", "Line 1 belongs somewhere else."),
        ("x = 1\ny = 2\nx = x + y", "1 line is missing."),
        ("x = 1\n    y = 2\nx = x + y\nx = x + y", "Up to line 1 it is right. Line 2 is the right line with other indentation."),
        (SILENT + "print(c)", "1 line is too many."),
    ],
)  # fmt: skip
def test_a_solution_that_prints_nothing_has_one_order_with_equal_lines_alike(bench, program, message):
    verdict = bench.grade(arrange(bench, SILENT), program)
    assert verdict.passed is (message is None)
    if message:
        assert verdict.checks[0].message == message


def test_with_checks_any_order_that_passes_is_right(bench):
    step = arrange(bench, SILENT, "checks:\n  - {value: x, equals: 5}\n")
    assert bench.grade(step, "y = 2\nx = 1\nx = x + y\nx = x + y").passed
    assert not bench.grade(step, "x = 1\ny = 2\nx = x + y").passed


def test_a_solution_of_ours_that_does_not_run_is_our_fault(bench):
    verdict = bench.grade(arrange(bench, "print(nothing)\nx = 1"), "x = 1\nprint(nothing)")
    assert verdict.fault is Fault.LESSON


# ------------------------------------------------------------------------------------------------------------- predict


@pytest.mark.parametrize(
    ("code", "choices", "true"),
    [
        ("print(3)", '["3", "4", {text: nothing, is: nothing}]', (0,)),
        ("x = 3", '["3", {text: Nothing is printed, is: nothing}]', (1,)),
        ("print(3)\\nprint(x)", '["3", {text: An error, is: error}]', (1,)),
        ("print('a')\\nprint('b')", '["a", "a\\nb", "b"]', (1,)),
        ("print('a  ')", '["a", "b"]', (0,)),
        ("print(3)", '["4", "5"]', ()),
    ],
)
def test_the_right_choice_is_what_the_program_really_does(bench, code, choices, true):
    step = bench.step(f'code: "{code}"\nchoices: {choices}', kind="predict")
    assert true_choices(step, bench.run(program_of(step))) == true


def test_a_prediction_is_answered_with_the_truth_and_the_reason(bench):
    step = bench.step(
        'code: "print(7 // 2)"\nchoices: [{text: "3.5", because: // keeps the whole part.}, "3"]',
        kind="predict",
    )
    result = bench.run(program_of(step))
    wrong = judge_prediction(step, 0, result)
    assert (wrong.right, wrong.truth) == (False, 1)
    assert wrong.message == "It does something else: it prints 3 // keeps the whole part."
    assert judge_prediction(step, 1, result).message == "That is what it does."


@pytest.mark.parametrize(
    ("code", "typed", "right"),
    [
        ("print(3)", "3 ", True),
        ("print(3)", "4", False),
        ("print('a')\\nprint('b')", "a\nb\n", True),
        ("x = 1", "", True),
        ("x = 1", "nothing", True),
        ("x = 1", "1", False),
        ("print(x)", "NameError", True),
        ("print(x)", "an error", True),
        ("print(x)", "x", False),
    ],
)
def test_a_typed_prediction_is_compared_as_output(bench, code, typed, right):
    step = bench.step(f'code: "{code}"', kind="predict")
    assert judge_typed(step, typed, bench.run(program_of(step))).right is right


# -------------------------------------------------------------------------------------------------------------- choose


def test_a_choice_is_judged_with_its_reasons(bench):
    step = bench.step(
        "choices: [{text: int, correct: true, because: It is whole.}, {text: str, because: It has no quotes.}]",
        kind="choose",
    )
    assert judge_choice(step, {0}).message == "That is right. It is whole."
    assert judge_choice(step, {1}).message == "That is not it. It has no quotes."
    assert not judge_choice(step, set()).right


def test_of_several_right_choices_all_are_wanted(bench):
    step = bench.step(
        "choices: [{text: a, correct: true}, {text: b, correct: true}, {text: c}]", kind="choose"
    )
    assert judge_choice(step, {0, 1}).right
    assert judge_choice(step, {0}).message == "So far right. 1 more belongs to it."
    assert judge_choice(step, {0, 2}).message == "One does not fit: c"


# ---------------------------------------------------------------------------------------------------------- escalation


@pytest.mark.parametrize(
    ("messages", "shown", "arrange", "offer"),
    [
        ([], 0, True, Help()),
        (["a"], 0, True, Help()),
        (["a", "a"], 0, True, Help(hint=0, words="Here is the next hint.")),
        (["a", "b"], 0, True, Help()),
        (["a", "", "a"], 0, True, Help(hint=0, words="Here is the next hint.")),
        (["a", "a"], 3, True, Help()),
        (["b", "a", "a"], 1, True, Help(hint=1, arrange=True, words="Another way in: put the lines of a solution in order.")),
        (["a", "b", "c"], 0, True, Help(arrange=True, words="Another way in: put the lines of a solution in order.")),
        (["a", "b", "c"], 0, False, Help()),
        (["", "", ""], 0, True, Help()),
        (list("abcde"), 0, False, Help(solution=True, review=True, words="You can look at a worked solution now. This step comes back later, for another try.")),
        (list("abcdd"), 2, True, Help(2, True, True, True, "You can look at a worked solution now. This step comes back later, for another try.")),
    ],
)  # fmt: skip
def test_help_is_offered_after_so_many_tries(messages, shown, arrange, offer):
    assert help_after(messages, hints=3, hints_shown=shown, has_arrange=arrange) == offer


def test_a_try_counts_by_the_one_message_it_shows(bench):
    failed = CheckResult("c", False, "f(1) gave 1, expected 2.")
    assert message_of(Verdict(False, (failed,))) == "f(1) gave 1, expected 2."
    assert message_of(Verdict(False, (failed,), not_started=True)) == ""
    assert message_of(Verdict(True, ())) == ""
