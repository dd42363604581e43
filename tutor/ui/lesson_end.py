"""The words at the end of a lesson: a natural place to stop, with what going on would take."""

from __future__ import annotations

from typing import NamedTuple

from tutor.lessons.model import Course, StepKind
from tutor.session.events import StepState, StepView
from tutor.translation import counted, tr


def ends_by_reading(view: StepView) -> bool:
    """Whether this is the last step of a lesson and only to be read: its end is said at once, for nothing is passed there."""
    return not view.is_scratch and view.number == view.count and view.step.kind is StepKind.READ


class LessonEnd(NamedTuple):
    """What is said at the end of a lesson: where one is, what comes next ("" after the last), whether all is done."""

    here: str
    onward: str
    whole: bool


def lesson_end(view: StepView, course: Course) -> LessonEnd:
    """What is said at the end of the open lesson; the step that is open counts as done."""
    others = (state for number, state in enumerate(view.states, 1) if number != view.number)
    left = sum(state is not StepState.DONE for state in others)
    if left:
        here = counted(
            left,
            "This is the end of the lesson. Steps that are still open: %n.",
            "This is the end of the lesson. Steps that are still open: %n.",
        )
    else:
        here = tr("You have finished this lesson.")
    lessons = course.lessons
    at = next((n for n, heading in enumerate(lessons) if heading.id == view.lesson.id), len(lessons))
    following = lessons[at + 1] if at + 1 < len(lessons) else None
    if following is None or following.broken or not following.title:
        return LessonEnd(here, "", not left)
    onward = tr("Stop here, or go on: {title}.").format(title=following.title)
    if following.minutes:
        onward = counted(
            following.minutes,
            "Stop here, or go on: {title}, about %n min.",
            "Stop here, or go on: {title}, about %n min.",
            title=following.title,
        )
    return LessonEnd(here, onward, not left)
