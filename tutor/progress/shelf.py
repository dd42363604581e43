"""The courses that a learner opened on this PC, which one was open last, and the track chosen in each.

One file for each learner and PC (`courses-MACHINE.json`): a folder that follows the sign-in is on another drive elsewhere.
What cannot be read there is forgotten, never fatal.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from msgspec import Struct

from tutor.files import write_whole

#: So many courses are listed.
MOST = 12

#: A larger file is none of ours.
LARGEST = 1_000_000

_LONGEST = 1_000


class ShelvedCourse(Struct, frozen=True):
    """A course that was opened: its id and title as they were then, and its folder."""

    id: str
    title: str
    folder: Path


class Shelf:
    """What one window knows of the shelf; safe from any thread.

    Another window may write the same file, so `write` puts what was changed here over what is on the disk then.

    Args:
        file: the learner's file for this PC; it need not exist.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._recent, self._last, self._tracks = _read(file)
        self._opened: list[ShelvedCourse] = []
        self._dropped: set[Path] = set()
        self._last_here: Path | None = None
        self._tracks_here: dict[str, str] = {}

    @property
    def recent(self) -> tuple[ShelvedCourse, ...]:
        """The courses that were opened, the latest first; the one that comes with the tutor is not among them."""
        with self._lock:
            return self._merged(self._recent)

    @property
    def last(self) -> Path | None:
        """The folder of the course that was open last; None for the one that comes with the tutor."""
        with self._lock:
            return self._last_here or self._last

    def opened(self, course: ShelvedCourse | None) -> None:
        """This course is open now; None: the one that comes with the tutor."""
        with self._lock:
            self._last = None
            self._last_here = course.folder if course else None
        if course is not None:
            self.add(course)

    def add(self, course: ShelvedCourse) -> None:
        """List this course first."""
        with self._lock:
            self._dropped.discard(course.folder)
            self._opened = [course, *(one for one in self._opened if one.folder != course.folder)]

    def drop(self, folder: Path) -> None:
        """List this course no more. Nothing of it is touched, nor what was done in it."""
        with self._lock:
            self._dropped.add(folder)
            self._opened = [one for one in self._opened if one.folder != folder]

    def track(self, course_id: str) -> str:
        """The id of the track that was chosen in a course; "" for all lessons."""
        with self._lock:
            return self._tracks_here.get(course_id, self._tracks.get(course_id, ""))

    def choose_track(self, course_id: str, track_id: str) -> None:
        """Remember a track; "" for all lessons."""
        with self._lock:
            self._tracks_here[course_id] = track_id

    def write(self) -> None:
        """Write it.

        Raises:
            OSError: it could not be written; the file is as it was.
        """
        recent, _last, tracks = _read(self._file)
        with self._lock:
            last = self._last_here or self._last
            merged = self._merged(recent)
            chosen = {**tracks, **self._tracks_here}
        data = {
            "v": 1,
            "recent": [{"id": one.id, "title": one.title, "folder": str(one.folder)} for one in merged],
            "last": str(last) if last else "",
            "tracks": {course: track for course, track in chosen.items() if track},
        }
        write_whole(self._file, json.dumps(data, indent=1).encode("ascii"))

    def _merged(self, others: tuple[ShelvedCourse, ...]) -> tuple[ShelvedCourse, ...]:
        mine = {one.folder for one in self._opened} | self._dropped
        return (*self._opened, *(one for one in others if one.folder not in mine))[:MOST]


def folders_on(file: Path) -> frozenset[Path]:
    """The folders of all courses that a shelf names.

    Raises:
        OSError, ValueError: it cannot be read, so nobody can say.
    """
    data = json.loads(file.read_bytes())
    if not isinstance(data, dict) or not isinstance(data.get("recent"), list):
        raise ValueError(f"{file.name} is no list of courses")
    named = [one.get("folder") for one in data["recent"] if isinstance(one, dict)]
    return frozenset(Path(name) for name in (*named, data.get("last")) if isinstance(name, str) and name)


def _read(file: Path) -> tuple[tuple[ShelvedCourse, ...], Path | None, dict[str, str]]:
    try:
        with file.open("rb") as stream:
            data = json.loads(stream.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        data = {}
    if not isinstance(data, dict):
        data = {}
    listed = data.get("recent")
    recent = [one for one in map(_shelved, listed if isinstance(listed, list) else []) if one]
    last, tracks = data.get("last"), data.get("tracks")
    kept = tracks.items() if isinstance(tracks, dict) else ()
    return (
        tuple(recent[:MOST]),
        Path(last) if isinstance(last, str) and last and _is_path(last) else None,
        {course: track for course, track in kept if isinstance(track, str)},
    )


def _shelved(entry: Any) -> ShelvedCourse | None:
    if not isinstance(entry, dict):
        return None
    texts = [entry.get(name) for name in ("id", "title", "folder")]
    if not all(isinstance(text, str) and text and len(text) <= _LONGEST for text in texts):
        return None
    course_id, title, folder = (str(text) for text in texts)
    return ShelvedCourse(course_id, title, Path(folder)) if _is_path(folder) else None


def _is_path(text: str) -> bool:
    """Whether a text can be a whole path on this system."""
    return "\0" not in text and Path(text).is_absolute()
