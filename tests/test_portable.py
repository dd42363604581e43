"""A portable copy keeps work beside the program, and says so where it cannot."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tutor.paths import folders


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a packaged tutor, which is the one that runs."""
    folder = tmp_path / "Tutor Zoë"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    return folder


def test_with_the_marker_everything_is_kept_beside_the_program(program: Path) -> None:
    (program / "portable.txt").write_text("")
    found = folders()
    assert found.data == program / "data" and not found.notice
    assert all(
        program in place.parents for place in (found.cache, found.logs, found.settings, found.learners)
    )
    assert program not in found.work.parents, "programs run in a local folder, never on a memory stick"
    assert sorted(path.name for path in program.iterdir()) == ["portable.txt"], "asking makes nothing"


def test_without_the_marker_work_is_kept_where_the_system_wants_it(program: Path) -> None:
    assert program not in folders().data.parents


def test_from_source_a_marker_means_nothing(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / "portable.txt").write_text("")
    monkeypatch.setattr(sys, "frozen", False)
    assert program not in folders().data.parents


def test_a_folder_that_is_asked_for_wins(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable.txt").write_text("")
    assert folders(tmp_path / "mine").data == tmp_path / "mine"
    monkeypatch.setenv("TUTOR_DATA_DIR", str(tmp_path / "theirs"))
    assert folders().data == tmp_path / "theirs"


def test_where_nothing_can_be_written_there_the_usual_place_is_used_and_said(program: Path) -> None:
    (program / "portable.txt").write_text("")
    (program / "data").write_text("a file in the way")
    found = folders()
    assert program not in found.data.parents
    assert str(program / "data") in found.notice and str(found.data) in found.notice
    assert "cannot be written to" in found.notice


@pytest.mark.skipif(os.name == "nt", reason="folders are closed to writing in other ways on Windows")
def test_a_read_only_folder_is_not_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    (folder / "portable.txt").write_text("")
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may write everywhere
    try:
        assert "cannot be written to" in folders().notice
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)
