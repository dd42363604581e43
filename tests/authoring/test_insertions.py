"""Steps and lessons written into a writer's own files: everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.authoring.insertions import with_lesson, with_step
from tutor.authoring.lint import lint
from tutor.authoring.new_in_course import file_name_for, new_lesson_in
from tutor.authoring.step_templates import free_id, step_text
from tutor.authoring.templates import new_course
from tutor.errors import UsageError
from tutor.lessons.compose import compose
from tutor.lessons.loader import load_course
from tutor.lessons.model import StepKind
from tutor.runner.runner import Runner

LESSON = """# my notes
format: 1
id: x
title: Beds   # a remark
steps:
  # the first
  - kind: read
    id: one
    text: |
      A text.

      With a second part.
    # a remark at its end

  # the second
  - {kind: read, id: two, text: "Short"}
"""


def ids(text: str) -> list[str]:
    root = compose(text).root
    return [item.get("id").text for item in root.get("steps").items]  # type: ignore[union-attr]


def lost(before: str, after: str) -> bool:
    """Whether anything that was there is not there any more, in its order."""
    rest = iter(after.splitlines())
    return not all(any(line == other for other in rest) for line in before.splitlines())


def test_behind_a_step_with_its_remarks_and_before_those_of_the_next() -> None:
    made = with_step(LESSON, StepKind.READ, "one")
    assert ids(made.text) == ["one", "read-1", "two"]
    assert not lost(LESSON, made.text)
    lines = made.text.split("\n")
    assert lines[made.line - 1] == "  - kind: read"
    assert (
        made.text.index("a remark at its end") < made.text.index("read-1") < made.text.index("# the second")
    )


def test_at_the_end_by_default_or_where_there_is_no_such_step() -> None:
    assert ids(with_step(LESSON, StepKind.FIX).text) == ["one", "two", "fix-1"]
    assert ids(with_step(LESSON, StepKind.FIX, "gone").text) == ["one", "two", "fix-1"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_new_lines_end_as_the_others_do(end: str) -> None:
    before = LESSON.replace("\n", end)
    made = with_step(before, StepKind.EXERCISE, "one")
    assert made.text.replace(end, "").count("\r") == made.text.replace(end, "").count("\n") == 0
    assert not lost(before, made.text)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("  - ", "- ").replace("\n    ", "\n  ").replace("\n  #", "\n#"),
        lambda text: text.replace("  - ", "    - ").replace("\n    id", "\n      id").replace("\n    text", "\n      text").replace("\n      A", "\n        A").replace("\n      With", "\n        With"),
        lambda text: text.replace("    # a remark at its end\n", "# at the very left\n"),
        lambda text: text + "\n\n\n# the end\n",
        lambda text: text.replace("A text.", "steps:\n      - kind: nothing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [StepKind.READ, StepKind.PROJECT])
def test_however_a_file_is_laid_out(change: Callable[[str], str], kind: StepKind) -> None:
    before = change(LESSON)
    assert ids(before) == ["one", "two"]
    for after, wanted in (
        ("one", ["one", f"{kind.value}-1", "two"]),
        (None, ["one", "two", f"{kind.value}-1"]),
    ):
        made = with_step(before, kind, after)
        assert ids(made.text) == wanted
        assert not lost(before, made.text)


@pytest.mark.parametrize("steps", ["steps:\n", "steps: \n", "steps:   # none yet\n"])
def test_the_first_step_of_a_lesson(steps: str) -> None:
    assert ids(with_step(f"format: 1\ntitle: x\n{steps}", StepKind.READ).text) == ["read-1"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format: 1\nsteps: [{kind: read, id: a, text: b}]\n",
        "format: 1\nsteps: nothing\n",
        "format: 1\ntitle: x\n",
        "- a list\n",
        "steps:\n\t- kind: read\n",
    ],
)
def test_what_cannot_be_added_to_is_refused_in_words(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_step(text, StepKind.READ)
    assert refused.value.do


def test_every_lesson_of_the_course_takes_a_step_anywhere(root: Path) -> None:
    for file in sorted((root / "lessons").glob("*/*.yaml"))[::6]:
        if file.name.endswith(".answers.yaml"):
            continue
        text = file.read_text(encoding="utf-8")
        before = ids(text)
        for number, step in enumerate(before):
            made = with_step(text, StepKind.CHOOSE, step)
            assert ids(made.text) == [*before[: number + 1], made.name, *before[number + 1 :]]
            assert not lost(text, made.text)


def test_the_templates_pass_lint_with_their_mutants(tmp_path: Path, runner: Runner) -> None:
    text = (
        "format: 1\nid: all-kinds\ntitle: Every template\nminutes: 5\nsummary: One of each.\n"
        "objectives: [Use each kind]\nconcepts: [print]\nclinical-review: none\nsteps:\n"
    )
    for kind in StepKind:
        text = with_step(text, kind).text
    file = tmp_path / "01-all-kinds.yaml"
    file.write_text(text, encoding="utf-8")
    assert lint([file], run=runner.run, mutants=True).problems == ()


def test_ids_are_new() -> None:
    assert free_id(StepKind.READ, {"read-1", "read-2", "fix-3"}) == "read-3"
    assert "id: fix-3" in step_text(StepKind.FIX, "fix-3")


COURSE = """chapters:
  - id: first   # remark
    lessons:
      - 01-one   # remark
      - 02-two
    card: |
      Text.
  - {id: flow, lessons: [01-a, 02-b]}
  - id: empty
    lessons: []
"""


def test_a_lesson_stands_behind_the_last_of_its_chapter_or_another() -> None:
    assert "      - 02-two\n      - 03-three\n    card" in with_lesson(COURSE, "first", "03-three").text
    made = with_lesson(COURSE, "first", "03-three", "01-one")
    assert "      - 01-one   # remark\n      - 03-three\n      - 02-two\n" in made.text
    assert made.text.split("\n")[made.line - 1] == "      - 03-three"
    assert "lessons: [01-a, 02-b, 03-c]" in with_lesson(COURSE, "flow", "03-c").text
    assert "lessons: [01-a, 03-c, 02-b]" in with_lesson(COURSE, "flow", "03-c", "01-a").text


@pytest.mark.parametrize("chapter", ["empty", "gone"])
def test_a_chapter_that_takes_no_lesson_is_refused(chapter: str) -> None:
    with pytest.raises(UsageError):
        with_lesson(COURSE, chapter, "01-x")


def test_a_new_lesson_of_a_course_is_sound_and_at_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    new_course(folder)
    course = load_course(folder).value
    assert course is not None
    file, lesson_id = new_lesson_in(course, "first-steps", "Zählt die Betten: 2 at once")
    assert file.name == "02-zahlt-die-betten-2-at-once.yaml"
    again = load_course(folder).value
    assert again is not None
    heading = again.heading(lesson_id)
    assert heading is not None and heading.title == "Zählt die Betten: 2 at once" and not heading.broken
    with pytest.raises(UsageError):
        new_lesson_in(again, "first-steps", "Zählt die Betten: 2 at once")


def test_file_names_are_numbered_and_not_too_long(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    new_course(folder)
    course = load_course(folder).value
    assert course is not None
    chapter = course.chapters[0]
    assert file_name_for("?!", chapter) == "02-lesson"
    assert len(file_name_for("word " * 40, chapter)) <= 43
    assert len(file_name_for("w" * 300, chapter)) <= 43
