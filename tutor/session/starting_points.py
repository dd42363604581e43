"""What a step starts from: pure functions from a step, and what was kept of it, to what the window shows."""

from __future__ import annotations

import random
from collections.abc import Mapping

from msgspec.structs import replace

from tutor.lessons.model import (
    AnyStep,
    ArrangeStep,
    ChooseStep,
    ExerciseStep,
    FillStep,
    PredictedKind,
    PredictStep,
    ReadStep,
)
from tutor.runner.result import FolderFile
from tutor.runner.written_files import read_file
from tutor.session import scratch


def starter_of(step: AnyStep) -> str:
    """The program that a step gives; "" where it gives none."""
    match step:
        case ReadStep():
            return step.code or ""
        case PredictStep() | FillStep():
            return step.code
        case ExerciseStep():
            return step.starter
        case _:
            return ""


def filename_of(step: AnyStep) -> str:
    """The program's name in messages."""
    if step is scratch.STEP:
        return scratch.FILENAME
    return step.filename if isinstance(step, ExerciseStep) else "main.py"


def given_files(step: AnyStep) -> tuple[FolderFile, ...]:
    """The files that a step gives. Reads the disk, which may be slow: not for the window's own thread."""
    return tuple(read_file(path) for path in step.files) if isinstance(step, ExerciseStep) else ()


def program_of(step: AnyStep, text: str, answer: Mapping[str, str]) -> str:
    """The whole program that the learner's work stands for.

    Args:
        step: the step.
        text: the text in the editor, or the arranged lines.
        answer: the gaps of a fill step by name.
    """
    if isinstance(step, FillStep):
        return step.filled(answer)
    if isinstance(step, PredictStep):
        return step.code
    return text


def shuffled_lines(step: AnyStep) -> tuple[str, ...]:
    """The lines of an arrange step without their indentation, distractors among them, in a fixed mixed order.

    The order depends on the step alone, so that coming back shows the same puzzle; it is never the right one, and blank
    lines are left out.
    """
    if not isinstance(step, ArrangeStep):
        return ()
    right = [line.strip() for line in step.solution.splitlines() if line.strip()]
    lines = right + [line.strip() for line in step.distractors]
    mixed = list(lines)
    # A seed of text is hashed by `random` itself: the same on every PC and in every process.
    shuffler = random.Random(f"{step.id}|{step.solution}")
    for _try in range(20):
        shuffler.shuffle(mixed)
        if mixed[: len(right)] != right:
            break
    return tuple(mixed)


def mixed_choices(step: AnyStep) -> tuple[AnyStep, tuple[int, ...]]:
    """A choose or predict step with its choices in a mixed order, so that where an answer stands tells nothing.

    The order depends on the step alone: coming back shows the same. Choices that are no text (nothing, an error) stay
    last.

    Returns:
        the step, and for each choice in the new order its number in the lesson's order.
    """
    if not isinstance(step, ChooseStep | PredictStep):
        return step, ()
    order = list(range(len(step.choices)))
    random.Random(f"{step.id}|{step.text}").shuffle(order)
    if isinstance(step, ChooseStep):
        return replace(step, choices=tuple(step.choices[number] for number in order)), tuple(order)
    order.sort(key=lambda number: step.choices[number].kind is not PredictedKind.TEXT)
    return replace(step, choices=tuple(step.choices[number] for number in order)), tuple(order)


def hints_of(step: AnyStep) -> tuple[str, ...]:
    """The hints of a step, in order."""
    return step.hints if isinstance(step, ExerciseStep | FillStep | ArrangeStep) else ()
