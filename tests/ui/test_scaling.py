"""Fractional scaling: Scintilla draws seams between its lines at 125 and 175 per cent, so the window takes whole factors."""

from __future__ import annotations

import subprocess
import sys

_ASK = """
from PySide6.QtGui import QGuiApplication
from tutor.ui.app import make_application
application = make_application([])
print(QGuiApplication.highDpiScaleFactorRoundingPolicy().name, application.primaryScreen().devicePixelRatio())
"""


def test_a_screen_at_175_per_cent_is_drawn_in_a_whole_factor() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _ASK], capture_output=True, text=True, timeout=120, check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR_ROUNDING_POLICY": "", "PATH": "/usr/bin"},
    )  # fmt: skip
    policy, factor = said.stdout.split()
    assert policy == "RoundPreferFloor" and float(factor) == 1.0
