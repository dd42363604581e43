"""Which button is filled now: there is one obvious next action at any moment."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tutor.lessons.model import AnyStep, ReadStep, StepKind


class Primary(StrEnum):
    """The button that is filled."""

    RUN = "run"
    CHECK = "check"
    ANSWER = "answer"
    NEXT = "next"
    NONE = ""


class Progress(Struct):
    """What has happened on the open step since it was opened."""

    step: AnyStep
    passed: bool = False
    ran: bool = False
    answered: bool = False
    running: bool = False


def primary(progress: Progress) -> Primary:
    """Run before the first run, Check after it, Next after a pass; while a program runs, nothing."""
    if progress.running:
        return Primary.NONE
    kind = progress.step.kind
    if progress.passed:
        return Primary.NEXT
    if kind is StepKind.READ:
        has_code = isinstance(progress.step, ReadStep) and progress.step.code
        return Primary.RUN if has_code and not progress.ran else Primary.NEXT
    if kind in {StepKind.PREDICT, StepKind.CHOOSE}:
        return Primary.NEXT if progress.answered and kind is StepKind.PREDICT else Primary.ANSWER
    if kind in {StepKind.FILL, StepKind.ARRANGE}:
        return Primary.CHECK
    return Primary.CHECK if progress.ran else Primary.RUN
