"""One learner's work, open in this window: what was done, the drafts, and the saving of both."""

from __future__ import annotations

import platform
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tutor.errors import MachineError
from tutor.files import why_not_written
from tutor.paths import Folders
from tutor.progress.damage import Damage
from tutor.progress.drafts import Drafts
from tutor.progress.events import Entry, Event, SessionStarted
from tutor.progress.journal import Journal, JournalsRead, read_journals, utc_now
from tutor.progress.learners import Learner, Learners
from tutor.progress.machine import machine_id
from tutor.progress.saver import Saver, Saving
from tutor.progress.state import Progress
from tutor.progress.transfer import rescue


@dataclass(frozen=True, slots=True)
class Closed:
    """How closing went: `saved` when all is in its place; else `rescued` is the file that holds what is not.

    Both unset: it is saved nowhere, and `trouble` says why.
    """

    saved: bool
    rescued: Path | None = None
    trouble: MachineError | None = None


class Store:
    """One learner's work.

    Opening reads the disk and may take as long as the disk takes: not for the window's own thread. Afterwards
    `record`, `drafts.save` and `drafts.keep` return at once, whatever the disk does.

    Args:
        folders: where the tutor keeps things.
        learner: whose work; None: who was here last, or a new person without a name.
        report: told of each change of saving, on a background thread.
        report_damage: told of each thing that could not be read and was not known before.
        clock: the time now, UTC.

    Attributes:
        learner: whose work it is.
        progress: what was done, kept up to date by `record`.
        drafts: what was typed.
        damage: what could not be read when it was opened.
        trouble: why earlier work could not be read, None where all was; this session's work is kept all the same.
    """

    def __init__(
        self,
        folders: Folders,
        learner: Learner | None = None,
        *,
        report: Callable[[Saving], None] = lambda saving: None,
        report_damage: Callable[[Damage], None] = lambda damage: None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        machine = machine_id(folders.cache)
        self.learners = Learners(folders.learners, machine)
        if learner is None:
            learner = self.learners.current() or self.learners.create()
        self.learner = learner
        self.machine = machine
        self.session = session_name(machine, clock())
        self._saver = Saver(learner.folder, report)
        self._lock = threading.Lock()
        damaged = learner.folder / "damaged"
        self.trouble: MachineError | None = None
        read = self._read(learner.folder / "progress", damaged)
        self.damage = read.damage
        self.progress = Progress(read.entries)
        self._journal = Journal(
            learner.folder / "progress",
            self.session,
            self._saver,
            clock=clock,
            last_tick=read.last_tick,
            report_damage=report_damage,
        )
        self.drafts = Drafts(
            learner.folder / "drafts",
            damaged,
            machine,
            self.session,
            self._saver,
            clock=clock,
            report_damage=report_damage,
        )
        for one in read.damage:
            if one.new:
                report_damage(one)

    def _read(self, folder: Path, damaged: Path) -> JournalsRead:
        try:
            return read_journals(folder, damaged)
        except OSError as error:
            self.trouble = why_not_written(error, folder)
            return JournalsRead()

    def record(self, event: Event) -> Entry:
        """Take an event: into `progress` now, onto the disk in the background. Safe from any thread."""
        with self._lock:
            if not self._journal.started and not isinstance(event, SessionStarted):
                system = f"{platform.system()} {platform.release()}"
                started = SessionStarted(python=platform.python_version(), system=system, about=event.about)
                self.progress.apply(self._journal.record(started))
            entry = self._journal.record(event)
            self.progress.apply(entry)
        return entry

    def flush(self, timeout: float = 2.0) -> bool:
        """Write all that waits; True when all is on disk. Before a run and a check."""
        return self._saver.flush(timeout)

    def close(self, timeout: float = 5.0, fallback: Path | None = None) -> Closed:
        """A last attempt to write all. Takes nothing more afterwards.

        Args:
            timeout: seconds to wait for the disk.
            fallback: a folder for one file with what could not be saved; it can be imported later like any other.
        """
        self._saver.close(timeout)
        lines = b"" if self._journal.all_saved else self._journal.text()
        drafts = self.drafts.unsaved()
        if not lines and not drafts:
            return Closed(saved=True)
        if fallback is None:
            return Closed(saved=False, trouble=MachineError("Some of your work could not be saved."))
        try:
            return Closed(
                saved=False, rescued=rescue(fallback, self.learner, self._journal.file.name, lines, drafts)
            )
        except OSError as error:
            return Closed(saved=False, trouble=why_not_written(error, fallback))


def session_name(machine: str, now: datetime) -> str:
    """A name for a session that no other session has, in order of time on one PC."""
    return f"{machine}-{now.astimezone(UTC):%Y%m%dt%H%M%S}-{secrets.token_hex(3)}"
