"""A process that writes is killed at a random moment: nothing that was saved is lost, and at most a second of typing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tutor.paths import folders
from tutor.progress.drafts import DraftKey
from tutor.progress.journal import read_journals
from tutor.progress.store import Store

SCRIPT = Path(__file__).with_name("scripted_session.py")
KEY = DraftKey("demo", "typing", "s1")


def kill_at(data: Path, after: float, length: int) -> tuple[float, list[list[str]]]:
    """Run the scripted session and kill it so many seconds after it is ready; when, and what it had said."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(data), str(length)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    assert lines == ["ready\n"]
    timer = threading.Timer(after, process.send_signal, [signal.SIGKILL])
    timer.start()
    lines += process.stdout.readlines()
    killed = time.monotonic()
    process.wait(30)
    process.stdout.close()
    timer.cancel()
    assert process.returncode == -signal.SIGKILL
    return killed, [line.split() for line in lines if line.endswith("\n")]


def busy(killed: float, said: list[list[str]]) -> float:
    """Seconds by which this machine was late: how much longer than 50 ms its beats were apart, in the last 3 seconds."""
    beats = [float(line[1]) for line in said if line[0] == "beat"]
    times = [*(one for one in beats if one > killed - 3), killed]
    return sum(max(0.0, later - earlier - 0.05) for earlier, later in zip(times, times[1:], strict=False))


def lane(data: Path, delays: list[float]) -> None:
    """Kill one session after another on one data folder."""
    safe: dict[str, int] = {}
    length = 0
    for delay in delays:
        killed, said = kill_at(data, delay, length)
        safe |= {line[1]: int(line[2]) for line in said if line[0] == "safe"}
        read = read_journals(next((data / "learners").glob("*/progress")), data / "damaged")
        assert read.damage == () and read.unreadable == ()
        there = {(entry.session, entry.seq) for entry in read.entries}
        for session, last in safe.items():
            missing = [seq for seq in range(1, last + 1) if (session, seq) not in there]
            assert not missing, f"{session} had said that {last} were safe, but {missing} are gone"
        store = Store(folders(data))
        assert store.trouble is None and store.damage == ()
        draft = store.drafts.load(KEY)
        typed = [(float(line[1]), int(line[2])) for line in said if line[0] == "typed"]
        long_ago = killed - 1.0 - busy(killed, said)
        wanted = max((count for when, count in typed if when <= long_ago), default=length)
        length = len(draft.text) if draft else 0
        assert length >= wanted, f"{length} characters of {wanted} that were typed over a second before"
        assert store.close(30).saved


def prove(tmp_path: Path, kills: int, lanes: int, seed: int) -> None:
    moments = random.Random(seed)
    delays = [[moments.uniform(0.0, 3.0) for _ in range(kills // lanes)] for _ in range(lanes)]
    with ThreadPoolExecutor(lanes) as pool:
        running = [pool.submit(lane, tmp_path / f"lane-{n}", delays[n]) for n in range(lanes)]
        for one in running:
            one.result(500)


posix_only = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="SIGKILL is how a plug is pulled on POSIX"
)


@posix_only
@pytest.mark.long
def test_thirty_killed_sessions_lose_no_saved_event_and_at_most_a_second_of_typing(tmp_path: Path) -> None:
    prove(tmp_path, kills=30, lanes=5, seed=20260302)


@posix_only
@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_killed_sessions_lose_no_saved_event_and_at_most_a_second_of_typing(
    tmp_path: Path, seed: int
) -> None:
    prove(tmp_path, kills=25, lanes=5, seed=seed)
