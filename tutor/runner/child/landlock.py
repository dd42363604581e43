"""Linux's Landlock: this process reads Python and its own folder, writes its own folder, and opens no TCP connection.

By ctypes, because Python has no binding of its own: three system calls (the kernel's Documentation/userspace-api/landlock).
"""

from __future__ import annotations

import os
from struct import pack
from typing import Any

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FIRST_RIGHTS = (1 << 13) - 1
_NET_TCP = 3  # bind and connect
_SCOPES = 3  # abstract sockets, signals


class Landlock:
    """What this kernel's Landlock can do; `restrict` switches it on for good."""

    def __init__(self, libc: Any) -> None:
        self._libc = libc
        self.version = max(int(libc.syscall(_CREATE_RULESET, None, 0, 1)), 0)
        self._rights = _FIRST_RIGHTS
        for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEV)):
            if self.version >= since:
                self._rights |= right

    def restrict(self, writable: list[str], readable: list[str], devices: list[str]) -> str:
        """Confine this process (whose no_new_privs is set already). What was achieved, in words; "" for nothing."""
        if self.version < 1:
            return ""
        size = 24 if self.version >= 6 else 16 if self.version >= 4 else 8
        attributes = pack("<QQQ", self._rights, _NET_TCP, _SCOPES)[:size]
        ruleset = self._libc.syscall(_CREATE_RULESET, attributes, size, 0)
        if ruleset < 0:
            return ""
        for path in readable:
            self._allow(ruleset, path, _EXECUTE | _READ_FILE | _READ_DIR)
        for path in writable:
            self._allow(ruleset, path, self._rights & ~(_MAKE_CHAR | _MAKE_SOCK | _MAKE_FIFO | _MAKE_BLOCK))
        for path in devices:
            self._allow(ruleset, path, _READ_FILE | _WRITE_FILE)
        done = self._libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
        os.close(ruleset)
        return f"files: own folder only (Landlock {self.version})" if done else ""

    def _allow(self, ruleset: int, path: str, rights: int) -> None:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        if not os.path.isdir(path):
            rights &= _EXECUTE | _WRITE_FILE | _READ_FILE | (self._rights & (_TRUNCATE | _IOCTL_DEV))
        rule = pack("<Qi", rights & self._rights, descriptor)
        self._libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
        os.close(descriptor)
