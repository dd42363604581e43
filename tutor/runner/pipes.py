"""The tutor's ends of the six channels."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from dataclasses import dataclass

#: In this order wherever they are handed over. True: the learner's process reads from it.
CHANNELS = {"stdin": True, "stdout": False, "stderr": False, "reports": False, "jobs": True, "trace": False}


@dataclass(slots=True)
class Pipes:
    """One descriptor for each channel; -1 once closed."""

    ends: dict[str, int]

    @classmethod
    def make(cls) -> tuple[Pipes, Pipes]:
        """(ours, theirs); neither is inheritable yet."""
        ours: dict[str, int] = {}
        theirs: dict[str, int] = {}
        try:
            for name, they_read in CHANNELS.items():
                read_end, write_end = os.pipe()
                ours[name], theirs[name] = (write_end, read_end) if they_read else (read_end, write_end)
        except OSError:
            cls(ours).close()
            cls(theirs).close()
            raise
        return cls(ours), cls(theirs)

    def close(self, *names: str) -> None:
        """Close these, or all."""
        for name in names or tuple(self.ends):
            descriptor = self.ends.get(name, -1)
            self.ends[name] = -1
            if descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)


class PipeWriter:
    """Writes to a pipe whose reader may never read: what does not fit at once is written by a thread of its own.

    Owns the descriptor, and closes it after `finish`.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._finished = False

    def write(self, data: bytes) -> None:
        """Have these bytes written; returns at once."""
        with self._lock:
            if self._finished:
                return
            if self._thread is None and os.name == "posix":
                data = self._write_what_fits(data)
            if data:
                self._hand_over(data)

    def finish(self) -> None:
        """Close the pipe once all has been written."""
        with self._lock:
            if self._finished:
                return
            self._finished = True
            if self._thread is None:
                self._close()
            else:
                self._queue.put(None)

    def _write_what_fits(self, data: bytes) -> bytes:
        os.set_blocking(self._descriptor, False)
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except BlockingIOError:
            pass
        except OSError:
            return b""  # nobody reads any more
        finally:
            with contextlib.suppress(OSError):
                os.set_blocking(self._descriptor, True)
        return data

    def _hand_over(self, data: bytes) -> None:
        self._queue.put(data)
        if self._thread is None:
            self._thread = threading.Thread(target=self._write_all, name="runner-writer", daemon=True)
            self._thread.start()

    def _write_all(self) -> None:
        with contextlib.suppress(OSError):
            while (data := self._queue.get()) is not None:
                while data:
                    data = data[os.write(self._descriptor, data[:65536]) :]
        self._close()

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
