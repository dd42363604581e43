"""All writing to disk: one background thread, so that a data folder that stalls never holds the caller."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from tutor.errors import MachineError
from tutor.files import may_be_held, why_not_written
from tutor.translation import tr

_log = logging.getLogger(__name__)

#: Seconds until a failed write is tried again: the first time, the second, ... and from then on.
RETRY = (0.5, 1.0, 2.0, 5.0, 10.0)


#: A file that something else may hold for a moment is tried so often, this many seconds apart, before it is told.
HELD_TRIES = 5
HELD_PAUSE = 0.1


class SaveState(StrEnum):
    """Whether the learner's work is on disk."""

    SAVED = "saved"
    WAITING = "waiting"
    FAILED = "failed"


class Saving(Struct, frozen=True):
    """All is saved, something waits to be written, or cannot be: then `what` says why and `do` what to do."""

    state: SaveState
    what: str = ""
    do: str = ""


class _Job(Struct):
    write: Callable[[], None]
    due: float
    failures: int = 0
    held: int = 0
    hurry: bool = False


class Saver:
    """Writes on one background thread what is put in; a later write for the same key takes the place of the earlier.

    So the queue is never longer than there are keys, however long the disk stalls. A write that fails is kept and tried
    again for as long as the saver is open.

    Args:
        folder: what the learner is told cannot be written.
        report: told of each change of state, on the background thread; it must not wait for this saver.
        retry: seconds between tries.
    """

    def __init__(
        self,
        folder: Path,
        report: Callable[[Saving], None] = lambda saving: None,
        *,
        retry: tuple[float, ...] = RETRY,
    ) -> None:
        self._folder = folder
        self._report = report
        self._retry = retry
        self._changed = threading.Condition()
        self._jobs: dict[Hashable, _Job] = {}
        self._running: _Job | None = None
        self._running_key: Hashable = None
        self._troubles: dict[Hashable, MachineError] = {}
        self._told = Saving(SaveState.SAVED)
        self._closed = False
        self._thread: threading.Thread | None = None

    def put(self, key: Hashable, write: Callable[[], None], *, within: float = 0.0) -> bool:
        """Write this within so many seconds. Returns at once: False when the saver is closed and nothing was taken."""
        with self._changed:
            if self._closed:
                return False
            job = _Job(write, time.monotonic() + within)
            before = self._jobs.get(key)
            if before:  # it takes over the earlier promise, and after a failure the earlier pause
                job.failures, job.hurry = before.failures, before.hurry
                job.due = before.due if before.failures else min(before.due, job.due)
            self._jobs[key] = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return True

    def flush(self, timeout: float = 5.0) -> bool:
        """Write all now; waits until each has been tried once. True when nothing is left to write."""
        with self._changed:
            for job in self._jobs.values():
                job.due, job.hurry = 0.0, True
            if self._running:
                self._running.hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._hurrying(), timeout)
            return not self._jobs and self._running is None

    def close(self, timeout: float = 5.0) -> bool:
        """Write all now and take nothing more. True when all was written; else `left` names what was not."""
        done = self.flush(timeout)
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if done and self._thread is not None:
            self._thread.join(timeout)
        return done

    @property
    def left(self) -> tuple[Hashable, ...]:
        """The keys of what is not written yet."""
        with self._changed:
            running = (self._running_key,) if self._running else ()
            return tuple(dict.fromkeys((*running, *self._jobs)))

    def _hurrying(self) -> bool:
        return any(job.hurry for job in self._jobs.values()) or bool(self._running and self._running.hurry)

    def _state(self) -> Saving:
        if self._troubles:
            trouble = next(reversed(self._troubles.values()))
            return Saving(SaveState.FAILED, trouble.what, trouble.do)
        return Saving(SaveState.WAITING if self._jobs or self._running else SaveState.SAVED)

    def _work(self) -> None:
        """The background thread: tell, write what is due, or wait."""
        while True:
            with self._changed:
                state = self._state()
                job = None
                if state == self._told:
                    if self._closed:
                        return
                    job = self._take()
                    if job is None:
                        self._changed.wait(self._pause())
                        continue
            if job is None:
                self._tell(state)
            else:
                self._finish(job, *self._write(job))

    def _pause(self) -> float | None:
        """Seconds until the next job is due, None while there is none."""
        return (
            max(0.0, min(job.due for job in self._jobs.values()) - time.monotonic()) if self._jobs else None
        )

    def _take(self) -> _Job | None:
        now = time.monotonic()
        due = [key for key, job in self._jobs.items() if job.due <= now]
        if not due:
            return None
        self._running_key = min(due, key=lambda key: self._jobs[key].due)
        self._running = self._jobs.pop(self._running_key)
        return self._running

    def _write(self, job: _Job) -> tuple[MachineError | None, bool]:
        """Write; what went wrong, and whether the file may only be held for a moment."""
        try:
            job.write()
        except MachineError as error:
            return error, False
        except OSError as error:
            _log.warning("not written: %s", error)
            return why_not_written(error, self._folder), may_be_held(error)
        except Exception:
            _log.exception("a write failed in an unexpected way")
            return MachineError(
                tr("The tutor could not write your work; its log says more."), tr("Leave this window open.")
            ), False
        return None, False

    def _finish(self, job: _Job, trouble: MachineError | None, held: bool) -> None:
        with self._changed:
            key, self._running, self._running_key = self._running_key, None, None
            hurry, job.hurry = job.hurry, False
            if trouble is None:
                self._troubles.pop(key, None)
            else:
                tries = job.held + 1
                job = self._jobs.setdefault(key, job)  # what was put in meanwhile is newer
                job.held = tries
                if held and tries < HELD_TRIES:
                    job.hurry = hurry
                    job.due = time.monotonic() + HELD_PAUSE
                else:
                    self._troubles[key] = trouble
                    job.hurry = False
                    job.failures += 1
                    job.due = time.monotonic() + self._retry[min(job.failures, len(self._retry)) - 1]
            self._changed.notify_all()

    def _tell(self, state: Saving) -> None:
        self._told = state
        try:
            self._report(state)
        except Exception:
            _log.exception("whoever is told of saving failed")
