"""The journal: one append-only file of JSON lines for each session, merged when they are read.

No two sessions ever write the same file, so roaming profiles, OneDrive and two windows at once need no lock. A process
that ends at any byte leaves at worst a torn last line, which readers pass over.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from tutor.files import write_whole
from tutor.progress.damage import Damage, set_aside
from tutor.progress.events import Entry, Event, Ran, StepOpened
from tutor.progress.lines import LONGEST_LINE, DamagedLine, decode, encode, milliseconds
from tutor.progress.saver import Saver

_log = logging.getLogger(__name__)

ENDING = ".jsonl"

#: So much of one file is read: many times what the longest session writes.
MOST_READ = 16_000_000

#: A file with so many damaged lines is no journal: the rest of it is not read.
MOST_BAD = 1_000

#: When so many events wait for a disk that does not answer, visits and runs are no longer added; results always are.
MOST_WAITING = 20_000


def utc_now() -> datetime:
    """The time by this PC's clock, to the millisecond."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Journal:
    """The journal of this session; the only writer of its file.

    Args:
        folder: where journals are (`progress`); made at the first write.
        session: this session's name, unlike any other's.
        saver: writes in the background.
        clock: the time now.
        last_tick: the latest tick of any journal read so far: this session's entries come after it.
        report_damage: told when lines of this session were lost from the disk and were written again.
    """

    def __init__(
        self,
        folder: Path,
        session: str,
        saver: Saver,
        *,
        clock: Callable[[], datetime] = utc_now,
        last_tick: int = 0,
        report_damage: Callable[[Damage], None] = lambda damage: None,
    ) -> None:
        self.file = folder / f"{session}{ENDING}"
        self.session = session
        self._saver = saver
        self._clock = clock
        self._tick = last_tick
        self._report_damage = report_damage
        self._lock = threading.Lock()
        self._lines: list[bytes] = []
        self._seq = 0
        # Of the background thread alone:
        self._saved = 0
        self._size = 0

    def record(self, event: Event) -> Entry:
        """Take an event: it is written at once, in the background, and tried again until it is. Never raises OSError."""
        with self._lock:
            time = self._clock()
            self._tick = max(milliseconds(time), self._tick + 1)
            entry = Entry(event, time, self.session, self._seq + 1, self._tick)
            full = len(self._lines) - self._saved >= MOST_WAITING
            if not (full and isinstance(event, StepOpened | Ran)):
                self._lines.append(encode(entry))
                self._seq += 1
        self._saver.put(("journal", self.session), self._write)
        return entry

    @property
    def started(self) -> bool:
        """Whether anything was recorded yet."""
        return self._seq > 0

    @property
    def recorded(self) -> int:
        """How many entries were taken: the `seq` of the last."""
        return self._seq

    @property
    def saved(self) -> int:
        """How many of this session's entries are on disk: those with a `seq` up to this."""
        return self._saved

    @property
    def all_saved(self) -> bool:
        """Whether every entry of this session is on disk."""
        with self._lock:
            return self._saved == len(self._lines)

    def text(self) -> bytes:
        """All of this session's lines, also those that are not on disk."""
        with self._lock:
            return b"".join(self._lines)

    def entries(self) -> list[Entry]:
        """All of this session's entries."""
        return [decode(line) for line in self.text().splitlines()]

    def _write(self) -> None:
        """On the background thread: bring the file up to date.

        The file is opened anew each time, so that a folder that went away and came back is noticed. A longer file than
        we wrote has a torn line of a failed write at its end: it is cut off. A shorter one has lost lines (the folder
        was made anew, or an older copy was put back): all of the session is written again.

        Raises:
            OSError: it could not be written; nothing is lost.
        """
        with self._lock:
            lines = self._lines[:]
        if len(lines) == self._saved and self.file.exists():
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("ab") as file:
            there = os.fstat(file.fileno()).st_size
            if there >= self._size:
                if there > self._size:
                    file.truncate(self._size)
                new = b"".join(lines[self._saved :])
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
        if there < self._size:
            new = b"".join(lines)
            write_whole(self.file, new)
            self._size = 0
            self._report_damage(Damage(self.file, "lines were missing", restored=True))
        self._size += len(new)
        self._saved = len(lines)


class JournalsRead(Struct, frozen=True):
    """What all journals hold together: entries in order, each once, and what could not be read."""

    entries: tuple[Entry, ...] = ()
    damage: tuple[Damage, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def last_tick(self) -> int:
        """The latest tick, 0 where there is no entry."""
        return max((entry.tick for entry in self.entries), default=0)


def read_journals(folder: Path, damaged: Path) -> JournalsRead:
    """Read and merge all journals of a folder; writes nothing there.

    Args:
        folder: where journals are; one that does not exist holds none.
        damaged: where copies of damaged lines are put.

    Raises:
        OSError: the folder is there and cannot be listed. A file that cannot be opened is only reported.
    """
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ENDING)
    except FileNotFoundError:
        return JournalsRead()
    found: dict[tuple[str, int], Entry] = {}
    damage: list[Damage] = []
    unreadable: list[str] = []
    for file in files:
        try:
            entries, harm = _read(file, damaged)
        except OSError as error:
            _log.warning("journal not read: %s", error)
            unreadable.append(file.name)
            continue
        for entry in entries:
            found.setdefault((entry.session, entry.seq), entry)
        if harm:
            damage.append(harm)
    ordered = sorted(found.values(), key=lambda entry: (entry.tick, entry.session, entry.seq))
    return JournalsRead(tuple(ordered), tuple(damage), tuple(unreadable))


def _read(file: Path, damaged: Path) -> tuple[list[Entry], Damage | None]:
    """The entries of one file, and its damage."""
    entries: list[Entry] = []
    bad: list[tuple[int, bytes, str]] = []
    size = 0
    for number, line in _lines(file):
        size += len(line)
        text = line.strip(b"\x00\r\n\t ")
        if not text and b"\x00" not in line:
            continue
        try:
            entries.append(decode(text))
        except DamagedLine as error:
            if not line.endswith(b"\n") and len(line) <= LONGEST_LINE:
                continue  # torn, by a process that ended or is writing just now: it was never reported as saved
            bad.append((number, line, str(error)))
            if len(bad) == MOST_BAD:
                break
    too_long = size >= MOST_READ
    if not bad and not too_long:
        return entries, None
    problem = f"it is larger than {MOST_READ // 1_000_000} MB" if too_long else bad[0][2]
    numbers = tuple(number for number, _, _ in bad[:100])
    return entries, set_aside(file, (line for _, line, _ in bad[:100]), damaged, problem, numbers)


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; of an overlong one only its beginning, and of an overlong file only its first part."""
    left = MOST_READ
    number = 0
    with file.open("rb") as stream:
        while left > 0 and (line := stream.readline(min(LONGEST_LINE + 1, left))):
            number += 1
            left -= len(line)
            yield number, line
            while left > 0 and not line.endswith(b"\n") and len(line) > LONGEST_LINE:
                line = stream.readline(min(LONGEST_LINE + 1, left))
                left -= len(line)
