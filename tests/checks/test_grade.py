"""Whole verdicts: passes with notes, whose fault a failure is, not begun, known mistakes."""

from __future__ import annotations

import textwrap

import pytest

from tutor.errors import Fault, MachineError
from tutor.runner.result import Outcome, RunResult

SOLUTION = """
def score(rate):
    if rate <= 8:
        return 3
    elif rate <= 11:
        return 1
    else:
        return 0
"""
STEP = """
starter: |
  def score(rate):
      ...
checks:
  - {call: "score(8)", returns: 3}
  - {call: "score(9)", returns: 1}
  - {call: "score(12)", returns: 0, hidden: true}
  - {uses: [elif]}
"""


def test_the_solution_passes_and_says_so(bench):
    verdict = bench.grade(bench.step(STEP, solution=SOLUTION), SOLUTION)
    assert verdict.passed and verdict.fault is None and verdict.notes == ()
    assert verdict.sentence() == "That is right."
    assert verdict.run is not None and verdict.run.outcome is Outcome.FINISHED


def test_a_right_program_that_breaks_a_construct_passes_with_a_note(bench):
    program = "def score(rate):\n    if rate <= 8:\n        return 3\n    if rate <= 11:\n        return 1\n    return 0"
    verdict = bench.grade(bench.step(STEP, solution=SOLUTION), program)
    assert verdict.passed
    assert verdict.notes == ("Right. This step practises elif: try it with elif too.",)


def test_a_construct_that_must_be_there_fails_with_its_reason(bench):
    step = bench.step(
        STEP.replace("[elif]", "[elif], must: true, why: The next step builds on it."), solution=SOLUTION
    )
    program = "def score(rate):\n    return 3 if rate <= 8 else 1 if rate <= 11 else 0"
    verdict = bench.grade(step, program)
    assert not verdict.passed
    assert verdict.checks[3].message == "Your program does not use elif yet. The next step builds on it."


def test_notes_come_only_with_a_pass(bench):
    program = "def score(rate):\n    if (rate <= 8) == True:\n        return 1\n    if rate <= 11:\n        return 1\n    return 0"
    verdict = bench.grade(bench.step(STEP, solution=SOLUTION), program)
    assert not verdict.passed and verdict.notes == ()
    right = bench.grade(bench.step(STEP, solution=SOLUTION), program.replace("return 1", "return 3", 1))
    assert right.passed and len(right.notes) == 2


def test_the_first_thing_to_mend_comes_first(bench):
    verdict = bench.grade(bench.step(STEP, solution=SOLUTION), "def score(rate):\n    return 3")
    assert verdict.sentence() == "2 of 4 checks pass. First to mend:"
    assert verdict.first_failed is not None
    assert verdict.first_failed.message == "score(9) gave 3, expected 1."
    assert verdict.fault is Fault.PROGRAM


def test_one_cause_is_told_once(bench):
    verdict = bench.grade(bench.step(STEP, solution=SOLUTION), "def score(rate)\n    return 3")
    messages = [check.message for check in verdict.checks]
    assert messages[0] == "Python stopped on line 1: SyntaxError: expected ':'."
    assert messages[1:] == ["Not judged yet, for the same reason."] * 3
    assert len(bench.runs) == 1


def test_a_program_that_python_cannot_read_is_run_once_whatever_the_checks_give_it(bench):
    step = bench.step(
        'checks:\n  - {output: "3", with: {rr: 8}}\n  - {output: "1", with: {rr: 9}}\n  - {output: "0", stdin: [a]}'
    )
    verdict = bench.grade(step, "rr = = 8")
    assert not verdict.passed and len(bench.runs) == 1


def test_a_program_that_never_ends_does_not_cost_every_setting_its_time(bench):
    checks = "\n".join(f'  - {{output: "3", with: {{rr: {n}}}}}' for n in range(8))
    step = bench.step(f"limits: {{seconds: 0.5}}\nchecks:\n{checks}")
    verdict = bench.grade(step, "rr = 1\nwhile True:\n    pass", solution_first=False)
    assert not any(check.passed for check in verdict.checks)
    assert len(bench.runs) == 2


# --------------------------------------------------------------------------------------------------------- whose fault


def test_a_lesson_whose_own_solution_fails_says_so(bench):
    step = bench.step(STEP.replace('"score(9)", returns: 1', '"score(9)", returns: 2'), solution=SOLUTION)
    verdict = bench.grade(step, SOLUTION)
    assert not verdict.passed and verdict.fault is Fault.LESSON
    assert verdict.sentence() == "This step has a mistake of ours in it. You can go on."
    assert verdict.checks[1].fault is Fault.LESSON
    assert (
        verdict.checks[1].message
        == "This check has a mistake of ours in it: our own solution does not pass it either."
    )


def test_as_long_as_something_of_the_learners_is_left_to_mend_it_comes_first(bench):
    step = bench.step(STEP.replace('"score(8)", returns: 3', '"score(8)", returns: 4'), solution=SOLUTION)
    verdict = bench.grade(step, "def score(rate):\n    return 3")
    assert verdict.fault is Fault.PROGRAM
    assert verdict.first_failed is not None and verdict.first_failed.message == "score(9) gave 3, expected 1."


def test_the_solution_is_tried_once_for_each_version_of_a_step(bench):
    step = bench.step(STEP, solution=SOLUTION + "# tried once\n")
    for _ in range(3):
        bench.grade(step, "def score(rate):\n    return 3")
        sources = [run.source for run in bench.runs]
    assert not any("# tried once" in source for source in sources)
    bench.grade(step, "def score(rate):\n    return 1")
    assert any("# tried once" in run.source for run in bench.runs)  # check 1 failed for the first time


def test_trouble_of_this_pc_is_no_fault_of_the_program(bench):
    step = bench.step(STEP, solution=SOLUTION)

    def full(program):
        raise MachineError("There is no room left.", "Empty the bin.")

    bench.runner_run = bench.run
    bench.run = full
    verdict = bench.grade(step, SOLUTION)
    assert verdict.fault is Fault.PC
    assert verdict.sentence() == "This PC could not run the check."
    bench.run = lambda program: RunResult(Outcome.NOT_STARTED, detail="No process.")
    assert bench.grade(step, SOLUTION).fault is Fault.PC


# ----------------------------------------------------------------------------------------------------------- not begun


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("def score(rate):\n    ...", "Your program is still the one you were given."),
        ("def score( rate ):\n\n    ...\n", "Your program is still the one you were given."),
        ("def score( rate ):  # to do\n\n    ...\n",
         "Only comments have changed so far. Python runs the lines that are no comments."),
        ("", "Your program is still empty."),
        ("   \n", "Your program is still empty."),
        ("def score(rate):\n    points = 3\n    ...", "Not done yet: the ... on line 3 is still to be replaced."),
        ("def score(rate):\n    points = 3\n    ...\n    return (", "Not done yet: the ... on line 3 is still to be replaced."),
    ],
)  # fmt: skip
def test_not_done_is_told_from_not_right(bench, program, sentence):
    verdict = bench.grade(bench.step(STEP, solution=SOLUTION), program)
    assert verdict.not_started and not verdict.passed and verdict.mistake is None
    assert verdict.sentence() == sentence
    assert len(bench.runs) == 1  # our own solution is not asked about a program that is not begun


def test_dots_that_the_starter_has_not_are_no_placeholder(bench):
    step = bench.step(STEP.replace("...", "return 5"), solution=SOLUTION)
    verdict = bench.grade(step, "def score(rate):\n    ...")
    assert not verdict.not_started


def test_a_right_program_with_dots_left_in_it_is_right(bench):
    assert bench.grade(bench.step(STEP, solution=SOLUTION), SOLUTION + "\nclass Later:\n    ...\n").passed


# ------------------------------------------------------------------------------------------------------ known mistakes

MISTAKES = """
starter: |
  def score(rate):
      ...
checks:
  - {name: low, call: "score(8)", returns: 3}
  - {name: middle, call: "score(9)", returns: 1}
mistakes:
  - name: prints
    when: {call: score(8), prints: {numbers: [3]}}
    say: It prints.
    example: "def score(rate):\\n    print(3)"
  - name: boundary
    when: [{call: score(8), returns: 1}, {uses: [elif]}]
    say: One of the signs is off.
    example: "def score(rate):\\n    return 1"
  - name: all-wrong
    when: {failed: [low, middle]}
    say: Nothing fits yet.
    example: "def score(rate):\\n    return 9"
  - name: advised
    when: {advice: rate-limit}
    say: As advised.
    example: "def score(rate):\\n    return 9"
  - name: compared-with-true
    when: {pattern: "_ == True"}
    say: Shorter.
    example: "def score(rate):\\n    return 9"
  - name: no-elif
    when: {avoids: [elif]}
    say: Without elif.
    example: "def score(rate):\\n    return 9"
"""


def body(text: str) -> str:
    return "def score(rate):\n" + textwrap.indent(text, "    ")


@pytest.mark.parametrize(
    ("program", "name"),
    [
        (body("print(3)"), "prints"),
        (body("if rate < 8:\n    return 3\nelif rate < 12:\n    return 1"), "boundary"),
        (body("return 7"), "all-wrong"),
        (body("if (rate < 9) == True:\n    return 3"), "compared-with-true"),
        (body("return 3"), "no-elif"),
        (body("if rate < 9:\n    return 3\nelif rate:\n    return 2"), None),
        ("def score(rate)\n    return 1", None),
    ],
)
def test_known_mistakes_are_recognised_in_order(bench, program, name):
    verdict = bench.grade(bench.step(MISTAKES, solution=SOLUTION), program)
    assert not verdict.passed
    assert (verdict.mistake.name if verdict.mistake else None) == name


def test_a_mistake_can_be_recognised_by_advice(bench):
    step = bench.step(MISTAKES, solution=SOLUTION)
    asked = []

    def advise(source, result):
        asked.append((source, result.outcome))
        return ("rate-limit",)

    program = body("if rate < 9:\n    return 3\nelif rate:\n    return 2")
    verdict = bench.grade(step, program, advise=advise)
    assert verdict.mistake is not None and verdict.mistake.name == "advised"
    assert asked == [(program, Outcome.FINISHED)]


def test_mistakes_are_not_looked_for_in_a_right_program(bench):
    verdict = bench.grade(bench.step(MISTAKES, solution=SOLUTION), SOLUTION)
    assert verdict.passed and verdict.mistake is None


def test_mistakes_cost_no_run_for_what_the_checks_know_already(bench):
    step = bench.step(MISTAKES.split("  - name: boundary")[0], solution=SOLUTION)
    bench.grade(step, body("return 7"), solution_first=False)
    assert len(bench.runs) == 1


ASKING = """
def as_number(text):
    if text == "":
        return None
    return int(text)

print(as_number(input("Score: ")))
"""
ASKING_STEP = """
starter: |
  ...
checks:
  - {call: 'as_number("2")', returns: 2}
  - {output: {contains: "None"}, stdin: [""]}
"""


def test_a_program_that_asks_is_told_of_the_run_that_was_given_answers(bench):
    """The run for the calls gives none, and `input` without an answer there is no mistake of the program."""
    step = bench.step(ASKING_STEP, solution=ASKING)
    wrong = ASKING.replace('    if text == "":\n        return None\n', "")
    verdict = bench.grade(step, wrong)
    assert not verdict.passed
    assert verdict.run is not None and verdict.run.error is not None
    assert verdict.run.error.type == "ValueError"


def test_a_program_that_asks_and_is_never_given_an_answer_shows_that(bench):
    step = bench.step(
        'starter: |\n  ...\nchecks:\n  - {call: "double(2)", returns: 4}',
        solution="def double(n):\n    return 2 * n",
    )
    verdict = bench.grade(step, "def double(n):\n    return n\n\nprint(double(int(input())))")
    assert verdict.run is not None and verdict.run.outcome is Outcome.NEEDS_INPUT
