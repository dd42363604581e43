"""The simulated Windows bundle has the shape of the real one, and says what is not real in it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.long


def names(payload: Path) -> set[str]:
    return {path.relative_to(payload).as_posix() for path in payload.rglob("*") if path.is_file()}


def test_it_has_three_executables_the_course_and_one_internal_folder(payload: Path) -> None:
    assert {path.name for path in payload.iterdir()} == {
        "_internal", "tutor.exe", "tutor-cli.exe", "learner-python.exe", "SIMULATED.txt",
    }  # fmt: skip
    there = names(payload)
    for needed in (
        "_internal/lessons/course.yaml",
        "_internal/resources/app/tutor.svg",
        "_internal/tzdata.zip",
        "_internal/PySide6/Qt6Core.dll",
        "_internal/PySide6/plugins/platforms/qwindows.dll",
        "_internal/pyside6_scintilla/scintilla_qt.dll",
        "_internal/pyside6_scintilla/Qt6Core5Compat.dll",
        "_internal/pyside6_scintilla.libs/msvcp140.dll",
    ):
        assert needed in there
    assert [name for name in there if name.startswith("_internal/lexilla.libs/msvcp140-")]


def test_every_stand_in_is_named_and_nothing_else_stands_in(payload: Path) -> None:
    said = (payload / "SIMULATED.txt").read_text(encoding="utf-8")
    assert "cannot be run" in said
    for path in payload.rglob("*"):
        if path.suffix in (".dll", ".pyd", ".exe") and path.read_bytes()[:2] != b"MZ":
            assert f"{path.name}: " in said, path.name


def test_no_file_of_linux_is_there_under_its_own_name(payload: Path) -> None:
    assert not [name for name in names(payload) if name.endswith(".so") or ".so." in name]


def test_it_keeps_the_budget_of_files_and_bytes(payload: Path) -> None:
    sizes = [path.stat().st_size for path in payload.rglob("*") if path.is_file()]
    assert len(sizes) <= 320 and sum(sizes) <= 90_000_000
