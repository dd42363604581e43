"""Holes in the checks: which changes are tried, and which are reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.authoring.lint import lint
from tutor.authoring.mutants import mutants_of
from tutor.lessons.model import Severity
from tutor.runner.runner import Runner


@pytest.mark.parametrize(
    ("program", "changed"),
    [
        ("a = b < 3\n", {"a = (b <= 3)", "a = b < 4", "a = b < 2"}),
        ("a = 1 <= b < 3\n", {"a = (1 < b < 3)", "a = (1 <= b <= 3)", "a = 2 <= b < 3", "a = 0 <= b < 3",
                              "a = 1 <= b < 4", "a = 1 <= b < 2"}),
        ("a = b and c\n", {"a = (b or c)"}),
        ("a = not b\n", {"a = (b)"}),
        ("a = b + c\n", {"a = (b - c)"}),
        ("a = 1.6\n", {"a = 1.7", "a = 1.5"}),
        ("a = 'x' + b\n", set()),
        ("a = True\n", set()),
        ("a = f'{b < 3}'\n", set()),
        ("print('é', 3)\n", {"print('é', 4)", "print('é', 2)"}),
        ("this is no Python\n", set()),
    ],
)  # fmt: skip
def test_small_changes_to_a_program(program: str, changed: set[str]) -> None:
    assert {mutant.reads for mutant in mutants_of(program)} == changed


def test_only_the_changed_line_differs() -> None:
    program = "a = 1\n\n# a note\nb = a < 2\n"
    for mutant in mutants_of(program):
        differing = [
            number
            for number, pair in enumerate(
                zip(program.splitlines(), mutant.program.splitlines(), strict=True), start=1
            )
            if pair[0] != pair[1]
        ]
        assert differing == [mutant.line]


FEVER = """format: 1
title: Find a fever
steps:
  - kind: exercise
    id: fever
    text: Write `fever(temp_c)`.
    solution: |
      def fever(temp_c):
          return temp_c >= 38
    checks:
      - {call: "fever(39)", returns: true}
      - {call: "fever(36)", returns: false}
    hints: [Which sign?, Use it.]
"""


def test_a_boundary_that_no_check_tries_is_reported(lesson: Path, runner: Runner) -> None:
    lesson.write_text(FEVER, encoding="utf-8")
    found = lint([lesson], runner.run, mutants=True).problems
    assert {problem.rule for problem in found} == {"unnoticed-change"}
    assert all(problem.severity is Severity.WARNING for problem in found)
    assert "no check notices when line 2 of the solution reads `return (temp_c > 38)`" in [
        one.problem for one in found
    ]


def test_checks_at_both_sides_of_the_boundary_leave_no_hole(
    lesson: Path, change: Callable[[str, str], Path], runner: Runner
) -> None:
    lesson.write_text(FEVER, encoding="utf-8")
    change("fever(39)", "fever(38)")
    change("fever(36)", "fever(37)")
    assert lint([lesson], runner.run, mutants=True).problems == ()


def test_an_example_value_that_checks_replace_is_no_hole(lesson: Path, runner: Runner) -> None:
    lesson.write_text(
        "format: 1\ntitle: Double it\nsteps:\n  - kind: exercise\n    id: a\n    text: Double it.\n    solution: |\n"
        "      given = 4\n      print(given * 2)\n    checks:\n      - {with: {given: 5}, output: 10}\n"
        "    hints: [Which sign?, Use it.]\n",
        encoding="utf-8",
    )
    assert lint([lesson], runner.run, mutants=True).problems == ()
