"""Once for real: a screen reader's view of the editor over AT-SPI, on a virtual display, with real X keys."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "at_spi"
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def python_with_atspi() -> str | None:
    """A Python of the system that has PyGObject and AT-SPI."""
    for candidate in ("/usr/bin/python3", sys.executable):
        if Path(candidate).exists():
            tried = subprocess.run([candidate, "-c", HAS_ATSPI], capture_output=True, cwd="/", timeout=60)
            if tried.returncode == 0:
                return candidate
    return None


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual X display; the number is what the server itself says once it is ready."""
    missing = [tool for tool in ("Xvfb", "dbus-run-session", "xdotool") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt-get install xvfb dbus xdotool)")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    try:
        if not number:
            pytest.skip("the virtual display did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.display
@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="AT-SPI is how Linux desktops speak to screen readers"
)
def test_a_screen_reader_reads_follows_and_edits_the_program(display: str) -> None:
    reader = python_with_atspi()
    if reader is None:
        pytest.skip("no Python with AT-SPI (apt-get install python3-gi gir1.2-atspi-2.0 at-spi2-core)")
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
    }
    ran = subprocess.run(
        [
            "dbus-run-session",
            "--",
            reader,
            str(HERE / "reader.py"),
            sys.executable,
            str(HERE / "editor_window.py"),
        ],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=110,
    )
    if "no Qt platform plugin could be initialized" in ran.stderr:
        pytest.skip("Qt's xcb platform needs more libraries here: packaging/check_machine.py names them")
    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout.strip().splitlines()[-1])
    width, height = report.pop("extent")
    assert width > 4
    assert height > 10
    inserts, moves = report.pop("inserts"), report.pop("caret moves")
    assert report == {
        "role": "text",
        "text": 'pulse = 88\nprint("naïve", pulse)\n',
        "editable": True,
        "multi-line": True,
        "line": 'print("naïve", pulse)\n',
        "word": "naïve",
        "caret": 10,
        "typed": "pulse = 88 + 2  # £",
        "app ended with": 0,
    }
    assert inserts == [[10 + n, sign] for n, sign in enumerate(" + 2  # £")]
    assert moves[-1] == 19
