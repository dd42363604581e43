"""One learner's work, open in this window: what was done, the drafts, and the saving of both."""

from __future__ import annotations

import platform
import secrets
import threading
from collections.abc import Callable, Collection, Hashable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from tutor.errors import MachineError
from tutor.files import why_not_written
from tutor.lessons.model import Course
from tutor.paths import Folders
from tutor.progress.damage import Damage
from tutor.progress.drafts import Drafts
from tutor.progress.events import About, Entry, Event, PlaceBrought, SessionStarted
from tutor.progress.journal import Journal, JournalsRead, read_journals, utc_now
from tutor.progress.learners import Learner, Learners
from tutor.progress.machine import machine_id
from tutor.progress.place_code import CodedPlace, decode_place, encode_place
from tutor.progress.review import ReviewCard, due_cards
from tutor.progress.saver import Saver, Saving
from tutor.progress.shelf import Shelf
from tutor.progress.state import Progress
from tutor.progress.transfer import Imported, export_work, import_work, rescue
from tutor.translation import counted, tr


class Closed(Struct, frozen=True):
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
        shelf: the courses that were opened on this PC.
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
        self._damaged = learner.folder / "damaged"
        self._clock = clock
        self.trouble: MachineError | None = None
        read = self._read(learner.folder / "progress")
        self.damage = read.damage
        self.progress = Progress(read.entries)
        self.shelf = Shelf(learner.folder / f"courses-{machine}.json")
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
            self._damaged,
            machine,
            self.session,
            self._saver,
            clock=clock,
            report_damage=report_damage,
        )
        if not (learner.folder / "learner.json").exists():
            self._saver.put("learner", lambda: self.learners.write(learner))
        for one in read.damage:
            if one.new:
                report_damage(one)

    def _read(self, folder: Path) -> JournalsRead:
        try:
            read = read_journals(folder, self._damaged)
        except OSError as error:
            self.trouble = MachineError(
                tr(
                    "Your earlier work in {folder} could not be read ({why}).",
                    folder=folder,
                    why=error.strerror or error,
                ),
                tr(
                    "What you do now is kept. Close the tutor, and open it again once the folder can be reached."
                ),
            )
            return JournalsRead()
        if read.unreadable:
            self.trouble = MachineError(
                counted(
                    len(read.unreadable),
                    "%n of the files of your earlier work in {folder} could not be opened.",
                    "%n of the files of your earlier work in {folder} could not be opened.",
                    folder=folder,
                ),
                tr(
                    "Nothing in them is lost. Close the tutor, and open it again once this PC can reach them."
                ),
            )
        return read

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

    @property
    def recorded(self) -> int:
        """How many events this session has taken."""
        return self._journal.recorded

    @property
    def saved(self) -> int:
        """How many of them are on disk."""
        return self._journal.saved

    def write_later(self, key: Hashable, write: Callable[[], None]) -> None:
        """Write something else (settings, the window's place) in the background, tried again until it works."""
        self._saver.put(key, write)

    def keep_shelf(self) -> None:
        """The shelf was changed: write it in the background."""
        self._saver.put("shelf", self.shelf.write)

    def review_cards(self, course: Course) -> tuple[ReviewCard, ...]:
        """The review cards to offer now, by this PC's days; at most three."""
        return due_cards(course, self.progress, self._clock().astimezone())

    def place_code(self, course: Course) -> str:
        """The code that takes this place in the course to another PC.

        Raises:
            PlaceCodeError: the course is too long for a code.
        """
        done = {one.id for one in course.lessons if self.progress.lesson(course.progress_id, one).done}
        position = self.progress.place_in(course)
        return encode_place(
            course, done, position.lesson if position else "", position.step if position else ""
        )

    def bring_place(self, course: Course, code: str) -> CodedPlace:
        """Take over what a place code from another PC says; nothing that was done here is undone.

        Raises:
            PlaceCodeError: the code cannot be used; nothing was changed.
        """
        place = decode_place(course, code)
        about = About(
            course=course.progress_id,
            lesson=place.lesson,
            step=place.step,
            course_version=course.edition,
        )
        self.record(PlaceBrought(about=about, lessons=place.done))
        return place

    def export(self, target: Path, leave_out: Collection[str] = ()) -> int:
        """Write all of this person's work into one file, but for the files named; returns how many files are in it.

        Raises:
            MachineError: it could not be written.
        """
        self.flush()
        return export_work(self.learner, target, leave_out)

    def import_from(self, file: Path) -> Imported:
        """Merge exported or rescued work into this person's; `progress` then knows it too.

        Raises:
            UsageError: the file is no work of ours.
            MachineError: it could not be read or written.
        """
        self.flush()
        imported = import_work(file, self.learner)
        with self._lock:
            self.progress = Progress(self._read(self.learner.folder / "progress").entries)
            for entry in self._journal.entries():  # also those that are not on disk
                self.progress.apply(entry)
        self.drafts.forget()
        return imported

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
            return Closed(saved=False, trouble=MachineError(tr("Some of your work could not be saved.")))
        try:
            return Closed(
                saved=False, rescued=rescue(fallback, self.learner, self._journal.file.name, lines, drafts)
            )
        except OSError as error:
            return Closed(saved=False, trouble=why_not_written(error, fallback))


def session_name(machine: str, now: datetime) -> str:
    """A name for a session that no other session has, in order of time on one PC."""
    return f"{machine}-{now.astimezone(UTC):%Y%m%dt%H%M%S}-{secrets.token_hex(3)}"
