"""Libraries that PyInstaller finds on the building machine and that must not travel: the running system's own have to be used."""

from __future__ import annotations

import sys
from fnmatch import fnmatch

#: Windows brings ICU itself (icuuc.dll): another one beside the tutor, or found on PATH while building, breaks Qt.
WINDOWS = ("icu*.dll", "opengl32sw.dll", "d3dcompiler*.dll")

#: Every desktop has these. Fonts, X11 and D-Bus have to fit the running system, and a C++ library older than the one that
#: its graphics driver was built with stops that driver from loading. `make run` asks for the same (check_machine.py).
LINUX = (
    "libstdc++.so*", "libgcc_s.so*", "libglib-2*", "libgthread-2*", "libpcre2-8*", "libdbus-1*", "libfontconfig*",
    "libfreetype*", "libX11.so*", "libX11-xcb*", "libXext*", "libEGL*", "libzstd*",
)  # fmt: skip


def travels(place: str, system: str = sys.platform) -> bool:
    """Whether a collected file goes into the package, by its place there (with / or with \\)."""
    name = place.replace("\\", "/").rpartition("/")[2]
    if system == "win32":
        return not any(fnmatch(name.lower(), pattern) for pattern in WINDOWS)
    return not (system.startswith("linux") and any(fnmatch(name, pattern) for pattern in LINUX))
