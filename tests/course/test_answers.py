"""Other people's programs for every exercise: written from the step alone, tried against its checks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.lessons.loader import answers_path, load_answers, load_course, load_lesson
from tutor.lessons.model import Answers, Course, ExerciseStep

#: Of each kind and exercise, at least so many; of the wrong ones this share gets more than the check's own sentence.
FEWEST, SPECIFIC = 4, 0.75


@pytest.fixture(scope="module")
def course(root: Path) -> Course:
    loaded = load_course(root / "lessons").value
    assert loaded is not None
    return loaded


def exercises(course: Course) -> Iterator[tuple[str, ExerciseStep, Answers]]:
    """Each exercise with its lesson's id and other people's programs."""
    for heading in course.lessons:
        lesson = load_lesson(heading.path, course).value
        assert lesson is not None
        file = answers_path(heading.path)
        found = load_answers(file, lesson).value if file.exists() else ()
        given = {one.step_id: one for one in found or ()}
        for step in lesson.steps:
            if isinstance(step, ExerciseStep):
                yield lesson.id, step, given.get(step.id, Answers(step.id))


def test_every_exercise_has_right_and_wrong_programs_of_other_people(course: Course) -> None:
    few = [
        f"{lesson}#{step.id}: {len(given.right)} right, {len(given.wrong)} wrong"
        for lesson, step, given in exercises(course)
        if len(set(given.right)) < FEWEST or len(set(given.wrong)) < FEWEST
    ]
    assert few == []


@pytest.mark.long
def test_right_ones_pass_wrong_ones_do_not_and_most_of_these_are_answered_by_name(
    root: Path, course: Course, tmp_path: Path
) -> None:
    programs = [
        (lesson, step.id, right, text)
        for lesson, step, given in exercises(course)
        for right, texts in ((True, given.right), (False, given.wrong))
        for text in texts
    ]
    answers = tmp_path / "answers.jsonl"
    lines = [
        json.dumps({"lesson": lesson, "step": step, "program": text}) for lesson, step, _, text in programs
    ]
    answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "tutor", "--data-dir", str(tmp_path / "data")]
    command += ["check-all", str(root / "lessons"), str(answers), "--jobs", "2", "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=root, check=False)
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(verdicts) == len(programs), done.stderr
    misjudged = []
    answered: dict[str, list[bool]] = {}
    for (lesson, step, right, text), verdict in zip(programs, verdicts, strict=True):
        if verdict["passed"] is not right:
            misjudged.append(f"{lesson}#{step}, {'right' if right else 'wrong'}:\n{text}")
        elif not right:
            named = bool(verdict["mistake"] or verdict["error"])
            answered.setdefault(f"{lesson}#{step}", []).append(named)
    assert misjudged == []
    low = {step: said for step, said in answered.items() if sum(said) < SPECIFIC * len(said)}
    assert low == {}
