"""Once for real: a screen reader's view of the editor over AT-SPI, on a virtual display, with real X keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "display"


@pytest.mark.display
@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="AT-SPI is how Linux desktops speak to screen readers"
)
def test_a_screen_reader_reads_follows_and_edits_the_program(display: str, python_with_atspi: str) -> None:
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
            python_with_atspi,
            str(HERE / "read_editor.py"),
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
