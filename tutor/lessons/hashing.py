"""Content hashes: they change when anything changes that a learner sees or is judged by, and with nothing else.

Line numbers, comments, the order of keys, `allow`, review dates, concepts and the examples that only `tutor lint` uses
do not count. Data files count by their contents.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct

from tutor.lessons.model import MISSING, AnyStep, Lesson, Rule

_LEFT_OUT = frozenset({"place", "content_hash", "concepts", "review", "example"})
_fields: dict[type, tuple[str, ...]] = {}


def step_hash(step: AnyStep) -> str:
    """The hash of one step."""
    return _digest(_canonical(step))


def lesson_hash(lesson: Lesson) -> str:
    """The hash of a lesson: what its heading says, its sources, and its steps by their hashes."""
    heading = [lesson.title, lesson.summary, list(lesson.objectives), _canonical(lesson.sources)]
    return _digest([*heading, [[step.id, step.content_hash] for step in lesson.steps]])


def rule_hash(rule: Rule) -> str:
    """The hash of a rule: its definition, source, status and cases."""
    return _digest([rule.title, _canonical(rule.source), str(rule.status), _canonical(rule.parts)])


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    """A value as JSON in which different values look different."""
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return value
    if kind is int:
        return value if abs(value) < 2**53 else {"int": hex(value)}
    if kind is list:
        return [_canonical(item) for item in value]
    if kind is tuple:
        return {"tuple": [_canonical(item) for item in value]}
    if isinstance(value, Enum):
        return str(value)
    if value is MISSING:
        return {"missing": True}
    if isinstance(value, Path):
        return {"file": value.name, "contents": _file_digest(value)}
    if isinstance(value, Struct):
        return [type(value).__name__, *(_canonical(getattr(value, name)) for name in _names(type(value)))]
    if isinstance(value, Mapping):
        return {"dict": [[_canonical(key), _canonical(item)] for key, item in value.items()]}
    if isinstance(value, set | frozenset):
        return {type(value).__name__: sorted(repr(_canonical(item)) for item in value)}
    return {type(value).__name__: repr(value)}


def _names(kind: type[Struct]) -> tuple[str, ...]:
    names = _fields.get(kind)
    if names is None:
        names = tuple(name for name in kind.__struct_fields__ if name not in _LEFT_OUT)
        _fields[kind] = names
    return names


def _file_digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
