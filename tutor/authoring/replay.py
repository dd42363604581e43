"""Replaying cases against a course as it is now: what is still refused, what passes, what is about another version."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tutor.authoring.answers_file import add_right_answer
from tutor.authoring.cases import Case, DamagedCase, read_case
from tutor.authoring.proofs import judge_program
from tutor.checks.result import Verdict
from tutor.errors import Fault
from tutor.lessons.loader import load_lesson
from tutor.lessons.model import ArrangeStep, Course, ExerciseStep, FillStep, Lesson
from tutor.runner.result import Program, RunResult
from tutor.translation import tr

#: Bytes. A case is a page or two.
LARGEST_CASE = 1_000_000


class CaseState(StrEnum):
    """What became of a case."""

    STILL_REFUSED = "still-refused"
    NOW_PASSES = "now-passes"
    LESSON_CHANGED = "lesson-changed"
    DAMAGED = "damaged"


class Replayed(Struct, frozen=True):
    """One case file with what became of it.

    Args:
        file: the case file.
        state: what became of it.
        detail: one sentence about it.
        case: as it was read; None for a damaged one.
        passed: whether the program passes now; None where it could not be judged.
        accepted: whether it was added to the lesson's answers.
        answered: whether it is among the right answers, added now or there before.
        lesson_file: where its lesson is.
    """

    file: Path
    state: CaseState
    detail: str
    case: Case | None = None
    passed: bool | None = None
    accepted: bool = False
    lesson_file: Path | None = None
    answered: bool = False


def replay(file: Path, course: Course, run: Callable[[Program], RunResult]) -> Replayed:
    """Judge one case file again.

    Args:
        file: the case file.
        course: the course as it is now.
        run: runs a program.
    """
    try:
        if file.stat().st_size > LARGEST_CASE:
            raise DamagedCase(tr("It is far too long for a case."))
        case = read_case(file.read_bytes().decode("utf-8", "replace"))
    except DamagedCase as error:
        return Replayed(file, CaseState.DAMAGED, str(error))
    except OSError as error:
        return Replayed(file, CaseState.DAMAGED, tr("It cannot be read: {why}.", why=error.strerror))
    lesson = _lesson(course, case)
    step = lesson.step(case.step) if lesson else None
    if lesson is None or not isinstance(step, ExerciseStep | FillStep | ArrangeStep):
        return Replayed(
            file,
            CaseState.LESSON_CHANGED,
            tr("The course has no such step that takes a program now.")
            if lesson
            else tr("The course has no such lesson now."),
            case,
        )
    verdict = judge_program(step, course.rules, case.program, run)
    if verdict.fault is Fault.PC:
        return Replayed(
            file, CaseState.STILL_REFUSED, tr("This PC could not judge it."), case, None, False, lesson.path
        )
    changed = step.content_hash != case.content_hash
    state = CaseState.NOW_PASSES if verdict.passed else CaseState.STILL_REFUSED
    if changed:
        state = CaseState.LESSON_CHANGED
    detail = _detail(verdict, changed)
    return Replayed(file, state, detail, case, verdict.passed, False, lesson.path)


def accept(replayed: Replayed) -> Replayed:
    """Adds a case that passes to the right answers of its lesson, unless it is there already.

    Raises:
        UsageError: the answers file cannot take it as it is; it says what to do.
        OSError: it cannot be written.
    """
    if not replayed.passed or replayed.case is None or replayed.lesson_file is None:
        return replayed
    added = add_right_answer(replayed.lesson_file, replayed.case.step, replayed.case.program)
    said = tr("It is added to the right answers.") if added else tr("It is among the right answers already.")
    return replace(replayed, accepted=added, answered=True, detail=f"{replayed.detail} {said}")


def _lesson(course: Course, case: Case) -> Lesson | None:
    heading = course.heading(case.lesson)
    return load_lesson(heading.path, course).value if heading else None


def _detail(verdict: Verdict, changed: bool) -> str:
    words = [tr("The step was changed since.")] if changed else []
    failed = verdict.first_failed
    if verdict.passed:
        return " ".join([*words, tr("It passes now.")])
    if verdict.fault is Fault.LESSON:
        return " ".join([*words, tr("The step has a mistake of its own.")])
    why = [f"{failed.subject or failed.name}: {failed.message}"] if failed else []
    return " ".join([*words, tr("It is still refused."), *why])
