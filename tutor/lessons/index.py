"""The index of lesson headings: the app starts without reading a single lesson again.

It also remembers which of the course's other files were read without finding anything wrong in them.

One JSON file a course folder, in a cache folder that the caller names. An entry holds while the lesson file's size and
time of change and the tutor's version are what they were. A damaged or missing index is made again; nothing depends on
it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tutor import __version__
from tutor.files import write_whole
from tutor.lessons.lesson_loader import read_lesson
from tutor.lessons.model import LessonHeading, Place, Problem, Severity, StepHeading, StepKind
from tutor.patience import Patience, as_long_as_it_takes

_FORMAT = 1

#: A file's size and time of change.
Stamp = list[int]


class LessonIndex:
    """The headings of one course folder.

    Args:
        cache: the folder that the index is kept in; None keeps none.
        course_folder: the course.
        known: headings that the caller has read already, by path; they are given as they are, and not kept.
        patience: for how long to wait for the cache folder; None: as long as it takes.
    """

    def __init__(
        self,
        cache: Path | None,
        course_folder: Path,
        known: Mapping[Path, LessonHeading] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._known = known or {}
        self._wait = patience.within if patience else as_long_as_it_takes
        self._folder = course_folder.resolve()
        self._file: Path | None = None
        if cache is not None:
            digest = hashlib.sha256(str(self._folder).encode("utf-8", "surrogatepass")).hexdigest()[:16]
            self._file = cache / f"lessons-{digest}.json"
        loaded = self._wait(self._load) or {}
        self._entries = _table(loaded.get("lessons"))
        self._sound = _table(loaded.get("sound"))
        self._used: dict[str, Any] = {}
        self._changed = False

    def heading(self, path: Path) -> LessonHeading:
        """The heading of a lesson file: known, from the index, or else from the file."""
        if path in self._known:
            return self._known[path]
        key = path.resolve().relative_to(self._folder).as_posix()
        stamp = stamp_of(path)
        entry = self._entries.get(key)
        if stamp is not None and isinstance(entry, dict) and entry.get("stamp") == stamp:
            heading = _from_json(entry.get("heading"), path)
            if heading is not None:
                self._used[key] = entry
                return heading
        heading = read_lesson(path).heading
        self._keep(key, stamp, heading)
        return heading

    def keep(self, heading: LessonHeading) -> None:
        """Takes in a heading that was read elsewhere."""
        self._keep(
            heading.path.resolve().relative_to(self._folder).as_posix(), stamp_of(heading.path), heading
        )

    def _keep(self, key: str, stamp: Stamp | None, heading: LessonHeading) -> None:
        self._used[key] = {"stamp": stamp, "heading": _to_json(heading)}
        self._changed = True

    def warnings(self, path: Path) -> tuple[Problem, ...] | None:
        """The warnings about this file of the course folder, if it was read without an error and is still the same."""
        entry, stamp = self._sound.get(path.name), stamp_of(path)
        if stamp is None or not isinstance(entry, dict) or entry.get("stamp") != stamp:
            return None
        return _warnings_from_json(entry.get("warnings"), path)

    def keep_sound(self, path: Path, stamp: Stamp, warnings: tuple[Problem, ...]) -> None:
        """This file, which had that stamp before it was read, has no error."""
        shown = [[w.place.line, w.place.column, w.where, w.problem, w.hint, w.rule] for w in warnings]
        self._sound[path.name] = {"stamp": stamp, "warnings": shown}
        self._changed = True

    def save(self) -> None:
        """Writes the index where anything changed; a folder that cannot be written to is no trouble."""
        if self._file is None or not (self._changed or self._used.keys() != self._entries.keys()):
            return
        data = {"format": _FORMAT, "tutor": __version__, "lessons": self._used, "sound": self._sound}
        file = self._file

        def write() -> None:
            with contextlib.suppress(OSError):
                write_whole(file, json.dumps(data).encode("utf-8"), durable=False)

        self._wait(write)

    def _load(self) -> dict[str, Any]:
        if self._file is None:
            return {}
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(data, dict) or data.get("format") != _FORMAT or data.get("tutor") != __version__:
            return {}
        return data


def _table(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def stamp_of(path: Path) -> Stamp | None:
    """A file's size and time of change; None where it cannot be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def _to_json(heading: LessonHeading) -> dict[str, Any]:
    return {
        "id": heading.id,
        "title": heading.title,
        "minutes": heading.minutes,
        "summary": heading.summary,
        "needs": heading.needs,
        "concepts": heading.concepts,
        "broken": heading.broken,
        "steps": [[step.id, step.kind, step.title, step.concepts, step.review] for step in heading.steps],
    }


def _from_json(data: Any, path: Path) -> LessonHeading | None:
    """A heading, or None where the entry is not what this version writes."""
    try:
        steps = tuple(
            StepHeading(_text(step_id), StepKind(kind), _text(title), _texts(concepts), bool(review))
            for step_id, kind, title, concepts, review in data["steps"]
        )
        return LessonHeading(
            id=_text(data["id"]),
            title=_text(data["title"]),
            minutes=int(data["minutes"]),
            summary=_text(data["summary"]),
            steps=steps,
            path=path,
            needs=_texts(data["needs"]),
            concepts=_texts(data["concepts"]),
            broken=bool(data["broken"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _warnings_from_json(data: Any, path: Path) -> tuple[Problem, ...] | None:
    """Warnings, or None where they are not what this version writes."""
    try:
        return tuple(
            Problem(
                Place(path, int(line), int(column)),
                _text(where),
                _text(problem),
                _text(hint),
                Severity.WARNING,
                _text(rule),
            )
            for line, column, where, problem, hint, rule in data
        )
    except (TypeError, ValueError):
        return None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(one) for one in value)
