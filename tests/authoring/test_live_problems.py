"""What is wrong in a file as it stands in the editor, by the kind of file that it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.authoring.live_problems import problems_in
from tutor.authoring.step_words import step_in_words
from tutor.lessons.loader import load_course, load_lesson


def test_the_text_counts_and_not_the_file(lesson: Path) -> None:
    text = lesson.read_text(encoding="utf-8")
    course = load_course(lesson.parent.parent).value
    assert [one for one in problems_in(lesson, text, course) if one.rule == "unknown-key"] == []
    found = problems_in(lesson, text.replace("solution:", "solutoin:", 1), course)
    assert any(one.rule == "unknown-key" and "solution" in one.hint for one in found)
    lesson.unlink()
    assert problems_in(lesson, text, course) == problems_in(lesson, text, course)


def test_warnings_of_the_house_style_are_among_them_unless_they_are_meant(lesson: Path) -> None:
    text = lesson.read_text(encoding="utf-8").replace(
        "Which sign adds?\n      - The", "Just add!\n      - The"
    )
    found = {one.rule for one in problems_in(lesson, text, None)}
    assert "banned-word" in found
    meant = text.replace(
        "clinical-review: none\n", "clinical-review: none\nallow: [{rule: banned-word, because: A test.}]\n"
    )
    assert "banned-word" not in {one.rule for one in problems_in(lesson, meant, None)}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("course.yaml", "format: 1\nid: a\ntitel: b\n", 3),
        ("glossary.yaml", "program: [a]\n", 1),
        ("rules.yaml", "fever:\n  titel: x\n", 2),
        ("01-add.answers.yaml", "add:\n  rigth: [x]\n", 2),
    ],
)
def test_the_other_files_of_a_course_are_known_by_their_names(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    assert line in [one.place.line for one in problems_in(tmp_path / name, text, None)]
    assert problems_in(tmp_path / "01-x.answers.yaml", "", None) == ()


def test_a_step_in_words_says_solution_checks_mistakes_and_hints(
    change: Callable[[str, str], Path], lesson: Path
) -> None:
    loaded = load_lesson(lesson).value
    assert loaded is not None
    words = step_in_words(loaded.steps[0])
    assert "return a + b" in words
    assert "1. `add(1, 2)` gives `3`." in words
    assert "**taken-away**: recognised when" in words
    assert "That takes the second number away." in words
    assert "1. Which sign adds?" in words
