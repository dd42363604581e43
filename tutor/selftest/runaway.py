"""A program that will not end and starts whatever it can: it must go, and all that it started with it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from tutor.runner.launch import MARK
from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program
from tutor.runner.runner import Runner

#: It goes round every rule that is said kindly, as far as Python lets it.
_RUNAWAY = f"""
import os
print(os.environ["{MARK}"], flush=True)
while True:
    try:
        os.fork()
    except BaseException:
        pass
    try:
        os.posix_spawn("/bin/sleep", ["sleep", "600"], os.environ)
    except BaseException:
        pass
"""
SECONDS = 1.0


def runaway(work_folder: Path) -> tuple[bool, str]:
    """Run it, stop it, and count what is left.

    Args:
        work_folder: where its working folder is made.
    """
    with Runner(work_folder, spares=0) as runner:
        result = runner.run(Program(_RUNAWAY, limits=Limits(seconds=SECONDS)))
    stopped = result.outcome in (Outcome.TIME_LIMIT, Outcome.BLOCKED, Outcome.CRASHED)
    left = carrying(result.stdout.strip())
    if left is None:
        return stopped, f"{result.sentence()} What it left is not counted: this system has no list to read."
    return stopped and not left, f"{result.sentence()} {len(left)} processes of it are left."


def carrying(mark: str) -> Collection[int] | None:
    """The processes that carry this mark of the runner's in their environment; None where nothing can be known of them."""
    if not mark or not Path("/proc/self/environ").exists():
        return None
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it has just ended, or is somebody else's
                if f"{MARK}={mark}".encode() in entry.joinpath("environ").read_bytes():
                    found.add(int(entry.name))
    return found
