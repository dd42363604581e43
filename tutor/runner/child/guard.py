"""POSIX: the small trusted process between the tutor and a learner's programs.

It runs no learner code. It forks one worker at a time, ahead of need; it is told to interrupt it, ask it where it is, or
kill it; it reaps all that the worker started, reports how it ended over a channel that the worker never holds, and kills
everything when the tutor goes away. Commands come as single bytes on a local socket: F fork (the worker's six descriptors
come with it), I interrupt, W where, K kill. Answers are lines of JSON.
"""

from __future__ import annotations

import _socket
import os
import select
import signal
import sys
import time
from struct import unpack
from typing import Any

from .limits import fence_processes, impose_fixed
from .seccomp import restrict as seccomp_restrict
from .wire import to_json
from .worker import WHERE_SIGNAL, Worker, freeze, run_worker

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
_DESCRIPTORS = 6  # stdin, stdout, stderr, reports, jobs, trace
_LINUX = sys.platform.startswith("linux")
#: Loaded while nothing is waited for, so that beginners' imports cost nothing at the program's start.
_LIKELY = "re random math statistics datetime json csv collections dataclasses decimal fractions pathlib typing".split()


class Guard:
    """The guard's state: its channel to the tutor and the worker that it looks after."""

    def __init__(
        self, channel: int, hardened: bool, by_python: frozenset[str], ours: str, library: list[str]
    ) -> None:
        self._channel = _socket.socket(fileno=channel)
        self._hardened = hardened and _LINUX
        self._by_python = by_python
        self._ours = ours
        self._library = library
        self._libc: Any = None
        if _LINUX:
            import ctypes

            self._libc = ctypes.CDLL(None, use_errno=True)
            self._libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            self._libc.prctl(
                _PR_SET_DUMPABLE, 0, 0, 0, 0
            )  # its descriptors in /proc are out of a worker's reach
        self._wake, write_end = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(write_end, False)
        self._wake_write = write_end
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Fork and look after one worker after the other, until the tutor goes away."""
        self._warm()
        while True:
            command, descriptors = self._command()
            if not command:
                return
            forked = command == b"F" and len(descriptors) == _DESCRIPTORS
            if forked and not self._look_after(self._fork(descriptors)):
                return
            # I, W and K come too late here: the worker they meant has ended

    def _warm(self) -> None:
        for name in _LIKELY:
            if select.select([self._channel], [], [], 0)[0]:
                return
            try:
                __import__(name)
            except ImportError:
                continue
        freeze()

    def _command(self) -> tuple[bytes, list[int]]:
        space = _socket.CMSG_SPACE(_DESCRIPTORS * 4)
        try:
            data, ancillary, _, _ = self._channel.recvmsg(1, space)
        except OSError:
            return b"", []
        descriptors: list[int] = []
        for level, kind, payload in ancillary:
            if level == _socket.SOL_SOCKET and kind == _socket.SCM_RIGHTS:
                descriptors += unpack(f"{len(payload) // 4}i", payload[: len(payload) // 4 * 4])
        return data, descriptors

    def _tell(self, **fields: Any) -> None:
        try:
            self._channel.sendall(to_json(fields).encode("ascii") + b"\n")
        except OSError:
            pass  # the tutor is gone; the next command says so

    def _fork(self, descriptors: list[int]) -> int:
        try:
            worker = os.fork()
        except OSError as error:
            for descriptor in descriptors:
                os.close(descriptor)
            self._tell(failed=error.strerror or "no new process")
            return 0
        if worker == 0:
            try:
                self._become_worker(descriptors)
            finally:
                os._exit(97)
        for descriptor in descriptors:
            os.close(descriptor)
        self._tell(worker=worker)
        return worker

    def _become_worker(self, descriptors: list[int]) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        if hasattr(signal, "SIGXFSZ"):
            signal.signal(
                signal.SIGXFSZ, signal.SIG_IGN
            )  # a full quota is then an OSError with a line number
        guard = os.getppid()
        os.setsid()
        for target, descriptor in enumerate(descriptors[:3]):
            os.dup2(descriptor, target)
        keep = sorted(descriptors[3:])
        low = 3
        for descriptor in keep:
            os.closerange(low, descriptor)
            low = descriptor + 1
        os.closerange(low, max(1024, keep[-1] + 512))
        self._channel.detach()
        for descriptor in keep:
            os.set_inheritable(descriptor, False)
        os.umask(0o077)
        impose_fixed()
        layers = [self._settle(guard)]
        reports, jobs, trace = descriptors[3:]
        libc = self._libc if self._hardened else None
        run_worker(
            Worker(jobs, reports, trace, self._by_python, self._ours, self._library, libc, tuple(layers))
        )

    def _settle(self, guard: int) -> str:
        """What a worker can set before it knows its job. What seccomp achieved, in words."""
        try:
            os.nice(5)
        except OSError:
            pass
        layer = ""
        if _LINUX:
            self._libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
            self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # exact: the guard has one thread
            if os.getppid() != guard:
                os._exit(0)
            try:
                with open("/proc/self/oom_score_adj", "w") as file:
                    file.write("1000")
            except OSError:
                pass
            if self._hardened and self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
                layer = seccomp_restrict(self._libc, os.getpid())
        if not layer:
            fence_processes(256)
        return layer

    # ---------------------------------------------------------------------------------------------- looking after it

    def _look_after(self, worker: int) -> bool:
        """Until the worker has ended and nothing of it is left. False when the tutor has gone."""
        if not worker:
            return True
        tutor_there = True
        status = usage = None
        while status is None:
            ready = select.select([self._channel.fileno(), self._wake], [], [])[0]
            if self._wake in ready:
                self._drain()
            ended, state, used = os.wait4(worker, os.WNOHANG)
            if ended:
                status, usage = state, used
                break
            self._reap_orphans(worker)
            if self._channel.fileno() in ready:
                command, _ = self._command()
                if command == b"I":
                    _signal(worker, signal.SIGINT)
                elif command == b"W" and WHERE_SIGNAL is not None:
                    _signal(worker, WHERE_SIGNAL)
                elif command in (b"", b"K"):
                    tutor_there = bool(command)
                    for process in [worker, *descendants(worker)]:
                        _signal(process, signal.SIGSTOP)
                    _signal(worker, signal.SIGKILL)
                    _, status, usage = os.wait4(worker, 0)
        _signal_group(
            worker, signal.SIGKILL
        )  # where nobody adopts orphans (macOS), its session is what can be known
        left = sweep()
        assert usage is not None
        self._tell(
            status=status,
            milliseconds=int((usage.ru_utime + usage.ru_stime) * 1000),
            memory_kb=usage.ru_maxrss,
            swept=left,
        )
        return tutor_there

    def _drain(self) -> None:
        try:
            os.read(self._wake, 512)
        except OSError:
            pass

    def _reap_orphans(self, worker: int) -> None:
        """Take leave of adopted processes that ended by themselves."""
        for process in children(os.getpid()):
            if process != worker:
                try:
                    os.waitpid(process, os.WNOHANG)
                except OSError:
                    continue


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except OSError:
        pass  # it has just ended


def _signal_group(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except OSError:
        pass  # nobody of it is left


def children(process: int) -> list[int]:
    """The process ids of a process's children."""
    try:
        with open(f"/proc/{process}/task/{process}/children") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        pass
    found = []
    for child, parent in _all_parents():
        if parent == process:
            found.append(child)
    return found


def _all_parents() -> list[tuple[int, int]]:
    """(process, parent) for every process, where the kernel does not keep lists of children."""
    pairs = []
    if os.path.isdir("/proc/self"):
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open(f"/proc/{entry}/stat") as file:
                        pairs.append((int(entry), int(file.read().rpartition(")")[2].split()[1])))
                except (OSError, ValueError, IndexError):
                    continue
        return pairs
    import subprocess  # macOS

    try:
        listing = subprocess.run(["/bin/ps", "-axo", "pid=,ppid="], capture_output=True, timeout=5).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    for line in listing.decode("ascii", "replace").splitlines():
        numbers = line.split()
        if len(numbers) == 2 and all(number.isdigit() for number in numbers):
            pairs.append((int(numbers[0]), int(numbers[1])))
    return pairs


def descendants(process: int) -> list[int]:
    """Everything below a process."""
    found: list[int] = []
    to_visit = [process]
    while to_visit:
        for child in children(to_visit.pop()):
            if child not in found:
                found.append(child)
                to_visit.append(child)
    return found


def sweep() -> int:
    """Stop, then kill, everything below this process until nothing is left. How many were still alive."""
    killed: set[int] = set()
    give_up = time.monotonic() + 3
    waiting = select.poll()
    while time.monotonic() < give_up:
        alive = descendants(os.getpid())
        for process in alive:  # stop first: a stopped bomb cannot outrun us
            _signal(process, signal.SIGSTOP)
        for process in alive:
            _signal(process, signal.SIGKILL)
            killed.add(process)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return len(killed)
        waiting.poll(4)
    return len(killed)


def main(seal: str, channels: list[int], by_python: frozenset[str], ours: str, library: list[str]) -> int:
    """The guard's whole life. The first bytes over the channel must be the seal; the next says how to confine."""
    channel = channels[0]
    given = b""
    while len(given) < len(seal) + 1:
        piece = os.read(channel, len(seal) + 1 - len(given))
        if not piece:
            return 2
        given += piece
    if given[:-1] != seal.encode("ascii"):
        return 2
    Guard(channel, given[-1:] == b"H", by_python, ours, library).serve()
    return 0
