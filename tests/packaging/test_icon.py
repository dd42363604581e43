"""The icon of the executables."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType


def check(script: Path) -> subprocess.CompletedProcess[str]:
    # A process of its own: here, an application made for drawing would be the one that every later test gets.
    return subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, timeout=120, check=False
    )


def test_the_committed_icon_is_what_our_drawing_gives(root: Path) -> None:
    done = check(root / "packaging" / "windows" / "icon.py")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_drawing_that_changed_is_noticed(root: Path, tmp_path: Path) -> None:
    for name in ("packaging/windows/icon.py", "packaging/windows/tutor.ico", "resources/app/tutor.svg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, tmp_path / name)
    drawing = tmp_path / "resources" / "app" / "tutor.svg"
    drawing.write_text(drawing.read_text().replace("#1f4e5f", "#2f5e6f"))
    done = check(tmp_path / "packaging" / "windows" / "icon.py")
    assert done.returncode == 1 and "256 pixels" in done.stdout, done.stderr


def test_the_icon_is_small_and_its_largest_picture_is_a_png(script: Callable[[str], ModuleType]) -> None:
    data = script("windows/icon").ICON.read_bytes()
    assert len(data) < 60_000
    count = struct.unpack_from("<H", data, 4)[0]
    width, *_, length, place = struct.unpack_from("<BBBBHHII", data, 6 + 16 * (count - 1))
    assert width == 0 and data[place : place + 8] == b"\x89PNG\r\n\x1a\n" and place + length == len(data)
