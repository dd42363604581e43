"""What a learner made of what they were given, step by step: it counts more than a view that was made before they typed."""

from __future__ import annotations

from typing import Generic, TypeVar

Work = TypeVar("Work")


class OwnWork(Generic[Work]):
    """Remembers by place what was put into an editor, and what a person at the keyboard has made of it.

    A view comes from another thread: between its making and its showing somebody may have typed on. What the editor holds
    and what the session knows of it differ while somebody types: `news` says what is still to be told.
    """

    def __init__(self) -> None:
        self._given: dict[str, Work] = {}
        self._made: dict[str, Work] = {}
        self._place = ""  # whose work the editor holds
        self._told: Work | None = None

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

    def shown(self, place: str, told: Work) -> None:
        """The editor holds the work of this place from now on; of that the session knows `told`."""
        self._place, self._told = place, told

    def news(self, now: Work) -> str:
        """The place for which the session is to be told what stands in the editor now; "" where it knows that."""
        if not self._place or now == self._told:
            return ""
        self._told = now
        self.keep(self._place, now)
        return self._place

    def forget(self) -> None:
        """Somebody else comes."""
        self._place = ""
        self._given.clear()
        self._made.clear()
