"""How the learner's interpreter is started: the only place that knows that in a packaged app `sys.executable` is no Python."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: Named in the environment of everything we start, so that what has lost its guard can still be found.
MARK = "C4H_TUTOR_RUN"
ON_WINDOWS = os.name == "nt"
_KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "TZDIR")
_KEPT_ON_WINDOWS = ("SystemRoot", "SystemDrive", "windir", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE")


def child_script() -> Path:
    """The file that a learner's process begins with."""
    return Path(__file__).parent / "child" / "start.py"


def command(*arguments: str) -> list[str]:
    """The command line of a learner's process.

    In a packaged app that is `learner-python`, a second executable that holds Python and nothing of ours but `runner/child`.
    From source it is the base interpreter (on Windows a virtual environment's own is a launcher that starts a second
    process, which a job of one process would kill), isolated, without `site`, in UTF-8.
    """
    if getattr(sys, "frozen", False):
        runner = Path(sys.executable).with_name("learner-python" + (".exe" if ON_WINDOWS else ""))
        return [str(runner), *arguments]
    interpreter = getattr(sys, "_base_executable", None) or sys.executable
    return [interpreter, "-I", "-S", "-X", "utf8", str(child_script()), *arguments]


def window_command(*arguments: str) -> list[str]:
    """The command line of the program that has the window: from source `python -m tutor`, packaged `tutor` beside this one."""
    if getattr(sys, "frozen", False):
        window = Path(sys.executable).with_name("tutor" + (".exe" if ON_WINDOWS else ""))
        return [str(window), *arguments]
    return [sys.executable, "-m", "tutor", *arguments]


def verb_command(verb: str, *arguments: str) -> list[str]:
    """The command line of one verb in a process of its own: packaged `tutor-cli` beside this program, which has a console."""
    if getattr(sys, "frozen", False):
        return [
            str(Path(sys.executable).with_name("tutor-cli" + (".exe" if ON_WINDOWS else ""))),
            verb,
            *arguments,
        ]
    return [sys.executable, "-m", "tutor", verb, *arguments]


def environment(mark: str) -> dict[str, str]:
    """An allow-list: no tokens, proxies, PYTHON* or library paths of the tutor's reach a learner's program."""
    kept = _KEPT_ON_WINDOWS if ON_WINDOWS else _KEPT
    found = {name: os.environ[name] for name in kept if name in os.environ}
    found[MARK] = mark
    found["OPENBLAS_NUM_THREADS"] = "1"  # it reserves memory for each core
    found["MALLOC_ARENA_MAX"] = "1"  # so does the C library for each thread
    if not ON_WINDOWS:
        found.setdefault("LANG", "C.UTF-8")
        found["PATH"] = "/usr/bin:/bin"
    return found
