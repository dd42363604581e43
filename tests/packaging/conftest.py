"""The scripts of packaging/ as modules (they are no package, and their folder's name is another project's), and Windows under wine."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def script(root: Path) -> Callable[[str], ModuleType]:
    """`script("qt_kept")` or `script("windows/msi")`: that file of packaging/, imported."""

    def load(name: str) -> ModuleType:
        folder = str((root / "packaging" / name).parent)
        if folder not in sys.path:
            sys.path.append(folder)
        return importlib.import_module(Path(name).name)

    return load


@pytest.fixture(scope="session")
def installer_tools() -> None:
    """`wixl`, `msibuild` and `msiinfo`, or a clear line about why the test is passed over."""
    missing = [name for name in ("wixl", "msibuild", "msiinfo") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed here (apt install wixl msitools)")


@pytest.fixture(scope="session")
def payload(script: Callable[[str], ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The simulated Windows bundle, from the real Windows wheels."""
    folder = tmp_path_factory.mktemp("payload") / "bundle"
    made = script("windows/simulated_payload")
    try:
        script("windows/windows_wheels").windows_wheels()
    except OSError as error:
        pytest.skip(str(error))
    made.build(folder)
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Callable[[str, dict[str, str]], Path]:
    """`bundle("0.1", {"tutor.exe": "..."})`: a small folder of these files."""

    def make(name: str, files: dict[str, str]) -> Path:
        for place, text in files.items():
            file = tmp_path / name / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / name

    return make


@dataclass(frozen=True)
class Wine:
    """A Windows of its own, 64-bit only, with no display.

    Args:
        prefix: its folder; drive C: is `drive`.
    """

    prefix: Path

    @property
    def drive(self) -> Path:
        """Drive C:."""
        return self.prefix / "drive_c"

    @property
    def program(self) -> Path:
        """Where the installer puts us when nobody says otherwise."""
        return self.drive / "Program Files" / "Code4Health Tutor"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end; only the low eight bits of its exit status arrive here.

        Its output goes to a file: wine's own services inherit a pipe, and hold it open long after the program has ended.
        """
        environment = {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "winemenubuilder.exe=d;mscoree=;mshtml=",  # it would write into the real user's menus
            "DISPLAY": "",
        }
        with tempfile.TemporaryFile() as said:
            status = subprocess.call(
                ["wine", *command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=300,
            )
            said.seek(0)
            words = said.read().decode("utf-8", "replace")
        return subprocess.CompletedProcess(command, status, words, "")

    def msiexec(self, *arguments: str) -> int:
        """The exit status of msiexec, silently, as far as it arrives here (1603 arrives as 67)."""
        return self.run("msiexec", *arguments, "/qn", "/norestart").returncode

    def registry(self, key: str) -> str:
        """What stands under this key, and below."""
        return self.run("reg", "query", key, "/s").stdout

    def product_entries(self) -> list[str]:
        """Our entries in the list of installed programs."""
        listed = self.registry(r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall")
        return [line.split("REG_SZ")[1].strip() for line in listed.splitlines() if " DisplayVersion " in line]

    def shortcuts(self) -> list[str]:
        """The shortcuts in menus and on desktops."""
        return sorted(path.name for path in self.drive.rglob("*.lnk"))


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """Windows 10 as wine imitates it, or a clear line about why the test is passed over."""
    if not shutil.which("wine"):
        pytest.skip("wine is not installed here (apt install wine wine64)")
    wine = Wine(tmp_path_factory.mktemp("wine") / "prefix")
    if wine.run("wineboot", "--init").returncode:
        pytest.skip("wine is installed here, but cannot make a Windows")
    yield wine
    wine.run("wineboot", "--kill")


@pytest.fixture(scope="session")
def windows_10(windows: Wine) -> Wine:
    """The same, as Windows 10: wine begins as Windows 7."""
    assert windows.run("winecfg", "-v", "win10").returncode == 0
    return windows
