"""Waiting for a disk, but not for long: a folder on a network may stall, and somebody waits for the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Seconds that the start waits for the disk, for all files together; ordinary disks need a few milliseconds.
PATIENCE = 0.3


class Patience:
    """So many seconds for all that somebody waits for: a disk that has used them up is waited for no more.

    What it stalls over is done all the same, on a thread of its own. For one thread.

    Args:
        seconds: how long all the waits may take together.
    """

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._left = seconds

    def within(self, task: Callable[[], T], *, late: Callable[[T], None] | None = None) -> T | None:
        """As the function of that name, for as long as is left."""
        began = time.monotonic()
        try:
            return within(self._left, task, late=late)
        finally:
            self._left = max(0.0, self._left - (time.monotonic() - began))


def as_long_as_it_takes(task: Callable[[], T]) -> T | None:
    """What stands for `Patience.within` where nobody waits for a window."""
    return task()


def within(seconds: float, task: Callable[[], T], *, late: Callable[[T], None] | None = None) -> T | None:
    """Do this on a thread of its own, and wait for so many seconds at most.

    Args:
        seconds: how long to wait.
        task: reads or writes something; what it raises counts as None.
        late: is given the result, on that thread, when it comes after the wait was over.

    Returns:
        The result; None when it is not there in time.
    """
    lock = threading.Lock()
    done = threading.Event()
    given_up = False
    result: list[T] = []

    def work() -> None:
        try:
            made = task()
        except Exception:
            done.set()
            raise
        with lock:
            result.append(made)
            done.set()
            tell = given_up
        if tell and late is not None:
            late(made)

    threading.Thread(target=work, name="patience", daemon=True).start()
    done.wait(seconds)
    with lock:
        given_up = not done.is_set()
        return result[0] if result else None
