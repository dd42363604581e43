"""What is written into the journal: one frozen dataclass a kind of event, one JSON line an event.

Names here are for good: journals are read by every later version. A later version may add kinds and fields; what this
version does not know is kept with the entry and otherwise passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, ClassVar

from tutor import __version__
from tutor.lessons.model import AnyStep, Course, Lesson

#: Version of the line format.
JOURNAL_FORMAT = 1

#: Version of the lesson format that this tutor reads.
LESSON_FORMAT = 1

#: A longer line is damage: no event comes near it.
LONGEST_LINE = 65_536


class DamagedLine(ValueError):
    """A line of a journal cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class About:
    """What an event is about, and what it was recorded with.

    `content_hash` is the step's at that moment: progress survives when the lesson is changed, and the change can be seen.
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
            course=course.id,
            lesson=lesson.id,
            step=step.id,
            concepts=step.concepts or lesson.concepts,
            content_hash=step.content_hash,
            course_version=course.version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event has."""

    KIND: ClassVar[str] = ""

    about: About = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    """The tutor was opened: with which Python, on which system."""

    KIND: ClassVar[str] = "session-started"

    python: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened(Event):
    """A step was opened: this is where the learner is."""

    KIND: ClassVar[str] = "step-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran(Event):
    """The program was run; `outcome` is a word of `tutor.runner.result.Outcome`."""

    KIND: ClassVar[str] = "ran"

    outcome: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Event):
    """The program was judged: the recognised mistake, the names of failed checks, and the failed tries so far."""

    KIND: ClassVar[str] = "checked"

    passed: bool = False
    mistake: str = ""
    failed: tuple[str, ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed(Event):
    """The step was passed. `by` tells how, where it was not the ordinary way ("arrange", "solution")."""

    KIND: ClassVar[str] = "passed"

    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted(Event):
    """A prediction was made and the truth was seen: the step is done, `right` or not."""

    KIND: ClassVar[str] = "predicted"

    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Event):
    """A choose step was answered; done when right. `numbers` are the chosen options, from 0."""

    KIND: ClassVar[str] = "chosen"

    right: bool = False
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Event):
    """A read step was read: it is done."""

    KIND: ClassVar[str] = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class HintShown(Event):
    """A hint was shown; `number` counts from 1."""

    KIND: ClassVar[str] = "hint-shown"

    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionShown(Event):
    """The official solution was shown."""

    KIND: ClassVar[str] = "solution-shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterRestored(Event):
    """The learner went back to the starter."""

    KIND: ClassVar[str] = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Event):
    """A review card was answered; `concept` is the one that was due."""

    KIND: ClassVar[str] = "reviewed"

    right: bool = False
    concept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBrought(Event):
    """A place code was typed in: these lessons were done elsewhere; `about` says where the learner was."""

    KIND: ClassVar[str] = "place-brought"

    lessons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEvent(Event):
    """An event of a later version."""

    kind: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


_KINDS: dict[str, type[Event]] = {
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


@dataclass(frozen=True, slots=True)
class Entry:
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


def milliseconds(time: datetime) -> int:
    """Milliseconds since 1970."""
    return round(time.timestamp() * 1000)


def time_text(time: datetime) -> str:
    """A time as it is written: UTC with milliseconds, such as 2026-11-22T10:00:07.123Z."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    """A written time.

    Raises:
        ValueError: it is no time, or has no time zone.
    """
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("the time has no time zone")
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the time is out of range") from error


def encode(entry: Entry) -> bytes:
    """One line, with its line end; ASCII only, so that no editor or code page can spoil it."""
    event, about = entry.event, entry.event.about
    line: dict[str, Any] = {
        "v": JOURNAL_FORMAT,
        "kind": event.kind if isinstance(event, UnknownEvent) else event.KIND,
        "time": time_text(entry.time),
        "session": entry.session,
        "seq": entry.seq,
    }
    if entry.tick != milliseconds(entry.time):
        line["tick"] = entry.tick
    line |= {f.name: getattr(about, f.name) for f in fields(about)}
    if isinstance(event, UnknownEvent):
        line |= event.fields
    else:
        line |= {f.name: getattr(event, f.name) for f in fields(event) if f.name != "about"}
    line |= entry.extra
    return json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Entry:
    """The entry that a line holds.

    Raises:
        DamagedLine: this line is no entry.
    """
    data = _parsed(line)
    kind = _text(data, "kind")
    try:
        time = read_time(_text(data, "time"))
    except ValueError as error:
        raise DamagedLine(f"the time cannot be read: {error}") from None
    session, seq = _text(data, "session"), _whole(data, "seq")
    tick = _whole(data, "tick") if "tick" in data else milliseconds(time)
    if not kind or not session:
        raise DamagedLine("the kind or the session is missing")
    known = {"v", "kind", "time", "session", "seq", "tick"}
    about = About(**_taken(About, data, known))
    kind_type = _KINDS.get(kind)
    if kind_type is None:
        rest = {key: value for key, value in data.items() if key not in known}
        return Entry(UnknownEvent(about=about, kind=kind, fields=rest), time, session, seq, tick)
    event = kind_type(about=about, **_taken(kind_type, data, known))
    rest = {key: value for key, value in data.items() if key not in known}
    return Entry(event, time, session, seq, tick, rest)


def _parsed(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise DamagedLine("the line is too long")
    try:
        data = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamagedLine(f"not a JSON line: {type(error).__name__}") from None
    if not isinstance(data, dict):
        raise DamagedLine("not a JSON object")
    return data


def _taken(kind: type[Event] | type[About], data: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    """The fields of this dataclass that the line has; their names are added to `known`."""
    taken = {}
    for each in fields(kind):
        if each.name in data:
            taken[each.name] = _READERS[str(each.type)](data, each.name)
            known.add(each.name)
    return taken


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise DamagedLine(f"{name} is not text")
    return value


def _whole(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise DamagedLine(f"{name} is not a whole number")
    return value


def _number(data: Mapping[str, Any], name: str) -> float:
    value = data.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e300:
        raise DamagedLine(f"{name} is not a number")
    return float(value)


def _true_or_false(data: Mapping[str, Any], name: str) -> bool:
    value = data.get(name)
    if not isinstance(value, bool):
        raise DamagedLine(f"{name} is not true or false")
    return value


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise DamagedLine(f"{name} is not a list of texts")
    return tuple(value)


def _whole_numbers(data: Mapping[str, Any], name: str) -> tuple[int, ...]:
    value = data.get(name)
    if not isinstance(value, list) or not all(type(item) is int for item in value):
        raise DamagedLine(f"{name} is not a list of whole numbers")
    return tuple(value)


# By the annotation as it is written above.
_READERS: dict[str, Callable[[Mapping[str, Any], str], Any]] = {
    "str": _text,
    "int": _whole,
    "float": _number,
    "bool": _true_or_false,
    "tuple[str, ...]": _texts,
    "tuple[int, ...]": _whole_numbers,
}
