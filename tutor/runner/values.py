"""Values that came out of a learner's process: plain Python objects for plain data, descriptions for all else.

Forms on the wire (JSON; see runner/child/encode.py): `null`, `true`, `false`, whole numbers below 2**53, and text stand for
themselves. A list has a tag first: `i` a larger whole number (hexadecimal), `f` a float (`float.hex`), `c` complex, `s` text
with lone surrogates, `b` `ba` bytes and bytearray (hexadecimal), `[` `(` `{` `<` list, tuple, set, frozenset with their items,
`:` a dict with keys and values in turn, `r` a range, `date` `time` `datetime` `delta` `decimal` `fraction`, `@` the list, dict
or set that began as the n-th (the same object again), `cycle` an object inside itself, `~` so many items left out, `S` `B`
the start of a long text or of long bytes, `o` anything else: kind, type, name, plain part, fields, fields left out.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from tutor.runner.protocol import ProtocolError


@dataclass(frozen=True, slots=True)
class Cut:
    """Stands where items were left out: how many, None where something nested too deeply was not looked into."""

    missing: int | None = None


@dataclass(frozen=True, slots=True)
class CutText:
    """The start of a text, or of bytes, too long to be sent; `length` is the whole's."""

    start: str | bytes
    length: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """Stands where a value contains itself."""


class _Nothing:
    """No plain part (None is a value)."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Any = _Nothing()


@dataclass(frozen=True, slots=True)
class Described:
    """A value that is no plain data, described.

    Args:
        kind: "object", "dataclass", "namedtuple", "enum", "exception", "function", "class", "module", "generator",
            or "huge-number".
        type: the name of its class.
        name: what a function, class, module or generator is called.
        base: the plain value that an object of a subclass of a plain type holds (a Counter's dict, a named tuple's
            tuple, a deque's list); NOTHING where there is none.
        fields: attribute names and values, in order.
        more_fields: how many attributes were left out.
    """

    kind: str
    type: str
    name: str = ""
    base: Any = NOTHING
    fields: tuple[tuple[str, Any], ...] = ()
    more_fields: int = 0

    def __hash__(self) -> int:
        return hash((self.kind, self.type, self.name))


def is_plain(value: Any) -> bool:
    """Whether a decoded value is plain data through and through, with nothing described or cut."""
    to_visit, seen = [value], set()
    while to_visit:
        item = to_visit.pop()
        if isinstance(item, Cut | CutText | Cycle | Described):
            return False
        if isinstance(item, list | tuple | set | frozenset | dict):
            if id(item) in seen:
                continue
            seen.add(id(item))
            to_visit += item
            if isinstance(item, dict):
                to_visit += item.values()
    return True


def decode(form: Any) -> Any:
    """The value that a form stands for.

    Raises:
        ProtocolError: it is no form that our own code sends.
    """
    try:
        return _Decoder().decode(form)
    except (ValueError, TypeError, ArithmeticError, IndexError, RecursionError, InvalidOperation) as error:
        raise ProtocolError("not a value") from error


class _Decoder:
    def __init__(self) -> None:
        self._shared: list[Any] = []

    def decode(self, form: Any) -> Any:
        if form is None or type(form) in (bool, int, str):
            return form
        if type(form) is not list or not form or type(form[0]) is not str:
            raise ProtocolError("not a value")
        read = _READERS.get(form[0])
        if read is None:
            raise ProtocolError("not a value")
        return read(self, form[1:])

    def many(self, forms: list[Any]) -> list[Any]:
        return [self.decode(form) for form in forms]

    def read_list(self, forms: list[Any]) -> Any:
        found: list[Any] = []
        self._shared.append(found)
        found += self.many(forms)
        return found

    def read_set(self, forms: list[Any]) -> Any:
        found: set[Any] = set()
        self._shared.append(found)
        found.update(self.many(forms))
        return found

    def read_dict(self, forms: list[Any]) -> Any:
        found: dict[Any, Any] = {}
        self._shared.append(found)
        if len(forms) % 2:  # the last says how many were left out
            cut = self.decode(forms[-1])
            if not isinstance(cut, Cut):
                raise ProtocolError("half an entry")
        else:
            cut = None
        for key, item in zip(forms[0::2], forms[1::2], strict=False):
            found[self.decode(key)] = self.decode(item)
        if cut is not None:
            found[cut] = cut
        return found

    def read_shared(self, forms: list[Any]) -> Any:
        (number,) = forms
        if type(number) is not int or number < 0:
            raise ProtocolError("not a number")
        return self._shared[number]

    def read_cut(self, forms: list[Any]) -> Any:
        (missing,) = forms
        if missing is not None and type(missing) is not int:
            raise ProtocolError("not a number")
        return Cut(missing)

    def read_object(self, forms: list[Any]) -> Any:
        kind, type_name, name, base, fields, more = forms
        if (
            {type(kind), type(type_name), type(name)} != {str}
            or type(fields) is not list
            or type(more) is not int
        ):
            raise ProtocolError("not a description")
        plain = NOTHING if base is None else self.decode(base[0])
        named = []
        for field_name, form in zip(fields[0::2], fields[1::2], strict=True):
            if type(field_name) is not str:
                raise ProtocolError("not a field's name")
            named.append((field_name, self.decode(form)))
        return Described(kind, type_name, name, plain, tuple(named), more)


def _zone(form: Any) -> datetime.tzinfo | None:
    if form is None:
        return None
    if form[0] == "offset":
        _, days, seconds, microseconds, name = form
        offset = datetime.timedelta(days, seconds, microseconds)
        zone = datetime.timezone(offset)
        if not offset and name == "UTC":
            return datetime.UTC
        return zone if zone.tzname(None) == name else datetime.timezone(offset, name)
    if form[0] == "zone":
        try:
            return zoneinfo.ZoneInfo(form[1])
        except (zoneinfo.ZoneInfoNotFoundError, OSError):
            return datetime.timezone(datetime.timedelta(0), str(form[1])[:80])  # this PC has no data for it
    raise ProtocolError("not a zone")


def _time(decoder: _Decoder, forms: list[Any]) -> datetime.time:
    hour, minute, second, microsecond, fold, zone = forms
    return datetime.time(hour, minute, second, microsecond, _zone(zone), fold=fold)


def _datetime(decoder: _Decoder, forms: list[Any]) -> datetime.datetime:
    *parts, fold, zone = forms
    year, month, day, hour, minute, second, microsecond = parts
    return datetime.datetime(year, month, day, hour, minute, second, microsecond, _zone(zone), fold=fold)


def _cut_text(decoder: _Decoder, forms: list[Any]) -> CutText:
    length, start = forms
    if type(length) is not int:
        raise ProtocolError("not a length")
    return CutText(bytes.fromhex(start).decode("utf-8", "surrogatepass"), length)


def _cut_bytes(decoder: _Decoder, forms: list[Any]) -> CutText:
    length, start = forms
    if type(length) is not int:
        raise ProtocolError("not a length")
    return CutText(bytes.fromhex(start), length)


_READERS: dict[str, Callable[[_Decoder, list[Any]], Any]] = {
    "i": lambda decoder, forms: int(forms[0], 16),
    "f": lambda decoder, forms: float.fromhex(forms[0]),
    "c": lambda decoder, forms: complex(float.fromhex(forms[0]), float.fromhex(forms[1])),
    "s": lambda decoder, forms: bytes.fromhex(forms[0]).decode("utf-8", "surrogatepass"),
    "b": lambda decoder, forms: bytes.fromhex(forms[0]),
    "ba": lambda decoder, forms: bytearray.fromhex(forms[0]),
    "[": _Decoder.read_list,
    "(": lambda decoder, forms: tuple(decoder.many(forms)),
    "{": _Decoder.read_set,
    "<": lambda decoder, forms: frozenset(decoder.many(forms)),
    ":": _Decoder.read_dict,
    "r": lambda decoder, forms: range(*decoder.many(forms)),
    "date": lambda decoder, forms: datetime.date(*forms),
    "time": _time,
    "datetime": _datetime,
    "delta": lambda decoder, forms: datetime.timedelta(*forms),
    "decimal": lambda decoder, forms: Decimal(forms[0]),
    "fraction": lambda decoder, forms: Fraction(*decoder.many(forms)),
    "@": _Decoder.read_shared,
    "cycle": lambda decoder, forms: Cycle(),
    "~": _Decoder.read_cut,
    "S": _cut_text,
    "B": _cut_bytes,
    "o": _Decoder.read_object,
}
