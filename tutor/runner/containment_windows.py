"""Windows: a Job Object around the learner's process, a working folder labelled low. Not yet run on Windows.

Written against Microsoft's documentation of Job Objects, mandatory integrity control and process handles, by ctypes, so that
no further package is needed. The structures have fixed widths: their sizes are tested on any system. Each function of
Windows is reached through the object that `windows_api` returns, so that tests can put a double of the documented API there.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import subprocess
from ctypes import c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from pathlib import Path
from typing import Any

from tutor.runner.carrier import Carrier, Status
from tutor.runner.launch import command, environment
from tutor.runner.limits import Limits
from tutor.runner.pipes import CHANNELS, Pipes

# JOBOBJECT_BASIC_LIMIT_INFORMATION.LimitFlags
JOB_TIME, ACTIVE_PROCESS, PRIORITY_CLASS = 0x4, 0x8, 0x20
JOB_MEMORY, DIE_ON_UNHANDLED_EXCEPTION, KILL_ON_JOB_CLOSE = 0x200, 0x400, 0x2000
BELOW_NORMAL_PRIORITY_CLASS = 0x4000
CREATE_NO_WINDOW = 0x08000000
# JOBOBJECTINFOCLASS
BASIC_ACCOUNTING, UI_RESTRICTIONS, EXTENDED_LIMIT = 1, 4, 9
#: Other programs' handles, the clipboard, system settings, display settings, global atoms, logging off.
UI_LIMITS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x80
KILLED_CODE = 137
SYNCHRONIZE, PROCESS_TERMINATE, QUERY_LIMITED_INFORMATION = 0x00100000, 0x0001, 0x1000
WAIT_TIMEOUT = 0x102
SNAP_PROCESS = 0x2
#: A mandatory label: no write up, level low, for the folder and all that is made in it.
LOW_LABEL = "S:(ML;OICI;NW;;;LW)"
SE_FILE_OBJECT, LABEL_SECURITY_INFORMATION, SDDL_REVISION = 1, 0x10, 1
_BASE_MEMORY_MB = 64  # what the interpreter itself commits


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", c_int64),
        ("PerJobUserTimeLimit", c_int64),
        ("LimitFlags", c_uint32),
        ("MinimumWorkingSetSize", c_size_t),
        ("MaximumWorkingSetSize", c_size_t),
        ("ActiveProcessLimit", c_uint32),
        ("Affinity", c_size_t),
        ("PriorityClass", c_uint32),
        ("SchedulingClass", c_uint32),
    )


class IoCounters(ctypes.Structure):
    """IO_COUNTERS."""

    _fields_ = tuple(
        (name, c_uint64)
        for name in (
            "ReadOperations",
            "WriteOperations",
            "OtherOperations",
            "ReadBytes",
            "WriteBytes",
            "OtherBytes",
        )
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("Basic", BasicLimits),
        ("Io", IoCounters),
        ("ProcessMemoryLimit", c_size_t),
        ("JobMemoryLimit", c_size_t),
        ("PeakProcessMemoryUsed", c_size_t),
        ("PeakJobMemoryUsed", c_size_t),
    )


class UiRestrictions(ctypes.Structure):
    """JOBOBJECT_BASIC_UI_RESTRICTIONS."""

    _fields_ = (("UIRestrictionsClass", c_uint32),)


class Accounting(ctypes.Structure):
    """JOBOBJECT_BASIC_ACCOUNTING_INFORMATION."""

    _fields_ = (
        ("TotalUserTime", c_int64),
        ("TotalKernelTime", c_int64),
        ("ThisPeriodTotalUserTime", c_int64),
        ("ThisPeriodTotalKernelTime", c_int64),
        ("TotalPageFaultCount", c_uint32),
        ("TotalProcesses", c_uint32),
        ("ActiveProcesses", c_uint32),
        ("TotalTerminatedProcesses", c_uint32),
    )


class ProcessEntry(ctypes.Structure):
    """PROCESSENTRY32W."""

    _fields_ = (
        ("dwSize", c_uint32),
        ("cntUsage", c_uint32),
        ("th32ProcessID", c_uint32),
        ("th32DefaultHeapID", c_size_t),
        ("th32ModuleID", c_uint32),
        ("cntThreads", c_uint32),
        ("th32ParentProcessID", c_uint32),
        ("pcPriClassBase", ctypes.c_int32),
        ("dwFlags", c_uint32),
        ("szExeFile", ctypes.c_uint16 * 260),
    )


_SIGNATURES: dict[str, tuple[str, Any, list[Any]]] = {
    "CreateJobObjectW": ("kernel32", c_void_p, [c_void_p, c_void_p]),
    "SetInformationJobObject": ("kernel32", c_int, [c_void_p, c_int, c_void_p, c_uint32]),
    "QueryInformationJobObject": ("kernel32", c_int, [c_void_p, c_int, c_void_p, c_uint32, c_void_p]),
    "AssignProcessToJobObject": ("kernel32", c_int, [c_void_p, c_void_p]),
    "TerminateJobObject": ("kernel32", c_int, [c_void_p, c_uint32]),
    "OpenProcess": ("kernel32", c_void_p, [c_uint32, c_int, c_uint32]),
    "TerminateProcess": ("kernel32", c_int, [c_void_p, c_uint32]),
    "WaitForSingleObject": ("kernel32", c_uint32, [c_void_p, c_uint32]),
    "CloseHandle": ("kernel32", c_int, [c_void_p]),
    "CreateToolhelp32Snapshot": ("kernel32", c_void_p, [c_uint32, c_uint32]),
    "Process32FirstW": ("kernel32", c_int, [c_void_p, c_void_p]),
    "Process32NextW": ("kernel32", c_int, [c_void_p, c_void_p]),
    "LocalFree": ("kernel32", c_void_p, [c_void_p]),
    "ConvertStringSecurityDescriptorToSecurityDescriptorW": (
        "advapi32",
        c_int,
        [ctypes.c_wchar_p, c_uint32, c_void_p, c_void_p],
    ),
    "GetSecurityDescriptorSacl": ("advapi32", c_int, [c_void_p, c_void_p, c_void_p, c_void_p]),
    "SetNamedSecurityInfoW": (
        "advapi32",
        c_uint32,
        [ctypes.c_wchar_p, c_int, c_uint32, c_void_p, c_void_p, c_void_p, c_void_p],
    ),
}


class _WindowsApi:
    """The functions above, with their types declared."""

    def __init__(self) -> None:
        libraries: dict[str, Any] = {}
        for name, (library, result, arguments) in _SIGNATURES.items():
            if library not in libraries:
                libraries[library] = ctypes.__dict__["WinDLL"](library, use_last_error=True)
            function = getattr(libraries[library], name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)


def windows_api() -> Any:
    """The functions of Windows that are used here, by their names in Microsoft's documentation."""
    return _WindowsApi()


class Job:
    """A Job Object: what is in it ends with it, and is one process with limited memory.

    Args:
        api: the functions of Windows.

    Raises:
        OSError: Windows makes no Job Object.
    """

    def __init__(self, api: Any) -> None:
        self._api = api
        self._handle = api.CreateJobObjectW(None, None)  # no security attributes: the handle is not inherited
        if not self._handle:
            raise OSError("Windows made no Job Object")
        self.restricted = self._set(UI_RESTRICTIONS, UiRestrictions(UI_LIMITS))
        self.limited = self.limit(0, 0.0)

    def limit(self, memory_mb: int, processor_seconds: float) -> bool:
        """Set its limits (0 for none); whether Windows took them."""
        limits = ExtendedLimits()
        flags = KILL_ON_JOB_CLOSE | DIE_ON_UNHANDLED_EXCEPTION | ACTIVE_PROCESS | PRIORITY_CLASS
        if memory_mb:
            flags |= JOB_MEMORY
            limits.JobMemoryLimit = memory_mb << 20
        if processor_seconds:
            flags |= JOB_TIME
            limits.Basic.PerJobUserTimeLimit = int(processor_seconds * 10_000_000)  # units of 100 ns
        limits.Basic.LimitFlags = flags
        limits.Basic.ActiveProcessLimit = 1
        limits.Basic.PriorityClass = BELOW_NORMAL_PRIORITY_CLASS
        return self._set(EXTENDED_LIMIT, limits)

    def _set(self, kind: int, structure: ctypes.Structure) -> bool:
        size = ctypes.sizeof(structure)
        return bool(self._api.SetInformationJobObject(self._handle, kind, ctypes.byref(structure), size))

    def adopt(self, process_handle: int) -> bool:
        """Put a process in, while it still waits and has run no learner's code.

        False when Windows refuses: the process has ended, or it is in an outer job that allows no other.
        """
        return bool(self._api.AssignProcessToJobObject(self._handle, process_handle))

    def processor_seconds(self) -> float:
        """What all that was ever in it has used."""
        found = Accounting()
        size = ctypes.sizeof(found)
        self._api.QueryInformationJobObject(self._handle, BASIC_ACCOUNTING, ctypes.byref(found), size, None)
        return float(found.TotalUserTime + found.TotalKernelTime) / 1e7

    def kill(self) -> None:
        """End all that is in it."""
        self._api.TerminateJobObject(self._handle, KILLED_CODE)

    def close(self) -> None:
        """Let go of it: this is the only handle, so all that is still in it ends."""
        if self._handle:
            self._api.CloseHandle(self._handle)
            self._handle = None


class JobWorker(Carrier):
    """One process in its own Job Object, blocked until it is given its seal, then its job."""

    def __init__(self, hardened: bool, api: Any = None) -> None:
        self._api = api if api is not None else windows_api()
        self._hardened = hardened
        seal = secrets.token_hex(8)
        self.pipes, theirs = Pipes.make()
        command_read, self._commands = os.pipe()
        self._job: Job | None = None
        try:
            handles = [_inheritable(theirs.ends[name]) for name in CHANNELS] + [_inheritable(command_read)]
            self._process = start_process(command("worker", seal, *map(str, handles)), handles)
        except OSError:
            self.pipes.close()
            os.close(self._commands)
            raise
        finally:
            theirs.close()
            os.close(command_read)
        self.layers = self._adopt()
        self._tell(seal.encode("ascii") + (b"H" if hardened else b"P"))

    def _adopt(self) -> tuple[str, ...]:
        """Put the process into a job. Where that fails, it is ended by a list of processes instead."""
        try:
            job = Job(self._api)
        except OSError:
            return ()
        if not job.adopt(int(getattr(self._process, "_handle", 0))):
            job.close()
            return ()
        self._job = job
        layers = ["ends with all that it started (job object)"]
        if job.limited:
            layers.append("one process, limited memory (job object)")
        if job.restricted:
            layers.append("no clipboard, no other windows (job object)")
        return tuple(layers)

    def confine(self, folder: Path, limits: Limits, own_folder: bool) -> dict[str, Any]:
        """Set the job's memory; label the folder low, so that the process can give up all other rights to write."""
        if self._job is not None:
            self._job.limit(limits.memory_mb + _BASE_MEMORY_MB, 0.0)
        low = self._hardened and own_folder and label_low(folder, self._api)
        return {"low_integrity": low}

    def alive(self) -> bool:
        """Whether the process still waits."""
        return self._process.poll() is None

    def interrupt(self) -> None:
        """A thread in the process raises the signal: console events do not work from a windowed program."""
        self._tell(b"I")

    def ask_where(self) -> None:
        """A thread in the process dumps the others, where it gets its turn; a timer in C has done so before a limit."""
        self._tell(b"W")

    def _tell(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(self._commands, data)

    def kill(self) -> None:
        """End the job, or without one the process and what a snapshot shows below it."""
        if self._job is not None:
            self._job.kill()
        else:
            kill_tree(self._process.pid, self._api)
            with contextlib.suppress(OSError):
                self._process.kill()

    def kill_by_force(self) -> None:
        """Once more, the process by itself too."""
        self.kill()
        with contextlib.suppress(OSError):
            self._process.kill()

    def wait(self) -> Status:
        """Wait for the process, then end what it may have left."""
        code = self._process.wait()
        used = self._job.processor_seconds() if self._job is not None else 0.0
        self.kill()
        return Status(code=code, processor_seconds=used)

    def dismiss(self, well: bool) -> None:
        """A process is used once: end it, if it has not ended."""
        self.pipes.close()
        with contextlib.suppress(OSError):
            os.close(self._commands)
        if self._process.poll() is None:
            self.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
        if self._job is not None:
            self._job.close()


def start_process(arguments: list[str], handles: list[int]) -> subprocess.Popen[bytes]:
    """Start a process with no window that inherits exactly these handles.

    Raises:
        OSError: it could not be started.
    """
    startup = subprocess.__dict__["STARTUPINFO"]()
    startup.lpAttributeList = {"handle_list": handles}
    return subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(secrets.token_hex(8)),
        cwd=str(Path(arguments[0]).parent),
        startupinfo=startup,
        creationflags=CREATE_NO_WINDOW,
        close_fds=True,
    )


def _inheritable(descriptor: int) -> int:
    """The handle behind a descriptor, made inheritable."""
    import msvcrt  # noqa: PLC0415 - Windows only

    handle: int = msvcrt.__dict__["get_osfhandle"](descriptor)
    os.__dict__["set_handle_inheritable"](handle, True)
    return handle


def label_low(folder: Path, api: Any) -> bool:
    """Let processes of low integrity write in this folder; whether Windows did so."""
    descriptor, acl = c_void_p(), c_void_p()
    present, by_default = c_int(), c_int()
    if not api.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        LOW_LABEL, SDDL_REVISION, ctypes.byref(descriptor), None
    ):
        return False
    try:
        if not api.GetSecurityDescriptorSacl(
            descriptor, ctypes.byref(present), ctypes.byref(acl), ctypes.byref(by_default)
        ):
            return False
        done = api.SetNamedSecurityInfoW(
            str(folder), SE_FILE_OBJECT, LABEL_SECURITY_INFORMATION, None, None, None, acl
        )
        return int(done) == 0
    finally:
        api.LocalFree(descriptor)


def process_alive(process: int, api: Any = None) -> bool:
    """Whether a process of that id runs."""
    api = api if api is not None else windows_api()
    handle = api.OpenProcess(SYNCHRONIZE | QUERY_LIMITED_INFORMATION, 0, process)
    if not handle:
        return False
    try:
        return int(api.WaitForSingleObject(handle, 0)) == WAIT_TIMEOUT
    finally:
        api.CloseHandle(handle)


def kill_tree(process: int, api: Any) -> int:
    """End a process and what is below it, as a snapshot shows it; how many. The way without a Job Object."""
    ended = 0
    for target in [*reversed(_below(process, api)), process]:
        handle = api.OpenProcess(PROCESS_TERMINATE, 0, target)
        if handle:
            ended += bool(api.TerminateProcess(handle, KILLED_CODE))
            api.CloseHandle(handle)
    return ended


def _below(process: int, api: Any) -> list[int]:
    snapshot = api.CreateToolhelp32Snapshot(SNAP_PROCESS, 0)
    if snapshot is None or snapshot == c_void_p(-1).value:
        return []
    parents: list[tuple[int, int]] = []
    try:
        entry = ProcessEntry()
        entry.dwSize = ctypes.sizeof(ProcessEntry)
        more = api.Process32FirstW(snapshot, ctypes.byref(entry))
        while more:
            parents.append((entry.th32ProcessID, entry.th32ParentProcessID))
            more = api.Process32NextW(snapshot, ctypes.byref(entry))
    finally:
        api.CloseHandle(snapshot)
    found: list[int] = []
    to_visit = [process]
    while to_visit:
        above = to_visit.pop()
        for child, parent in parents:
            if parent == above and child not in found and child != process:
                found.append(child)
                to_visit.append(child)
    return found
