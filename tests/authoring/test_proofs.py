"""Each proof of `lint`: a lesson in which it holds, and one in which it fails, run for real."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.authoring.lint import lint
from tutor.lessons.model import Problem, Severity
from tutor.runner.result import Program, RunResult
from tutor.runner.runner import Runner

Change = Callable[[str, str], Path]


def of(file: Path, runner: Runner) -> list[Problem]:
    return list(lint([file], runner.run).problems)


def said(file: Path, runner: Runner) -> list[tuple[str, str]]:
    return [(problem.rule, problem.problem) for problem in of(file, runner)]


def with_steps(lesson: Path, steps: str) -> Path:
    lesson.write_text(f"format: 1\ntitle: Prove it\nsteps:\n{steps}", encoding="utf-8")
    return lesson


def test_a_sound_lesson_holds(lesson: Path, runner: Runner) -> None:
    assert said(lesson, runner) == []


def test_a_solution_that_fails_its_own_checks(lesson: Path, change: Change, runner: Runner) -> None:
    change("returns: 3", "returns: 4")
    (solution, *_) = of(lesson, runner)
    assert solution.rule == "solution-fails" and solution.severity is Severity.ERROR
    assert (
        "its own solution does not pass" in solution.problem and "(expected '4', got '3')" in solution.problem
    )


def test_a_starter_that_passes_already(lesson: Path, change: Change, runner: Runner) -> None:
    change("def add(a, b):\n          ...", "def add(a, b):\n          return b + a")
    assert said(lesson, runner) == [("starter-passes", "its starter passes already")]


@pytest.mark.parametrize(
    ("example", "rule", "words"),
    [
        ("return b + a", "mistake-passes", "passes all checks"),
        ("return 7", "mistake-dead", "is not recognised"),
    ],
)
def test_the_example_of_a_mistake_must_fail_and_be_recognised(
    change: Change, runner: Runner, example: str, rule: str, words: str
) -> None:
    file = change("return a - b", example)
    assert said(file, runner) == [(rule, f"the example of mistake taken-away {words}")]


def test_a_mistake_behind_another_that_takes_its_example(change: Change, runner: Runner) -> None:
    other = (
        '      - name: wrong-at-all\n        when: {avoids: ["operator:+"]}\n        say: Add them.\n'
        "        example: |\n          def add(a, b):\n              return 7\n"
    )
    file = change("      - name: taken-away", f"{other}      - name: taken-away")
    assert said(file, runner) == [
        ("mistake-shadowed", "the example of mistake taken-away is taken for wrong-at-all")
    ]


def test_other_peoples_programs(lesson: Path, runner: Runner) -> None:
    answers = lesson.with_suffix(".answers.yaml")
    right, wrong = "def add(x, y):\n          return y + x\n", "def add(x, y):\n          return x * y\n"

    def write(passing: str, failing: str) -> None:
        answers.write_text(
            f"add:\n  right:\n    - |\n          {passing}  wrong:\n    - |\n          {failing}".replace(
                "          def", "      def"
            ),
            encoding="utf-8",
        )

    write(right, wrong)
    assert said(lesson, runner) == []
    write(wrong, right)
    found = said(lesson, runner)
    assert [rule for rule, _ in found] == ["right-refused", "wrong-accepted"]
    assert found[0][1].startswith("right answer 1 is refused. ") and found[1][1] == "wrong answer 1 passes"


PREDICT = "  - kind: predict\n    id: look\n    text: What is shown?\n    code: print({code})\n    choices: [{choices}]\n"


@pytest.mark.parametrize(
    ("code", "choices", "words"),
    [
        ("1 + 1", '"2", "3"', None),
        ("1 + 1", '"3", "4"', "no choice says what the program does: '2\\n'"),
        ("1 + 1", '"2", "2 "', "several choices say what the program does: '2\\n'"),
        ("1 / 0", '"2", {is: error, text: An error}', None),
        ('""', '"2", {is: nothing}', None),
    ],
)
def test_a_prediction_comes_true(
    lesson: Path, runner: Runner, code: str, choices: str, words: str | None
) -> None:
    file = with_steps(lesson, PREDICT.format(code=code, choices=choices))
    found = [one for one in said(file, runner) if one[0] == "prediction"]
    assert found == ([] if words is None else [("prediction", words)])


def test_code_to_read_runs(lesson: Path, runner: Runner) -> None:
    read = "  - {{kind: read, id: a, text: Read., code: {code}}}\n"
    assert said(with_steps(lesson, read.format(code='"print(1)"')), runner) == []
    assert said(with_steps(lesson, read.format(code='"name = input()"')), runner) == []
    (problem,) = of(with_steps(lesson, read.format(code='"1 / 0"')), runner)
    assert (problem.rule, problem.severity) == ("read-code-ends-badly", Severity.WARNING)
    allowed = lesson.read_text(encoding="utf-8").replace(
        "steps:", "allow: [{rule: read-code-ends-badly, because: It is the error to read.}]\nsteps:"
    )
    lesson.write_text(allowed, encoding="utf-8")
    assert said(lesson, runner) == []


FILL = (
    "  - kind: fill\n    id: gap\n    text: Fill it.\n    code: print(1 {{{{sign}}}} 2)\n"
    "    gaps: {{sign: [{answers}]}}\n    checks: [{{output: 3}}]\n"
)


def test_gaps_filled_with_the_first_answers_pass(lesson: Path, runner: Runner) -> None:
    assert said(with_steps(lesson, FILL.format(answers='"+", "- -"')), runner) == []
    found = said(with_steps(lesson, FILL.format(answers='"-"')), runner)
    assert [rule for rule, _ in found] == ["solution-fails"]


ARRANGE = (
    "  - kind: arrange\n    id: order\n    text: Arrange them.\n    solution: |\n      print(1)\n      print({second})\n"
    "    distractors: [print(3)]\n    checks: [{{output: {{lines: [1, 2]}}}}]\n"
)


def test_lines_in_their_order_pass(lesson: Path, runner: Runner) -> None:
    assert said(with_steps(lesson, ARRANGE.format(second=2)), runner) == []
    found = said(with_steps(lesson, ARRANGE.format(second=4)), runner)
    assert [rule for rule, _ in found] == ["solution-fails"]


def test_progress_is_told_to_the_end(lesson: Path, runner: Runner) -> None:
    told: list[tuple[int, int, str]] = []
    lint([lesson], runner.run, progress=lambda done, total, what: told.append((done, total, what)))
    assert told == [(number, 3, "add#add") for number in (1, 2, 3)]


def test_what_held_is_not_run_again_until_something_about_it_changes(
    lesson: Path, change: Change, runner: Runner, tmp_path: Path
) -> None:
    runs: list[str] = []

    def run(program: Program) -> RunResult:
        runs.append(program.source)
        return runner.run(program)

    def again(*, fresh: bool = False) -> tuple[int, int, list[str]]:
        runs.clear()
        report = lint([lesson], run, cache=tmp_path / "cache", fresh=fresh)
        return report.spared, len(runs), [problem.rule for problem in report.problems]

    spared, first, _ = again()
    assert (spared, first > 0) == (0, True)
    assert again() == (3, 0, [])
    assert again(fresh=True) == (0, first, [])
    change("              return a - b", "              return -1 * b + a")
    spared, ran, _ = again()
    assert spared == 2 and 0 < ran < first
    change("returns: 3", "returns: 4")
    assert again()[0] == 0
    spared, ran, rules = again()
    assert "solution-fails" in rules and ran > 0  # what fails is tried each time


def test_a_damaged_memory_of_proofs_does_no_harm(lesson: Path, runner: Runner, tmp_path: Path) -> None:
    for content in ("", "[]", '{"stamp": 1, "held": 5}', "\x00"):
        (tmp_path / "proofs.json").write_text(content, encoding="utf-8")
        assert lint([lesson], runner.run, cache=tmp_path).spared == 0
    assert lint([lesson], runner.run, cache=tmp_path).spared == 3
