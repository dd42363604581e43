"""Lessons and courses that the command line names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tutor.errors import LessonError, UsageError
from tutor.lessons.finding import COURSE_FILE, course_folder_of
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import AnyStep, Course, Lesson, Problem, Rule
from tutor.session.judging import ProgramStep
from tutor.settings import kept_in


def named_course(folder: str) -> Course:
    """The course in a folder.

    Raises:
        UsageError: when there is none.
        LessonError: when it cannot be used.
    """
    path = Path(folder)
    if not (path / COURSE_FILE).is_file():
        raise UsageError(f"{folder}: there is no {COURSE_FILE} in it.", "Name the course's folder.")
    loaded = load_course(path, installed=kept_in().installed_courses)
    if loaded.value is None:
        raise LessonError(f"{folder}: the course cannot be used. {_first(loaded.problems)}")
    return loaded.value


def named_lesson(file: str) -> tuple[Lesson, Mapping[str, Rule]]:
    """The lesson in a file, with the rules of the course it stands in.

    Raises:
        UsageError: when there is no such file.
        LessonError: when it cannot be used.
    """
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"{file}: there is no such lesson file.", "Check the name and the folder.")
    folder = course_folder_of(path)
    course = load_course(folder, installed=kept_in().installed_courses).value if folder else None
    loaded = load_lesson(path, course)
    if loaded.value is None:
        raise LessonError(f"the lesson cannot be used. {_first(loaded.problems)}")
    return loaded.value, course.rules if course else {}


def named_step(lesson: Lesson, step_id: str) -> ProgramStep:
    """The step of that id, which must take a program.

    Raises:
        UsageError: when there is none, or it takes no program.
    """
    step: AnyStep | None = lesson.step(step_id)
    if step is None:
        known = ", ".join(entry.id for entry in lesson.steps)
        raise UsageError(f"{lesson.id} has no step {step_id}.", f"Its steps are: {known}.")
    if not isinstance(step, ProgramStep):
        raise UsageError(f"{lesson.id}#{step_id} is a {step.kind} step, which takes no program.")
    return step


def _first(problems: Sequence[Problem]) -> str:
    more = f" (and {len(problems) - 1} more: tutor lint lists them)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}" if problems else ""
