"""Which collected files stay out of the package: what Qt and the system bring along and the tutor never opens."""

from __future__ import annotations

import sys
from fnmatch import fnmatch

#: Python modules of Qt's that no file of ours imports; PyInstaller's hooks would bring some of them.
MODULES = (
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtOpenGL", "PySide6.QtSql",
    "PySide6.QtTest", "PySide6.QtDesigner", "PySide6.QtDBus", "PySide6.QtPrintSupport", "PySide6.QtXml",
)  # fmt: skip

#: Files, by their place in the package. Qt's network library stays out whole: nothing here may open a connection.
FILES = (
    "*Qt/translations/*", "*/translations/qt*",
    "*plugins/networkinformation/*", "*plugins/tls/*", "*plugins/generic/*", "*plugins/qmltooling/*",
    "*plugins/sqldrivers/*", "*plugins/egldeviceintegrations/*", "*plugins/wayland-*", "*plugins/xcbglintegrations/*",
    "*plugins/platforminputcontexts/*virtualkeyboard*", "*plugins/platformthemes/*gtk3*",
    "*plugins/imageformats/*pdf*", "*plugins/imageformats/*tiff*", "*plugins/imageformats/*webp*",
    "*plugins/imageformats/*tga*", "*plugins/imageformats/*icns*", "*plugins/imageformats/*wbmp*",
    "*plugins/platforms/*eglfs*", "*plugins/platforms/*linuxfb*", "*plugins/platforms/*vkkhr*", "*plugins/platforms/*vnc*",
    "*plugins/platforms/*wayland*", "*plugins/platforms/*minimal*", "*plugins/platforms/*direct2d*",
    "*Qt6Quick*", "*Qt6Qml*", "*Qt6Pdf*", "*Qt6VirtualKeyboard*", "*Qt6Network*", "*Qt6EglF*", "*Qt6Wayland*",
    "*Qt6WlShell*", "*Qt6Sql*", "*QtNetwork.*", "*opengl32sw*", "*d3dcompiler*",
)  # fmt: skip

#: Windows brings ICU itself (icuuc.dll): another one beside the tutor, or found on PATH while building, breaks Qt.
WINDOWS = ("icu*.dll", "*/icu*.dll")

#: Linux: every desktop has these, and its own must be used: fonts, X11 and D-Bus have to fit the running system, and a
#: C++ library older than the one that the graphics driver was built with stops it from loading. `make run` asks the
#: system for the same (check_machine.py).
LINUX = (
    "libstdc++.so*", "libgcc_s.so*", "libglib-2*", "libgthread-2*", "libpcre2-8*", "libdbus-1*", "libfontconfig*",
    "libfreetype*", "libX11.so*", "libX11-xcb*", "libXext*", "libEGL*", "libzstd*",
)  # fmt: skip


def stays(place: str) -> bool:
    """Whether a file belongs in the package, by its place there (either kind of slash)."""
    path = place.replace("\\", "/")
    if any(fnmatch(path, pattern) for pattern in FILES):
        return False
    if sys.platform == "win32":
        return not any(fnmatch(path.lower(), pattern) for pattern in WINDOWS)
    name = path.rpartition("/")[2]
    return not (sys.platform.startswith("linux") and any(fnmatch(name, pattern) for pattern in LINUX))
