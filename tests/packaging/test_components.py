"""What a package is made of: each file has an owner, each owner a licence, and the SBOM says the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
LINUX = (
    "tutor",
    "learner-python",
    "_internal/libQt6Core.so.6",
    "_internal/libpython3.11.so.1.0",
    "_internal/lexilla/_lexilla.cpython-311-x86_64-linux-gnu.so",
    "_internal/yaml/_yaml.cpython-311-x86_64-linux-gnu.so",
    "_internal/python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so",
    "_internal/libcrypto.so.3",
)
WINDOWS = (
    "tutor.exe",
    "_internal/python311.dll",
    "_internal/_ssl.pyd",
    "_internal/libcrypto-3-x64.dll",
    "_internal/vcruntime140_1.dll",
    "_internal/PySide6/Qt6Core.dll",
    "_internal/PySide6/QtCore.pyd",
    "_internal/PySide6/plugins/platforms/qwindows.dll",
    "_internal/lexilla.libs/msvcp140-a4c2.dll",
    "_internal/pyside6_scintilla/scintilla_qt.dll",
)
#: Licences under which nothing may be in the package: they would ask more of it than its own licence does.
NOT_WANTED = re.compile(r"\b(AGPL|GPL-[23]\.0-(only|or-later))(?! WITH)")


def folder(tmp_path: Path, names: tuple[str, ...]) -> Path:
    bundle = tmp_path / "bundle"
    for name in names:
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_bytes(b"")
    return bundle


def made(script: str, bundle: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PACKAGING / script), str(bundle), "-o", str(output)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize("names", [LINUX, WINDOWS], ids=["linux", "windows"])
def test_the_bill_of_materials_is_cyclonedx_and_names_what_is_in_the_package(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    done = made("sbom.py", folder(tmp_path, names), tmp_path / "tutor.cdx.json")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "tutor.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    listed = {part["name"]: part for part in json.loads(text)["components"]}
    assert {"CPython", "Qt", "OpenSSL", "PyYAML", "Pygments", "markdown-it-py", "pyside6-scintilla"} <= set(
        listed
    )
    assert listed["Pygments"]["purl"].startswith("pkg:pypi/pygments@")
    assert ("Microsoft C and C++ runtime" in listed) == (names is WINDOWS)


def test_the_same_package_gives_the_same_bytes(tmp_path: Path) -> None:
    bundle = folder(tmp_path, LINUX)
    for script in ("sbom.py", "notices.py"):
        both = []
        for name in ("one", "two"):
            assert made(script, bundle, tmp_path / name).returncode == 0
            both.append((tmp_path / name).read_bytes())
        assert both[0] == both[1]


def test_a_file_that_nobody_owns_stops_both_and_is_named(tmp_path: Path) -> None:
    bundle = folder(tmp_path, (*LINUX, "_internal/libstranger.so.1"))
    for script in ("sbom.py", "notices.py"):
        done = made(script, bundle, tmp_path / "out")
        assert done.returncode == 1
        assert "_internal/libstranger.so.1" in done.stderr
        assert "components.toml" in done.stderr
        assert not (tmp_path / "out").exists()


def test_every_text_travels_whole_and_nothing_is_under_a_licence_that_is_not_wanted(tmp_path: Path) -> None:
    bundle = folder(tmp_path, LINUX)
    assert made("notices.py", bundle, tmp_path / "THIRD-PARTY.txt").returncode == 0
    text = (tmp_path / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in text
    assert "replace\nthem with versions of your own" in text
    for name in ("appdirs", "lexilla", "mdurl", "Pygments", "PyYAML"):
        assert f"-------- {name} --------" in text
    for line in re.findall(r"^  Licence: (.*)$", text, flags=re.MULTILINE):
        choices = re.split(r" OR ", line)
        assert not all(NOT_WANTED.search(choice) for choice in choices), line
