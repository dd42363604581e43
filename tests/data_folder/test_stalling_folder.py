"""A data folder on a network that stalls for two seconds at a time never holds the window: a real file system, the real app."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COURSE = HERE.parent / "ui" / "course"

#: Seconds for which the window's thread may wait for anything but the processor. A stall lasts 2 s.
MOST = 0.6
MOST_AT_START = 0.9

Told = list[dict[str, float | str]]
Mounted = Callable[[list[str]], subprocess.CompletedProcess[str]]


@pytest.fixture
def session(tmp_path: Path, mounted: Mounted) -> Callable[[str], Told]:
    """A session in the real window on a stalling folder; what it told."""

    def run(how: str) -> Told:
        script = HERE / "stalled_window.py"
        done = mounted([sys.executable, str(script), str(tmp_path / "home"), str(COURSE), how])
        assert done.returncode == 0, done.stderr[-3000:]
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def held(told: Told) -> list[str]:
    """What waited for too long. The start reads several files, with one bound of 0.3 s for all."""
    return [
        f"{one['did']}: {one['waited']:.2f} s, {one.get('held_by')}"
        for one in told
        if one["waited"] > (MOST_AT_START if one["did"] == "starting" else MOST)
    ]


def test_the_folder_stalls_and_fails_when_it_is_told_to(tmp_path: Path, mounted: Mounted) -> None:
    script = """
import os, sys, time
from pathlib import Path
def order(words):
    os.write(int(os.environ["STALLING_FOLDER_CONTROL"]), (words + "\\n").encode())
    threading.Event().wait(0.1)
import threading
file = Path(sys.argv[1], "deep", "file.txt")
file.parent.mkdir()
file.write_text("one")
with file.open("a") as more: more.write(" two")
file.rename(file.with_name("other.txt"))
order(f"watch {threading.get_native_id()}")
threading.Thread(target=file.exists).start(); os.listdir(sys.argv[1]); order("watch 0")
order("stall"); began = time.monotonic(); there = list(file.parent.iterdir())[0].read_text(); took = time.monotonic() - began
order("refuse 28")
try: file.write_text("x"); full = "written"
except OSError as error: full = error.errno
order("gone")
try: file.with_name("other.txt").read_text(); gone = "read"
except OSError as error: gone = error.errno
order("go")
print(there, took > 1.0, full, gone, sorted(os.listdir(file.parent)))
"""
    done = mounted([sys.executable, "-c", script, str(tmp_path / "home")])
    assert done.stdout == "one two True 28 5 ['other.txt']\n", done.stderr
    asked = (tmp_path / "store.asked").read_text(encoding="utf-8")
    assert "asked 27 " in asked, "the folder was listed by the thread that is watched"
    assert "asked 1 " not in asked, "another thread looked for the file"


@pytest.mark.long
def test_typing_settings_starting_and_closing_never_wait_for_a_folder_that_stalls(
    session: Callable[[str], Told],
) -> None:
    told = session("short")
    assert [one["did"] for one in told][-2:] == ["going from sight", "closing"]
    assert held(told) == []


@pytest.mark.long
def test_nothing_in_the_window_waits_for_a_folder_that_stalls_for_2_s_at_a_time(
    session: Callable[[str], Told],
) -> None:
    told = session("whole")
    assert len(told) == 14
    assert held(told) == []


@pytest.mark.long
def test_what_takes_long_to_open_is_said_until_it_is_open(tmp_path: Path, mounted: Mounted) -> None:
    script = HERE / "opening_slowly.py"
    done = mounted([sys.executable, str(script), str(tmp_path / "home"), str(COURSE)])
    assert done.returncode == 0, done.stderr[-3000:]
    told = {one["what"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert told.pop("away") == {
        "what": "away",
        "said": "Putting this work away \u2026",
        "message": "This work is being put away. It takes a moment.",
        "usable": True,
        "trouble": False,
    }
    assert {what: one["said"] for what, one in told.items()} == {
        "lesson": "Opening The end \u2026",
        "step": "Opening the step \u2026",
        "person": "Opening this person\u2019s work \u2026",
        "back": "Opening this person\u2019s work \u2026",
    }
    for one in told.values():
        assert one["at_once"] == "", "nothing is said at once"
        assert one["seen"] == one["said"] and one["spoken"] == [one["said"]], one
        assert one["before"], "the step before stays, and can be worked on"
        assert "Opening" not in one["then"]
    assert told["lesson"]["then"] == "1 All kinds \u203a The end"


@pytest.mark.long
def test_a_lesson_on_a_share_that_stalls_is_watched_without_holding_the_window(
    tmp_path: Path, mounted: Mounted
) -> None:
    script = [str(HERE / "course_stalls.py"), str(tmp_path / "home"), str(tmp_path / "data"), str(COURSE)]
    done = mounted([sys.executable, *script])
    assert done.returncode == 0, done.stderr[-3000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["did"] for one in told] == [
        "opening another lesson",
        "reading it",
        "watching a file that was not asked for yet",
    ]
    assert held(told) == []
