"""Courses for these tests, and short ways to read a lesson from text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tutor.lessons.lesson_loader import LessonRead, read_lesson
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course


@pytest.fixture(scope="session")
def courses(root: Path) -> Path:
    return root / "tests" / "courses"


@pytest.fixture(scope="session")
def good_course(courses: Path) -> Course:
    course = load_course(courses / "good").value
    assert course is not None
    return course


ReadText = Callable[..., LessonRead]


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Reads a lesson from its text, without a file: `read_text(text, course)`."""

    def read(text: str, course: Course | None = None, **options: object) -> LessonRead:
        folder = course.folder / "01-first" if course else tmp_path
        return read_lesson(folder / "01-the-lesson.yaml", course, text=dedent(text), **options)  # type: ignore[arg-type]

    return read


@pytest.fixture
def read_step(read_text: ReadText) -> ReadText:
    """Reads a lesson of one step, written with no indentation."""

    def read(step: str, course: Course | None = None, **options: object) -> LessonRead:
        lines = dedent(step).strip("\n").splitlines()
        body = "\n".join(f"    {line}" if line else "" for line in lines)
        return read_text("format: 1\ntitle: T\nsteps:\n  -\n" + body + "\n", course, **options)

    return read
