"""Brings output from the session to the window in bites: pulled on a timer, never pushed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

#: Milliseconds between two bites, and the characters of one: measured to hold the event loop for 15 ms at most
#: while a program prints without end.
INTERVAL = 40
BITE = 16_384

Pieces = Sequence[tuple[str, str]]


#: Once a program has ended, no more than this many characters of what it had printed ahead are still shown: the last.
TAIL = 4 * BITE


class OutputPump(QObject):
    """Pulls from `take` and pours into `pour` while there is something to take.

    `skip` is told how many lines were left out, when a program that printed without end is over.
    """

    def __init__(
        self,
        take: Callable[[int], Pieces],
        pour: Callable[[Pieces], None],
        skip: Callable[[int], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._take, self._pour, self._skip = take, pour, skip
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._pull)
        self._held = False

    def wake(self) -> None:
        """There is output: take a bite now if it is time, and go on until there is none left."""
        if self._held:
            return
        if not self._timer.isActive():
            self._pull()
            self._timer.start()

    def hold(self) -> None:
        """Stop was pressed: show no more until all is over, for what a flood still brings would only delay that."""
        self._held = True
        self._timer.stop()

    def begin(self) -> None:
        """Another program starts: its output is shown."""
        self._held = False

    def drain(self) -> None:
        """The program has ended, or waits for a person: show what is left now, at most its last TAIL characters."""
        self._timer.stop()
        self._held = False
        left: list[tuple[str, str]] = []
        while pieces := self._take(TAIL):
            left.extend(pieces)
        shown: list[tuple[str, str]] = []
        room = TAIL
        while left and room > 0:
            stream, text = left.pop()
            if len(text) > room:
                cut = text.find("\n", len(text) - room) + 1 or len(text) - room
                left.append((stream, text[:cut]))
                text = text[cut:]
                room = 0
            room -= len(text)
            shown.append((stream, text))
        skipped = sum(text.count("\n") for _stream, text in left)
        if skipped:
            self._skip(skipped)
        if shown:
            self._pour(shown[::-1])

    def _pull(self) -> None:
        pieces = self._take(BITE)
        if pieces:
            self._pour(pieces)
        else:
            self._timer.stop()
