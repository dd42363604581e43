"""`make test`: pytest on Qt's offscreen platform; tests marked `display` too, on a virtual display where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

SOME_FAILED = 1
NO_TESTS = 5  # pytest's exit status when nothing was collected


def run_pytest(arguments: list[str], mark: str, environment: dict[str, str], wrap: list[str]) -> int:
    command = [*wrap, sys.executable, "-m", "pytest", "-m", mark, *arguments]
    status = subprocess.call(command, env=environment)
    if status == SOME_FAILED:
        # Windows, processes and a busy machine: what fails is run once more, alone, and said to have been.
        print(
            "\nSome tests failed. They are run once more; one that passes now is unsteady, and wants mending.",
            flush=True,
        )
        status = subprocess.call(
            [*command, "--last-failed", "--last-failed-no-failures=none"], env=environment
        )
    elif status < 0:
        print("\nThe test process itself ended. It is run once more; this wants mending.", flush=True)
        status = subprocess.call(command, env=environment)
    return 0 if status == NO_TESTS else status


def main() -> int:
    arguments = sys.argv[1:]
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
