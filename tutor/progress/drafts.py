"""Drafts: what the learner typed last in each step, and the versions that were run.

Each session writes its own files (`drafts/MACHINE/COURSE/LESSON/STEP.SESSION.draft.json` and `.runs.json`), so two
windows or two PCs never overwrite each other. The newest draft over all machines is shown; the others stay in the
history.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tutor.files import file_part, write_whole
from tutor.progress.damage import Damage, set_aside
from tutor.progress.journal import utc_now
from tutor.progress.lines import milliseconds
from tutor.progress.saver import Saver
from tutor.progress.versions import LARGEST, Version, keep_versions, read_versions, write_versions

DRAFT_ENDING = ".draft.json"
RUNS_ENDING = ".runs.json"

#: What is typed is on disk within so many seconds; a run, a check and closing do not wait for it.
WITHIN = 0.4

#: A temporary file that is so many seconds old is of nobody who still writes.
LEFT_OVER = 86_400

#: Sessions of one machine whose files of one step are kept.
MOST_SESSIONS = 8


class DraftKey(Struct, frozen=True):
    """Which step a draft belongs to, by ids. A scratch program outside any lesson has an empty lesson."""

    course: str
    lesson: str
    step: str

    @property
    def folder(self) -> Path:
        """The folder of its files, below a machine's folder."""
        return Path(file_part(self.course), file_part(self.lesson or "scratch"))

    @property
    def stem(self) -> str:
        """What its files' names begin with."""
        return file_part(self.step)


class Drafts:
    """The drafts of one learner, as this session sees and writes them.

    `load` and `history` read the disk on the caller's thread, unless this session has the step's draft already. All
    writing is done by the saver.

    Args:
        folder: where drafts are (`drafts`).
        damaged: where copies of damaged files are put.
        report_damage: told of a draft that could not be read.
    """

    def __init__(
        self,
        folder: Path,
        damaged: Path,
        machine: str,
        session: str,
        saver: Saver,
        *,
        clock: Callable[[], datetime] = utc_now,
        report_damage: Callable[[Damage], None] = lambda damage: None,
    ) -> None:
        self._folder = folder
        self._damaged = damaged
        self._machine = machine
        self._session = session
        self._short = session.removeprefix(f"{machine}-")  # Windows paths are short
        self._saver = saver
        self._clock = clock
        self._report_damage = report_damage
        self._lock = threading.Lock()
        self._tick = 0
        self._current: dict[DraftKey, Version] = {}
        self._runs: dict[DraftKey, list[Version]] = {}
        self._unsaved: dict[Path, bytes] = {}

    # -- writing

    def save(
        self, key: DraftKey, text: str, answer: Mapping[str, str] | None = None, *, content_hash: str = ""
    ) -> None:
        """The learner typed: on disk within a second. Returns at once."""
        version = self._version(key, text, answer, "", content_hash)
        with self._lock:
            before = self._current.get(key)
            if before and (before.text, before.answer) == (version.text, version.answer):
                return
            self._current[key] = version
        self._put(key, DRAFT_ENDING, [version], within=WITHIN)

    def keep(
        self,
        key: DraftKey,
        text: str,
        outcome: str,
        answer: Mapping[str, str] | None = None,
        *,
        content_hash: str = "",
    ) -> Version:
        """Keep what was run or checked, with what came of it: a version to go back to. Returns at once."""
        version = self._version(key, text, answer, outcome, content_hash)
        with self._lock:
            runs = keep_versions([*self._runs.get(key, []), version])
            self._runs[key] = runs
        self._put(key, RUNS_ENDING, runs, within=0.0)
        return version

    def flush(self, timeout: float = 2.0) -> bool:
        """Write what waits now; True when all is on disk. Before a run, a check and closing."""
        return self._saver.flush(timeout)

    def unsaved(self) -> dict[Path, bytes]:
        """What is not on disk: path below the drafts' folder -> content."""
        with self._lock:
            return dict(self._unsaved)

    def forget(self) -> None:
        """Read from the disk again what other sessions wrote: files were merged into it."""
        with self._lock:
            self._current = {key: one for key, one in self._current.items() if one.session == self._session}

    # -- reading

    def load(self, key: DraftKey) -> Version | None:
        """The newest draft of a step over all machines and sessions, None where there is none.

        A damaged draft is set aside, and the newest version that can be read is used.
        """
        with self._lock:
            mine = self._current.get(key)
        if mine:
            return mine
        found = [*self._read(key, DRAFT_ENDING), *self._read(key, RUNS_ENDING)]
        if not found:
            return None
        newest = max(found, key=lambda version: version.tick)
        with self._lock:
            self._tick = max(self._tick, newest.tick)
            return self._current.setdefault(key, newest)

    def history(self, key: DraftKey) -> tuple[Version, ...]:
        """All versions of a step that were kept, newest first: runs and checks, and the drafts of other sessions."""
        with self._lock:
            own = [*self._runs.get(key, [])]
            if key in self._current:
                own.append(self._current[key])
        found = {(v.session, v.tick, v.outcome): v for v in own}
        for ending in (DRAFT_ENDING, RUNS_ENDING):
            for version in self._read(key, ending):
                if version.session != self._session or version.outcome:
                    found.setdefault((version.session, version.tick, version.outcome), version)
        return tuple(sorted(found.values(), key=lambda v: (v.tick, v.session, v.outcome), reverse=True))

    def _read(self, key: DraftKey, ending: str) -> list[Version]:
        versions: list[Version] = []
        for file in self._files(key, ending):
            try:
                with file.open("rb") as stream:
                    data = stream.read(LARGEST + 1)
            except OSError:
                continue  # removed or held just now; the others are there
            try:
                versions += read_versions(data)
            except ValueError as error:
                damage = set_aside(file, [data], self._damaged, str(error))
                if damage.new:
                    self._report_damage(damage)
        return versions

    def _files(self, key: DraftKey, ending: str) -> list[Path]:
        """The files of a step, of all machines."""
        try:
            machines = sorted(folder for folder in self._folder.iterdir() if folder.is_dir())
        except OSError:
            return []
        found: list[Path] = []
        for machine in machines:
            try:
                found += sorted((machine / key.folder).glob(f"{key.stem}.*{ending}"))
            except OSError:
                continue
        return found

    # -- on the background thread

    def _version(
        self, key: DraftKey, text: str, answer: Mapping[str, str] | None, outcome: str, content_hash: str
    ) -> Version:
        time = self._clock()
        with self._lock:
            self._tick = max(milliseconds(time), self._tick + 1)
            tick = self._tick
        return Version(
            text, time, dict(answer or {}), outcome, self._machine, self._session, tick, content_hash
        )

    def _put(self, key: DraftKey, ending: str, versions: list[Version], *, within: float) -> None:
        file = Path(self._machine) / key.folder / f"{key.stem}.{self._short}{ending}"
        data = write_versions(versions)
        with self._lock:
            self._unsaved[file] = data

        def write() -> None:
            write_whole(self._folder / file, data)
            with self._lock:
                if self._unsaved.get(file) is data:
                    del self._unsaved[file]
            if ending == RUNS_ENDING:
                self._prune(key)

        self._saver.put(file, write, within=within)

    def _prune(self, key: DraftKey) -> None:
        """Remove what this machine's much earlier sessions left of this step, but never what matters."""
        folder = self._folder / self._machine / key.folder
        for ending in (DRAFT_ENDING, RUNS_ENDING):
            for file in _superseded(list(folder.glob(f"{key.stem}.*{ending}"))):
                with suppress(OSError):  # what cannot be removed now is removed another time
                    file.unlink()
        for file in folder.glob(f"{key.stem}.*.tmp"):  # of a process that was ended while it wrote
            with suppress(OSError):
                if file.stat().st_mtime < time.time() - LEFT_OVER:
                    file.unlink()


def _worked(file: Path) -> bool:
    """Whether a file keeps a version that worked; one that cannot be read is kept too."""
    try:
        return any(version.worked for version in read_versions(file.read_bytes()))
    except (OSError, ValueError):
        return True


def _superseded(files: list[Path]) -> list[Path]:
    """Which of the files that one machine's sessions left of one step can go: session names sort by time.

    The newest stay, and the newest of the others that holds a version that worked.
    """
    older = sorted(files, key=lambda file: file.name)[:-MOST_SESSIONS]
    best = next((file for file in reversed(older) if _worked(file)), None)
    return [file for file in older if file != best]
