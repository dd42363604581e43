"""`make screenshots`: every screen in light, dark and high contrast at 100 and 150 %, into pictures/.

Qt reads the scale once, at its start, so each combination is a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THEMES = ("light", "dark", "high-contrast")
#: Name -> (Qt's scale, window in Qt's pixels, text size): 150 % on a large screen, 150 and 200 % on a ward laptop's 1366 x 768, and narrow.
SCALES = {
    "100": ({}, "1366x768", "100"),
    "150": ({"QT_SCALE_FACTOR": "1.5"}, "1366x768", "100"),
    "150-laptop": ({"QT_FONT_DPI": "144"}, "1366x768", "100"),
    "200-laptop": ({}, "1366x768", "200"),
    "900px": ({}, "900x700", "100"),
}


def main() -> int:
    """Take them all; the exit status is 1 when one combination failed."""
    failed = 0
    for theme in THEMES:
        for scale, (variables, size, text) in SCALES.items():
            if theme != "light" and scale not in {"100", "150"}:
                continue
            folder = ROOT / "pictures" / f"{theme}-{scale}"
            for old in folder.glob("*.png"):
                old.unlink()
            command = [
                sys.executable,
                "-m",
                "tutor.ui.pictures",
                "--theme",
                theme,
                "--size",
                size,
                "--text-size",
                text,
            ]
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
            print(f"{theme}, {scale} %: ", end="", flush=True)
            done = subprocess.run(
                [*command, "--pictures", str(folder)], cwd=ROOT, env=environment, check=False
            )
            failed += done.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
