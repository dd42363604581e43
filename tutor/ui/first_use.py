"""Parts of a window that are made when they are first wanted, so that nobody waits for them at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, overload

Part = TypeVar("Part", covariant=True)


class FirstUse(Generic[Part]):
    """A part of a widget as an attribute of its class: reading it from the widget makes the part, once.

    Read from the class, it offers `then` (connect a part that may not be there yet) and `made` (the part, if it is).

    Args:
        make: makes the part for its widget; it imports what it needs when it is called.
    """

    def __init__(self, make: Callable[[Any], Part]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, widget: None, owner: type) -> FirstUse[Part]: ...
    @overload
    def __get__(self, widget: object, owner: type) -> Part: ...
    def __get__(self, widget: object | None, owner: type) -> FirstUse[Part] | Part:
        if widget is None:
            return self
        # From now on the widget's own attribute is found first, and this is not asked again.
        part = widget.__dict__[self._name] = self._make(widget)
        for connect in widget.__dict__.pop(self._waiting, ()):
            connect(part)
        return part

    @property
    def _waiting(self) -> str:
        return f"{self._name} when it is made"

    def made(self, widget: object) -> Part | None:
        """The widget's part if it has been made; None until then."""
        part: Part | None = widget.__dict__.get(self._name)
        return part

    def then(self, widget: object, connect: Callable[[Part], object]) -> None:
        """Do this with the part as soon as it is made: now, where it has been."""
        part = self.made(widget)
        if part is not None:
            connect(part)
        else:
            widget.__dict__.setdefault(self._waiting, []).append(connect)


def made_parts(widget: object) -> Iterator[Any]:
    """The parts of a widget that have been made."""
    for value in vars(type(widget)).values():
        if isinstance(value, FirstUse) and (part := value.made(widget)) is not None:
            yield part
