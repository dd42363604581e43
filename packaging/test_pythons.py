"""`make test-pythons`: the tests that depend on Python's own version, under every supported Python that is installed.

Each gets a virtual environment of its own (.venv-3.12, ...), made once, with the same hashed dependencies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
#: What Python's version can change: reading programs, running them, judging and explaining them, and what rests on it.
TESTS = [
    "tests/lessons",
    "tests/runner",
    "tests/checks",
    "tests/explain",
    "tests/progress",
    "tests/session",
    "tests/authoring",
]


def interpreter(version: str) -> str | None:
    """An installed Python of that version: on the path, or where pyenv keeps them."""
    found = shutil.which(f"python{version}")
    homes = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    candidates = [found] if found else []
    for home in homes:
        candidates += [str(path) for path in sorted(home.glob(f"{version}.*/bin/python"), reverse=True)]
    for candidate in candidates:
        said = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False).stdout
        if re.match(rf"Python {re.escape(version)}\.", said):
            return candidate
    return None


def environment(version: str, python: str) -> Path:
    folder = ROOT / f".venv-{version}"
    inside = folder / "bin" / "python"
    ready = folder / ".ready"
    locked = ROOT / "requirements" / "dev.txt"
    if ready.exists() and ready.stat().st_mtime >= locked.stat().st_mtime:
        return inside
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    pip = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(locked)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    ready.touch()
    return inside


def main() -> int:
    failed = []
    for version in VERSIONS:
        python = interpreter(version)
        if python is None:
            print(f"Python {version}: not installed here, left out.", flush=True)
            continue
        print(f"Python {version}:", flush=True)
        inside = environment(version, python)
        command = [
            str(inside),
            "-m",
            "pytest",
            "-q",
            "-m",
            "not long and not display",
            *(sys.argv[1:] or TESTS),
        ]
        variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        if subprocess.call(command, cwd=ROOT, env=variables):
            failed.append(version)
    if failed:
        print(f"Failed under Python {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
