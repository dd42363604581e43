"""The worker's end of the report channel: frames of JSON out, marshalled jobs and questions in.

JSON goes out because the tutor trusts nothing that leaves a learner's process; `marshal` comes in because the tutor is
trusted, and reading it needs no import. All names are bound here, before a learner's program can change them.
"""

from __future__ import annotations

from _json import encode_basestring_ascii as quoted
from _thread import allocate_lock
from marshal import loads
from os import read, write
from struct import pack, unpack
from typing import Any

try:
    from signal import SIG_BLOCK, SIG_SETMASK, pthread_sigmask, valid_signals

    EVERY_SIGNAL = valid_signals()
except ImportError:  # Windows
    EVERY_SIGNAL = set()


def to_json(value: Any) -> str:
    """Plain data as JSON, with nothing but names bound in this module."""
    kind = type(value)
    if kind is str:
        return quoted(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return int.__repr__(value)
    if kind is list or kind is tuple:
        return "[" + ",".join([to_json(item) for item in value]) + "]"
    if kind is dict:
        return "{" + ",".join([quoted(key) + ":" + to_json(item) for key, item in value.items()]) + "}"
    return quoted(f"<{kind.__name__}>")


class Report:
    """Sends frames: a nonce of 16 bytes, the length (4 bytes, little-endian), a JSON object with its kind under "t"."""

    def __init__(self, descriptor: int, nonce: bytes) -> None:
        self._descriptor = descriptor
        self._nonce = nonce
        self._lock = allocate_lock()

    def send(self, kind: str, **fields: Any) -> None:
        """Send one frame whole: no signal handler of a learner's program can cut it in two."""
        body = to_json({"t": kind, **fields}).encode("ascii")
        data = self._nonce + pack("<I", len(body)) + body
        before = pthread_sigmask(SIG_BLOCK, EVERY_SIGNAL) if EVERY_SIGNAL else None
        try:
            with self._lock:
                view = memoryview(data)
                while view:
                    view = view[write(self._descriptor, view) :]
        except OSError:
            pass  # the channel was closed by the program: the tutor sees that no end was reported
        finally:
            if before is not None:
                pthread_sigmask(SIG_SETMASK, before)


def receive(descriptor: int) -> Any:
    """The next message from the tutor; None when it has closed the channel."""
    head = _exactly(descriptor, 4)
    if head is None:
        return None
    body = _exactly(descriptor, unpack("<I", head)[0])
    return None if body is None else loads(body)


def _exactly(descriptor: int, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        piece = read(descriptor, min(count - len(data), 65536))
        if not piece:
            return None
        data += piece
    return data
