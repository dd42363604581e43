"""A course with more than a hundred mistakes planted: each is named by its file, line, column and words (golden text).

After a change of words, look at the difference this test shows, and copy the new lines into expected.txt.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import Course, Problem

BANNED = ("oops", "invalid", "illegal", "fatal", "simply", "obviously", "please", "don't", "can't")


def _problems(courses: Path, good_course: Course) -> list[Problem]:
    folder = courses / "broken"
    # The broken course has no value, so its lessons are read in the surroundings of the good one.
    course = replace(good_course, folder=folder)
    problems = list(load_course(folder).problems)
    for file in sorted((folder / "01-first").glob("*.yaml")):
        problems += load_lesson(file, course, advice_rules={"missing-colon"}).problems
    return problems


def _line(problem: Problem, folder: Path) -> str:
    place = problem.place
    name = place.file.relative_to(folder).as_posix()
    said = f"{problem.where}: {problem.problem}" if problem.where else problem.problem
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{name}:{place.line}:{place.column}: {said}{hint} [{problem.severity} {problem.rule}]"


def test_every_planted_mistake_is_named_by_line_and_column(courses: Path, good_course: Course) -> None:
    found = [_line(problem, courses / "broken") for problem in _problems(courses, good_course)]
    expected = (courses / "broken" / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert found == expected
    assert len(expected) >= 100


def test_the_words_are_plain_and_calm(courses: Path, good_course: Course) -> None:
    for problem in _problems(courses, good_course):
        said = f"{problem.problem} {problem.hint}"
        words = said.lower().replace("`", " ")
        assert not [word for word in BANNED if word in words], said
        assert "`!`" in said or "!=" in said or "!" not in said, said


def test_a_broken_course_has_no_value(courses: Path) -> None:
    assert load_course(courses / "broken").value is None
