"""Make my own copy: a course that extends an installed one, which is never written into."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.authoring.lint import lint
from tutor.authoring.own_copy import make_own_copy
from tutor.errors import UsageError
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import Course
from tutor.runner.runner import Runner


def read(folder: Path, installed: tuple[Path, ...] = ()) -> Course:
    loaded = load_course(folder, installed=installed)
    assert loaded.value is not None, loaded.problems
    return loaded.value


def state(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def made(course: Path, tmp_path: Path) -> Path:
    return make_own_copy(read(course), tmp_path / "documents")


def test_a_copy_holds_the_lessons_of_the_course_and_one_of_its_own(course: Path, made: Path) -> None:
    copy = read(made, (course,))
    assert made.name == "small-own"
    assert [chapter.title for chapter in copy.chapters] == ["First", "Our lessons"]
    inherited, own = (lesson.id for lesson in copy.lessons)
    assert inherited == "add" and own.startswith("our-first-lesson-")
    assert copy.extends == "small"
    assert copy.title == "Small: our own"


def test_the_course_that_is_copied_is_only_read(course: Path, tmp_path: Path) -> None:
    before = state(course)
    make_own_copy(read(course), tmp_path / "documents")
    assert state(course) == before


def test_a_copy_has_no_problem_and_all_that_it_promises_is_proved(
    course: Path, made: Path, runner: Runner
) -> None:
    report = lint([made], run=runner.run, installed=[course])
    assert report.problems == ()
    assert report.lessons == 1


def test_every_lesson_of_the_shipped_course_opens_in_a_copy_of_it(root: Path, tmp_path: Path) -> None:
    shipped = root / "lessons"
    copy = read(make_own_copy(read(shipped), tmp_path), (shipped,))
    assert len(copy.lessons) > 40
    broken = {lesson.id: load_lesson(lesson.path, copy).errors for lesson in copy.lessons}
    assert {lesson: errors for lesson, errors in broken.items() if errors} == {}


def test_the_command_line_knows_the_shipped_course_that_a_copy_extends(
    root: Path, tmp_path: Path, tutor: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    made = make_own_copy(read(root / "lessons"), tmp_path)
    done = tutor("lint", made, "--no-run")
    assert (done.returncode, done.stderr) == (0, "")
    program = tmp_path / "program.py"
    program.write_text("def double(number):\n    return number * 2\n", encoding="utf-8")
    lesson = made / "01-our-lessons" / "01-our-first-lesson.yaml"
    assert tutor("check", f"{lesson}#write-first", program).returncode == 0


def test_two_copies_stand_side_by_side_and_are_two_courses(course: Path, made: Path) -> None:
    second = make_own_copy(read(course), made.parent)
    assert second.name == "small-own-2"
    one, other = read(second, (course,)), read(made, (course,))
    assert one.id != other.id
    assert one.progress_id == other.progress_id == "small"
    assert one.lessons[0].id == other.lessons[0].id
    assert one.lessons[1].id != other.lessons[1].id  # what was done in one is not done in the other
    assert sorted(one.name for one in made.parent.iterdir()) == ["small-own", "small-own-2"]


@pytest.mark.parametrize("place", [".", "01-first", "new/folder"])
def test_a_copy_is_never_put_into_a_course(course: Path, place: str) -> None:
    before = state(course)
    with pytest.raises(UsageError, match="is part of a course already. Choose a folder outside it"):
        make_own_copy(read(course), course / place)
    assert state(course) == before


def test_a_file_is_no_place_for_a_copy(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        make_own_copy(read(course), file)
    assert file.read_text(encoding="utf-8") == "mine"


def test_titles_with_marks_of_yaml_in_them_stay_as_they_are(course: Path, tmp_path: Path) -> None:
    file = course / "course.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("title: Small", 'title: "A: \\"B\\" # Ü"', 1), "utf-8"
    )
    made = make_own_copy(read(course), tmp_path / "documents")
    assert read(made, (course,)).title == 'A: "B" # Ü: our own'
