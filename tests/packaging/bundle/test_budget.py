"""How large the package is, and what is in it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.long

MOST_MEGABYTES, MOST_FILES = 130, 320


def names(bundle: Path) -> list[str]:
    return [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]


def test_the_folder_with_the_course_stays_within_130_mb_and_320_files(
    bundle: Path, script: Callable[[str], ModuleType]
) -> None:
    files, megabytes = script("package").size_of(bundle)
    assert megabytes <= MOST_MEGABYTES and files <= MOST_FILES, f"{files} files, {megabytes:.1f} MB"


def test_the_whole_course_its_pictures_and_every_icon_travel(bundle: Path, root: Path) -> None:
    for top in ("lessons", "resources"):
        wanted = {
            file.relative_to(root).as_posix()
            for file in (root / top).rglob("*")
            if file.is_file() and not file.name.startswith(".")
        }
        assert wanted <= {name.removeprefix("_internal/") for name in names(bundle)}


def test_every_file_that_our_code_reads_beside_itself_travels(bundle: Path, root: Path) -> None:
    data = [
        file for file in (root / "tutor").rglob("*")
        if file.is_file() and file.suffix not in (".py", ".pyc", ".typed") and "bundled" not in file.parts
    ]  # fmt: skip
    assert data
    for file in data:
        assert (bundle / "_internal" / file.relative_to(root)).is_file(), file


def test_no_upx_no_second_icu_no_software_opengl_no_network_library_no_tests(bundle: Path) -> None:
    unwanted = (
        "upx",
        "opengl32sw",
        "icuuc.dll",
        "Qt6Network",
        "QtNetwork",
        "Qt6Qml",
        "Qt6Quick",
        "QtTest",
        "libgtk",
        "libwayland",
    )
    found = [name for name in names(bundle) if any(word in name.rpartition("/")[2] for word in unwanted)]
    assert found == []
    for executable in ("tutor", "tutor-cli", "learner-python"):
        assert b"UPX!" not in (bundle / executable).read_bytes()


def test_licences_of_all_that_travels_are_inside(bundle: Path) -> None:
    assert {"LICENSE", "LICENSE-lessons", "THIRD-PARTY.txt"} <= {
        path.name for path in (bundle / "_internal").iterdir()
    }
    notices = (bundle / "_internal" / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    for word in ("GNU LESSER GENERAL PUBLIC LICENSE", "Scintilla", "OpenSSL"):
        assert word in notices


def test_every_library_that_is_linked_is_in_the_package_or_belongs_to_every_desktop(
    bundle: Path, script: Callable[[str], ModuleType]
) -> None:
    if not shutil.which("objdump"):
        pytest.skip("objdump is not installed (Debian: apt-get install binutils)")
    linked, system = script("linked"), script("system_libraries")
    from_glibc = (
        "libc.so",
        "libm.so",
        "libdl.so",
        "libpthread.so",
        "librt.so",
        "libutil.so",
        "libresolv.so",
        "libcrypt.so",
        "ld-linux",
    )
    from_display = ("libGL.so", "libxcb.so")
    there = {path.name for path in bundle.rglob("*")}
    missing: dict[str, set[str]] = {}
    for file in bundle.rglob("*.so*"):
        for name in linked._names_needed(str(file)):
            if (
                name not in there
                and system.travels(name)
                and not name.startswith((*from_glibc, *from_display))
            ):
                missing.setdefault(name, set()).add(file.name)
    assert missing == {}


def test_the_command_lines_executable_holds_no_qt(bundle: Path) -> None:
    listed = subprocess.run(
        ["strings", "-a", str(bundle / "tutor-cli")] if shutil.which("strings") else ["cat", str(bundle / "tutor-cli")],
        capture_output=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    assert b"PySide6" not in listed
