"""What every test has: no way into the real user's folders, and tools for real processes and real disks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _not_the_real_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Every test gets a home of its own, so that none can read or change the real one."""
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_DIRS", "PROGRAMDATA"):  # what is set for a whole PC
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("machine")))
    monkeypatch.delenv("TUTOR_DATA_DIR", raising=False)
    yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], Any]:
    """The application as the tutor itself makes it, whichever test is the first to want one."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    from tutor.ui.app import make_application

    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.RoundPreferFloor)
    return make_application


@pytest.fixture
def full_disk() -> Iterator[tuple[Path, Callable[[], None], Callable[[], None]]]:
    """A disk of 256 kB: its folder, a function that fills it, and one that makes room again."""
    folder = Path(tempfile.mkdtemp(prefix="tiny-disk-"))
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        )
        failed = done.returncode != 0
    except OSError:
        failed = True
    if failed:
        folder.rmdir()
        pytest.skip("a disk of its own can only be mounted as root")
    filler = folder / "filler"

    def fill() -> None:
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                return

    yield folder, fill, filler.unlink
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that the present user may read and not write, whoever that is."""
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if os.name == "nt":
        folder.rmdir()
        pytest.skip("folders are closed to writing in other ways on Windows")
    folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)
