"""The tutor itself is ended from outside in the middle of a run: nothing of the run is left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="SIGKILL is POSIX's; Windows ends a job with its last handle"
)

APP = """
import sys
from pathlib import Path
from tutor.runner.runner import Runner
from tutor.runner.result import Program, Question
from tutor.runner.limits import Limits
runner = Runner(Path(sys.argv[1]), hardened=sys.argv[2] == "hardened")
program = Program(sys.argv[3], stdin=None, limits=Limits(seconds=300), questions=(Question("spin()"),))
print("begun", flush=True)
run = runner.start(program, lambda event: None)
while True:
    run.take_output()
    run.wait(0.01)
    if run.result is not None:
        run = runner.start(program, lambda event: None)
"""
PROGRAMS = [
    "while True: pass",
    "import time\ntime.sleep(300)",
    "input()",
    "def spin():\n    while True: pass",
    "while True: print('x' * 100)",
    "print(1)",
    "import signal, threading\nfor s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(s, signal.SIG_IGN)\n"
    "threading.Thread(target=input).start()\nwhile True: pass",
]


def kill_the_app(work: Path, mode: str, source: str, after: float, root: Path) -> list[str]:
    """Start an app, kill it after so many seconds of its run, and return what is left of it."""
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(work), mode, source], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert app.stdout is not None
    assert app.stdout.readline() == "begun\n"
    threading.Event().wait(after)
    below = psutil.Process(app.pid).children(recursive=True)
    marks = {mark for process in below if (mark := mark_of(process))}
    app.kill()
    app.wait()
    app.stdout.close()
    _, alive = psutil.wait_procs(below, timeout=20)
    left = [" ".join(process.cmdline()) for process in alive]
    for process in psutil.process_iter():
        if process.pid not in {one.pid for one in below} and mark_of(process) in marks:
            left.append(" ".join(process.cmdline()))
    return left


def mark_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("C4H_TUTOR_RUN")
    except psutil.Error:
        return None


@pytest.mark.parametrize("times", [3, pytest.param(50, marks=pytest.mark.long)])
def test_killing_the_app_at_any_moment_leaves_no_process(tmp_path: Path, root: Path, times: int) -> None:
    chance = random.Random(7)
    for number in range(times):
        mode = ("hardened", "portable")[number % 2]
        source = PROGRAMS[number % len(PROGRAMS)] if times > 3 else chance.choice(PROGRAMS)
        assert kill_the_app(tmp_path, mode, source, chance.uniform(0, 0.4), root) == [], (
            number,
            mode,
            source,
        )


def test_what_a_killed_app_left_on_disk_is_swept_at_the_next_start(tmp_path: Path, root: Path) -> None:
    from tutor.runner.runner import sweep_old_folders

    kill_the_app(tmp_path, "hardened", "open('x', 'w')\nwhile True: pass", 0.3, root)
    assert len(list(tmp_path.iterdir())) == 1
    assert sweep_old_folders(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["hardened", "portable"])
def test_killing_the_guard_ends_its_run_and_the_app_goes_on(tmp_path: Path, mode: str) -> None:
    from tutor.runner.limits import Limits
    from tutor.runner.result import Program
    from tutor.runner.runner import Runner

    started = threading.Event()
    with Runner(tmp_path, hardened=mode == "hardened") as runner:
        run = runner.start(Program("while True: pass", limits=Limits(60)), lambda event: started.set())
        assert started.wait(60)
        busy = [
            worker
            for guard in psutil.Process().children()
            for worker in guard.children()
            if Path(worker.cwd()).is_relative_to(tmp_path)
        ]
        (worker,) = busy
        guard = worker.parent()
        assert guard is not None
        guard.kill()
        result = run.wait(60)
        assert result is not None and result.outcome == "abrupt"
        psutil.wait_procs([worker], timeout=20)
        assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
        assert runner.run(Program("print(2)")).stdout == "2\n"
