"""Clinical reviews: their dates are in order."""

from __future__ import annotations

from tutor.lessons.records import Entry
from tutor.lessons.report import Report


def check_review(holder: Entry, key: str, report: Report) -> None:
    """The review of a lesson or a rule, where it has one."""
    review = holder.get(key)
    if not isinstance(review, Entry):
        return
    on, until = review.get("on"), review.get("until")
    if on and until and until <= on:
        report.error(
            review.at("until"),
            holder.where,
            f"the review ends on {until}, before it was done on {on}",
            rule="date",
        )
