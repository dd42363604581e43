"""The real window is killed at a random moment: no recorded event is lost, and at most a second of typing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tutor.paths import folders
from tutor.progress.drafts import DraftKey
from tutor.progress.journal import read_journals
from tutor.progress.learners import Learners
from tutor.progress.store import Store

HERE = Path(__file__).parent
COURSE = HERE.parent / "ui" / "course"
KEY = DraftKey("ui-course", "every-kind", "writing")
LATEST = 1.0

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="SIGKILL is how a plug is pulled on POSIX"
)


@dataclass
class Known:
    """What has to be there, whoever looks: lengths of programs by person, and events by session."""

    written: dict[str, int] = field(default_factory=dict)
    safe: dict[str, int] = field(default_factory=dict)
    typed: int = 0
    found: int = 0


def kill_at(data: Path, after: float, seed: int) -> tuple[float, list[list[str]]]:
    """Open the window, and kill it so many seconds after it is ready; when, and what it had said."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "window_session.py"), str(data), str(COURSE), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None and process.stderr is not None
    lines = []
    timer = threading.Timer(after, process.send_signal, [signal.SIGKILL])
    for line in process.stdout:
        lines.append(line.split() if line.endswith("\n") else [""])
        if line.startswith("ready"):
            timer.start()
    killed = time.monotonic()
    process.wait(30)
    timer.cancel()
    assert process.returncode == -signal.SIGKILL, process.stderr.read()[-3000:]
    process.stdout.close()
    process.stderr.close()
    return killed, lines


def busy(killed: float, said: list[list[str]]) -> float:
    """Seconds by which machine and disk were late: how much longer than 50 ms the beats were apart, in the last 3 seconds."""
    beats = [float(line[1]) for line in said if line[0] == "beat"]
    times = [*(one for one in beats if one > killed - 3), killed]
    return sum(max(0.0, later - earlier - 0.05) for earlier, later in zip(times, times[1:], strict=False))


def look_at_what_was_shown(known: Known, said: list[list[str]]) -> None:
    """What the window showed when it was opened again, or its person came back."""
    now: dict[str, int] = {}
    for line in said:
        if line[0] == "found":
            who, length = line[2], int(line[3])
            known.found += 1
            if who in now:
                assert length == now[who], f"{now[who]} characters were typed just now, {length} are shown"
            elif who in known.written:
                assert length >= known.written[who], f"{length} characters are shown, of {known.written[who]}"
            now[who] = length
        elif line[0] == "typed":
            now[line[2]] = int(line[3])
            known.typed += 1


def look_at_the_disk(known: Known, data: Path, killed: float, said: list[list[str]]) -> None:
    """What lies on the disk after the kill."""
    long_ago = killed - LATEST - busy(killed, said)
    for line in said:
        if line[0] == "safe" or (line[0] == "recorded" and float(line[1]) <= long_ago):
            known.safe[line[2]] = max(known.safe.get(line[2], 0), int(line[3]))
    people = Learners(folders(data).learners, "any").all()
    there: set[tuple[str, int]] = set()
    for person in people:
        read = read_journals(person.folder / "progress", data / "damaged")
        assert read.damage == () and read.unreadable == ()
        there |= {(entry.session, entry.seq) for entry in read.entries}
        store = Store(folders(data), person)
        assert store.trouble is None and store.damage == ()
        draft = store.drafts.load(KEY)
        length = len(draft.text) if draft else 0
        typed = [int(line[3]) for line in said if line[0] == "typed" and line[2] == person.id]
        in_time = [
            int(line[3])
            for line in said
            if line[0] == "typed" and line[2] == person.id and float(line[1]) <= long_ago
        ]
        wanted = max(in_time, default=0) or (0 if typed else known.written.get(person.id, 0))
        assert length >= wanted, f"{length} characters of {wanted} that were typed over a second before"
        known.written[person.id] = length
        assert store.close(30).saved
    for session, last in known.safe.items():
        missing = [seq for seq in range(1, last + 1) if (session, seq) not in there]
        assert not missing, f"{session} had {last} events, but {missing} are gone"


def lane(data: Path, delays: list[float], seed: int) -> Known:
    """Kill one window after another on one data folder."""
    known = Known()
    for number, delay in enumerate(delays):
        killed, said = kill_at(data, delay, seed * 1000 + number)
        look_at_what_was_shown(known, said)
        look_at_the_disk(known, data, killed, said)
    return known


def prove(tmp_path: Path, kills: int, lanes: int, seed: int, longest: float) -> None:
    moments = random.Random(seed)
    delays = [[moments.uniform(0.0, longest) for _ in range(kills // lanes)] for _ in range(lanes)]
    with ThreadPoolExecutor(lanes) as pool:
        running = [pool.submit(lane, tmp_path / f"lane-{n}", delays[n], seed * 10 + n) for n in range(lanes)]
        done = [one.result(900) for one in running]
    assert sum(one.typed for one in done) > kills and sum(one.found for one in done) >= kills
    assert all(one.safe for one in done)


def test_a_window_killed_twice_loses_no_event_and_at_most_a_second_of_typing(tmp_path: Path) -> None:
    prove(tmp_path, kills=2, lanes=1, seed=5, longest=2.5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_a_window_killed_two_hundred_times_loses_no_event_and_at_most_a_second_of_typing(
    tmp_path: Path, seed: int
) -> None:
    prove(tmp_path, kills=10, lanes=2, seed=seed, longest=4.0)
