"""What programs here may not do, said kindly and with a line number: one process, offline, its own folder only.

An audit hook is a courtesy to honest beginners, not a wall (Python's own documentation says so). The walls are the
kernel's, where it has them: landlock.py and seccomp.py, and on Windows the tutor's Job Object.
"""

from __future__ import annotations

import os
import sys
import threading
from _thread import _count as thread_count
from typing import Any

from .wire import Report

_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK = frozenset(
    "socket.connect socket.bind socket.getaddrinfo socket.gethostbyname socket.gethostbyaddr socket.sendto "
    "socket.sendmsg urllib.Request ftplib.connect smtplib.connect http.client.connect imaplib.open poplib.connect "
    "telnetlib.Telnet.open nntplib.connect".split()
)
_PROCESS = frozenset(
    "subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile os.startfile/2 "
    "pty.spawn webbrowser.open _winapi.CreateProcess".split()
)
#: Event -> how many of its first arguments are paths that it changes.
_CHANGES = {
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.mkdir": 1,
    "os.truncate": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.link": 2,
    "os.symlink": 0,
    "os.utime": 1,
    "os.setxattr": 1,
    "os.removexattr": 1,
    "shutil.rmtree": 1,
    "shutil.move": 2,
}
_LISTS = frozenset(("os.listdir", "os.scandir"))
_SIGNALS = frozenset(("os.kill", "os.killpg"))
_LIBRARY_CALLS = frozenset(("ctypes.dlsym", "ctypes.dlsym/handle"))
_THREADS = frozenset(("_thread.start_new_thread", "_thread.start_joinable_thread"))
_AF_UNIX = 1
#: Read by the library itself: devices and the time zone's data.
_READABLE = (
    "/dev/null",
    "/dev/urandom",
    "/dev/random",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/usr/lib/zoneinfo",
)


class NotAllowed(PermissionError):
    """Raised in a learner's program when it tries what programs here may not do."""


NotAllowed.__module__ = "builtins"


class Policy:
    """The audit hook of one program.

    Args:
        report: where what was refused is told.
        folder: the working folder.
        library: what may be read beside it; real paths, without links.
        threads: how many threads there may be.
    """

    def __init__(self, report: Report, folder: str, library: list[str], threads: int) -> None:
        self._report = report
        self._real = os.path.realpath
        self._folder = self._real(folder)
        self._readable = [self._folder, *library, *{self._real(path) for path in _READABLE}]
        self._threads = threads
        self._own_id = os.getpid()
        self._told = 0
        if sys.version_info < (3, 12):  # no event for threads yet
            threading._start_new_thread = self._make_start_thread(threading._start_new_thread)  # type: ignore[attr-defined]
        sys.addaudithook(self._make_hook())

    def _make_start_thread(self, start: Any) -> Any:
        def start_new_thread(*args: Any, **kwargs: Any) -> Any:
            self._check_threads()
            return start(*args, **kwargs)

        return start_new_thread

    def _check_threads(self) -> None:
        if thread_count() >= self._threads:
            self._refuse(f"run more than {self._threads} threads at once")

    def _make_hook(self) -> Any:
        network, process, changes, lists = _NETWORK, _PROCESS, _CHANGES, _LISTS
        signals, library, threads = _SIGNALS, _LIBRARY_CALLS, _THREADS
        refuse, check_path, check_open = self._refuse, self._check_path, self._check_open
        check_threads = self._check_threads

        def hook(event: str, args: tuple[Any, ...]) -> None:
            if event == "open":
                check_open(*args)
            elif event in changes:
                for path in args[: changes[event]]:
                    check_path(path, True, "change files outside their own folder")
            elif event in lists:
                check_path(args[0], False, "look into folders outside their own")
            elif event in network or (event == "socket.__new__" and args[1] != _AF_UNIX):
                refuse("use the network")
            elif event in process:
                refuse("start another program")
            elif event in signals:
                if args and args[0] != self._own_id:
                    refuse("stop or signal another program")
            elif event in library:
                refuse("call the operating system directly")
            elif event in threads:
                check_threads()

        return hook

    def _refuse(self, what: str) -> None:
        self._told += 1
        if self._told <= 20:
            self._report.send("refused", what=what)
        raise NotAllowed(f"programs here may not {what}")

    def _check_open(self, path: Any, mode: Any, flags: Any) -> None:
        if type(path) is int:
            return
        if (flags or 0) & _WRITE:
            self._check_path(path, True, "write files outside their own folder")
        else:
            self._check_path(path, False, "read files outside their own folder")

    def _check_path(self, path: Any, change: bool, what: str) -> None:
        if path is None or type(path) is int:
            return
        try:
            real = self._real(os.fsdecode(path))
        except Exception:
            return  # a path too long or too odd to follow is left to the kernel
        if self._within(real, [self._folder] if change else self._readable) or real in (
            "/dev/null",
            r"\\.\nul",
        ):
            return
        self._refuse(what)

    @staticmethod
    def _within(path: str, folders: list[str]) -> bool:
        return any(path == folder or path.startswith(folder.rstrip("/\\") + os.sep) for folder in folders)
