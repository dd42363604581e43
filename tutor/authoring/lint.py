"""`tutor lint`: everything about a lesson that can be known before a learner sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.authoring.proofs import LessonAtHand, proofs_of
from tutor.explain.explain import known_rules
from tutor.lessons.finding import COURSE_FILE, course_folder_of
from tutor.lessons.loader import answers_path, load_answers, load_course, load_lesson
from tutor.lessons.model import Answers, Course, Lesson, Problem, Severity
from tutor.runner.result import Program, RunResult

#: Runs one program and returns what came of it.
RunOne = Callable[[Program], RunResult]


@dataclass(frozen=True, slots=True)
class Report:
    """What lint found: the problems by file and line, and how much was read."""

    problems: tuple[Problem, ...]
    lessons: int
    steps: int


def lint(
    paths: Sequence[Path],
    run: RunOne | None,
    *,
    mutants: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Report:
    """Check lesson files and courses.

    Args:
        paths: lesson files, or folders that hold a course.yaml.
        run: runs a program; None to read only.
        mutants: also report changes to a solution that no check notices.
        progress: told (done, total, what) as the proofs go on.
    """
    problems: list[Problem] = []
    found: list[LessonAtHand] = []
    read = 0
    for path in paths:
        course, files = _files_at(path, problems)
        for file in files:
            read += 1
            loaded = load_lesson(file, course, advice_rules=known_rules())
            problems.extend(_answered(loaded.problems, loaded.value))
            if loaded.value is not None:
                answers = _answers(loaded.value, problems)
                found.append(LessonAtHand(loaded.value, course.rules if course else {}, answers))
    if run is not None:
        for lesson, problem in proofs_of(found, run, mutants=mutants, progress=progress):
            problems.extend(_answered([problem], lesson))
    steps = sum(len(at_hand.lesson.steps) for at_hand in found)
    return Report(_in_order(problems), read, steps)


def _files_at(path: Path, problems: list[Problem]) -> tuple[Course | None, list[Path]]:
    """The lesson files that a path stands for, and their course; the course's own problems are added."""
    whole_course = path.is_dir() or path.name == COURSE_FILE
    folder = course_folder_of(path)
    if folder is None:
        return None, sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    loaded = load_course(folder)
    if whole_course:
        problems.extend(loaded.problems)
    course = loaded.value
    if not whole_course:
        return course, [path]
    return course, [heading.path for heading in course.lessons] if course else []


def _answers(lesson: Lesson, problems: list[Problem]) -> tuple[Answers, ...]:
    """Other people's programs for the lesson's steps; the problems of their file are added."""
    file = answers_path(lesson.path)
    if not file.is_file():
        return ()
    loaded = load_answers(file, lesson)
    problems.extend(_answered(loaded.problems, lesson))
    return loaded.value or ()


def _answered(problems: Iterable[Problem], lesson: Lesson | None) -> list[Problem]:
    """Without the warnings that the lesson's `allow:` answers."""
    allowed = {entry.rule for entry in lesson.allow} if lesson else set()
    return [entry for entry in problems if entry.severity is Severity.ERROR or entry.rule not in allowed]


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(unique, key=lambda entry: (str(entry.place.file), entry.place.line, entry.place.column))
    )
