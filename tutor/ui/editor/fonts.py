"""Which typeface code is shown in."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

PREFERRED = ("Cascadia Mono", "Consolas", "Source Code Pro", "DejaVu Sans Mono")

# 15 px at 96 dots an inch, in points, so that it follows the screen.
DEFAULT_POINTS = 11.25


@cache
def code_font_family() -> str:
    """The first of our families that is installed, else the system's own fixed-width family.

    Scintilla does not understand fallback lists ("A, B" gives a proportional face), so one installed family is chosen.
    """
    installed = set(QFontDatabase.families())
    for family in PREFERRED:
        if family in installed:
            return family
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
