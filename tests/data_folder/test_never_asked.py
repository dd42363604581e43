"""The window's own thread asks the data folder for nothing, whatever is done: heard in Python, and from the kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COURSE = HERE.parent / "ui" / "course"
SCRIPT = HERE / "asked_session.py"


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    """A folder that is not the tutor's."""
    folder = tmp_path / "spare"
    folder.mkdir()
    return folder


def heard(said: str) -> tuple[list[str], list[str]]:
    """What was heard of what was asked on purpose, and of what was not to be asked."""
    lines = [json.loads(line) for line in said.splitlines()]
    proof = [one["call"] for one in lines if one["doing"].startswith("proof")]
    others = [
        f"{one['doing']}: {one['call']} < {' < '.join(one['from'])}"
        for one in lines
        if one["call"] not in proof
    ]
    return proof, others


def test_no_file_of_the_data_folder_is_touched_on_the_windows_own_thread(tmp_path: Path, spare: Path) -> None:
    data = tmp_path / "data"
    (data / "courses").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(data), str(COURSE), str(spare)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    proof, others = heard(done.stdout)
    assert proof == ["stat /courses", "open /heard"]
    assert others == []


@pytest.mark.long
def test_nor_does_the_kernel_see_that_thread_ask_for_one(
    tmp_path: Path, spare: Path, mounted: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Python is not told of what Qt reads; a file system is told who asks."""
    (tmp_path / "store" / "courses").mkdir(parents=True)
    done = mounted([sys.executable, str(SCRIPT), str(tmp_path / "home"), str(COURSE), str(spare), "whole"])
    assert done.returncode == 0, done.stderr[-3000:]
    asked: dict[str, int] = {}
    doing = ""
    for line in (tmp_path / "store.asked").read_text(encoding="utf-8").splitlines():
        if line.startswith("note "):
            doing = line.removeprefix("note ")
        elif line.startswith("asked "):
            asked[doing] = asked.get(doing, 0) + 1
    assert asked.pop("proof that it hears") >= 2
    assert doing == "closing"
    assert asked == {}
