"""The real Windows wheels of what is locked in requirements/, fetched by pip as for any installation: by hash."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Where the wheels stay; `make clean` removes it.
KEPT = ROOT / "build" / "windows-wheels"


def windows_wheels(folder: Path = KEPT) -> list[Path]:
    """The wheels for 64-bit Windows and this Python's version: all that the tutor needs, and PyInstaller's.

    Raises:
        OSError: pip could not fetch them; the sentence ends with what pip said.
    """
    requirements = locked()
    marker = folder / "of.txt"
    wanted = f"{requirements}\n# Python {sys.version_info[0]}.{sys.version_info[1]}\n"
    if not marker.is_file() or marker.read_text(encoding="utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.whl"):
            old.unlink()
        _fetch(requirements, folder)
        marker.write_text(wanted, encoding="utf-8")
    return sorted(folder.glob("*.whl"))


def locked() -> str:
    """The locked lines, with hashes, of what goes into a Windows bundle."""
    lines = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    found = re.search(
        r"^pyinstaller==(?:.*\\\n)*.*\n",
        (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    if not found:
        raise OSError("requirements/dev.txt names no PyInstaller.")
    return lines + found[0]


def _fetch(requirements: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as made:
        listed = Path(made) / "requirements.txt"
        listed.write_text(requirements, encoding="utf-8")
        done = subprocess.run(
            [
                sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
                "--platform", "win_amd64", "--python-version", ".".join(map(str, sys.version_info[:2])), "--implementation", "cp",
                "--require-hashes", "--requirement", str(listed), "--dest", str(folder),
            ],
            capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise OSError(f"The Windows wheels could not be fetched; pip said: {said}")
