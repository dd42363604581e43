"""A data folder on a file system of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent

#: What `stalling_folder.py` ends with where nothing can be mounted.
CANNOT_MOUNT = 77


@pytest.fixture
def mounted(tmp_path: Path) -> Callable[[list[str]], subprocess.CompletedProcess[str]]:
    """Runs a command with a folder that can stall mounted at `tmp_path/home`; what is in it lies in `tmp_path/store`."""

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        if not Path("/dev/fuse").exists() or shutil.which("unshare") is None:
            pytest.skip("no FUSE on this machine")
        for name in ("store", "home"):
            (tmp_path / name).mkdir(exist_ok=True)
        done = subprocess.run(
            [
                *("unshare", "--map-root-user", "--mount", sys.executable, str(HERE / "stalling_folder.py")),
                *(str(tmp_path / "store"), str(tmp_path / "home"), "--", *command),
            ],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HERE.parent.parent)},
            capture_output=True,
            text=True,
            timeout=400,
        )
        if done.returncode == CANNOT_MOUNT or "unshare" in done.stderr[:40]:
            pytest.skip(f"nothing can be mounted on this machine: {done.stderr.strip()}")
        return done

    return run
