"""Values as text for people: as Python writes them, safe for any value, and short where asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tutor.runner.values import NOTHING, Cut, CutText, Cycle, Described
from tutor.translation import tr

_DEEPEST = 20
_MOST_ITEMS = 200
_WHOLE = 4000  # characters of a value that is shown in full


def show(value: object, most: int = _WHOLE) -> str:
    """A value as Python writes it, cut to `most` characters: first by leaving items out. Never raises."""
    text = ""
    for items in (_MOST_ITEMS, 10, 4):
        try:
            text = _joined(_Shower(items).pieces(value, 0))
        except (ValueError, RecursionError, ArithmeticError):
            text = f"<{type(value).__name__}>"
        if len(text) <= most:
            break
    return shorten(text, most)


def _joined(pieces: Iterator[str]) -> str:
    """Pieces as one text, up to a bound: parts that contain each other many times over make a very long one."""
    found: list[str] = []
    length = 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > 5 * _WHOLE:
            found.append("...")
            break
    return "".join(found)


def shorten(text: str, most: int) -> str:
    """Text cut in the middle to `most` characters, so that both of its ends can be seen."""
    if len(text) <= most:
        return text
    tail = max(1, (most - 3) // 4)
    return text[: most - 3 - tail] + "..." + text[-tail:]


class _Shower:
    """Writes a value piece by piece, with at most so many items of each part."""

    def __init__(self, most: int) -> None:
        self.most = most

    def pieces(self, value: object, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            yield "..."
        elif type(value) is list:
            yield from self._items(value, "[", "]", depth)
        elif type(value) is tuple:
            yield from self._items(value, "(", ",)" if len(value) == 1 else ")", depth)
        elif type(value) is set or type(value) is frozenset:
            yield from self._set(value, depth)
        elif type(value) is dict:
            yield from self._dict(value, depth)
        elif isinstance(value, Described):
            yield from self._described(value, depth)
        else:
            yield _single(value)

    def _items(
        self, items: list[object] | tuple[object, ...], start: str, end: str, depth: int
    ) -> Iterator[str]:
        yield start
        for position, item in enumerate(items[: self.most]):
            if position:
                yield ", "
            yield from self.pieces(item, depth + 1)
        if len(items) > self.most:
            yield f", ... ({len(items)} items)"
        yield end

    def _set(self, items: set[object] | frozenset[object], depth: int) -> Iterator[str]:
        if not items:
            yield f"{type(items).__name__}()"
            return
        shown = sorted(
            ("".join(self.pieces(item, depth + 1)) for item in list(items)[: self.most]), key=_by_size
        )
        inside = "{" + ", ".join(shown) + (", ..." if len(items) > self.most else "") + "}"
        yield inside if type(items) is set else f"frozenset({inside})"

    def _dict(self, items: dict[object, object], depth: int) -> Iterator[str]:
        yield "{"
        for position, (key, value) in enumerate(items.items()):
            if position == self.most:
                yield f", ... ({len(items)} entries)"
                break
            if position:
                yield ", "
            yield from self.pieces(key, depth + 1)
            yield ": "
            yield from self.pieces(value, depth + 1)
        yield "}"

    def _described(self, value: Described, depth: int) -> Iterator[str]:
        """As Python would write it, or in angle brackets what it is."""
        fields = dict(value.fields)
        if value.kind == "huge-number":
            yield tr("a whole number of about {count} digits", count=int(fields.get("bits", 0) * 0.30103))
        elif value.kind == "enum":
            yield f"{value.type}.{fields.get('name', '?')}"
        elif value.kind in ("namedtuple", "dataclass"):
            yield f"{value.type}("
            for position, (name, held) in enumerate(value.fields):
                yield f"{', ' if position else ''}{name}="
                yield from self.pieces(held, depth + 1)
            yield ")"
        elif value.kind == "exception":
            yield value.type
            yield from self.pieces(fields.get("args", ()), depth + 1)
        elif value.kind in ("function", "class", "module"):
            yield f"<{value.kind} {value.name}>"
        elif value.base is not NOTHING:
            yield f"{value.type}("
            yield from self.pieces(value.base, depth + 1)
            yield ")"
        else:
            yield f"<{value.type} object>"


def _by_size(text: str) -> tuple[float, str]:
    try:
        return (float(text), text)
    except ValueError:
        return (0.0, text)


def _single(value: object) -> str:
    if isinstance(value, CutText):
        return f"{value.start[:_WHOLE]!r}..."
    if isinstance(value, (Cut, Cycle)):
        return "..."
    if isinstance(value, int) and abs(value) >= 10**1000:
        return tr("a whole number of about {count} digits", count=int(value.bit_length() * 0.30103))
    if isinstance(value, (Decimal, Fraction, datetime.date, datetime.time, datetime.timedelta)):
        return repr(value).removeprefix("datetime.")
    return repr(value)


def kind_name(value: object) -> str:
    """What kind of thing a value is, in a beginner's words, with its article."""
    names: tuple[tuple[type, str], ...] = (
        (bool, tr("True or False")),
        (int, tr("a whole number")),
        (float, tr("a decimal number")),
        (str, tr("text")),
        (list, tr("a list")),
        (tuple, tr("a tuple")),
        (dict, tr("a dictionary")),
        (frozenset, tr("a frozen set")),
        (set, tr("a set")),
        (bytes, tr("bytes")),
        (datetime.datetime, tr("a date with a time")),
        (datetime.date, tr("a date")),
        (datetime.time, tr("a time")),
        (datetime.timedelta, tr("a length of time")),
        (range, tr("a range")),
    )
    for kind, name in names:
        if isinstance(value, kind):
            return name
    if isinstance(value, Described):
        if value.kind == "huge-number":
            return tr("a whole number")
        if value.type[:1].lower() in "aeiou":
            return tr("an {kind}", kind=value.type)
        return tr("a {kind}", kind=value.type)
    return "None" if value is None else tr("a value of the kind {kind}", kind=type(value).__name__)
