"""Linux's seccomp: this process starts no other, opens no socket but a local one, signals nobody else, traces nobody.

By ctypes, because Python has no binding of its own: a classic BPF program over `struct seccomp_data`
(the kernel's Documentation/userspace-api/seccomp_filter), loaded by prctl.
"""

from __future__ import annotations

import ctypes
import errno
import os
from struct import pack
from typing import Any

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_AF_UNIX = 1

_MACHINES: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {
            "socket": 41, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101,
            "setpgid": 109, "setsid": 112, "sigqueue": 129, "mount": 165, "tkill": 200, "tgkill": 234,
            "keyctl": 250, "unshare": 272, "tgsigqueue": 297, "perf_event_open": 298, "setns": 308,
            "process_vm_readv": 310, "process_vm_writev": 311, "bpf": 321, "execveat": 322, "userfaultfd": 323,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "socket": 198, "clone": 220, "execve": 221, "kill": 129, "ptrace": 117, "setpgid": 154, "setsid": 157,
            "sigqueue": 138, "mount": 40, "tkill": 130, "tgkill": 131, "keyctl": 219, "unshare": 97,
            "tgsigqueue": 240, "perf_event_open": 241, "setns": 268, "process_vm_readv": 270,
            "process_vm_writev": 271, "bpf": 280, "execveat": 281, "userfaultfd": 282,
        },
    ),
}  # fmt: skip
#: Numbers that are the same on every machine since Linux 5.
_EVERYWHERE = {
    "pidfd_send_signal": 424,
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "clone3": 435,
    "pidfd_getfd": 438,
}
_JUDGED_BY_ARGUMENT = ("socket", "clone", "clone3", "kill", "tgkill")


def program(machine: str, own_id: int) -> bytes | None:
    """The filter, for this machine and this process; None for a machine whose numbers are not known."""
    if machine == "arm64":
        machine = "aarch64"
    if machine not in _MACHINES:
        return None
    architecture, numbers = _MACHINES[machine]
    numbers = {**numbers, **_EVERYWHERE}
    code: list[bytes] = []

    def add(operation: int, value: int, if_true: int = 0, if_false: int = 0) -> None:
        code.append(pack("<HBBI", operation, if_true, if_false, value & 0xFFFFFFFF))

    def refuse(number: int = errno.EPERM) -> None:
        add(_RETURN, _ERRNO | number)

    def unless_first_argument(name: str, operation: int, value: int) -> None:
        """Refuse this call unless its first argument matches."""
        add(_EQUAL, numbers[name], 0, 4)
        add(_LOAD, _FIRST_ARGUMENT_AT)
        add(operation, value, 0, 1)
        add(_RETURN, _ALLOW)
        refuse()

    add(_LOAD, _ARCHITECTURE_AT)
    add(_EQUAL, architecture, 1, 0)
    refuse()
    add(_LOAD, _NUMBER_AT)
    if machine == "x86_64":
        add(_AT_LEAST, _X32, 0, 1)
        refuse()
    for name, number in numbers.items():
        if name not in _JUDGED_BY_ARGUMENT:
            add(_EQUAL, number, 0, 1)
            refuse()
    add(_EQUAL, numbers["clone3"], 0, 1)
    refuse(errno.ENOSYS)  # its argument cannot be read here; the C library then uses clone
    unless_first_argument("clone", _ANY_BIT, _CLONE_THREAD)
    unless_first_argument("socket", _EQUAL, _AF_UNIX)
    unless_first_argument("kill", _EQUAL, own_id)
    unless_first_argument("tgkill", _EQUAL, own_id)
    add(_RETURN, _ALLOW)
    return b"".join(code)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def restrict(libc: Any, own_id: int) -> str:
    """Switch the filter on for good (no_new_privs is set already). What was achieved, in words; "" for nothing."""
    code = program(platform_machine(), own_id)
    if code is None:
        return ""
    buffer = ctypes.create_string_buffer(code, len(code))
    loaded = _Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(loaded), 0, 0):
        return ""
    return "one process, no network (seccomp)"


def platform_machine() -> str:
    """The machine's name, as `uname -m` says it."""

    return os.uname().machine
