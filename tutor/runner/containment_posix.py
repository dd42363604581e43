"""Linux and macOS: a guard, which forks the learner's process ahead of need and sweeps up after it (child/guard.py)."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

from tutor.runner.carrier import Carrier, Status
from tutor.runner.launch import MARK, command, environment
from tutor.runner.limits import Limits
from tutor.runner.pipes import Pipes

#: A guard is replaced after so many runs, so that nothing can build up in it.
MOST_RUNS = 100
_LONGEST_LINE = 4096


class Guard:
    """A guard process and our end of its channel. Starting one does not wait for it.

    Args:
        hardened: whether the kernel is to confine its workers too, where it can.

    Raises:
        OSError: no process could be started.
    """

    def __init__(self, hardened: bool) -> None:
        seal, self._mark = secrets.token_hex(8), secrets.token_hex(8)
        self.runs = 0
        self._worker = 0
        ours, theirs = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                command("guard", seal, str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=environment(self._mark),
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._channel = ours
        self._lines = ours.makefile("rb")
        self.tell(seal.encode("ascii") + (b"H" if hardened else b"P"))

    def tell(self, data: bytes) -> None:
        """Send it a command."""
        with contextlib.suppress(OSError):
            self._channel.sendall(data)

    def prepare(self) -> Pipes:
        """Have it fork the next worker; our ends of that worker's channels.

        Raises:
            OSError: there are no descriptors left, or the guard has gone.
        """
        ours, theirs = Pipes.make()
        try:
            socket.send_fds(self._channel, [b"F"], list(theirs.ends.values()))
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self.runs += 1
        return ours

    def alive(self) -> bool:
        """Whether the guard runs, and has not told that its waiting worker ended."""
        return self.process.poll() is None

    def wait(self) -> Status:
        """Wait until the worker has ended and all that it started is gone."""
        while True:
            told = self._next_line()
            if told is None:
                return self._lost()
            if "failed" in told:
                return Status(detail=str(told["failed"]))
            if "worker" in told:
                self._worker = int(told["worker"])
                continue
            self._worker = 0
            status = int(told.get("status", 0))
            return Status(
                code=os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
                signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
                processor_seconds=int(told.get("milliseconds", 0)) / 1000,
                swept=int(told.get("swept", 0)),
            )

    def _next_line(self) -> dict[str, Any] | None:
        try:
            line = self._lines.readline(_LONGEST_LINE)
            told = json.loads(line) if line else None
        except (OSError, ValueError):
            return None
        return told if isinstance(told, dict) else None

    def _lost(self) -> Status:
        """The guard was ended by someone: do its work from here, by the mark that all it started carries."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        if self._worker:
            with contextlib.suppress(OSError):
                os.killpg(self._worker, signal.SIGKILL)
        return Status(swept=kill_marked(self._mark), detail="its guard was ended")

    def kill_by_force(self) -> None:
        """End the guard itself; what it looked after is then swept from here."""
        with contextlib.suppress(OSError):
            self.process.kill()

    def close(self) -> None:
        """Tell it to go, with all that it looks after, and wait until it has gone."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        self._lines.close()
        self._channel.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class GuardedWorker(Carrier):
    """A forked worker of a guard's, waiting for its job."""

    def __init__(self, guard: Guard, give_back: Any) -> None:
        self._guard = guard
        self._give_back = give_back
        self.pipes = guard.prepare()
        self.layers = ("ends with all that it started (guard)",)

    def confine(self, folder: Path, limits: Limits, own_folder: bool) -> dict[str, Any]:
        """Nothing: the process confines itself before it runs a line of the learner's."""
        return {}

    def alive(self) -> bool:
        """Whether the guard runs and has told of no end."""
        if not self._guard.alive():
            return False
        # The worker waits silently: its trace channel says at once when it has gone.
        poll = select.poll()
        poll.register(self.pipes.ends["trace"], select.POLLIN)
        return not poll.poll(0)

    def interrupt(self) -> None:
        """SIGINT."""
        self._guard.tell(b"I")

    def ask_where(self) -> None:
        """The signal that faulthandler answers."""
        self._guard.tell(b"W")

    def kill(self) -> None:
        """The guard stops, kills and sweeps."""
        self._guard.tell(b"K")

    def kill_by_force(self) -> None:
        """The guard itself did not answer."""
        self._guard.kill_by_force()

    def wait(self) -> Status:
        """Wait for the guard's word."""
        return self._guard.wait()

    def dismiss(self, well: bool) -> None:
        """Give the guard back for the next run, or close it."""
        self.pipes.close()
        if well and self._guard.alive() and self._guard.runs < MOST_RUNS:
            self._give_back(self._guard)
        else:
            self._guard.close()


def kill_marked(mark: str) -> int:
    """Kill every process that was started with this mark in its environment; how many."""
    wanted = f"{MARK}={mark}".encode()
    killed: set[int] = set()
    for _ in range(50):
        found = [process for process in _processes() if wanted in _environment_of(process)]
        if not found:
            break
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in found:
                with contextlib.suppress(OSError):
                    os.kill(process, number)
        killed.update(found)
    return len(killed)


def _processes() -> list[int]:
    try:
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    except OSError:
        return []  # macOS: the process group is all there is


def _environment_of(process: int) -> bytes:
    try:
        folder = Path(f"/proc/{process}")
        if folder.stat().st_uid != os.getuid():
            return b""
        return folder.joinpath("environ").read_bytes()
    except OSError:
        return b""
