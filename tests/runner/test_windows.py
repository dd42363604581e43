"""Windows' containment, as far as it can be shown anywhere: structures, arguments, and what happens when Windows refuses.

A double stands in for the documented functions, and for nothing else. Not yet run on Windows.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tutor.runner import containment_windows as windows
from tutor.runner.limits import Limits


class Refusing:
    """Microsoft's functions, each of which does as it is told to: succeeds unless named in `refuse`."""

    def __init__(self, refuse: tuple[str, ...] = (), processes: tuple[tuple[int, int], ...] = ()) -> None:
        self.refuse = refuse
        self.processes = list(processes)
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.set: dict[int, Any] = {}
        self.waits = windows.WAIT_TIMEOUT

    def __getattr__(self, name: str) -> Any:
        if name not in windows._SIGNATURES:
            raise AttributeError(name)

        def function(*arguments: Any) -> Any:
            assert len(arguments) == len(windows._SIGNATURES[name][2]), name
            self.calls.append((name, arguments))
            if name in self.refuse:
                return 5 if name == "SetNamedSecurityInfoW" else 0
            return getattr(self, f"do_{name}", lambda *_: 1)(*arguments)

        return function

    def do_CreateJobObjectW(self, *_: Any) -> int:
        return 0x100

    def do_SetInformationJobObject(self, job: int, kind: int, reference: Any, size: int) -> int:
        structure = reference._obj
        assert size == ctypes.sizeof(structure)
        self.set[kind] = structure
        return 1

    def do_QueryInformationJobObject(self, job: int, kind: int, reference: Any, size: int, _: Any) -> int:
        reference._obj.TotalUserTime = 15_000_000
        reference._obj.TotalKernelTime = 5_000_000
        return 1

    def do_WaitForSingleObject(self, *_: Any) -> int:
        return self.waits

    def do_OpenProcess(self, rights: int, inherit: int, process: int) -> int:
        return process

    def do_SetNamedSecurityInfoW(self, *_: Any) -> int:
        return 0

    def do_CreateToolhelp32Snapshot(self, *_: Any) -> int:
        return 0x200

    def do_Process32FirstW(self, _: int, reference: Any) -> int:
        self.rows = iter(self.processes)
        return self.do_Process32NextW(_, reference)

    def do_Process32NextW(self, _: int, reference: Any) -> int:
        row = next(self.rows, None)
        if row is None:
            return 0
        reference._obj.th32ProcessID, reference._obj.th32ParentProcessID = row
        return 1

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes on 64 bits")
def test_structures_have_the_documented_sizes() -> None:
    sizes = {
        windows.BasicLimits: 64,
        windows.IoCounters: 48,
        windows.ExtendedLimits: 144,
        windows.UiRestrictions: 4,
        windows.Accounting: 48,
        windows.ProcessEntry: 568,
    }
    assert {structure.__name__: ctypes.sizeof(structure) for structure in sizes} == {
        structure.__name__: size for structure, size in sizes.items()
    }
    assert windows.BasicLimits.LimitFlags.offset == 16
    assert windows.BasicLimits.PriorityClass.offset == 56
    assert windows.ExtendedLimits.JobMemoryLimit.offset == 120
    assert windows.ProcessEntry.szExeFile.offset == 44


def test_a_job_ends_with_its_handle_and_holds_one_process() -> None:
    api = Refusing()
    job = windows.Job(api)
    limits = api.set[windows.EXTENDED_LIMIT]
    assert limits.Basic.LimitFlags & windows.KILL_ON_JOB_CLOSE
    assert limits.Basic.LimitFlags & windows.ACTIVE_PROCESS and limits.Basic.ActiveProcessLimit == 1
    assert limits.Basic.PriorityClass == windows.BELOW_NORMAL_PRIORITY_CLASS
    assert not limits.Basic.LimitFlags & windows.JOB_MEMORY
    assert job.limit(256, 2.5)
    limits = api.set[windows.EXTENDED_LIMIT]
    assert limits.Basic.LimitFlags & windows.JOB_MEMORY and limits.JobMemoryLimit == 256 << 20
    assert limits.Basic.LimitFlags & windows.JOB_TIME and limits.Basic.PerJobUserTimeLimit == 25_000_000
    assert job.adopt(7) and job.processor_seconds() == 2.0
    job.kill()
    job.close()
    job.close()
    assert api.names().count("CloseHandle") == 1


def test_no_job_object_is_an_error_that_is_noticed() -> None:
    with pytest.raises(OSError, match="no Job Object"):
        windows.Job(Refusing(refuse=("CreateJobObjectW",)))


def test_limits_that_windows_does_not_take_are_known() -> None:
    job = windows.Job(Refusing(refuse=("SetInformationJobObject",)))
    assert not job.limited and not job.restricted


def test_a_folder_is_labelled_low(tmp_path: Path) -> None:
    api = Refusing()
    assert windows.label_low(tmp_path, api)
    (call,) = [arguments for name, arguments in api.calls if name == "SetNamedSecurityInfoW"]
    assert call[:3] == (str(tmp_path), windows.SE_FILE_OBJECT, windows.LABEL_SECURITY_INFORMATION)
    assert api.names()[-1] == "LocalFree"


@pytest.mark.parametrize(
    "refused",
    [
        "ConvertStringSecurityDescriptorToSecurityDescriptorW",
        "GetSecurityDescriptorSacl",
        "SetNamedSecurityInfoW",
    ],
)
def test_a_folder_that_cannot_be_labelled_is_known(tmp_path: Path, refused: str) -> None:
    api = Refusing(refuse=(refused,))
    assert not windows.label_low(tmp_path, api)
    assert ("LocalFree" in api.names()) == (not refused.startswith("Convert"))


def test_whether_a_process_lives_is_asked_of_its_handle() -> None:
    api = Refusing()
    assert windows.process_alive(7, api)
    api.waits = 0
    assert not windows.process_alive(7, api)
    assert api.names().count("CloseHandle") == 2
    assert not windows.process_alive(7, Refusing(refuse=("OpenProcess",)))


def test_without_a_job_what_is_below_a_process_ends_first() -> None:
    api = Refusing(processes=((4, 0), (10, 4), (11, 10), (12, 11), (13, 10), (99, 4)))
    assert windows.kill_tree(10, api) == 4
    ended = [arguments[0] for name, arguments in api.calls if name == "TerminateProcess"]
    assert ended[-1] == 10 and set(ended) == {10, 11, 12, 13} and ended.index(12) < ended.index(11)


def test_a_snapshot_that_fails_still_ends_the_process() -> None:
    assert windows.kill_tree(10, Refusing(refuse=("CreateToolhelp32Snapshot",))) == 1


def open_descriptors() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


class FakePopen:
    """What `subprocess.Popen` would be given on Windows."""

    def __init__(self, arguments: list[str], **options: Any) -> None:
        self.arguments, self.options = arguments, options
        self.pid, self._handle, self.returncode, self.killed = 10, 0x300, None, False

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        self.returncode = windows.KILLED_CODE if self.returncode is None else self.returncode
        return self.returncode

    def kill(self) -> None:
        self.killed = True


class FakeStartup:
    lpAttributeList: dict[str, Any]


@pytest.fixture
def windows_start(monkeypatch: pytest.MonkeyPatch) -> list[FakePopen]:
    """Starting a process as on Windows, up to the call of Popen."""
    started: list[FakePopen] = []

    def popen(*args: Any, **options: Any) -> FakePopen:
        started.append(FakePopen(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "STARTUPINFO", FakeStartup, raising=False)
    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(windows, "_inheritable", lambda descriptor: descriptor + 1000)
    return started


def test_a_worker_inherits_its_seven_handles_and_shows_no_window(windows_start: list[FakePopen]) -> None:
    api = Refusing()
    worker = windows.JobWorker(True, api)
    (process,) = windows_start
    handles = process.options["startupinfo"].lpAttributeList["handle_list"]
    assert len(handles) == 7 and [str(handle) for handle in handles] == process.arguments[-7:]
    assert process.arguments[-9] == "worker"
    assert process.options["creationflags"] == windows.CREATE_NO_WINDOW and process.options["close_fds"]
    assert ("AssignProcessToJobObject", (0x100, 0x300)) in api.calls
    assert worker.layers[0] == "ends with all that it started (job object)"
    worker.dismiss(True)
    assert api.names()[-1] == "CloseHandle"


def test_the_seal_comes_after_the_job(
    windows_start: list[FakePopen], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    api = Refusing()
    api.do_AssignProcessToJobObject = lambda *_: order.append("job") or 1  # type: ignore[attr-defined]
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: order.append("seal") or write(descriptor, data))
    windows.JobWorker(False, api).dismiss(True)
    assert order == ["job", "seal"]


def test_a_process_that_no_job_takes_is_ended_by_the_list_of_processes(
    windows_start: list[FakePopen],
) -> None:
    api = Refusing(refuse=("AssignProcessToJobObject",), processes=((10, 1), (11, 10)))
    worker = windows.JobWorker(True, api)
    assert worker.layers == ()
    worker.kill()
    assert [arguments[0] for name, arguments in api.calls if name == "TerminateProcess"] == [11, 10]
    assert windows_start[0].killed
    worker.dismiss(False)


def test_the_jobs_memory_is_set_and_low_integrity_asked_for_only_in_a_folder_of_ours(
    windows_start: list[FakePopen], tmp_path: Path
) -> None:
    api = Refusing()
    worker = windows.JobWorker(True, api)
    assert worker.confine(tmp_path, Limits(memory_mb=100), own_folder=True) == {"low_integrity": True}
    assert api.set[windows.EXTENDED_LIMIT].JobMemoryLimit == (100 + windows._BASE_MEMORY_MB) << 20
    assert worker.confine(tmp_path, Limits(), own_folder=False) == {"low_integrity": False}
    portable = windows.JobWorker(False, api)
    assert portable.confine(tmp_path, Limits(), own_folder=True) == {"low_integrity": False}
    worker.dismiss(True)
    portable.dismiss(True)


def test_a_process_that_cannot_be_started_leaves_no_pipe_open(
    windows_start: list[FakePopen], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "blocked by policy")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    before = open_descriptors()
    with pytest.raises(PermissionError):
        windows.JobWorker(True, Refusing())
    after = open_descriptors()
    assert before == after


def test_the_end_of_a_process_tells_its_code_and_its_time(windows_start: list[FakePopen]) -> None:
    worker = windows.JobWorker(True, Refusing())
    windows_start[0].returncode = 0xC0000005
    status = worker.wait()
    assert (status.code, status.processor_seconds) == (0xC0000005, 2.0)
    worker.dismiss(True)


def test_an_access_violation_is_a_crash() -> None:
    from tutor.runner.carrier import Status
    from tutor.runner.evidence import Evidence

    evidence = Evidence(started=True, status=Status(code=0xC0000005))
    assert evidence.outcome(10.0) == "crashed"
    assert Evidence(started=True, status=Status(code=-1073741819)).outcome(10.0) == "crashed"
    assert Evidence(started=True, status=Status(code=0)).outcome(10.0) == "abrupt"
