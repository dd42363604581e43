"""One thread that does the session's verbs in order, so that a slow disk never holds the window."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)

Task = Callable[[], None]


class Worker:
    """Does tasks one after the other on a thread of its own.

    Args:
        failed: told of an exception that a task let out, on the worker's thread; the worker goes on.
    """

    def __init__(self, failed: Callable[[Exception], None]) -> None:
        self._failed = failed
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="session", daemon=True)
        self._thread.start()

    def do(self, task: Task) -> None:
        """Do this after what is waiting already. Returns at once."""
        self._tasks.put(task)

    def settle(self, timeout: float) -> bool:
        """Wait until all that waits now is done; False when that takes longer than so many seconds."""
        if threading.current_thread() is self._thread:
            return True
        done = threading.Event()
        self._tasks.put(done.set)
        return done.wait(timeout)

    def close(self, timeout: float) -> bool:
        """Finish what waits, then end. False when that takes longer than so many seconds."""
        self._tasks.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except Exception as error:
                _log.exception("a verb failed")
                try:
                    self._failed(error)
                except Exception:
                    _log.exception("whoever is told of failures failed")
