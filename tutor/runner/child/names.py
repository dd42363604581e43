"""What the names of a program stood for when it failed: short safe descriptions, read without running its code."""

from __future__ import annotations

from itertools import islice
from types import FrameType, FunctionType, ModuleType
from typing import Any

from .encode import ancestors, class_dict, class_name, own_fields

_names_of: Any = vars(ModuleType)["__dict__"].__get__
MOST_NAMES = 80
MOST_KEYS = 60
MOST_MODULE_KEYS = 400
LONGEST = 80
_CO_OPTIMIZED = 0x1
_SIZED = (list, tuple, dict, set, frozenset, str, bytes, bytearray, range)
_BRACKETS: dict[Any, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("{", "}"),
}


def brief(value: Any, depth: int = 0) -> str:
    """A value in at most about 80 characters, as a learner would write it."""
    kind: Any = type(value)
    if kind is str:
        return str.__repr__(value if len(value) <= 60 else value[:57] + "...")
    if kind is int:
        if value.bit_length() < 300:
            return int.__repr__(value)
        return f"a whole number of about {value.bit_length() * 3 // 10} digits"
    if kind is bool or value is None or kind is float or kind is complex or kind is range:
        return str(kind.__repr__(value))
    if kind is bytes or kind is bytearray:
        return bytes.__repr__(bytes(value[:40]))
    if kind in _BRACKETS or kind is dict:
        return _brief_container(value, kind, depth)
    if kind is FunctionType:
        return f"the function {value.__name__}"[:LONGEST]
    if kind is ModuleType:
        return f"the module {_module_names(value).get('__name__', '?')}"[:LONGEST]
    if type in ancestors(kind):
        return f"the class {class_name(value)}"
    return f"<{class_name(kind)}>"


def _brief_container(value: Any, kind: Any, depth: int) -> str:
    if depth >= 2:
        return "..."
    length = kind.__len__(value)
    if kind is dict:
        inside = [
            f"{brief(key, depth + 1)}: {brief(item, depth + 1)}" for key, item in islice(value.items(), 5)
        ]
        opening, closing = "{", "}"
    else:
        inside = [brief(item, depth + 1) for item in islice(kind.__iter__(value), 6)]
        opening, closing = _BRACKETS[kind]
        if not length and kind not in (list, tuple):
            return "set()" if kind is set else "frozenset()"
    if length > len(inside):
        inside.append("...")
    text = ", ".join(inside) + ("," if kind is tuple and length == 1 else "")
    return opening + (text if len(text) <= LONGEST else text[: LONGEST - 3] + "...") + closing


def _module_names(module: ModuleType) -> dict[str, Any]:
    return _names_of(module)  # type: ignore[no-any-return]


def _length(value: Any) -> int | None:
    for base in _SIZED:
        if base in ancestors(type(value)):
            return base.__len__(value)
    return None


def _keys(value: Any) -> list[str]:
    """A dictionary's first keys, or the public names of a module, a class or an object."""
    kind = type(value)
    if dict in ancestors(kind):
        return [key if type(key) is str else brief(key) for key in islice(dict.keys(value), MOST_KEYS)]
    if kind is ModuleType:
        public = [name for name in _module_names(value) if type(name) is str and name[:1] != "_"]
        return public[:MOST_MODULE_KEYS]
    if kind.__module__ == "builtins" and type not in ancestors(kind):
        return []
    found = [] if type in ancestors(kind) else [name for name, _ in own_fields(value)]
    for cls in ancestors(value if type in ancestors(kind) else kind):
        if cls is not object:
            found += [name for name in class_dict(cls) if type(name) is str and name[:2] != "__"]
    return list(dict.fromkeys(found))[:MOST_KEYS]


def fact(value: Any) -> list[Any]:
    """[type name, short text, length or None, keys]."""
    try:
        keys = [key[:LONGEST] for key in _keys(value)]
    except BaseException:  # a descriptor or metaclass of the program's that we had not thought of
        keys = []
    return [class_name(type(value)), brief(value)[: LONGEST + 40], _length(value), keys]


def names_at(frame: FrameType, with_globals: bool) -> dict[str, list[Any]]:
    """The names that a frame could see, its own first; without those that Python itself put there."""
    found: dict[str, Any] = {}
    if frame.f_code.co_flags & _CO_OPTIMIZED or type(frame.f_locals) is dict:
        for name, value in islice(list(frame.f_locals.items()), MOST_NAMES):
            found[name] = value
    if with_globals:
        for name, value in list(dict.items(frame.f_globals)):
            if len(found) >= MOST_NAMES:
                break
            found.setdefault(name, value)
    return {name: fact(value) for name, value in found.items() if type(name) is str and name[:2] != "__"}
