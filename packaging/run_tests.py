"""`make test`: pytest on Qt's offscreen platform; tests marked `display` too, on a virtual display where there is one.

Each test has one try. Where the test process itself ends (a crash in Qt, say), the test that it was in is named. On machines
that others use too, `ONCE_MORE=1` gives what failed a second try, alone; a test that passes only then is named as unsteady.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

NO_TESTS = 5  # pytest's exit status when nothing was collected
INTERRUPTED = 2  # by the keyboard
SOME_FAILED = 1
CRASHED = 70

#: The setting that gives failed tests a second try.
ONCE_MORE = "ONCE_MORE"

#: As the first argument: be the test process, and write into the file that is named next which test it is in.
INSIDE = "--inside"


class Note:
    """A plugin of pytest: keeps in a file the name of the test that is being run, and in another what failed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._failed = file.with_name("failed")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._file.write_text(nodeid, encoding="utf-8")

    def pytest_runtest_logfinish(self) -> None:
        self._file.write_text("", encoding="utf-8")

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            with self._failed.open("a", encoding="utf-8") as file:
                file.write(f"{report.nodeid}\n")


def inside(file: Path, arguments: list[str]) -> int:
    sys.path[0] = str(Path.cwd())  # as `python -m pytest` has it
    import pytest

    return int(pytest.main(arguments, plugins=[Note(file)]))


def run_pytest(arguments: list[str], mark: str, environment: dict[str, str], wrap: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="tests-") as folder:
        note = Path(folder) / "now"
        note.touch()
        command = [*wrap, sys.executable, str(Path(__file__).resolve()), INSIDE, str(note)]
        status = subprocess.call([*command, "-m", mark, *arguments], env=environment)
        now = note.read_text(encoding="utf-8")
        failed = note.with_name("failed")
        if status == SOME_FAILED and os.environ.get(ONCE_MORE) and failed.exists():
            tests = list(dict.fromkeys(failed.read_text(encoding="utf-8").splitlines()))
            print(f"\nONCE MORE, alone: {', '.join(tests)}", flush=True)
            status = subprocess.call([*command, *tests], env=environment)
            if status == 0:
                print(f"\nUNSTEADY, to be mended: {', '.join(tests)}", flush=True)
    if status == NO_TESTS:
        return 0
    if status not in (0, INTERRUPTED) and (now or status < 0):
        where = f"in {now}" if now else "between tests"
        print(f"\nFAILED: the test process itself ended ({status}) {where}. The tests after it were not run.", flush=True)  # fmt: skip
        return CRASHED
    return status


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == [INSIDE]:
        return inside(Path(arguments[1]), arguments[2:])
    mark = "not long"
    if "-m" in arguments:
        at = arguments.index("-m")
        mark = arguments[at + 1]
        arguments = arguments[:at] + arguments[at + 2 :]
    # The display's tests come first: their summary is short, and whoever reads only the last one wants the whole.
    status = run_on_a_display(arguments, mark)
    if status:
        return status
    offscreen = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONUTF8="1")
    return run_pytest(arguments, f"({mark}) and not display", offscreen, [])


def run_on_a_display(arguments: list[str], mark: str) -> int:
    if mark == "long":  # no long proof needs a display: an empty run would only look like a failed one
        return 0
    virtual = shutil.which("xvfb-run")
    if not sys.platform.startswith("linux") or not virtual:
        print(
            "Tests that need a display are left out: xvfb-run is not installed (Debian: apt-get install xvfb xauth)."
        )
        return 0
    shown = dict(os.environ, PYTHONUTF8="1")
    shown.pop("QT_QPA_PLATFORM", None)
    shown.pop("WAYLAND_DISPLAY", None)
    return run_pytest(
        arguments, f"({mark}) and display", shown, [virtual, "-a", "-s", "-screen 0 1366x768x24"]
    )


if __name__ == "__main__":
    sys.exit(main())
