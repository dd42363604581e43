"""The course with what is done of it, and where the learner left off."""

from __future__ import annotations

from tutor.lessons.model import LessonHeading
from tutor.session.desk import Desk
from tutor.session.events import ChapterOutline, LessonOutline, ResumeCard


def outline_of(desk: Desk) -> tuple[ChapterOutline, ...]:
    """The course that is open with what is done."""
    return tuple(
        ChapterOutline(chapter, tuple(_lesson_outline(desk, heading) for heading in chapter.lessons))
        for chapter in desk.course.chapters
    )


def _lesson_outline(desk: Desk, heading: LessonHeading) -> LessonOutline:
    work, bench = desk.work, desk.bench
    done = work.progress.lesson(desk.course.progress_id, heading).passed if work else 0
    here = bench.lesson.id if bench else ""
    if bench is not None and bench.is_scratch and work is not None:
        position = work.progress.place_in(desk.course)
        here = position.lesson if position else ""
    current = heading.id == here
    return LessonOutline(heading, done, len(heading.steps), current)


def resume_card_of(desk: Desk) -> ResumeCard | None:
    """Where the learner left off in the course that is open, or None on the very first start."""
    work = desk.work
    position = work.progress.place_in(desk.course) if work else None
    heading = desk.course.heading(position.lesson) if position else None
    if position is None or heading is None:
        return None
    ids = [step.id for step in heading.steps]
    number = ids.index(position.step) + 1 if position.step in ids else 1
    left = round(heading.minutes * (len(ids) - number + 1) / max(1, len(ids)))
    return ResumeCard(heading, number, len(ids), max(1, left))
