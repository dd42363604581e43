"""The portable copy, as a zip."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def small(bundle: Callable[[str, dict[str, str]], Path]) -> Path:
    folder = bundle("whole", {"tutor": "program", "_internal/lessons/one.yaml": "one"})
    (folder / "tutor").chmod(0o755)
    return folder


def pack(root: Path, folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "packaging" / "portable.py"), str(folder), str(target)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_marker_lies_beside_the_program_in_one_folder(root: Path, small: Path, tmp_path: Path) -> None:
    assert pack(root, small, tmp_path / "one.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert sorted(packed.namelist()) == [
            "Code4Health Tutor/_internal/lessons/one.yaml",
            "Code4Health Tutor/portable.txt",
            "Code4Health Tutor/tutor",
        ]
        words = packed.read("Code4Health Tutor/portable.txt")
        assert b"Not for clinical use" in words and words.count(b"\r\n") == words.count(b"\n")
        assert packed.getinfo("Code4Health Tutor/tutor").external_attr >> 16 == 0o755
    assert not (small / "portable.txt").exists(), "the folder itself stays what the MSI is made from"


def test_the_same_folder_gives_the_same_zip(root: Path, small: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        (small / "tutor").touch()
        assert pack(root, small, tmp_path / name).returncode == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_copy_that_has_been_used_is_not_handed_on(root: Path, small: Path, tmp_path: Path) -> None:
    (small / "data").mkdir()
    done = pack(root, small, tmp_path / "one.zip")
    assert done.returncode == 1 and "has been used" in done.stderr
    assert not (tmp_path / "one.zip").exists()
