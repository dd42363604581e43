"""Spaced review: which concepts are due, and which steps ask about them again.

The schedule is the course's own (content blueprint, section 1.3): a concept comes back 1, 3, 7, 16 and 35 days after it
was last right; a miss puts it back to 1. It is kept by concept, not by question.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from tutor.lessons.model import Course, LessonHeading, StepHeading, StepKind
from tutor.progress.state import Answered, Progress

#: Days from the last right answer to the next card, by level.
DAYS = (1, 3, 7, 16, 35)

#: Cards offered at a start: sessions are short.
MOST_CARDS = 3


class ConceptReview(Struct, frozen=True):
    """Where a concept stands.

    Args:
        level: index into DAYS.
        last: the day of the last answer.
        due: the day from which a card is offered.
    """

    concept: str
    level: int
    last: date
    due: date


class ReviewCard(Struct, frozen=True):
    """A step to ask again, because this concept is due since that day."""

    concept: str
    lesson: LessonHeading
    step: StepHeading
    due: date


def schedule(answered: Iterable[Answered], course: str, now: datetime) -> dict[str, ConceptReview]:
    """Where each concept of a course stands.

    A right answer moves a concept up when it was due; before that it only counts the days anew, so that five steps in
    one evening are not five reviews. Days are those of `now`'s time zone. An answer from the future (a PC whose clock
    was wrong) counts as given now.
    """
    concepts: dict[str, ConceptReview] = {}
    for answer in answered:
        if answer.course != course:
            continue
        day = min(answer.time, now).astimezone(now.tzinfo).date()
        for concept in answer.concepts:
            before = concepts.get(concept)
            if not answer.right or before is None:
                level = 0
            elif day >= before.due:
                level = min(before.level + 1, len(DAYS) - 1)
            else:
                level = before.level
            concepts[concept] = ConceptReview(concept, level, day, day + timedelta(days=DAYS[level]))
    return concepts


def due_cards(
    course: Course, progress: Progress, now: datetime, most: int = MOST_CARDS
) -> tuple[ReviewCard, ...]:
    """The cards to offer now, the longest overdue first; each step at most once.

    Only steps that the learner has passed are asked again. Of several, the one that was answered longest ago.

    Args:
        now: the time now, with the learner's time zone.
    """
    answered = progress.answered
    concepts = schedule(answered, course.progress_id, now)
    today = now.date()
    due = sorted(
        (one for one in concepts.values() if one.due <= today), key=lambda one: (one.due, one.concept)
    )
    asked = {(one.lesson, one.step): one.time for one in answered if one.course == course.progress_id}
    steps = _askable(course, progress)
    cards: list[ReviewCard] = []
    covered: set[str] = set()
    for one in due:
        if len(cards) >= most:
            break
        used = {(card.lesson.id, card.step.id) for card in cards}
        fitting = [
            (lesson, step)
            for lesson, step in steps
            if one.concept in (step.concepts or lesson.concepts) and (lesson.id, step.id) not in used
        ]
        if one.concept in covered or not fitting:
            continue
        lesson, step = min(fitting, key=lambda pair: _stamp(asked.get((pair[0].id, pair[1].id))))
        covered |= set(step.concepts or lesson.concepts)
        cards.append(ReviewCard(one.concept, lesson, step, one.due))
    return tuple(cards)


def _askable(course: Course, progress: Progress) -> list[tuple[LessonHeading, StepHeading]]:
    """Steps that may come back and were passed, in teaching order."""
    return [
        (lesson, step)
        for lesson in course.lessons
        if not lesson.broken
        for step in lesson.steps
        if step.review
        and step.kind in (StepKind.PREDICT, StepKind.CHOOSE)
        and progress.step(course.progress_id, lesson.id, step.id).passed
    ]


def _stamp(time: datetime | None) -> float:
    return time.timestamp() if time else 0.0
