"""The installer, run: installed, upgraded, not downgraded, removed, under wine. None of it has run on Windows itself."""

from __future__ import annotations

import filecmp
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("installer_tools")]

#: What wine lets through of 1603, "a fatal error occurred during installation".
REFUSED = 1603 & 0xFF

FIRST = {
    "tutor.exe": "first",
    "learner-python.exe": "first",
    "_internal/old.dll": "old",
    "_internal/lessons/one.yaml": "one",
}
SECOND = {
    "tutor.exe": "second",
    "learner-python.exe": "first",
    "_internal/new.dll": "new",
    "_internal/lessons/one.yaml": "uno",
}


@pytest.fixture
def msi(
    script: Callable[[str], ModuleType], bundle: Callable[[str, dict[str, str]], Path], tmp_path: Path
) -> Callable[[str, dict[str, str]], str]:
    """`msi("1.0.0", files)`: an installer of these files, as wine names it."""

    def make(version: str, files: dict[str, str]) -> str:
        made = script("windows/msi").build(bundle(version, files), tmp_path / f"{version}.msi", version)
        return "Z:" + str(made).replace("/", "\\")

    return make


@pytest.fixture
def clean(windows_10):  # type: ignore[no-untyped-def]
    """A Windows on which nothing of ours is installed, before and after."""
    assert not windows_10.product_entries()
    yield windows_10
    for entry in windows_10.registry(
        r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
    ).splitlines():
        if "UninstallString" in entry:
            windows_10.msiexec("/x", entry.split("/X")[1].strip())


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_windows_that_is_too_old_is_refused_and_nothing_is_left(windows, msi) -> None:  # type: ignore[no-untyped-def]
    build = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
    windows.run("reg", "add", build, "/v", "CurrentBuildNumber", "/t", "REG_SZ", "/d", "17134", "/f")
    try:
        assert windows.msiexec("/i", msi("1.0.0", FIRST)) == REFUSED
        assert not windows.program.exists() and not windows.product_entries()
    finally:
        assert windows.run("winecfg", "-v", "win10").returncode == 0


def test_installing_upgrading_and_removing_leaves_only_peoples_work(clean, msi) -> None:  # type: ignore[no-untyped-def]
    work = (
        clean.drive
        / "users"
        / "Siân O'Brien"
        / "AppData"
        / "Roaming"
        / "Code4Health Tutor"
        / "progress.jsonl"
    )
    work.parent.mkdir(parents=True, exist_ok=True)
    work.write_text("mine", encoding="utf-8")
    first, second = msi("1.0.0", FIRST), msi("1.1.0", SECOND)

    assert clean.msiexec("/i", first) == 0
    assert tree(clean.program) == FIRST
    assert clean.product_entries() == ["1.0.0"]
    assert clean.shortcuts() == ["Code4Health Tutor.lnk"]

    assert clean.msiexec("/i", second) == 0
    assert tree(clean.program) == SECOND, "what the new version no longer has is gone"
    assert clean.product_entries() == ["1.1.0"], "one entry in the list of programs"
    assert clean.shortcuts() == ["Code4Health Tutor.lnk"]

    assert clean.msiexec("/i", first) == REFUSED, "an older version over a newer one"
    assert tree(clean.program) == SECOND and clean.product_entries() == ["1.1.0"]

    assert clean.msiexec("/x", second) == 0
    assert not clean.program.exists() and not clean.product_entries() and not clean.shortcuts()
    assert "Code4HealthTutor" not in clean.registry(r"HKLM\Software\Code4HealthTutor")
    assert work.read_text(encoding="utf-8") == "mine"


def test_a_folder_of_ones_own_with_any_letters_is_kept_by_upgrades_and_emptied(clean, msi) -> None:  # type: ignore[no-untyped-def]
    chosen = clean.drive / "Apps" / "Tutor Zoë 患者"
    first, second = msi("1.0.0", FIRST), msi("1.1.0", SECOND)
    assert clean.msiexec("/i", first, r"INSTALLDIR=C:\Apps\Tutor Zoë 患者") == 0
    assert tree(chosen) == FIRST and not clean.program.exists()
    assert clean.msiexec("/i", second) == 0
    assert tree(chosen) == SECOND and not clean.program.exists(), "the upgrade finds the folder by itself"
    assert clean.msiexec("/x", second) == 0
    assert not chosen.exists()


def test_what_somebody_put_beside_the_program_is_not_taken_away(clean, msi) -> None:  # type: ignore[no-untyped-def]
    first = msi("1.0.0", FIRST)
    assert clean.msiexec("/i", first) == 0
    (clean.program / "notes of the trainer.txt").write_text("mine", encoding="utf-8")
    assert clean.msiexec("/x", first) == 0
    assert tree(clean.program) == {"notes of the trainer.txt": "mine"}
    (clean.program / "notes of the trainer.txt").unlink()
    clean.program.rmdir()


def test_the_whole_simulated_payload_arrives_byte_for_byte_and_goes(
    clean, payload: Path, script: Callable[[str], ModuleType], tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    made = script("windows/msi").build(payload, tmp_path / "whole.msi", "1.0.0")
    name = "Z:" + str(made).replace("/", "\\")
    assert clean.msiexec("/i", name) == 0
    files = [path.relative_to(payload).as_posix() for path in script("windows/wxs").files_of(payload)]
    there = sorted(
        path.relative_to(clean.program).as_posix() for path in clean.program.rglob("*") if path.is_file()
    )
    assert there == sorted(files)
    same, different, unreadable = filecmp.cmpfiles(payload, clean.program, files, shallow=False)
    assert len(same) == len(files) and not different and not unreadable
    assert clean.msiexec("/x", name) == 0
    assert not clean.program.exists()
