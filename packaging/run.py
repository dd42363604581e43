"""`make run`: open the tutor; with no display, drive the same window through the first lesson instead."""

from __future__ import annotations

import os
import subprocess
import sys


def has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    if has_display():
        return subprocess.call([sys.executable, "-m", "tutor", *sys.argv[1:]])
    print(
        "There is no display here, so the window is driven through the first lesson without one.\n",
        flush=True,
    )
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    return subprocess.call([sys.executable, "-m", "tutor.ui.walkthrough", *sys.argv[1:]], env=environment)


if __name__ == "__main__":
    sys.exit(main())
