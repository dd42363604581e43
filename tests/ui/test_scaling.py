"""Fractional scaling: Scintilla may draw seams between its lines at 125 and 175 per cent, so the window takes whole factors."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: A dark editor full of lines: the policy, the factor, and the colours of a column beside the text.
_LOOK = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from tutor.ui import editor
from tutor.ui.app import make_application
application = make_application([])
shown = editor.CodeEditor()
shown.set_theme(editor.DARK)
shown.resize(400, 300)
shown.set_text("\\n".join(["bed = 4"] * 40))
shown.show()
QTest.qWaitForWindowExposed(shown)
QTest.qWait(200)
pixels = application.primaryScreen().grabWindow(shown.winId()).toImage()
if pixels.isNull():  # a platform without a screen to look at
    pixels = shown.grab().toImage()
column = pixels.width() * 3 // 4
rows = range(pixels.height() // 4, pixels.height() * 3 // 4)
colours = {pixels.pixelColor(column, row).name() for row in rows}
policy = QGuiApplication.highDpiScaleFactorRoundingPolicy().name
print(policy, shown.devicePixelRatioF(), *colours)
"""


def looked_at(dots_per_inch: int, **environment: str) -> list[str]:
    """What the editor looks like in a process of its own, on a screen of this many dots per inch."""
    said = subprocess.run(
        [sys.executable, "-c", _LOOK], capture_output=True, text=True, timeout=120, check=True,
        env={"PATH": "/usr/bin", "LC_ALL": "C.UTF-8", "QT_FONT_DPI": str(dots_per_inch), **environment},
    )  # fmt: skip
    return said.stdout.split()


@pytest.mark.parametrize(("percent", "dots_per_inch"), [(100, 96), (125, 120), (150, 144), (175, 168)])
def test_a_screen_of_any_scale_is_drawn_in_a_whole_factor_and_without_seams(
    percent: int, dots_per_inch: int
) -> None:
    policy, factor, *colours = looked_at(dots_per_inch, QT_QPA_PLATFORM="offscreen")
    assert policy == "RoundPreferFloor"  # set before there is an application: later it has no effect
    assert float(factor) in {1.0, 2.0}, f"{percent} % is drawn at {factor}"
    assert colours == ["#0f1418"]


@pytest.mark.display
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a virtual X display")
@pytest.mark.parametrize("dots_per_inch", [120, 168])
def test_nor_on_a_real_screen(display: str, dots_per_inch: int) -> None:
    _policy, factor, *colours = looked_at(dots_per_inch, QT_QPA_PLATFORM="xcb", DISPLAY=display)
    assert float(factor) in {1.0, 2.0}
    assert colours == ["#0f1418"]
