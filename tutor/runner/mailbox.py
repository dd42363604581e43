"""All that a learner's process says, in one place and one order: reader threads on one side, one consumer on the other."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import threading
import time
from collections.abc import Callable
from typing import Any

from tutor.runner.carrier import Carrier
from tutor.runner.output import Output

#: Pieces of report (64 KiB each at most) held before the process is made to wait.
MOST_PENDING = 64
MOST_TRACE = 1 << 20
_PIECE = 65536


class Mailbox:
    """Reads a carrier's channels. Standard output and error go straight to `output`; the rest comes out of `next`.

    Takes over the descriptors that it reads: each is closed by the thread that reads it, at its end.
    """

    def __init__(self, carrier: Carrier, output: Output) -> None:
        self._carrier = carrier
        self._output = output
        self._items: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._room = threading.BoundedSemaphore(MOST_PENDING)
        self.open = {"stdout", "stderr", "reports"}

    def listen(self) -> None:
        """Begin to read."""
        for name in tuple(self.open):
            self._thread(self._read, name, self.own(name))
        self._thread(lambda: self.post("status", self._carrier.wait()))

    def own(self, name: str) -> int:
        """Take a descriptor over from the carrier."""
        descriptor = self._carrier.pipes.ends[name]
        self._carrier.pipes.ends[name] = -1
        return descriptor

    def post(self, kind: str, payload: Any) -> None:
        """Put something in, from any thread."""
        self._items.put((kind, payload))

    def next(self, due: float | None) -> tuple[str, Any] | None:
        """The next thing: (kind, payload); None when this moment (`time.monotonic`) has come first."""
        try:
            if due is None:
                kind, payload = self._items.get()
            else:
                kind, payload = self._items.get(timeout=max(due - time.monotonic(), 0.0))
        except queue.Empty:
            return None
        if kind == "reports":
            self._room.release()
        elif kind == "closed":
            self.open.discard(payload)
        return kind, payload

    @staticmethod
    def _thread(target: Callable[..., None], *args: Any) -> None:
        threading.Thread(target=target, args=args, name="runner-reader", daemon=True).start()

    def _read(self, name: str, descriptor: int) -> None:
        try:
            while data := os.read(descriptor, _PIECE):
                if name == "reports":
                    self._room.acquire()
                    self.post("reports", data)
                else:
                    self._output.feed(name, data)
        except OSError:
            pass  # the same as its end
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)
            self.post("closed", name)

    # ----------------------------------------------------------------------------------------------------- the trace

    def await_trace(self, seconds: float) -> str:
        """What faulthandler tells within a moment. Windows cannot wait for a pipe: there all is read at the end."""
        descriptor = self._carrier.pipes.ends["trace"]
        if os.name != "posix" or descriptor < 0:
            return ""
        told, give_up = b"", time.monotonic() + seconds
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while (left := give_up - time.monotonic()) > 0 and poll.poll(left * 1000):
            piece = os.read(descriptor, _PIECE)
            told += piece
            if not piece or _is_whole(told):
                break
        return told.decode("utf-8", "replace")

    def rest_of_trace(self) -> str:
        """What is left in the trace channel, once nobody can write to it any more."""
        descriptor = self._carrier.pipes.ends["trace"]
        if descriptor < 0:
            return ""
        told = b""
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.set_blocking(descriptor, False)
            while len(told) < MOST_TRACE and (piece := os.read(descriptor, _PIECE)):
                told += piece
        return told.decode("utf-8", "replace")


def _is_whole(trace: bytes) -> bool:
    """The main thread is dumped last, and its outermost frame is our own; a deep stack is cut with dots."""
    return b"start.py" in trace.rpartition(b"hread 0x")[2] or trace.endswith(b"  ...\n")
