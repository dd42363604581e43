"""What may wait for a slow disk says so: told when it is asked for, and again when it is over."""

from __future__ import annotations

from collections.abc import Callable

from tutor.session.events import Openable, Opening, OpeningEnded, SessionEvent


class TellingOpening:
    """Does tasks on the session's thread, between Opening and OpeningEnded.

    Opening is told at once: a task may wait for the one before it, which waits for the disk.

    Args:
        do: does a task on the session's thread.
        emit: the one subscriber.
    """

    def __init__(
        self, do: Callable[[Callable[[], None]], None], emit: Callable[[SessionEvent], None]
    ) -> None:
        self._do, self._emit = do, emit

    def __call__(self, task: Callable[[], None], what: Openable, name: str = "") -> None:
        """Do this; what it raises goes on to whoever does tasks. -> Opening ... OpeningEnded."""
        self._emit(Opening(what, name))

        def told() -> None:
            try:
                task()
            finally:
                self._emit(OpeningEnded(what))

        self._do(told)
