"""A value of the learner's program as plain data: typed, bounded, and read without calling a method of the program's.

The forms are listed in `tutor/runner/values.py`, which reads them.
"""

from __future__ import annotations

import sys
from itertools import islice
from types import (
    BuiltinFunctionType,
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any

MOST_NODES = 100_000
MOST_CHARACTERS = 2_000_000
LONGEST_TEXT = 200_000
LARGEST_NUMBER_BITS = 400_000
DEEPEST = 40
MOST_FIELDS = 100
EXACT_JSON = 1 << 53

_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__
_name_of = type.__dict__["__name__"].__get__
_module_of = type.__dict__["__module__"].__get__
_modules = sys.modules
_names_of: Any = vars(ModuleType)["__dict__"].__get__
_CONTAINERS: dict[type, str] = {list: "[", tuple: "(", set: "{", frozenset: "<"}
#: Values that are no data at all: said by what they are and what they are called.
_NAMED: dict[type, str] = {
    FunctionType: "function",
    BuiltinFunctionType: "function",
    MethodType: "function",
    ModuleType: "module",
    GeneratorType: "generator",
}
_PLAIN_BASES = (bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict)


def class_dict(cls: type) -> MappingProxyType[str, Any]:
    """The class's own dictionary, whatever its metaclass says."""
    found: MappingProxyType[str, Any] = _dict_of(cls)
    return found


def class_name(cls: type) -> str:
    """The class's name, cut to a length that fits a sentence."""
    name = _name_of(cls)
    return name[:80] if type(name) is str else "?"


def class_module(cls: type) -> str:
    """The name of the module that a class says it belongs to."""
    try:
        name = _module_of(cls)
    except BaseException:
        return ""
    return name if type(name) is str else ""


def ancestors(cls: type) -> tuple[type, ...]:
    """The class and those it is made from, in the order in which Python looks names up."""
    found: tuple[type, ...] = _mro_of(cls)
    return found


def own_fields(value: Any) -> list[tuple[str, Any]]:
    """The attributes that an object itself holds (its dictionary and its slots), in order, without running code."""
    fields: list[tuple[str, Any]] = []
    for cls in ancestors(type(value)):
        for name, member in list(class_dict(cls).items()):
            kind = type(member)
            if kind is GetSetDescriptorType and name == "__dict__":
                held = member.__get__(value)
                if type(held) is dict:
                    for key, item in list(islice(held.items(), MOST_FIELDS + 1)):
                        if type(key) is str:
                            fields.append((key, item))
            elif kind is MemberDescriptorType and not name.startswith("__") and cls is not BaseException:
                try:
                    fields.append((name, member.__get__(value)))
                except AttributeError:
                    continue  # a slot that was never filled
    return fields


class Encoder:
    """Encodes one value. `own_classes` is then True where something other than plain data took part."""

    def __init__(self) -> None:
        self._nodes = MOST_NODES
        self._characters = MOST_CHARACTERS
        self._numbers: dict[int, tuple[int, int]] = {}  # id -> (its number, its size with all that is in it)
        self._open: set[int] = set()
        self._kept: list[Any] = []  # keeps objects alive, so that ids stay theirs
        self.own_classes = False

    def encode(self, value: Any, depth: int = 0) -> Any:
        """The value in the forms of `tutor/runner/values.py`."""
        self._nodes -= 1
        if self._nodes < 0 or depth > DEEPEST:
            return ["~", None]
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return self._int(value)
        if kind is float:
            return ["f", float.hex(value)]
        if kind is str:
            return self._text(value)
        if kind in _CONTAINERS or kind is dict:
            return self._container(value, kind, depth)
        if kind is bytes or kind is bytearray:
            return self._bytes(value, "b" if kind is bytes else "ba")
        if kind is complex:
            return ["c", float.hex(value.real), float.hex(value.imag)]
        if kind is range:
            return ["r", self._int(value.start), self._int(value.stop), self._int(value.step)]
        library = self._library_value(value, kind)
        if library is not None:
            return library
        self.own_classes = True
        return self._object(value, kind, depth)

    def _int(self, value: int) -> Any:
        if -EXACT_JSON < value < EXACT_JSON:
            return value
        bits = value.bit_length()
        self._characters -= bits // 4
        if bits > LARGEST_NUMBER_BITS or self._characters < 0:
            self.own_classes = True
            return ["o", "huge-number", "int", "", None, ["bits", bits], 0]
        return ["i", hex(value)]

    def _text(self, value: str) -> Any:
        length = len(value)
        room = min(LONGEST_TEXT, max(self._characters, 0))
        self._characters -= min(length, room)
        if length > room:
            return ["S", length, value[:room].encode("utf-8", "surrogatepass").hex()]
        if not value.isascii():
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:  # JSON would join two lone surrogates into one character
                return ["s", value.encode("utf-8", "surrogatepass").hex()]
        return value

    def _bytes(self, value: bytes | bytearray, tag: str) -> Any:
        length = len(value)
        room = min(LONGEST_TEXT, max(self._characters, 0))
        self._characters -= min(length, room)
        if length > room:
            return ["B", length, bytes(value[:room]).hex()]
        return [tag, bytes(value).hex()]

    def _container(self, value: Any, kind: type, depth: int) -> Any:
        mutable = kind is list or kind is dict or kind is set
        identity = id(value)
        if identity in self._open:
            self.own_classes = True
            return ["cycle"]
        if mutable:
            known = self._numbers.get(identity)
            if known is not None:
                number, size = known
                self._nodes -= (
                    size  # what it would cost to look at it again: sharing cannot make a small bomb
                )
                return ["@", number] if self._nodes >= 0 else ["~", None]
            number = len(self._numbers)
            self._numbers[identity] = (number, 0)
            self._kept.append(value)
        before = self._nodes
        self._open.add(identity)
        encoded = self._dict(value, depth) if kind is dict else self._items(value, kind, depth)
        self._open.discard(identity)
        if mutable:
            self._numbers[identity] = (number, before - self._nodes)
        return encoded

    def _items(self, value: Any, kind: Any, depth: int) -> Any:
        encoded: list[Any] = [_CONTAINERS[kind]]
        length = kind.__len__(value)
        items = list(islice(kind.__iter__(value), max(self._nodes, 0)))
        for item in items:
            if self._nodes <= 0:
                break
            encoded.append(self.encode(item, depth + 1))
        missing = length - (len(encoded) - 1)
        if missing > 0:
            encoded.append(["~", missing])
        return encoded

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        encoded: list[Any] = [":"]
        length = dict.__len__(value)
        items = list(islice(dict.items(value), max(self._nodes, 0)))
        done = 0
        for key, item in items:
            if self._nodes <= 0:
                break
            encoded.append(self.encode(key, depth + 1))
            encoded.append(self.encode(item, depth + 1))
            done += 1
        if length > done:
            encoded.append(["~", length - done])
        return encoded

    def _library_value(self, value: Any, kind: type) -> Any:
        """Dates, times, Decimal and Fraction: the library's own classes, exactly."""
        form = _LIBRARY.get((class_module(kind), class_name(kind)))
        if form is None:
            return None
        module = _modules.get(class_module(kind))
        if type(module) is not ModuleType or module.__dict__.get(class_name(kind)) is not kind:
            return None
        return form(self, value)

    def date(self, value: Any) -> Any:
        """A date."""
        return ["date", value.year, value.month, value.day]

    def time(self, value: Any) -> Any:
        """A time of day, with its zone where that is the library's own."""
        zone = self._zone(value.tzinfo)
        if zone is _UNKNOWN_ZONE:
            return None
        return ["time", value.hour, value.minute, value.second, value.microsecond, value.fold, zone]

    def datetime(self, value: Any) -> Any:
        """A date and time, with its zone where that is the library's own."""
        zone = self._zone(value.tzinfo)
        if zone is _UNKNOWN_ZONE:
            return None
        day = [value.year, value.month, value.day]
        return ["datetime", *day, value.hour, value.minute, value.second, value.microsecond, value.fold, zone]

    def delta(self, value: Any) -> Any:
        """A length of time."""
        return ["delta", value.days, value.seconds, value.microseconds]

    def decimal(self, value: Any) -> Any:
        """A Decimal, digit for digit."""
        text = str(value)
        self._characters -= len(text)
        return ["decimal", text] if len(text) <= LONGEST_TEXT else None

    def fraction(self, value: Any) -> Any:
        """A Fraction."""
        return ["fraction", self._int(value.numerator), self._int(value.denominator)]

    def _zone(self, zone: Any) -> Any:
        if zone is None:
            return None
        kind = type(zone)
        module = _modules.get(class_module(kind))
        genuine = type(module) is ModuleType and module.__dict__.get(class_name(kind)) is kind
        if genuine and class_module(kind) == "datetime" and class_name(kind) == "timezone":
            offset = zone.utcoffset(None)
            return ["offset", offset.days, offset.seconds, offset.microseconds, zone.tzname(None)]
        if genuine and class_name(kind) == "ZoneInfo" and type(zone.key) is str:
            return ["zone", zone.key]
        return _UNKNOWN_ZONE

    def _object(self, value: Any, kind: Any, depth: int) -> Any:
        """Anything else: what it is, what it is called, the fields it holds; for a subclass, its plain part too."""
        named = _NAMED.get(kind)
        if named is not None:
            return ["o", named, class_name(kind), _own_name(value), None, [], 0]
        lineage = ancestors(kind)
        if type in lineage:
            return ["o", "class", "type", class_name(value), None, [], 0]
        identity = id(value)
        if identity in self._open:
            return ["cycle"]
        self._open.add(identity)
        self._kept.append(value)
        base = next((plain for plain in _PLAIN_BASES if plain in lineage), None)
        plain_part = None
        if base is not None:
            plain_part = [self.encode(_plain_part(value, base), depth + 1)]
        elif class_name(kind) == "deque" and class_module(kind) == "collections":
            plain_part = [self.encode(list(islice(kind.__iter__(value), MOST_NODES)), depth + 1)]
        what, fields = self._fields(value, kind, lineage)
        encoded: list[Any] = []
        for name, item in fields[:MOST_FIELDS]:
            encoded += [name[:80], self.encode(item, depth + 1)]
        self._open.discard(identity)
        return ["o", what, class_name(kind), "", plain_part, encoded, max(len(fields) - MOST_FIELDS, 0)]

    def _fields(self, value: Any, kind: type, lineage: tuple[type, ...]) -> tuple[str, list[tuple[str, Any]]]:
        members: dict[str, Any] = {}
        for cls in reversed(lineage):
            members.update(class_dict(cls))
        fields = own_fields(value)
        names = members.get("_fields")
        if tuple in lineage and type(names) is tuple and all(type(name) is str for name in names):
            return "namedtuple", list(zip(names, tuple.__iter__(value), strict=False))
        if type(members.get("__dataclass_fields__")) is dict:
            held = dict(fields)
            declared = [name for name in members["__dataclass_fields__"] if type(name) is str]
            return "dataclass", [(name, held[name]) for name in declared if name in held]
        if "_member_map_" in members and "_name_" in dict(fields):
            held = dict(fields)
            return "enum", [("name", held["_name_"]), ("value", held.get("_value_"))]
        if BaseException in lineage:
            arguments = BaseException.__dict__["args"].__get__(value)
            return "exception", [("args", arguments), *fields]
        return "object", fields


def _own_name(value: Any) -> str:
    """What a function, module or generator is called, read past any override."""
    name: Any = ""
    kind = type(value)
    if kind is ModuleType:
        name = _names_of(value).get("__name__")
    elif kind is MethodType:
        name = getattr(value.__func__, "__name__", "") if type(value.__func__) is FunctionType else ""
    else:
        name = kind.__dict__["__name__"].__get__(value)
    return name[:80] if type(name) is str else ""


def _plain_part(value: Any, base: Any) -> Any:
    """The plain value inside an object of a subclass of a plain type."""
    if base is bool or base is int:
        return int.__int__(value)
    if base is float:
        return float.__float__(value)
    if base is complex:
        return complex.__pos__(value)
    if base is str:
        return str.__str__(value) if type(value) is str else str.__getitem__(value, slice(None))
    if base is bytes:
        return bytes.__getitem__(value, slice(None))
    if base is bytearray:
        return bytearray.__getitem__(value, slice(None))
    if base is dict:
        return dict(islice(dict.items(value), MOST_NODES))
    return base(islice(base.__iter__(value), MOST_NODES))


_UNKNOWN_ZONE = object()
_LIBRARY = {
    ("datetime", "date"): Encoder.date,
    ("datetime", "time"): Encoder.time,
    ("datetime", "datetime"): Encoder.datetime,
    ("datetime", "timedelta"): Encoder.delta,
    ("decimal", "Decimal"): Encoder.decimal,
    ("fractions", "Fraction"): Encoder.fraction,
}
