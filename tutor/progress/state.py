"""What the events of a learner add up to: steps, lessons, the place, concepts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tutor.lessons.model import Course, LessonHeading
from tutor.progress.events import (
    Checked,
    Chosen,
    Entry,
    Event,
    HintShown,
    Passed,
    PlaceBrought,
    Predicted,
    Ran,
    Read,
    Reviewed,
    SessionStarted,
    SolutionShown,
    StepOpened,
    UnknownEvent,
)


class StepState(StrEnum):
    """How far a learner is with a step."""

    TO_DO = "to do"
    STARTED = "started"
    DONE = "done"


class StepProgress(Struct, frozen=True):
    """What a learner has done in one step.

    Args:
        state: opened alone is not started: somebody who looks ahead has begun nothing.
        first, last: when it was first opened or worked on, and last; None where never.
        passed_at: when it was first passed.
        tries: checks that did not pass, and wrong choices, before the first pass.
        runs: how often a program was run.
        hints: the highest number of a hint shown.
        solution_shown: the official solution was shown.
        passed_hashes: the contents of the step that were passed; a step that changed since is still passed.
        mistake: the mistake that was recognised in the last check, "" where none was.
        brought: its lesson was done elsewhere, says a place code.
    """

    state: StepState = StepState.TO_DO
    first: datetime | None = None
    last: datetime | None = None
    passed_at: datetime | None = None
    tries: int = 0
    runs: int = 0
    hints: int = 0
    solution_shown: bool = False
    passed_hashes: frozenset[str] = frozenset()
    mistake: str = ""
    brought: bool = False

    @property
    def passed(self) -> bool:
        """Whether the step has been passed, now or under an earlier content, here or elsewhere."""
        return self.state is StepState.DONE

    def changed_since(self, content_hash: str) -> bool:
        """Whether the step was passed, but not with this content. False where nothing is known of its content."""
        return bool(self.passed_hashes) and bool(content_hash) and content_hash not in self.passed_hashes


_NOTHING = StepProgress()
_BROUGHT = StepProgress(state=StepState.DONE, brought=True)


class LessonProgress(Struct, frozen=True):
    """What a learner has done in one lesson.

    Args:
        states: of its steps, in the order of the heading.
        started: at least one step is started or done.
        done: all its steps are, or a place code says so.
        last: when it was last worked on.
    """

    states: tuple[StepState, ...]
    started: bool
    done: bool
    last: datetime | None = None

    @property
    def passed(self) -> int:
        """How many steps are done."""
        return sum(state is StepState.DONE for state in self.states)


class Position(Struct, frozen=True):
    """Where a learner was last, and when."""

    course: str
    lesson: str
    step: str
    time: datetime


class Answered(Struct, frozen=True):
    """A question about concepts was answered: what review is scheduled by. `review`: on a review card."""

    course: str
    lesson: str
    step: str
    concepts: tuple[str, ...]
    right: bool
    time: datetime
    review: bool


class Progress:
    """What a learner has done, in all courses. Entries are applied in order; applying one twice changes nothing more.

    Reading is safe from any thread: values are frozen, and each dictionary entry is replaced whole.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._seen: set[tuple[str, int]] = set()
        self._steps: dict[tuple[str, str, str], StepProgress] = {}
        self._brought: set[tuple[str, str]] = set()
        self._places: dict[
            tuple[str, str], tuple[int, Position]
        ] = {}  # of each lesson, with a number that grows
        self._position: Position | None = None
        self._answered: list[Answered] = []
        for entry in entries:
            self.apply(entry)

    # -- asking

    @property
    def first_ever(self) -> bool:
        """Nothing has been done yet: this is somebody's first five minutes."""
        return not self._steps and not self._brought

    def step(self, course: str, lesson: str, step: str) -> StepProgress:
        """What was done in a step."""
        found = self._steps.get((course, lesson, step), _NOTHING)
        if (course, lesson) in self._brought and not found.passed:
            return _BROUGHT if found is _NOTHING else replace(found, state=StepState.DONE, brought=True)
        return found

    def lesson(self, course: str, heading: LessonHeading) -> LessonProgress:
        """What was done in a lesson, by the steps that it has now."""
        steps = [self.step(course, heading.id, step.id) for step in heading.steps]
        states = tuple(step.state for step in steps)
        brought = (course, heading.id) in self._brought
        return LessonProgress(
            states=states,
            started=brought or any(state is not StepState.TO_DO for state in states),
            done=brought or (bool(states) and all(state is StepState.DONE for state in states)),
            last=max((step.last for step in steps if step.last), default=None),
        )

    @property
    def position(self) -> Position | None:
        """Where the learner was last, in any course; None where nothing was opened."""
        return self._position

    def place_in(self, course: Course) -> Position | None:
        """Where the learner was last in the lessons that this course has; None where none of them was opened.

        A course and one that extends it share a place, but the place may be in a lesson that only one of them has.
        """
        found = [
            self._places[key]
            for one in course.lessons
            if (key := (course.progress_id, one.id)) in self._places
        ]
        return max(found, key=lambda place: place[0])[1] if found else None

    @property
    def answered(self) -> tuple[Answered, ...]:
        """All answered questions, in order."""
        return tuple(self._answered)

    # -- adding

    def apply(self, entry: Entry) -> None:
        """Add one entry."""
        mark = (entry.session, entry.seq)
        if mark in self._seen:
            return
        self._seen.add(mark)
        event, about, time = entry.event, entry.event.about, entry.time
        if isinstance(event, SessionStarted | UnknownEvent):
            return
        if isinstance(event, PlaceBrought):
            self._brought |= {(about.course, lesson) for lesson in event.lessons}
        if isinstance(event, StepOpened | PlaceBrought) and about.lesson:
            self._position = Position(about.course, about.lesson, about.step, time)
            self._places[about.course, about.lesson] = (len(self._seen), self._position)
        if about.step and not isinstance(event, PlaceBrought | Reviewed):
            key = (about.course, about.lesson, about.step)
            self._steps[key] = _after(self._steps.get(key, _NOTHING), event, time)
        right = _right(event)
        if right is not None:
            review = isinstance(event, Reviewed)
            concepts = (event.concept,) if isinstance(event, Reviewed) and event.concept else about.concepts
            answered = Answered(about.course, about.lesson, about.step, concepts, right, time, review)
            self._answered.append(answered)


def _right(event: Event) -> bool | None:
    """Whether an event shows that its concepts were right or missed, None where it shows neither.

    A failed check is work under way, not a miss.
    """
    if isinstance(event, Predicted | Chosen | Reviewed):
        return event.right
    if (isinstance(event, Checked) and event.passed) or (
        isinstance(event, Passed) and event.by != "solution"
    ):
        return True
    return None


def _after(step: StepProgress, event: Event, time: datetime) -> StepProgress:
    """The step's progress after this event."""
    first = min(step.first, time) if step.first else time
    last = max(step.last, time) if step.last else time
    changes = {} if isinstance(event, StepOpened) else _changes(step, event, time)
    return replace(step, first=first, last=last, **changes)


def _changes(step: StepProgress, event: Event, time: datetime) -> dict[str, Any]:
    """What an event other than opening changes."""
    begun = {} if step.passed else {"state": StepState.STARTED}
    match event:
        case Ran():
            return {**begun, "runs": step.runs + 1}
        case HintShown():
            return {**begun, "hints": max(step.hints, event.number)}
        case SolutionShown():
            return {**begun, "solution_shown": True}
        case Checked(passed=False):
            return {**begun, "tries": step.tries + (not step.passed), "mistake": event.mistake}
        case Chosen(right=False):
            return {**begun, "tries": step.tries + (not step.passed)}
        case Checked() | Passed() | Predicted() | Chosen() | Read():
            content = {event.about.content_hash} if event.about.content_hash else set()
            return {
                "state": StepState.DONE,
                "passed_at": min(step.passed_at, time) if step.passed_at else time,
                "passed_hashes": step.passed_hashes | content,
                "mistake": "",
            }
    return begun
