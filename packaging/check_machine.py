"""Say what is missing on this machine before anything fails, and which package to install.

Run by `make` before the virtual environment is made, with whatever Python there is: standard library only, and old
syntax, so that an old Python can say that it is too old.
"""

import ctypes
import os
import sys

# What Qt's libraries and its xcb and offscreen platforms load: shared library -> package in Debian/Ubuntu, Fedora.
LIBRARIES = [
    ("libGL.so.1", "libgl1", "mesa-libGL"),
    ("libEGL.so.1", "libegl1", "mesa-libEGL"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libX11.so.6", "libx11-6", "libX11"),
]
# Only where there is a display to open a window on.
DISPLAY_LIBRARIES = [
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-xinerama.so.0", "libxcb-xinerama0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
]


def is_loadable(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font():
    for folder in (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        os.path.expanduser("~/.fonts"),
        os.path.expanduser("~/.local/share/fonts"),
    ):
        for _top, _folders, files in os.walk(folder):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in files):
                return True
    return False


def problems():
    found = []
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python is exactly who must be told)
        found.append(
            "This is Python %s; the tutor needs 3.11 or newer. Install it, or name another one: make PYTHON=python3.12 test"
            % sys.version.split()[0]
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        found.append(
            "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"
        )
    if sys.platform.startswith("linux"):
        wanted = list(LIBRARIES)
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            wanted += DISPLAY_LIBRARIES
        missing = [entry for entry in wanted if not is_loadable(entry[0])]
        debian = [entry[1] for entry in missing]
        fedora = [entry[2] for entry in missing]
        if not has_font():
            debian.append("fonts-dejavu-core")
            fedora.append("dejavu-sans-fonts dejavu-sans-mono-fonts")
        if debian:
            found.append(
                "Qt needs system packages that are not here.\n"
                "  Debian, Ubuntu:  apt-get install -y %s\n"
                "  Fedora:          dnf install -y %s" % (" ".join(debian), " ".join(dict.fromkeys(fedora)))
            )
    return found


def main():
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
