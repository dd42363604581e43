"""Clinical reviews of lessons and rules: which are out of date, and which hash a reviewer's `of:` needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from tutor.authoring.reading import ReadLesson
from tutor.lessons.model import Course, Place, Problem, Review, ReviewState, Severity
from tutor.lessons.review import review_state

#: How much of a hash is printed: enough to be told apart, short enough to be typed.
SHOWN = 12


class Reviewed(Struct, frozen=True):
    """A lesson or a rule with the state of its review: `what` is `lesson` or `rule`, `hash` what `of:` takes."""

    what: str
    id: str
    state: ReviewState
    hash: str
    touches: tuple[str, ...] = ()


def reviews_of(
    lessons: Iterable[ReadLesson], course: Course | None, today: datetime.date | None = None
) -> tuple[list[Reviewed], list[Problem]]:
    """The state of every review, and warnings about those that no longer hold.

    Args:
        lessons: the lessons that were read; those with errors have no hash, and are left out.
        course: for its rules.
        today: for reviews that are due again; by default today.
    """
    day = today or datetime.date.today()
    reviewed: list[Reviewed] = []
    problems: list[Problem] = []
    read = [lesson for lesson in lessons if lesson.content_hash]
    for lesson in read:
        state = review_state(lesson.review, lesson.content_hash, day)
        one = Reviewed("lesson", lesson.heading.id, state, lesson.content_hash[:SHOWN])
        reviewed.append(one)
        problems += _warnings(one, lesson.review, Place(lesson.path), "clinical-review")
    for rule in course.rules.values() if course else ():
        touches = tuple(lesson.heading.id for lesson in read if rule.id in lesson.rules)
        state = review_state(rule.review, rule.content_hash, day)
        one = Reviewed("rule", rule.id, state, rule.content_hash[:SHOWN], touches)
        reviewed.append(one)
        problems += _warnings(one, rule.review, rule.place, f"rule {rule.id}")
    return reviewed, problems


def _warnings(one: Reviewed, review: Review | None, place: Place, where: str) -> list[Problem]:
    def warn(rule: str, problem: str, hint: str) -> list[Problem]:
        return [Problem(place, where, problem + touched, hint, Severity.WARNING, rule)]

    touched = f" (lessons that use it: {', '.join(one.touches)})" if one.touches else ""
    if review is None:
        return []
    if one.state is ReviewState.CHANGED:
        hint = f"have it reviewed again, and write `of: {one.hash}`"
        return warn("review-changed", f"this {one.what} has {one.state} of {review.on}", hint)
    if one.state is ReviewState.OUT_OF_DATE:
        hint = f"have it reviewed again; its hash is {one.hash}"
        return warn("review-out-of-date", f"the review of this {one.what} was due on {review.until}", hint)
    if not review.of:
        hint = f"write `of: {one.hash}` to be told of changes"
        return warn("review-of-what", "the review does not say of which content it is", hint)
    return []


def changed_since_review(lessons: Iterable[ReadLesson]) -> list[Path]:
    """The files of lessons whose review was of other content."""
    return [
        lesson.path
        for lesson in lessons
        if lesson.content_hash
        and review_state(lesson.review, lesson.content_hash, datetime.date.min) is ReviewState.CHANGED
    ]
