"""A bench: steps written as lesson writers write them, judged with the real runner."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tutor.checks.grade import grade
from tutor.checks.result import CheckResult, Verdict
from tutor.lessons.course_loader import load_course
from tutor.lessons.lesson_loader import load_lesson
from tutor.lessons.model import AnyStep, Course
from tutor.runner.result import Program, RunResult
from tutor.runner.runner import Runner

RULES = """
news2:
  title: Points for observations
  source: {title: "An invented chart", year: 2020}
  status: ok
  parts:
    respiration:
      text: Points for breaths a minute.
      cases:
        - {in: {rate: 8}, out: 3}
        - {in: {rate: 9}, out: 1}
        - {in: {rate: 11}, out: 1}
        - {in: {rate: 12}, out: 0}
        - {in: {rate: 20}, out: 0}
        - {in: {rate: 21}, out: 2}
"""

COURSE = """
format: 1
id: bench
title: Bench
version: "1.0"
language: en-GB
licence: MIT
summary: A course for tests.
chapters:
  - {id: one, title: One, folder: one, lessons: [01-lesson]}
"""

LESSON = "format: 1\nid: lesson\ntitle: Lesson\nsteps:\n  - {kind: read, id: one, text: Read.}\n"

#: The names that one-check tests use; the loader wants to find them in the solution.
NAMES = "".join(
    f"def {name}(*given): pass\n" for name in ("f", "g", "score", "bmi", "next_ticket")
) + "".join(f"{name} = 0\n" for name in ("x", "rr", "total", "temp", "Point", "Ward"))


class Bench:
    """Writes a step, loads it with the real loader, and judges programs against it with the real runner."""

    def __init__(self, folder: Path, runner: Runner, course: Course) -> None:
        self.folder = folder
        self.runner = runner
        self.course = course
        self.runs: list[Program] = []
        self.rules = dict(course.rules)

    def run(self, program: Program) -> RunResult:
        self.runs.append(program)
        return self.runner.run(program)

    def step(self, keys: str, kind: str = "exercise", solution: str = NAMES, more: str = "") -> Any:
        """A step from the YAML of its own keys; `solution` is added where the kind has one and the keys do not."""
        body = textwrap.dedent(keys)
        head = f"kind: {kind}\nid: step\ntext: Do it.\n"
        if kind not in ("fill", "predict", "choose") and "\nsolution:" not in f"\n{body}":
            head += "solution: |\n" + textwrap.indent(textwrap.dedent(solution), "  ") + "\n"
        text = "- " + textwrap.indent(head + body, "  ").lstrip()
        lesson = "format: 1\nid: lesson\ntitle: Lesson\nsteps:\n" + textwrap.indent(text, "  ") + more
        path = self.folder / "01-lesson.yaml"
        path.write_text(lesson, encoding="utf-8")
        loaded = load_lesson(path, self.course)
        assert loaded.value is not None, [str(problem) for problem in loaded.problems]
        step: AnyStep = loaded.value.steps[0]
        return step

    def grade(self, step: Any, program: str, **options: Any) -> Verdict:
        """Judge a program against a step."""
        self.runs.clear()
        return grade(step, textwrap.dedent(program).lstrip("\n"), self.run, rules=self.rules, **options)

    def check(self, check: str, program: str) -> CheckResult:
        """Judge a program by one check, written as YAML; the lesson's own solution is left out of it."""
        text = textwrap.dedent(check).strip("\n")
        item = "- " + textwrap.indent(text, "  ").lstrip()
        step = self.step("checks:\n" + textwrap.indent(item, "  "))
        return self.grade(step, program, solution_first=False).checks[0]


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """One runner for all tests of checks."""
    with Runner(tmp_path_factory.mktemp("runs")) as runner:
        yield runner


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course that the lessons of these tests belong to, with its rules."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "one").mkdir()
    (folder / "one" / "01-lesson.yaml").write_text(LESSON, encoding="utf-8")
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    loaded = load_course(folder)
    assert loaded.value is not None, loaded.problems
    return loaded.value


@pytest.fixture
def bench(tmp_path: Path, runner: Runner, course: Course) -> Bench:
    """A fresh bench."""
    return Bench(tmp_path, runner, course)
