"""Courses and lessons as they were read last, so that a start and the opening of a lesson need no YAML.

One file each in a cache folder: what was read, as MessagePack that is held to the types of `model.py` when it comes back, and
the size and time of change of each file that it was made from. It is used only while all of these are the same. Nothing
depends on it: what is missing, damaged, or of another version is read again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec import MsgspecError, Raw, Struct, ValidationError, msgpack
from msgspec.structs import replace

from tutor import __version__
from tutor.files import write_whole
from tutor.lessons.late_rules import LateRules
from tutor.lessons.model import Course, Lesson, Rule

_FORMAT = 1

#: The files of a course folder that judge its lessons; which of them there are is the course's own affair.
_COURSE_FILES = ("course.yaml", "glossary.yaml", "rules.yaml")

#: What lies beside lessons and is named in them.
_BESIDE = ("data", "media")

#: A file that changed so shortly before it was read (seconds) may change again and keep its time of change.
_SETTLED = 2.0

T = TypeVar("T", Course, Lesson)

#: A file's name, size in bytes and time of change in nanoseconds; -1 where it cannot be seen.
Stamp = tuple[str, int, int]


class _Kept(Struct, frozen=True):
    format: int
    edition: str
    stamps: tuple[Stamp, ...]
    value: Raw


class Kept:
    """What was read last of courses that stand alone.

    Args:
        folder: the cache folder; None keeps nothing.
        read_rules: reads the rules of the course in a folder, when the first of them is asked for.
    """

    def __init__(self, folder: Path | None, read_rules: Callable[[Path], Mapping[str, Rule]]) -> None:
        self._folder, self._read_rules = folder, read_rules

    def course(self, folder: Path) -> Course | None:
        """The course in that folder, if nothing has changed since it was kept."""
        course = self._take(folder, Course)
        if course is None or course.folder != folder:
            return None
        return replace(course, rules=LateRules(lambda: self._read_rules(folder)))

    def keep_course(self, course: Course) -> None:
        """Keep a course that has just been read; one that extends another is not kept."""
        if course.extends is None:
            self._keep(course.folder, replace(course, rules={}), _of_course(course))

    def lesson(self, path: Path, course: Course) -> Lesson | None:
        """The lesson in that file, if nothing has changed since it was kept."""
        lesson = self._take(path, Lesson) if course.extends is None else None
        return lesson if lesson is not None and lesson.path == path else None

    def keep_lesson(self, lesson: Lesson, course: Course) -> None:
        """Keep a lesson of this course that has just been read without an error."""
        if course.extends is None:
            self._keep(lesson.path, lesson, _of_lesson(lesson, course))

    def _file(self, made_from: Path) -> Path | None:
        if self._folder is None:
            return None
        name = hashlib.sha256(str(made_from).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return self._folder / f"read-{name}.msgpack"

    def _take(self, made_from: Path, kind: type[T]) -> T | None:
        file = self._file(made_from)
        if file is None:
            return None
        try:
            kept = _reader(_Kept).decode(file.read_bytes())
            if (kept.format, kept.edition) != (_FORMAT, _edition()):
                return None
            if any(_stamp(Path(stamp[0])) != stamp for stamp in kept.stamps):
                return None
            taken: T = _reader(kind).decode(kept.value)
            return taken
        except (OSError, ValueError, MsgspecError, RecursionError):
            return None

    def _keep(self, made_from: Path, value: Course | Lesson, files: Iterable[Path]) -> None:
        file, stamps = self._file(made_from), tuple(_stamp(one) for one in files)
        newest = max(changed for _name, _size, changed in stamps)
        if file is None or newest > time.time_ns() - _SETTLED * 1e9:
            return
        try:
            written = msgpack.encode(value, enc_hook=_as_text)
            # Values of `python:` may be what MessagePack does not tell apart: tuples, sets, Decimal. Those are read each time.
            if not same(_reader(type(value)).decode(written), value):
                return
            write_whole(
                file, msgpack.encode(_Kept(_FORMAT, _edition(), stamps, Raw(written))), durable=False
            )
        except (OSError, MsgspecError, NotImplementedError, OverflowError, RecursionError):
            return


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to the last type: `1`, `1.0` and `True` are not, nor are a list and a tuple.

    Not by `==` alone, and not by `repr`, in which a set stands in an order that changes from start to start.
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, Struct):
        return all(same(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    if isinstance(one, dict):
        return same([*one.items()], [*other.items()])
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, set | frozenset):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return repr(one) == repr(other)


def _of_course(course: Course) -> Iterator[Path]:
    yield from (course.folder / name for name in _COURSE_FILES)
    yield from (heading.path for heading in course.lessons)
    yield from (page.path for page in course.pages)


def _of_lesson(lesson: Lesson, course: Course) -> Iterator[Path]:
    """The lesson, what it may name in its course, and the files beside it."""
    yield lesson.path
    yield from _of_course(course)
    for folder in {lesson.path.parent, course.folder}:
        for name in _BESIDE:
            if (folder / name).is_dir():
                yield from sorted((folder / name).iterdir())


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return (str(path), -1, -1)
    return (str(path), status.st_size, status.st_mtime_ns)


@cache
def _edition() -> str:
    """The tutor's version; run from source, its reading code too, which may change without it."""
    changed = [file.stat().st_mtime_ns for file in Path(__file__).parent.rglob("*.py")]
    return f"{__version__} {max(changed, default=0)}"


@cache
def _reader(kind: type[Any]) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(kind, dec_hook=_from_text)


def _as_text(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _from_text(kind: type[Any], value: Any) -> Any:
    if issubclass(kind, Path) and isinstance(value, str):
        return Path(value)
    raise ValidationError(f"{kind.__name__} cannot be kept")
