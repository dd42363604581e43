"""`tutor new`: what it writes passes as it is, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.authoring.templates import new_course, new_lesson
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import StepKind


@pytest.mark.parametrize("name", ["01-say-hello.yaml", "say hello", "Über 2", "no", "42"])
def test_a_new_lesson_has_no_problem(name: str, tmp_path: Path) -> None:
    (file,) = new_lesson(tmp_path / "folder" / name)
    assert file.suffix == ".yaml"
    loaded = load_lesson(file)
    assert loaded.problems == ()
    assert loaded.value is not None
    assert {step.kind for step in loaded.value.steps} == {
        StepKind.READ,
        StepKind.PREDICT,
        StepKind.CHOOSE,
        StepKind.EXERCISE,
    }


def test_its_id_and_title_come_from_its_name(tmp_path: Path) -> None:
    lesson = load_lesson(new_lesson(tmp_path / "03-score-a-rate.yaml")[0]).value
    assert lesson is not None
    assert (lesson.id, lesson.title) == ("score-a-rate", "Score a rate")


def test_a_new_course_has_no_problem(tmp_path: Path) -> None:
    files = new_course(tmp_path / "Our Trust")
    assert [file.name for file in files] == [
        "course.yaml",
        "glossary.yaml",
        "rules.yaml",
        "01-first-lesson.yaml",
    ]
    loaded = load_course(tmp_path / "Our Trust")
    assert loaded.problems == ()
    assert loaded.value is not None
    assert (loaded.value.id, loaded.value.title) == ("our-trust", "Our trust")
    assert load_lesson(files[-1], loaded.value).problems == ()


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        new_lesson(file)
    assert file.read_text(encoding="utf-8") == "mine"
