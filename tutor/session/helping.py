"""Help that grows with the tries, and the step that is offered as another way in."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.checks.escalation import TRIES_TO_SOLUTION, help_after
from tutor.lessons.model import AnyStep, ArrangeStep, ExerciseStep, StepKind
from tutor.session.events import Offer
from tutor.session.starting_points import hints_of
from tutor.translation import tr

#: So many refused tries open the official solution.
SOLUTION_AFTER = TRIES_TO_SOLUTION


def offer_after(step: AnyStep, messages: Sequence[str], *, hints_shown: int, tries: int) -> tuple[Offer, str]:
    """The help that is due, and the sentence that offers it.

    Args:
        step: the open step.
        messages: what was said of each refused try since the step was opened, oldest first.
        hints_shown: how many hints the learner has seen.
        tries: refused tries in all, those of earlier days among them.
    """
    due = help_after(
        messages,
        hints=len(hints_of(step)),
        hints_shown=hints_shown,
        has_arrange=isinstance(step, ExerciseStep) and step.arrange is not None,
    )
    if due.solution:
        return Offer.SOLUTION, due.words
    if tries >= SOLUTION_AFTER:
        return Offer.SOLUTION, tr("You can look at a worked solution now.")
    if due.arrange:
        return Offer.ARRANGE, due.words
    if due.hint is not None:
        return Offer.HINT, due.words
    return Offer.NONE, ""


def arranged(step: AnyStep) -> ArrangeStep | None:
    """The Parsons version of an exercise, None where it has none."""
    if not isinstance(step, ExerciseStep) or step.arrange is None:
        return None
    return ArrangeStep(
        kind=StepKind.ARRANGE,
        id=step.id,
        title=step.title,
        text=step.text,
        concepts=step.concepts,
        place=step.place,
        content_hash=step.content_hash,
        solution=step.solution,
        distractors=step.arrange,
        checks=step.checks,
        mistakes=step.mistakes,
        hints=step.hints,
    )
