"""What a learner made of what they were given, step by step: it counts more than a view that was made before they typed."""

from __future__ import annotations

from typing import Generic, TypeVar

Work = TypeVar("Work")


class OwnWork(Generic[Work]):
    """Remembers by place what was put into an editor, and what a person at the keyboard has made of it.

    A view comes from another thread: between its making and its showing somebody may have typed on.
    """

    def __init__(self) -> None:
        self._given: dict[str, Work] = {}
        self._made: dict[str, Work] = {}

    def keep(self, place: str, now: Work) -> None:
        """This stands there now."""
        if place in self._made or now != self._given.get(place):
            self._made[place] = now

    def to_show(self, place: str, given: Work) -> Work:
        """What belongs there: what a person has made, else what is given."""
        if place in self._made:
            return self._made[place]
        self._given[place] = given
        return given

    def forget(self) -> None:
        """Somebody else comes."""
        self._given.clear()
        self._made.clear()
