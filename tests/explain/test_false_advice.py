"""A program with nothing wrong gets no advice."""

from __future__ import annotations

import ast
import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tutor.explain.explain import explain
from tutor.runner.result import RunResult

Programs = list[tuple[str, tuple[str, ...]]]
STANDARD_LIBRARY = Path(ast.__file__).parent


def test_no_advice_on_two_thousand_working_programs_of_beginners(working_programs: Programs) -> None:
    assert len(working_programs) >= 2000
    advised = [(source, explain(source, None)) for source, _ in working_programs]
    assert [(source, advice[0].rule) for source, advice in advised if advice] == []


def test_no_advice_once_they_have_run(
    working_programs: Programs, run_all: Callable[..., list[RunResult]]
) -> None:
    sample = random.Random(3).sample(working_programs, 120)
    for (source, _), result in zip(sample, run_all(sample), strict=True):
        assert result.ended_well, (source, result.error)
        assert explain(source, result) == (), source


@pytest.mark.long
def test_no_advice_once_all_of_them_have_run(
    working_programs: Programs, run_all: Callable[..., list[RunResult]]
) -> None:
    for (source, _), result in zip(working_programs, run_all(working_programs), strict=True):
        assert result.ended_well, (source, result.error)
        assert explain(source, result) == (), source


def _functions_of_the_library(most: int) -> list[str]:
    """Functions of the standard library, each as a program of its own."""
    found = []
    for path in sorted(STANDARD_LIBRARY.rglob("*.py")):
        if {"test", "tests", "site-packages", "lib2to3", "idlelib", "encodings"} & set(path.parts):
            continue
        try:
            text = path.read_text(encoding="utf-8")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, UnicodeDecodeError):
            continue
        lines = text.split("\n")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and 3 <= (node.end_lineno or 0) - node.lineno <= 60:
                found.append("\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n")
    return random.Random(5).sample(found, min(most, len(found)))


def _rate(programs: list[str]) -> tuple[float, list[str]]:
    advised = [advice[0].rule for source in programs if (advice := explain(source, None))]
    return len(advised) / len(programs), advised


@pytest.mark.long
def test_less_than_one_in_a_hundred_functions_of_the_standard_library_gets_advice() -> None:
    functions = _functions_of_the_library(1000)
    assert len(functions) == 1000
    rate, rules = _rate(functions)
    assert rate < 0.01, rules


@pytest.mark.long
def test_less_than_one_in_a_hundred_modules_of_the_standard_library_gets_advice() -> None:
    modules = [
        path.read_text(encoding="utf-8")
        for path in sorted(STANDARD_LIBRARY.rglob("*.py"))
        if not {"test", "tests", "site-packages", "lib2to3"} & set(path.parts)
        and path.stat().st_size < 40_000
    ]
    assert len(modules) > 400
    rate, rules = _rate(modules)
    assert rate < 0.01, rules


@pytest.mark.long
def test_our_own_code_gets_no_advice(root: Path) -> None:
    sources = [
        p.read_text(encoding="utf-8")
        for p in sorted((root / "tutor").rglob("*.py"))
        if p.stat().st_size < 15_000
    ]
    assert len(sources) >= 40
    assert _rate(sources)[1] == []


def test_the_solutions_of_the_course_get_no_advice(root: Path) -> None:
    solutions = []
    for path in sorted((root / "lessons").rglob("*.yaml")):
        lesson = yaml.safe_load(path.read_text(encoding="utf-8"))
        steps = lesson.get("steps") if isinstance(lesson, dict) else None
        for step in steps or []:
            if isinstance(step, dict) and isinstance(step.get("solution"), str):
                solutions.append((path.name, step["solution"]))
    wrong = [
        (name, advice[0].rule, source) for name, source in solutions if (advice := explain(source, None))
    ]
    assert wrong == []
