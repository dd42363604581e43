"""The wire between the tutor and a learner's process.

Six channels, all pipes: stdin, stdout, stderr (the learner's own; what `interleaving` marks there is taken out), *jobs* (from the tutor: the job, then questions),
*reports* (to the tutor) and *trace* (faulthandler's text: the line a stuck or crashed program was at).

To the child, trusted: a length (4 bytes, little-endian) and a marshalled dictionary.

- The job: `nonce folder filename source seconds memory_mb file_bytes open_files processor_seconds threads questions`, and on
  Windows `low_integrity`.
- A question: `token ask code`, `ask` being a word of `tutor.runner.result.Ask`. The tutor closes the channel after the last.

From the child, **not** trusted, since a learner's program can write there too: a nonce (16 bytes), a length, a JSON object
with its kind under "t". Anything else, a frame out of order, or an echo of another token than the one asked with, makes the
run `tampered`; a missing end makes it `abrupt`. Neither is ever a pass: verdicts are given on this side, from values.

| kind | fields | when |
|---|---|---|
| started | layers | just before the program's first line |
| prompt | start end | `input()` printed its prompt: byte offsets in standard output |
| wants-input | prompt printed | before each read of standard input |
| input-taken | | after it |
| input-ended | reads | the end of the input was read for the 1st and the 200th time |
| refused | what | the policy refused something |
| thread-failed | error | a thread ended by an exception |
| interrupted | line | Stop's KeyboardInterrupt is about to be raised |
| ended | how printed [code line words] [error] | the main program is over: finished exited error memory-limit blocked needs-input |
| began | token printed | a question is being answered |
| compared | token operator left right held own line text test | test code made a comparison |
| answer | token how printed [value] [error] | the question's answer: finished error exited memory-limit blocked |
| over | printed | threads have been joined and exit handlers called |

`printed` is the number of bytes that went to standard output so far: it tells a question's output from the program's.

Test code (`Ask.TEST`) is plain Python, run in a copy of the program's names with `__name__ == "tests"`; the program can also
be imported under its file's stem. It finds `__compare__(operator, left, right, line, text, test)`, which tells both values
here and returns what Python says. Operators: `== != < <= > >= is`, `is not`, `in`, `not in`, `isinstance`, and `truth` and
`not`, which look at `left` only. Its comparisons arrive one by one, so that those before a crash are kept.
"""

from __future__ import annotations

import json
import marshal
import struct
from typing import Any, NoReturn

NONCE_BYTES = 16
LARGEST_FRAME = 16 << 20
LARGEST_TOTAL = 256 << 20


class ProtocolError(Exception):
    """What came from a learner's process is not what our own code there sends."""


def pack_message(message: dict[str, Any]) -> bytes:
    """A job or a question, for the jobs channel."""
    body = marshal.dumps(message, 4)
    return struct.pack("<I", len(body)) + body


class FrameReader:
    """Takes the report channel apart. After the first thing that is no frame, `bad` stays true and nothing more comes."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce
        self._buffer = bytearray()
        self._total = 0
        self.bad = False

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """The frames that these bytes complete."""
        frames: list[dict[str, Any]] = []
        self._total += len(data)
        if self.bad:
            return frames
        self._buffer += data
        try:
            while (frame := self._next()) is not None:
                frames.append(frame)
            if self._total > LARGEST_TOTAL:
                raise ProtocolError("too much")
        except ProtocolError:
            self.bad = True
            self._buffer.clear()
        return frames

    def _next(self) -> dict[str, Any] | None:
        head = NONCE_BYTES + 4
        start = bytes(self._buffer[:NONCE_BYTES])
        if start != self._nonce[: len(start)]:
            raise ProtocolError("not a frame")
        if len(self._buffer) < head:
            return None
        (length,) = struct.unpack_from("<I", self._buffer, NONCE_BYTES)
        if length > LARGEST_FRAME:
            raise ProtocolError("a frame too large")
        if len(self._buffer) < head + length:
            return None
        body = bytes(self._buffer[head : head + length])
        del self._buffer[: head + length]
        try:
            frame = json.loads(body, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise ProtocolError("not JSON") from error
        if type(frame) is not dict or type(frame.get("t")) is not str:
            raise ProtocolError("not a frame")
        return frame


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def whole_number(frame: dict[str, Any], name: str, default: int | None = None) -> int:
    """A number of a frame's, from 0."""
    value = frame.get(name, default)
    if type(value) is not int or value < 0:
        raise ProtocolError(f"{name} is no number")
    return value


def text(frame: dict[str, Any], name: str, default: str | None = None) -> str:
    """A text of a frame's."""
    value = frame.get(name, default)
    if type(value) is not str:
        raise ProtocolError(f"{name} is no text")
    return value
