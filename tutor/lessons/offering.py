"""Which keys and words can stand at a place of a half-written lesson or course file: for an editor that completes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from tutor.lessons.format_check import SUBJECTS, CheckShape
from tutor.lessons.format_course import COURSE
from tutor.lessons.format_lesson import LESSON
from tutor.lessons.records import ByKind, Key, Record, TextOr
from tutor.lessons.shapes import Boolean, ListOf, MapOf, Option, Shape
from tutor.lessons.yaml_lines import YamlLine, block_above, parse_line

_COURSE = re.compile(r"^chapters[ ]*:", re.MULTILINE)
_WORD = re.compile(r"[a-z][\w-]*\Z", re.IGNORECASE)


class Offered(Struct, frozen=True):
    """What was typed of a word at a place, and what it can become: names with what they mean; keys end in a colon."""

    typed: str
    words: tuple[tuple[str, str], ...]


class _Around(Struct):
    """The keys on the way from the top of the file to a place, and what stands beside the place already."""

    path: list[str]
    beside: dict[str, str]


def offered(text: str, offset: int) -> Offered | None:
    """What can be typed at a place; None inside texts and remarks, and where nothing is known.

    Args:
        text: a lesson or course.yaml as it stands, whole or not.
        offset: the place, in characters.
    """
    lines = text.split("\n")
    at = text.count("\n", 0, offset)
    start = offset - (text.rfind("\n", 0, offset) + 1)
    before = lines[at][:start]
    if "#" in before or block_above(lines, at) is not None:
        return None
    line = parse_line(before)
    shape: Shape = COURSE if _COURSE.search(text) else LESSON
    if line.key is not None:
        around = _around(lines, at, line)
        return _values(_keys(_walk(shape, around), around).get(line.key), line.key, around, shape, line.value)
    found = _WORD.search(line.value)
    typed = found[0] if found else ""
    if line.value != typed:
        return None
    around = _around(lines, at, line)
    known = _keys(_walk(shape, around), around)
    words = tuple((f"{name}: ", key.doc) for name, key in known.items() if name not in around.beside)
    return Offered(typed, words) if words else None


def _values(key: Key | None, name: str, around: _Around, shape: Shape, typed: str) -> Offered | None:
    """The words that the value of a key can be."""
    held = _walk(shape, around)
    words: tuple[tuple[str, str], ...] = ()
    if isinstance(held, ByKind) and name == held.key:
        words = tuple((kind, record.doc) for kind, record in held.records.items())
    elif key is not None and isinstance(key.shape, Option):
        words = tuple((option, "") for option in key.shape.options)
    elif key is not None and isinstance(key.shape, Boolean):
        words = (("true", ""), ("false", ""))
    return Offered(typed, words) if words else None


def _around(lines: list[str], at: int, own: YamlLine) -> _Around:
    """Walks up by indentation, past what is deeper; `- ` opens an item of the list above it."""
    column = own.content_column
    path: list[str] = []
    beside: dict[str, str] = {}
    inside_own = not own.dashes
    dash = own.indent if own.dashes else None
    for number in range(at - 1, -1, -1):
        raw = lines[number]
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        line = parse_line(raw)
        if dash is not None:
            if line.key is not None and not line.dashes and line.indent <= dash:
                path.append(line.key)
                column, dash, inside_own = line.indent, None, False
            elif line.key is not None and line.dashes and line.content_column <= dash and line.indent < dash:
                path.append(line.key)
                column, dash, inside_own = line.content_column, line.indent, False
            continue
        if line.content_column == column and line.key is not None:
            if inside_own:
                beside[line.key] = line.value.strip()
            elif line.key == "kind":
                path.append(f"kind={line.value.strip()}")
            if line.dashes:
                dash = line.indent
        elif line.content_column < column and line.key is not None:
            path.append(line.key)
            column, inside_own = line.content_column, False
            dash = line.indent if line.dashes else None
    for line in map(parse_line, lines[at + 1 :]):
        if line.text.strip() and (line.indent < own.content_column or line.dashes and line.indent <= own.indent):
            break
        if line.key is not None and not line.dashes and line.indent == own.content_column:
            beside.setdefault(line.key, line.value.strip())
    return _Around(path[::-1], beside)


def _walk(shape: Shape, around: _Around) -> Shape | None:
    """The shape of what the place is in."""
    held: Shape | None = shape
    path = list(around.path)
    while path:
        name = path.pop(0)
        kind = ""
        if name.startswith("kind="):
            continue
        held = _inner(held)
        if isinstance(held, ByKind):
            kind = next((one.removeprefix("kind=") for one in around.path if one.startswith("kind=")), "")
            held = held.records.get(kind)
        if isinstance(held, Record) and name in held.keys:
            held = held.keys[name].shape
        elif isinstance(held, MapOf):
            held = held.value
        else:
            return None
    return _inner(held)


def _inner(shape: Shape | None) -> Shape | None:
    """What one item of a list is, and the record of what can be a text too."""
    while isinstance(shape, ListOf | TextOr):
        shape = shape.item if isinstance(shape, ListOf) else shape.record
    return shape


def _keys(shape: Shape | None, around: _Around) -> Mapping[str, Key]:
    if isinstance(shape, Record):
        return shape.keys
    if isinstance(shape, ByKind):
        record = shape.records.get(around.beside.get(shape.key, ""))
        return record.keys if record is not None else {shape.key: Key(shape, "What this is.", True)}
    if isinstance(shape, CheckShape):
        chosen = next((SUBJECTS[name] for name in around.beside if name in SUBJECTS), None)
        if chosen is not None:
            return chosen.keys
        return {name: record.keys[name] for name, record in SUBJECTS.items() if name in record.keys}
    return {}
