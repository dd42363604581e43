"""Limits that the kernel keeps (POSIX). On Windows the tutor's Job Object keeps them from outside."""

from __future__ import annotations

import sys
from typing import Any

resource: Any
try:
    import resource
except ImportError:  # Windows
    resource = None

#: Room above the limit, so that a program which ran out of memory can still be described.
REPORTING_ROOM = 96 << 20


def address_space() -> int:
    """Bytes of address space that this process holds before the program has begun (0 where that is not known)."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * 4096
    except (OSError, ValueError):
        return 0


class MemoryLimit:
    """The program's own memory: a soft limit that is lifted a little while a failure is described."""

    def __init__(self, megabytes: int) -> None:
        self._soft = (megabytes << 20) + address_space()
        self._hard = self._soft + REPORTING_ROOM
        self._set = resource.setrlimit if resource is not None and sys.platform != "darwin" else None
        self._which = resource.RLIMIT_AS if self._set is not None else 0

    def impose(self) -> None:
        """Hold the program to its limit."""
        self._apply(self._soft)

    def lift(self) -> None:
        """Give the report room."""
        self._apply(self._hard)

    def _apply(self, soft: int) -> None:
        if self._set is not None:
            try:
                self._set(self._which, (soft, self._hard))
            except (ValueError, OSError):
                pass  # the PC's own limit is lower


def impose_fixed() -> None:
    """Limits that are the same for every program."""
    if resource is not None:
        _limit("RLIMIT_CORE", 0, 0)


def impose(job: dict[str, Any]) -> str:
    """Limits of this run, but for memory. The processor's is a backstop behind the tutor's clock. In words."""
    if resource is None:
        return ""
    _limit("RLIMIT_CPU", job["processor_seconds"], job["processor_seconds"] + 1)
    _limit("RLIMIT_FSIZE", job["file_bytes"], job["file_bytes"])
    _limit("RLIMIT_NOFILE", job["open_files"], job["open_files"])
    return "limited memory, files, processor time (rlimit)"


def fence_processes(most: int) -> None:
    """Where nothing better forbids new processes: at most this many more than the user has now (Linux)."""
    import os

    if resource is None or not sys.platform.startswith("linux"):
        return
    own = os.getuid()
    count = 0
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                if os.stat(f"/proc/{entry}").st_uid == own:
                    count += len(os.listdir(f"/proc/{entry}/task"))
            except OSError:
                continue
    _limit("RLIMIT_NPROC", count + most, count + most)


def _limit(name: str, soft: int, hard: int) -> None:
    which = getattr(resource, name, None)
    if which is None:
        return
    try:
        ceiling = resource.getrlimit(which)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(which, (soft, hard))
    except (ValueError, OSError):
        pass
