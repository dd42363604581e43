"""Objects that are no plain data, as the judging side sees them: descriptions from `tutor.runner.values`."""

from __future__ import annotations

from typing import Any

from tutor.runner.values import NOTHING, Described

#: Library classes that hold plain data and are yet, by Python's own rules, not equal to it.
_NOT_THEIR_PART = frozenset({"deque", "UserDict", "UserList", "UserString"})

#: What has to be asked for its items before it is a list.
ONE_BY_ONE = frozenset(
    {
        "map", "filter", "zip", "enumerate", "reversed", "generator", "dict_keys", "dict_values", "dict_items", "deque",
        "list_iterator", "list_reverseiterator", "range_iterator", "str_iterator", "str_ascii_iterator", "islice", "chain",
    }
)  # fmt: skip


def plain(value: object) -> object:
    """The plain data that a described object also is (a named tuple is a tuple, a Counter a dictionary), or the value."""
    if isinstance(value, Described) and value.base is not NOTHING and value.type not in _NOT_THEIR_PART:
        return value.base
    return value


def type_names(value: Any) -> tuple[str, ...]:
    """The names by which a lesson may call a value's type, the usual one first."""
    if isinstance(value, Described):
        inside = type_names(value.base)[:1] if plain(value) is not value else ()
        return (value.type, *inside)
    kind = type(value)
    if value is None:
        return ("NoneType", "None")
    return (kind.__name__, f"{kind.__module__}.{kind.__name__}")
