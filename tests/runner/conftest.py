"""What the runner's tests share: a runner of their own, and the interpreters of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tutor.runner.limits import Limits
from tutor.runner.result import Program, RunResult
from tutor.runner.runner import Runner


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """A runner for the tests of one file."""
    with Runner(tmp_path_factory.mktemp("work")) as made:
        yield made


@pytest.fixture(scope="module")
def run(runner: Runner) -> Callable[..., RunResult]:
    """Runs a text as a program: `run(source, seconds=..., **fields of Program)`."""

    def run_it(source: str, seconds: float = 10.0, **fields: object) -> RunResult:
        fields.setdefault("limits", Limits(seconds=seconds))
        return runner.run(Program(source, **fields))  # type: ignore[arg-type]

    return run_it


def _find_interpreter(version: str) -> str | None:
    candidates = [sys.executable] if sys.version.startswith(version + ".") else []
    found = shutil.which(f"python{version}")
    candidates += [found] if found else []
    homes = [os.environ.get("PYENV_ROOT", "")]
    if os.name == "posix":
        import pwd

        homes.append(str(Path(pwd.getpwuid(os.getuid()).pw_dir, ".pyenv")))
    for home in homes:
        if home:
            candidates += sorted(str(path) for path in Path(home, "versions").glob(f"{version}.*/bin/python"))
    for candidate in candidates:
        try:
            told = subprocess.run(
                [
                    candidate,
                    "-c",
                    "import sys; print(sys._base_executable or sys.executable); print(sys.version)",
                ],
                capture_output=True,
                text=True,
                timeout=60,
            ).stdout.splitlines()
        except OSError:
            continue
        if len(told) > 1 and told[1].startswith(version + "."):
            return told[0]
    return None


@pytest.fixture(scope="session")
def interpreter() -> Callable[[str], str]:
    """The base interpreter of a version ("3.12") on this machine; skips the test where there is none."""

    def find(version: str) -> str:
        found = _find_interpreter(version)
        if found is None:
            pytest.skip(f"no Python {version} on this machine")
        return found

    return find
