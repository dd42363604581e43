"""The installer's tables, as Windows will read them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("installer_tools")]

#: Bytes of an installer of the whole product: the size that a trust downloads once for each PC.
LARGEST = 40_000_000

FILES = {"tutor.exe": "1", "tutor-cli.exe": "2", "learner-python.exe": "3", "_internal/lessons/one.yaml": "4"}


@pytest.fixture
def small(
    script: Callable[[str], ModuleType], bundle: Callable[[str, dict[str, str]], Path], tmp_path: Path
) -> Path:
    made: Path = script("windows/msi").build(bundle("small", FILES), tmp_path / "small.msi", "1.2.3")
    return made


def table(msi: Path, name: str) -> list[list[str]]:
    """The rows of a table, by columns; the three rows of headings left out."""
    # In a folder of the test's own: msiinfo writes what is no text, such as icons, into the folder where it is run.
    done = subprocess.run(
        ["msiinfo", "export", str(msi), name], cwd=msi.parent, capture_output=True, check=True, timeout=60
    )
    return [line.split("\t") for line in done.stdout.decode("cp1252").splitlines()[3:]]


def properties(msi: Path) -> dict[str, str]:
    return {row[0]: row[1] for row in table(msi, "Property")}


def tables(msi: Path) -> set[str]:
    done = subprocess.run(
        ["msiinfo", "tables", str(msi)], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_it_installs_for_the_whole_pc_in_64_bits(small: Path) -> None:
    assert properties(small)["ALLUSERS"] == "1"
    summary = subprocess.run(
        ["msiinfo", "suminfo", str(small)], capture_output=True, text=True, check=True
    ).stdout
    assert "Template: x64;2057" in summary and "Source: 2 " in summary  # compressed, long names
    # 256: msidbComponentAttributes64bit
    assert all(int(row[3]) & 256 for row in table(small, "Component"))
    folders = {row[0]: row[1] for row in table(small, "Directory")}
    assert folders["INSTALLDIR"] == "ProgramFiles64Folder"


def test_the_list_of_programs_says_who_made_it_and_that_it_is_unofficial(small: Path) -> None:
    said = properties(small)
    assert said["ProductName"] == "Code4Health Tutor (unofficial)"
    assert said["Manufacturer"] == "Code4Health Tutor contributors"
    assert said["ProductVersion"] == "1.2.3"
    assert said["ARPCOMMENTS"].startswith("Unofficial. Learning exercise. Not for clinical use.")
    assert said["ARPPRODUCTICON"] == "tutor.ico" and "ARPNOREMOVE" not in said
    assert [row[0] for row in table(small, "Icon")] == ["tutor.ico"]


def test_an_older_version_is_replaced_and_a_newer_one_refused_with_a_sentence(small: Path) -> None:
    upgrades = table(small, "Upgrade")
    assert {row[0] for row in upgrades} == {properties(small)["UpgradeCode"]}
    conditions = {row[0]: row[1] for row in table(small, "LaunchCondition")}
    newer = [words for condition, words in conditions.items() if "DOWNGRADE" in condition]
    assert newer and "newer version" in newer[0] and "nothing was changed" in newer[0]
    sequence = {row[0]: int(row[2]) for row in table(small, "InstallExecuteSequence")}
    assert sequence["RemoveExistingProducts"] < sequence["InstallFiles"], (
        "the old one goes before the new one comes"
    )


def test_a_windows_that_is_too_old_is_refused_by_its_build(small: Path) -> None:
    conditions = {row[0]: row[1] for row in table(small, "LaunchCondition")}
    assert "1809" in conditions["Installed OR (VersionNT64 AND WINDOWSBUILD >= 17763)"]
    # 2, 18: HKLM and a value as it stands, of the 64-bit registry
    searches = {row[0]: row for row in table(small, "RegLocator")}
    assert searches["FindBuild"][1:] == [
        "2",
        r"SOFTWARE\Microsoft\Windows NT\CurrentVersion",
        "CurrentBuildNumber",
        "18",
    ]
    assert searches["FindInstallDir"][1:] == ["2", r"Software\Code4HealthTutor", "InstallDir", "18"]
    assert {row[0] for row in table(small, "AppSearch")} == {"INSTALLDIR", "WINDOWSBUILD"}


def test_nothing_in_it_runs_and_nothing_stays_behind(small: Path) -> None:
    for name in (
        "CustomAction",
        "ServiceInstall",
        "ServiceControl",
        "Binary",
        "RemoveFile",
        "CreateFolder",
        "Environment",
    ):
        assert name not in tables(small) or not table(small, name), name
    for name in ("Class", "Extension", "ProgId", "ODBCDriver"):
        assert name not in tables(small)


def test_the_shortcut_opens_the_window_and_the_one_on_the_desktop_is_asked_for(small: Path) -> None:
    features = {row[0]: row for row in table(small, "Feature")}
    assert features["Main"][5] == "1" and int(features["DesktopShortcut"][5]) > 1
    targets = {row[0]: row[4] for row in table(small, "Shortcut")}
    assert targets == dict.fromkeys(("StartMenuShortcut", "DesktopShortcut"), "[INSTALLDIR]tutor.exe")


def test_the_files_inside_are_the_files_of_the_folder(small: Path, tmp_path: Path) -> None:
    subprocess.run(
        ["msiextract", "--directory", str(tmp_path / "out"), str(small)], check=True, capture_output=True
    )
    out = tmp_path / "out" / "Code4Health Tutor"
    assert {p.relative_to(out).as_posix(): p.read_text() for p in out.rglob("*") if p.is_file()} == FILES


def test_the_same_folder_gives_the_same_installer(
    script: Callable[[str], ModuleType], small: Path, tmp_path: Path
) -> None:
    first = small.read_bytes()
    for file in (tmp_path / "small").rglob("*"):
        file.touch()
    again: Path = script("windows/msi").build(tmp_path / "small", small, "1.2.3")
    assert again.read_bytes() == first


def test_another_byte_gives_another_package_code_of_the_same_product(
    script: Callable[[str], ModuleType], small: Path, tmp_path: Path
) -> None:
    def codes(msi: Path) -> tuple[str, str]:
        summary = subprocess.run(
            ["msiinfo", "suminfo", str(msi)], capture_output=True, text=True, check=True
        ).stdout
        (line,) = (line for line in summary.splitlines() if line.startswith("Revision number"))
        return properties(msi)["ProductCode"], line.partition(": ")[2]

    first = codes(small)
    (tmp_path / "small" / "tutor.exe").write_text("changed")
    second = codes(script("windows/msi").build(tmp_path / "small", small, "1.2.3"))
    assert first[0] == second[0] and first[1] != second[1]


def test_the_whole_product_is_a_download_of_forty_megabytes_at_most(
    script: Callable[[str], ModuleType], payload: Path, tmp_path: Path
) -> None:
    made: Path = script("windows/msi").build(payload, tmp_path / "whole.msi")
    assert made.stat().st_size <= LARGEST
    assert len(table(made, "File")) == len(script("windows/wxs").files_of(payload))
