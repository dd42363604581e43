"""What can be known about a lesson without running it."""

from __future__ import annotations

from tutor.lessons.report import Report
from tutor.lessons.shapes import Entry
from tutor.lessons.surroundings import Surroundings


def check_lesson(entry: Entry, lesson_id: str, around: Surroundings, report: Report) -> None:
    """Reports what is wrong with a lesson, beyond the shape of its keys."""
