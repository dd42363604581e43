"""What learners are told about the clinical review of a lesson or a rule. It never blocks anything."""

from __future__ import annotations

import datetime

from tutor.lessons.model import Review, ReviewState


def review_state(review: Review | None, content_hash: str, today: datetime.date) -> ReviewState:
    """The state of a review.

    Args:
        review: as the file says it; None for `none`.
        content_hash: the hash of the content as it is now. A review that names at least 8 of its first characters
            is of this content; one that names none (`of` left out) counts as of any.
        today: for `until`.
    """
    if review is None:
        return ReviewState.NONE
    if review.of and not (len(review.of) >= 8 and content_hash.startswith(review.of)):
        return ReviewState.CHANGED
    if review.until and review.until < today.isoformat():
        return ReviewState.OUT_OF_DATE
    return ReviewState.CURRENT
