"""The words at the end of a lesson: a natural place to stop, with what going on would take."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from tutor.lessons.model import Course, StepKind
from tutor.session.events import StepState, StepView


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
        here = _said("This is the end of the lesson. Steps that are still open: %n.", left)
    else:
        here = _said("You have finished this lesson.")
    lessons = course.lessons
    at = next((n for n, heading in enumerate(lessons) if heading.id == view.lesson.id), len(lessons))
    following = lessons[at + 1] if at + 1 < len(lessons) else None
    if following is not None and following.title and following.minutes:
        onward = _said("Stop here, or go on: {title}, about %n min.", following.minutes)
        return LessonEnd(here, onward.format(title=following.title), not left)
    return LessonEnd(here, "", not left)


def _said(text: str, number: int = -1) -> str:
    return QCoreApplication.translate("LessonEnd", text, None, number)
