"""One event, one JSON line: written, and read from lines of any kind.

A later version may add kinds and fields; what this version does not know is kept with the entry and otherwise passed over.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from tutor.progress.events import KINDS, About, Entry, Event, UnknownEvent

#: Version of the line format.
JOURNAL_FORMAT = 1

#: A longer line is damage: no event comes near it.
LONGEST_LINE = 65_536


class DamagedLine(ValueError):
    """A line of a journal cannot be read; the message says why."""


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
    line |= {name: getattr(about, name) for name in about.__struct_fields__}
    if isinstance(event, UnknownEvent):
        line |= event.fields
    else:
        line |= {name: getattr(event, name) for name in event.__struct_fields__ if name != "about"}
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
    about = _about(**{"tutor": "", **_taken(_ABOUT, data)})
    kind_type = KINDS.get(kind)
    known = _KNOWN[kind_type] if kind_type else _ENVELOPE
    rest = {} if data.keys() <= known else {key: value for key, value in data.items() if key not in known}
    if kind_type is None:
        return Entry(UnknownEvent(about=about, kind=kind, fields=rest), time, session, seq, tick)
    return Entry(kind_type(about=about, **_taken(_FIELDS[kind_type], data)), time, session, seq, tick, rest)


@lru_cache(maxsize=1000)
def _about(**values: Any) -> About:
    """Thousands of lines are about few steps: they share one value."""
    return About(**values)


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


def _taken(
    readers: Mapping[str, Callable[[Mapping[str, Any], str], Any]], data: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields that the line has, each read in its way."""
    return {name: read(data, name) for name, read in readers.items() if name in data}


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


def _readers(kind: type[Event] | type[About]) -> dict[str, Callable[[Mapping[str, Any], str], Any]]:
    written = {name: word for each in kind.__mro__ for name, word in inspect.get_annotations(each).items()}
    return {name: _READERS[written[name]] for name in kind.__struct_fields__ if name != "about"}


_ABOUT = _readers(About)
_FIELDS = {kind: _readers(kind) for kind in KINDS.values()}
_ENVELOPE = frozenset(("v", "kind", "time", "session", "seq", "tick", *_ABOUT))
_KNOWN = {kind: _ENVELOPE | readers.keys() for kind, readers in _FIELDS.items()}
