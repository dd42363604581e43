"""Which clinical rules a lesson uses, so that a changed rule can name every lesson that it touches."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.lessons.model import AnyCheck, ArrangeStep, ExerciseStep, FillStep, Lesson, RuleCheck, WhenCheck


def rules_used(lesson: Lesson) -> frozenset[str]:
    """The ids of the rules that a lesson's checks and mistakes use."""
    return frozenset(check.rule for check in _checks(lesson) if isinstance(check, RuleCheck))


def _checks(lesson: Lesson) -> Iterator[AnyCheck]:
    for step in lesson.steps:
        if isinstance(step, ExerciseStep | FillStep | ArrangeStep):
            yield from step.checks
            for mistake in step.mistakes:
                yield from (when.check for when in mistake.when if isinstance(when, WhenCheck))
