"""On a virtual display: lines are dragged with a real mouse, and a screen reader hears what a run and a check came to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "display"
COURSE = Path(__file__).parent / "course"

pytestmark = [
    pytest.mark.display,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a virtual X display"),
]


@pytest.fixture
def environment(display: str, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(HERE.parent.parent.parent),
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def ask(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """The window on the lines to arrange; what it answers to an order."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "tutor_window.py"), str(tmp_path / "data"), str(COURSE), "arranging"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )

    def order(words: str) -> Any:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        try:
            process.stdin.write(words + "\n")
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            error = process.stderr.read()
            if "no Qt platform plugin could be initialized" in error:
                pytest.skip(
                    "Qt's xcb platform needs more libraries here: packaging/check_machine.py names them"
                )
            raise AssertionError(error)
        return json.loads(line)

    yield order
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    try:
        assert process.wait(60) == 0
    finally:
        process.kill()


def mouse(environment: dict[str, str], *words: object) -> None:
    subprocess.run(["xdotool", *map(str, words)], env=environment, check=True, timeout=60)


def until(fact: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = fact()
        if found:
            return found
    raise AssertionError(f"{what}: not within 60 s")


def drag(environment: dict[str, str], start: list[int], end: list[int]) -> None:
    """Press, move as a hand does, let go."""
    mouse(environment, "mousemove", *start)
    mouse(environment, "mousedown", 1)
    for part in range(1, 11):
        there = [round(a + (b - a) * part / 10) for a, b in zip(start, end, strict=True)]
        mouse(environment, "mousemove", *there)
    mouse(environment, "mousemove", end[0] + 1, end[1])
    mouse(environment, "mouseup", 1)


def test_a_line_is_dragged_to_its_place_and_sideways_to_its_indentation(
    ask: Callable[[str], Any], environment: dict[str, str]
) -> None:
    shown = until(lambda: (now := ask("lines")).get("at") and now, "the lines are shown")
    before, at = shown["texts"], shown["at"]
    first, last = at[0], at[-1]
    drag(environment, first, [first[0], last[1] + 9])
    moved = until(lambda: (now := ask("lines"))["texts"] != before and now, "the line is moved")
    assert moved["texts"] == [*before[1:], before[0]]
    second = moved["at"][1]
    drag(environment, second, [second[0] + shown["indent"], second[1] + 2])
    indented = until(lambda: (now := ask("lines"))["texts"] != moved["texts"] and now, "the line is indented")
    wanted = list(moved["texts"])
    wanted[1] = f"    {wanted[1]}"
    assert sorted(indented["texts"]) == sorted(wanted)


def test_a_screen_reader_hears_what_a_run_printed_and_what_a_check_expected(
    environment: dict[str, str], python_with_atspi: str, tmp_path: Path
) -> None:
    ran = subprocess.run(
        [
            *("dbus-run-session", "--", python_with_atspi, str(HERE / "hear_results.py"), sys.executable),
            *(str(HERE / "tutor_window.py"), str(tmp_path / "data"), str(COURSE)),
        ],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    if "no Qt platform plugin could be initialized" in ran.stderr:
        pytest.skip("Qt's xcb platform needs more libraries here: packaging/check_machine.py names them")
    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout.strip().splitlines()[-1])
    heard = " | ".join(report.pop("heard"))
    assert report == {
        "output": "6",
        "read-only": True,
        "expected": "label",
        "got": "label",
        "tabs": ["Output", "Checks"],
        "app ended with": 0,
    }
    if heard:  # Qt tells announcements since 6.8
        assert "ran to its end" in heard
        assert "Expected 8, got 6." in heard
