"""The steps that were on show, in order: back to where one was before, and forward again, as in a web browser."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject

from tutor.session.events import StepView
from tutor.session.session import Session

#: Places that are remembered; who goes back further uses the outline.
MOST = 200


class Place(NamedTuple):
    """A step of a course; both ids are empty for the scratch program."""

    lesson: str
    step: str


class Trail(QObject):
    """Where one has been in the open course."""

    def __init__(self, parent: QObject, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._course: Path | None = None
        self._places: list[Place] = []
        self._at = -1
        self._going: int | None = None

    def step_opened(self, view: StepView) -> None:
        """A step is on show: remember it, unless it is where one went back or forward to."""
        if view.course.folder != self._course:
            self.forget()
            self._course = view.course.folder
        place = Place("", "") if view.is_scratch else Place(view.lesson.id, view.step.id)
        if self._is_on_the_way(place):
            return
        if self._at < 0 or self._places[self._at] != place:
            self._places = [*self._places[: self._at + 1], place][-MOST:]
            self._at = len(self._places) - 1

    def _is_on_the_way(self, place: Place) -> bool:
        """Whether one comes here by going back or forward: several presses pass through the places between."""
        going, self._going = self._going, None
        if going is None or going == self._at:
            return False
        by = 1 if going > self._at else -1
        reached = next((n for n in range(self._at + by, going + by, by) if self._places[n] == place), None)
        if reached is None:
            return False
        self._at = reached
        self._going = None if reached == going else going
        return True

    def forget(self) -> None:
        """Another course, or somebody else's work: nothing leads back there."""
        self._places, self._at, self._going = [], -1, None

    def back(self) -> None:
        """To the step that was on show before."""
        self._go(-1)

    def forward(self) -> None:
        """To the step from which one went back."""
        self._go(+1)

    def _go(self, by: int) -> None:
        to = (self._at if self._going is None else self._going) + by
        if not 0 <= to < len(self._places):
            return
        self._going = to
        lesson, step = self._places[to]
        if lesson:
            self._session.open(lesson, step)
        else:
            self._session.open_scratch()
