"""What a program prints: captured up to its limits, and passed on live in bounded bites with back-pressure."""

from __future__ import annotations

import codecs
import re
import threading
from collections.abc import Callable

from tutor.runner.interleaving import Interleaving, Marks
from tutor.runner.limits import Limits

#: Kept of a stream whose limit was lifted.
MOST_KEPT = 4 << 20
#: Characters waiting to be taken before the program is made to wait.
MOST_WAITING = 2 << 20

_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[ -/]*[0-~]"
)
_UNFINISHED_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]{0,200}\x1b?|[ -/]*)$")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Text that a view may be given: without terminal escapes; other control characters (bidi ones too) shown as \ufffd."""
    return _CONTROL.sub(
        "\N{REPLACEMENT CHARACTER}", _ESCAPE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    )


class _Live:
    """One stream on its way to a view: decoded and cleaned piece by piece."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, data: bytes, final: bool = False) -> str:
        text = self._held + self._decoder.decode(data, final)
        self._held = ""
        if not final:
            if text.endswith("\r"):
                text, self._held = text[:-1], "\r"
            elif unfinished := _UNFINISHED_ESCAPE.search(text, max(0, len(text) - 300)):
                text, self._held = text[: unfinished.start()], text[unfinished.start() :]
        return printable(text)


class Output:
    """Both output streams of one run. `feed` is called by reader threads, `take` by whoever shows it.

    Args:
        limits: of the run; going over one calls `on_flood` once with the stream's name.
        live: whether anyone takes the output while the program runs; without that nothing waits.
        on_waiting: called when output begins to wait.
    """

    def __init__(
        self, limits: Limits, live: bool, on_flood: Callable[[str], None], on_waiting: Callable[[], None]
    ) -> None:
        self._limits = limits
        self._live = {"stdout": _Live(), "stderr": _Live()} if live else None
        self._on_flood = on_flood
        self._on_waiting = on_waiting
        self._changed = threading.Condition()
        self._waiting = Interleaving(lambda raw: printable(raw.decode("utf-8", "replace")))
        self._marks = Marks()
        self._told = False
        self._let_go = False
        self._flooded = False
        self._captured = {"stdout": bytearray(), "stderr": bytearray()}
        self._received = {"stdout": 0, "stderr": 0}
        self._lines = 0
        self._base = {"stdout": 0, "stderr": 0, "lines": 0}

    def feed(self, stream: str, data: bytes) -> None:
        """Take bytes that a program printed. Blocks while too much waits to be taken."""
        if stream == "stdout":
            self._feed(stream, data)
            return
        for place, part in self._marks.parts(data):
            self._feed(stream, part, place)

    def add_error(self, words: str) -> None:
        """Words of ours about an error, at the end of what has come."""
        self._feed("stderr", words.encode("utf-8", "replace"))

    def _feed(self, stream: str, data: bytes, place: int | None = None) -> None:
        with self._changed:
            self._received[stream] += len(data)
            if stream == "stdout":
                self._lines += data.count(b"\n")
            kept = self._captured[stream]
            room = self._most(stream) + self._base[stream] - len(kept)
            kept += data[: max(room, 0)]
            over = self._over(stream) and not self._flooded
            self._flooded = self._flooded or over
            self._changed.notify_all()
        if self._live is not None:
            # Also once the program has been let go: what it printed last may come after the word that it has ended.
            self._pass_on(stream, self._live[stream].feed(data), data, place)
        if over:
            self._on_flood(stream)

    def finish(self) -> None:
        """No more will come."""
        place, rest = self._marks.rest()
        if rest:
            self._feed("stderr", rest, place)
        if self._live is None:
            return
        for stream, live in self._live.items():
            self._pass_on(stream, live.feed(b"", final=True), b"", place)
        with self._changed:
            self._waiting.finish()
        self._tell()

    def echo(self, text: str) -> None:
        """What a person typed, in its place among the output."""
        if self._live is None:
            return
        with self._changed:  # nobody waits for room here: whoever types is often whoever takes
            if not self._let_go or self._waiting.characters < MOST_WAITING:
                self._waiting.add("stdin", printable(text))
        self._tell()

    def _pass_on(self, stream: str, text: str, raw: bytes, place: int | None) -> None:
        with self._changed:
            if text:
                self._changed.wait_for(lambda: self._waiting.characters < MOST_WAITING or self._let_go)
            if self._let_go and self._waiting.characters >= MOST_WAITING:
                text = ""
            if stream == "stderr":
                self._waiting.add_error(text, place)
            else:
                self._waiting.add_output(text, raw)
        self._tell()

    def _tell(self) -> None:
        with self._changed:
            tell = bool(self._waiting) and not self._told
            self._told = self._told or tell
        if tell:
            self._on_waiting()

    def take(self, most: int) -> list[tuple[str, str]]:
        """Up to so many characters of (stream, text) in the order in which they came; neighbours are joined."""
        with self._changed:
            pieces = self._waiting.take(most)
            self._told = bool(self._waiting)
            self._changed.notify_all()
        return pieces

    def let_go(self) -> None:
        """The program is being ended: nothing waits for a view any more."""
        with self._changed:
            self._let_go = True
            self._changed.notify_all()

    def allow_more(self) -> None:
        """A question begins: the limits count afresh."""
        with self._changed:
            self._base = {**self._received, "lines": self._lines}

    def wait_for_printed(self, printed: int, timeout: float) -> bool:
        """Wait until so many bytes of standard output have been read."""
        with self._changed:
            return self._changed.wait_for(lambda: self._received["stdout"] >= printed, timeout)

    def captured(self, stream: str) -> bytes:
        """What was kept of a stream."""
        with self._changed:
            return bytes(self._captured[stream])

    def _most(self, stream: str) -> int:
        kilobytes = self._limits.output_kb if stream == "stdout" else self._limits.error_kb
        return MOST_KEPT if kilobytes is None else kilobytes << 10

    def _over(self, stream: str) -> bool:
        kilobytes = self._limits.output_kb if stream == "stdout" else self._limits.error_kb
        if kilobytes is not None and self._received[stream] - self._base[stream] > kilobytes << 10:
            return True
        most_lines = self._limits.output_lines if stream == "stdout" else None
        return most_lines is not None and self._lines - self._base["lines"] > most_lines
