"""Runs programs: the one way in for the window, the command line, the checks and the tests.

What starts and carries a process is imported with the first program, or by `warm_up`: the window is shown before.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.runner.events import OnEvent
from tutor.runner.result import Program, RunResult
from tutor.runner.work_folder import SessionFolder
from tutor.runner.work_folder import sweep_old_folders as _sweep_old_folders

if TYPE_CHECKING:
    from tutor.runner.process import Run
    from tutor.runner.spare import Spares

__all__ = ["OnEvent", "Runner", "sweep_old_folders"]

_CLOSE_PATIENCE = 10.0


def sweep_old_folders(work_folder: Path) -> int:
    """Remove what tutors that were ended from outside left in this folder; how many folders. For the start of the app."""
    return _sweep_old_folders(work_folder)


class Runner:
    """Runs learners' programs, each in a fresh process of its own; may be used from any thread.

    Args:
        work_folder: where the working folders of runs are made (and removed).
        hardened: whether the kernel is to confine programs too, where it can; without that the portable layer alone does.
        spares: interpreters that wait, started ahead, for the next program; from the first program or `warm_up` on.

    Raises:
        MachineError: the work folder cannot be made.
    """

    def __init__(self, work_folder: Path, hardened: bool = True, spares: int = 1) -> None:
        self._session = SessionFolder(work_folder.absolute())
        self._hardened, self._count = hardened, spares
        self._spares: Spares | None = None
        self._lock = threading.Lock()
        self._running: set[Run] = set()
        self._ended = threading.Condition(self._lock)
        self._layers: tuple[str, ...] | None = None

    def run(self, program: Program, on_event: OnEvent | None = None) -> RunResult:
        """Run a program to its end, and wait for it. Nobody can type: without lines given, its input is empty."""
        if program.stdin is None:
            program = replace(program, stdin=())
        result = self._begin(program, on_event, live=False).wait()
        assert result is not None
        return result

    def start(self, program: Program, on_event: OnEvent | None, *, live: bool = True) -> Run:
        """Start a program; returns at once.

        `live`: its output is going to be taken while it runs (`Run.take_output`), and a program that prints faster than
        that waits. Otherwise all of it is in the result, as with `run`.
        """
        return self._begin(program, on_event, live=live)

    def warm_up(self) -> None:
        """Have the spare interpreters wait from now on, so that nobody waits for them at the first Run."""
        self._ready()

    def layers(self) -> tuple[str, ...]:
        """What could be switched on to contain programs on this PC, in words; tried once, by running an empty program."""
        if self._layers is None:
            self._layers = self.run(Program(source="")).layers
        return self._layers

    def close(self) -> None:
        """End all that runs, and remove what it left. Nothing can be started after that."""
        with self._lock:
            running = tuple(self._running)
        for run in running:
            run.stop()
        with self._ended:
            self._ended.wait_for(lambda: not self._running, _CLOSE_PATIENCE)
        if self._spares is not None:
            self._spares.close()
        self._session.remove()

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, program: Program, on_event: OnEvent | None, live: bool) -> Run:
        from tutor.runner.process import Run  # noqa: PLC0415  (see above)

        spares = self._ready()
        with self._lock:
            run = Run(program, spares, self._session, on_event, live, self._forget)
            self._running.add(run)
        return run

    def _ready(self) -> Spares:
        from tutor.runner.spare import Spares  # noqa: PLC0415  (see above)

        with self._lock:
            if self._spares is None:
                self._spares = Spares(self._hardened, self._count)
            return self._spares

    def _forget(self, run: Run) -> None:
        with self._ended:
            self._running.discard(run)
            self._ended.notify_all()
