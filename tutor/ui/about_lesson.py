"""What learners are told of a lesson itself: whether a clinician has reviewed it, and where its facts come from."""

from __future__ import annotations

import datetime
import html

from tutor.lessons.model import Lesson, ReviewState, Source
from tutor.lessons.review import review_state
from tutor.translation import tr


def about_lesson_html(lesson: Lesson, number: int, today: datetime.date | None = None) -> str:
    """The small lines under the text: the review at the first step, the sources too at the last.

    Args:
        lesson: whose facts.
        number: the step on show, from 1.
        today: for reviews that have a last day; by default today.

    Returns:
        HTML; "" between the first step and the last.
    """
    first, last = number == 1, number == len(lesson.steps)
    if not first and not last:
        return ""
    lines = [_review(lesson, today or datetime.date.today())]
    if last and lesson.sources:
        words = tr("Sources: {list}.").format(list="; ".join(_source(each) for each in lesson.sources))
        lines.append(words)
    return "".join(f'<p class="small">{html.escape(line)}</p>' for line in lines)


def _review(lesson: Lesson, today: datetime.date) -> str:
    state = review_state(lesson.clinical_review, lesson.content_hash, today)
    review = lesson.clinical_review
    if review is None or state is ReviewState.NONE:
        return tr("This lesson is not yet reviewed by a clinician.")
    if state is ReviewState.CHANGED:
        return tr("This lesson has changed since its review by {name} on {day}.").format(
            name=review.by, day=review.on
        )
    if state is ReviewState.OUT_OF_DATE:
        return tr("The review of this lesson, by {name} on {day}, is out of date.").format(
            name=review.by, day=review.on
        )
    return tr("Reviewed by {name} on {day}.").format(name=review.by, day=review.on)


def _source(source: Source) -> str:
    year = f", {source.year}" if source.year and str(source.year) not in source.title else ""
    named = f"{source.title}{year}"
    return named if source.confirmed else tr("{source} (not yet read there by us)", source=named)
