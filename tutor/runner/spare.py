"""Spare interpreters: started ahead of need, so that a program's first output appears at once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from tutor.runner.carrier import Carrier


class Spares:
    """Keeps some carriers waiting, each for one run.

    Args:
        hardened: whether the kernel is to confine them too, where it can.
        count: how many to keep waiting; 0 starts each when it is needed.

    All its methods may be called from any thread.
    """

    def __init__(self, hardened: bool, count: int) -> None:
        self._start = _starter(hardened, self._take_back)
        self._count = count
        self._lock = threading.Lock()
        self._waiting: list[Carrier] = []
        self._closed = False
        self.fill()

    def fill(self) -> None:
        """Have as many waiting as there should be. What cannot be started is started when it is needed."""
        while True:
            with self._lock:
                if self._closed or len(self._waiting) >= self._count:
                    return
            try:
                carrier = self._start()
            except OSError:
                return
            self._keep(carrier)

    def take(self) -> Carrier:
        """A carrier that waits, or a new one.

        Raises:
            OSError: none could be started.
        """
        while True:
            with self._lock:
                carrier = self._waiting.pop(0) if self._waiting else None
            if carrier is None:
                return self._start()
            if carrier.alive():
                return carrier
            carrier.dismiss(False)

    def close(self) -> None:
        """End all that wait; none is kept from now on."""
        with self._lock:
            self._closed = True
            waiting, self._waiting = self._waiting, []
        for carrier in waiting:
            carrier.dismiss(False)

    def _take_back(self, carrier: Carrier) -> None:
        """A used guard comes back with a fresh worker: one more than asked for may wait, so that none is started in vain."""
        self._keep(carrier, extra=1)

    def _keep(self, carrier: Carrier, extra: int = 0) -> None:
        with self._lock:
            room = not self._closed and len(self._waiting) < self._count + extra
            if room:
                self._waiting.append(carrier)
        if not room:
            carrier.dismiss(False)


def _starter(hardened: bool, take_back: Callable[[Carrier], None]) -> Callable[[], Carrier]:
    if os.name == "nt":
        from tutor.runner.containment_windows import JobWorker  # noqa: PLC0415 - Windows only

        return lambda: JobWorker(hardened)
    from tutor.runner.containment_posix import Guard, GuardedWorker  # noqa: PLC0415 - POSIX only

    def give_back(guard: Guard) -> None:
        try:
            take_back(GuardedWorker(guard, give_back))
        except OSError:
            guard.close()

    def start() -> Carrier:
        guard = Guard(hardened)
        try:
            return GuardedWorker(guard, give_back)
        except OSError:
            guard.close()
            raise

    return start
