"""What is written into the journal: one frozen dataclass a kind of event.

Names here are for good: journals are read by every later version. `tutor.progress.lines` puts them into JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from msgspec import Struct, field

from tutor import __version__
from tutor.lessons.model import AnyStep, Course, Lesson

#: Version of the lesson format that this tutor reads.
LESSON_FORMAT = 1


class About(Struct, frozen=True):
    """What an event is about, and what it was recorded with.

    `content_hash` is the step's at that moment: progress survives when the lesson is changed, and the change can be seen.
    `course` is the id that progress is kept under (`Course.progress_id`); `course_version` tells the one that was open.
    """

    course: str = ""
    lesson: str = ""
    step: str = ""
    concepts: tuple[str, ...] = ()
    content_hash: str = ""
    course_version: str = ""
    tutor: str = __version__
    lesson_format: int = LESSON_FORMAT

    @classmethod
    def of(cls, course: Course, lesson: Lesson, step: AnyStep) -> About:
        """About this step; a step that names no concepts has its lesson's."""
        return cls(
            course=course.progress_id,
            lesson=lesson.id,
            step=step.id,
            concepts=step.concepts or lesson.concepts,
            content_hash=step.content_hash,
            course_version=course.edition,
        )


class Event(Struct, frozen=True, kw_only=True):
    """What every event has."""

    KIND: ClassVar[str] = ""

    about: About = About()


class SessionStarted(Event, frozen=True, kw_only=True):
    """The tutor was opened: with which Python, on which system."""

    KIND: ClassVar[str] = "session-started"

    python: str = ""
    system: str = ""


class StepOpened(Event, frozen=True, kw_only=True):
    """A step was opened: this is where the learner is."""

    KIND: ClassVar[str] = "step-opened"


class Ran(Event, frozen=True, kw_only=True):
    """The program was run; `outcome` is a word of `tutor.runner.result.Outcome`."""

    KIND: ClassVar[str] = "ran"

    outcome: str = ""
    seconds: float = 0.0


class Checked(Event, frozen=True, kw_only=True):
    """The program was judged: the recognised mistake, the names of failed checks, and the failed tries so far."""

    KIND: ClassVar[str] = "checked"

    passed: bool = False
    mistake: str = ""
    failed: tuple[str, ...] = ()
    tries: int = 0


class Passed(Event, frozen=True, kw_only=True):
    """The step was passed. `by` tells how, where it was not the ordinary way ("arrange", "solution")."""

    KIND: ClassVar[str] = "passed"

    by: str = ""


class Predicted(Event, frozen=True, kw_only=True):
    """A prediction was made and the truth was seen: the step is done, `right` or not."""

    KIND: ClassVar[str] = "predicted"

    right: bool = False


class Chosen(Event, frozen=True, kw_only=True):
    """A choose step was answered; done when right. `numbers` are the chosen options, from 0."""

    KIND: ClassVar[str] = "chosen"

    right: bool = False
    numbers: tuple[int, ...] = ()


class Read(Event, frozen=True, kw_only=True):
    """A read step was read: it is done."""

    KIND: ClassVar[str] = "read"


class HintShown(Event, frozen=True, kw_only=True):
    """A hint was shown; `number` counts from 1."""

    KIND: ClassVar[str] = "hint-shown"

    number: int = 1


class SolutionShown(Event, frozen=True, kw_only=True):
    """The official solution was shown."""

    KIND: ClassVar[str] = "solution-shown"


class StarterRestored(Event, frozen=True, kw_only=True):
    """The learner went back to the starter."""

    KIND: ClassVar[str] = "reset"


class Reviewed(Event, frozen=True, kw_only=True):
    """A review card was answered; `concept` is the one that was due."""

    KIND: ClassVar[str] = "reviewed"

    right: bool = False
    concept: str = ""


class PlaceBrought(Event, frozen=True, kw_only=True):
    """A place code was typed in: these lessons were done elsewhere; `about` says where the learner was."""

    KIND: ClassVar[str] = "place-brought"

    lessons: tuple[str, ...] = ()


class UnknownEvent(Event, frozen=True, kw_only=True):
    """An event of a later version."""

    kind: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


class Entry(Struct, frozen=True):
    """An event with its place in the journal.

    Args:
        event: what happened.
        time: when, by this PC's clock, UTC, to the millisecond.
        session: the session that wrote it (its file's name without the ending).
        seq: its number in that session, from 1.
        tick: milliseconds since 1970 that never go back, whatever the clock does: later entries have later ticks.
        extra: fields of a later version.
    """

    event: Event
    time: datetime
    session: str
    seq: int
    tick: int
    extra: Mapping[str, Any] = field(default_factory=dict)


#: The kinds of event that this version knows, by name.
KINDS: dict[str, type[Event]] = {
    kind.KIND: kind
    for kind in (
        SessionStarted,
        StepOpened,
        Ran,
        Checked,
        Passed,
        Predicted,
        Chosen,
        Read,
        HintShown,
        SolutionShown,
        StarterRestored,
        Reviewed,
        PlaceBrought,
    )
}
