"""Brings output from the session to the window in bites: pulled on a timer, never pushed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

#: Milliseconds between two bites, and the characters of one: measured to hold the event loop for 15 ms at most
#: while a program prints without end.
INTERVAL = 40
BITE = 16_384

Pieces = Sequence[tuple[str, str]]


class OutputPump(QObject):
    """Pulls from `take` and pours into `pour` while there is something to take."""

    def __init__(
        self, take: Callable[[int], Pieces], pour: Callable[[Pieces], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._take, self._pour = take, pour
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._pull)

    def wake(self) -> None:
        """There is output: take a bite now if it is time, and go on until there is none left."""
        if not self._timer.isActive():
            self._pull()
            self._timer.start()

    def drain(self, most: int = 64 * BITE) -> None:
        """The run is over: take what is left, up to `most` characters."""
        self._timer.stop()
        taken = 0
        while taken < most:
            pieces = self._take(BITE)
            if not pieces:
                return
            taken += sum(len(text) for _stream, text in pieces)
            self._pour(pieces)
        self._timer.start()

    def _pull(self) -> None:
        pieces = self._take(BITE)
        if pieces:
            self._pour(pieces)
        else:
            self._timer.stop()
