"""Windows: a worker with no guard beside it; a Job Object of the tutor's takes the guard's place.

The tutor assigns the job while this process still waits for its seal. Not yet run on Windows.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from .worker import Worker, run_worker

_TOKEN_ADJUST_DEFAULT, _TOKEN_QUERY = 0x80, 0x8
_TOKEN_INTEGRITY_LEVEL = 25
_SE_GROUP_INTEGRITY = 0x20
_LOW_INTEGRITY = "S-1-16-4096"


def main(seal: str, handles: list[int], by_python: frozenset[str], ours: str, library: list[str]) -> int:
    """Take over the handles (stdin, stdout, stderr, reports, jobs, trace, commands), check the seal, and work."""
    import msvcrt

    binary: int = os.__dict__["O_BINARY"]
    reading, writing = os.O_RDONLY | binary, os.O_WRONLY | binary
    modes = (reading, writing, writing, writing, reading, writing, reading)
    descriptors = [
        msvcrt.__dict__["open_osfhandle"](handle, mode) for handle, mode in zip(handles, modes, strict=True)
    ]
    commands = descriptors[6]
    given = b""
    while len(given) < len(seal) + 1:
        piece = os.read(commands, len(seal) + 1 - len(given))
        if not piece:
            return 2
        given += piece
    if given[:-1] != seal.encode("ascii"):
        return 2
    for target, descriptor in enumerate(descriptors[:3]):
        os.dup2(descriptor, target)
        os.close(descriptor)
    reports, jobs, trace = descriptors[3:6]
    threading.Thread(target=_obey, args=(commands, trace), daemon=True).start()
    run_worker(Worker(jobs, reports, trace, by_python, ours, library, lower_integrity=lower_integrity))
    return 0


def _obey(commands: int, trace: int) -> None:
    """Carry out the tutor's single-byte commands: I interrupts, W tells where the program is."""
    import faulthandler

    while True:
        command = os.read(commands, 1)
        if not command:
            os._exit(99)  # the tutor is gone
        if command == b"I":
            signal.raise_signal(signal.SIGINT)
        elif command == b"W":
            faulthandler.dump_traceback(trace, all_threads=True)


def lower_integrity() -> str:
    """Give up the right to write anything that is not labelled low, for good. What was achieved, in words.

    A process may lower its own integrity level without any privilege: SetTokenInformation with TokenIntegrityLevel
    (Microsoft's documentation of mandatory integrity control).
    """
    import ctypes
    from ctypes import wintypes

    class SidAndAttributes(ctypes.Structure):
        _fields_ = (("Sid", ctypes.c_void_p), ("Attributes", wintypes.DWORD))

    windll: Any = ctypes.__dict__["WinDLL"]
    kernel, advanced = windll("kernel32"), windll("advapi32")
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    advanced.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
    advanced.ConvertStringSidToSidW.argtypes = [wintypes.LPCWSTR, ctypes.POINTER(ctypes.c_void_p)]
    advanced.SetTokenInformation.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    token, sid = wintypes.HANDLE(), ctypes.c_void_p()
    if not advanced.OpenProcessToken(
        kernel.GetCurrentProcess(), _TOKEN_ADJUST_DEFAULT | _TOKEN_QUERY, ctypes.byref(token)
    ):
        return ""
    try:
        if not advanced.ConvertStringSidToSidW(_LOW_INTEGRITY, ctypes.byref(sid)):
            return ""
        label = SidAndAttributes(sid, _SE_GROUP_INTEGRITY)
        done = advanced.SetTokenInformation(
            token, _TOKEN_INTEGRITY_LEVEL, ctypes.byref(label), ctypes.sizeof(label)
        )
        kernel.LocalFree(sid)
        return "writes: own folder only (low integrity)" if done else ""
    finally:
        kernel.CloseHandle(token)
