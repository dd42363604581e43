"""Two courses that extend the same one: lessons that they add must not share an id, and lint says where they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.authoring.lint import lint
from tutor.lessons.model import Problem, Severity

LESSON = (
    "format: 1\nid: {id}\ntitle: A lesson\nminutes: 5\nsteps:\n  - {{kind: read, id: only, text: One.}}\n"
)


def course(folder: Path, course_id: str, ids: list[str], extends: str = "") -> Path:
    """A course with a lesson of each id."""
    (folder / "part").mkdir(parents=True)
    for name in ids:
        (folder / "part" / f"{name}.yaml").write_text(LESSON.format(id=name), encoding="utf-8")
    lines = [f"extends: {extends}"] if extends else []
    names = "\n".join(f"      - {name}" for name in ids)
    (folder / "course.yaml").write_text(
        "\n".join(
            [
                f"format: 1\nid: {course_id}\ntitle: Course\nversion: '1'\nlanguage: en-GB\nlicence: CC-BY-4.0",
                "summary: Lessons.",
                *lines,
                f"chapters:\n  - id: {course_id}-part\n    title: Part\n    folder: part\n    lessons:\n{names}\n",
            ]
        ),
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return course(tmp_path / "base", "base", ["first"])


def found(folder: Path, *installed: Path) -> list[Problem]:
    problems = lint([folder], None, installed=installed).problems
    assert [one for one in problems if one.severity is Severity.ERROR] == []
    return [one for one in problems if one.rule == "shared-id"]


def test_an_id_that_another_course_beside_it_uses_is_named_with_its_line(base: Path, tmp_path: Path) -> None:
    north = course(tmp_path / "north", "north", ["north-beds", "ward-round"], "base")
    south = course(tmp_path / "south", "south", ["ward-round"], "base")
    (problem,) = found(south, base, north)
    assert problem.severity is Severity.WARNING
    assert (problem.place.file, problem.place.line) == (south / "course.yaml", 14)
    assert south.joinpath("course.yaml").read_text(encoding="utf-8").split("\n")[13] == "      - ward-round"
    assert problem.problem == (
        "the lesson id `ward-round` is that of a lesson of the course `north` too, which also extends `base`"
    )
    assert "as in `south-ward-round`" in problem.hint


def test_replacing_the_same_lesson_of_the_base_is_no_clash(base: Path, tmp_path: Path) -> None:
    north = course(tmp_path / "north", "north", ["first", "north-beds"], "base")
    south = course(tmp_path / "south", "south", ["first", "south-beds"], "base")
    assert found(south, base, north) == []


def test_a_course_that_extends_the_other_one_may_replace_its_lessons(base: Path, tmp_path: Path) -> None:
    trust = course(tmp_path / "trust", "trust", ["ward-round"], "base")
    ward = course(tmp_path / "ward", "ward", ["ward-round", "ward-beds"], "trust")
    assert found(ward, base, trust) == []
    assert found(trust, base, ward) == []


def test_an_older_copy_of_the_same_course_and_a_course_of_another_base_are_no_clash(
    base: Path, tmp_path: Path
) -> None:
    other = course(tmp_path / "other", "other", ["start"])
    elsewhere = course(tmp_path / "elsewhere", "elsewhere", ["ward-round"], "other")
    south = course(tmp_path / "south", "south", ["ward-round"], "base")
    older = course(tmp_path / "older", "south", ["ward-round"], "base")
    assert found(south, base, other, elsewhere, older) == []
