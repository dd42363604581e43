"""One run: takes the job, confines itself, runs the learner's program, answers questions, ends as Python would."""

from __future__ import annotations

import builtins
import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from . import limits
from .describe import Describer
from .encode import Encoder
from .landlock import Landlock
from .policy import NotAllowed, Policy
from .program import LearnersProgram, freeze
from .questions import Questions
from .streams import Streams
from .wire import Report, receive

_PR_SET_NO_NEW_PRIVS = 38
#: Reserved for each thread: the usual 8 MiB would use up a program's memory after thirty.
THREAD_STACK = 1 << 20
#: Asks the interpreter for the line it is at, even inside one long call in C. Unlikely to be a learner's.
WHERE_SIGNAL = getattr(signal, "SIGRTMAX", getattr(signal, "SIGUSR2", None))
_TICKING = [
    getattr(signal, name)
    for name in ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR1", "SIGUSR2")
    if hasattr(signal, name)
]
_settrace, _setprofile, _setrecursionlimit = sys.settrace, sys.setprofile, sys.setrecursionlimit
_setitimer = getattr(signal, "setitimer", None)
_set_handler, _ignore = signal.signal, signal.SIG_IGN
_exit = os._exit
_shutdown_threads = threading._shutdown  # type: ignore[attr-defined]


class Worker:
    """The learner's side of one run.

    Args:
        jobs: descriptor that the job, and later the questions, come from.
        reports: descriptor that frames go to.
        trace: descriptor that faulthandler writes to.
        by_python: modules that the interpreter had loaded by itself.
        ours: the folder of this code.
        library: where Python itself is, which programs may read.
        libc: the C library by ctypes where it is to confine this process (Linux), else None.
        layers: what already confines this process, in words.
        lower_integrity: gives up the right to write elsewhere (Windows).
    """

    def __init__(
        self,
        jobs: int,
        reports: int,
        trace: int,
        by_python: frozenset[str],
        ours: str,
        library: list[str],
        libc: Any = None,
        layers: tuple[str, ...] = (),
        lower_integrity: Callable[[], str] | None = None,
    ) -> None:
        self._jobs = jobs
        self._reports = reports
        self._trace = trace
        self._by_python = by_python
        self._ours = ours
        self._library = library
        self._libc = libc
        self._layers = list(layers)
        self._lower_integrity = lower_integrity
        self._landlock = Landlock(libc) if libc is not None else None
        self._line_hint: int | None = None

    def work(self) -> int:
        """Wait for the job and do it; the exit status. Returns only if there was no job."""
        job = receive(self._jobs)
        if job is None:
            return 0
        self._report = Report(self._reports, job["nonce"])
        self._prepare(job)
        self._report.send("started", layers=self._layers)
        ended = self._run()
        self._report.send("ended", printed=self._streams.output.total, **ended)
        if job["questions"]:
            Questions(
                self._jobs, self._report, self._program, self._describer, self._streams, self._memory
            ).answer_all(quiet)
        return self._end(ended)

    # ------------------------------------------------------------------------------------------------- before the run

    def _prepare(self, job: dict[str, Any]) -> None:
        folder = job["folder"]
        os.chdir(folder)
        for name in ("TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE"):
            os.environ[name] = folder
        self._streams = Streams(self._report)
        self._describer = Describer(job["filename"], folder, self._ours)
        self._program = LearnersProgram(job["source"], job["filename"], folder, self._by_python)
        self._add_site_names()
        self._watch(job)
        if self._landlock is not None:
            self._layers.append(self._confine(folder))
        if job.get("low_integrity") and self._lower_integrity is not None:
            self._layers.append(self._lower_integrity())
        self._layers.append(limits.impose(job))
        self._memory = limits.MemoryLimit(job["memory_mb"])
        self._policy = Policy(self._report, folder, self._library, job["threads"])
        self._layers = [
            layer for layer in (*self._layers, "rules said with their line (audit hook)") if layer
        ]
        signal.signal(signal.SIGINT, self._make_interrupt_handler())
        threading.stack_size(THREAD_STACK)
        self._memory.impose()

    def _confine(self, folder: str) -> str:
        assert self._landlock is not None
        if self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return ""
        readable = [
            *self._library,
            "/usr",
            "/lib",
            "/lib64",
            "/etc/localtime",
            "/etc/ld.so.cache",
            "/proc/self",
        ]
        return self._landlock.restrict(
            [folder], readable, ["/dev/null", "/dev/urandom", "/dev/random", "/dev/zero"]
        )

    def _add_site_names(self) -> None:
        """`exit`, `quit` and `help`, which beginners use, and which Python without `site` lacks."""
        import _sitebuiltins

        end_of_file = "Ctrl-Z plus Return" if os.name == "nt" else "Ctrl-D (i.e. EOF)"
        builtins.quit = _sitebuiltins.Quitter("quit", end_of_file)
        builtins.exit = _sitebuiltins.Quitter("exit", end_of_file)
        builtins.help = _sitebuiltins._Helper()

    def _watch(self, job: dict[str, Any]) -> None:
        """Have the line told when the program is stuck or crashes: in C, without Python's help."""
        try:
            faulthandler.enable(self._trace, all_threads=False)
            if WHERE_SIGNAL is not None and hasattr(faulthandler, "register"):
                faulthandler.register(WHERE_SIGNAL, self._trace, all_threads=True)
            else:
                faulthandler.dump_traceback_later(max(0.05, job["seconds"] - 0.15), file=self._trace)
        except (OSError, ValueError, RuntimeError):
            pass  # the line is a help, not a need
        report, describer = self._report, self._describer

        def thread_failed(failure: Any) -> None:
            if failure.exc_value is not None and not isinstance(failure.exc_value, SystemExit):
                report.send("thread-failed", error=describer.describe(failure.exc_value))

        threading.excepthook = thread_failed

    def _make_interrupt_handler(self) -> Any:
        report, filename = self._report, self._program.filename

        def interrupted(number: int, frame: FrameType | None) -> None:
            line = None
            while frame is not None and line is None:
                if frame.f_code.co_filename == filename:
                    line = frame.f_lineno
                frame = frame.f_back
            report.send("interrupted", line=line)
            raise KeyboardInterrupt

        return interrupted

    # ---------------------------------------------------------------------------------------------------- the run

    def _run(self) -> dict[str, Any]:
        ended: dict[str, Any]
        try:
            self._program.run()
        except SystemExit as error:
            quiet()
            ended = {"how": "exited", "line": self._describer.line_of(error), **_exit_code(error)}
        except BaseException as error:
            self._memory.lift()
            quiet()
            ended = self._describe_failure(error)
            error.__traceback__ = None
        else:
            ended = {"how": "finished"}
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                continue  # a stream of the program's own
        return ended

    def _describe_failure(self, error: BaseException) -> dict[str, Any]:
        if isinstance(error, MemoryError):
            how = "memory-limit"
        elif isinstance(error, NotAllowed):
            how = "blocked"
        elif isinstance(error, EOFError) and self._streams.input.ends_read:
            how = "needs-input"
        else:
            how = "error"
        return {"how": how, "error": self._describer.describe(error)}

    # ------------------------------------------------------------------------------------------------- after the run

    def _end(self, ended: dict[str, Any]) -> int:
        """Join threads and call exit handlers, as the interpreter does at its end; then say that it is over."""
        quiet()
        status = 0 if ended["how"] == "finished" else int(ended.get("code", 1))
        if ended.get("words"):
            _ignoring(lambda: sys.stderr.write(ended["words"] + "\n"))
        _ignoring(_shutdown_threads)
        _ignoring(_run_exit_handlers)
        _ignoring(lambda: sys.stdout.flush())
        _ignoring(lambda: sys.stderr.flush())
        self._report.send("over", printed=self._streams.output.total)
        return status & 0xFF


def quiet() -> None:
    """The program's turn is over: stop its tracers, timers and handlers from running inside this code."""
    for _ in range(20):
        try:
            for number in _TICKING:
                _set_handler(number, _ignore)
            if _setitimer is not None:
                _setitimer(signal.ITIMER_REAL, 0)
            _settrace(None)
            _setprofile(None)
            _setrecursionlimit(1000)
            return
        except BaseException:
            continue  # one of its handlers ran just now


def _exit_code(error: SystemExit) -> dict[str, Any]:
    try:
        code = error.code
    except BaseException:  # a property of a subclass
        return {"code": 1}
    if code is None:
        return {"code": 0}
    if isinstance(code, int):
        return {"code": max(min(int.__int__(code), 0x7FFFFFFF), -0x80000000)}
    return {"code": 1, "words": code[:2000] if type(code) is str else ""}


def _run_exit_handlers() -> None:
    import atexit

    atexit._run_exitfuncs()


def _ignoring(action: Any) -> None:
    try:
        action()
    except BaseException:
        pass  # the program's own streams, threads and handlers may raise anything; the end is reported all the same


def run_worker(worker: Worker) -> None:
    """Work, and leave this process whatever happens."""
    status = 97
    try:
        status = worker.work()
    except MemoryError:
        status = 96
    finally:
        _exit(status)


__all__ = ["Encoder", "Worker", "freeze", "quiet", "run_worker"]
