"""What of Qt and PySide6 travels in the bundle: one list, for the PyInstaller spec and for the simulated Windows payload.

Everything here is asked for by name; what is not named stays out. PySide6's wheels hold ten times what the tutor uses (QML, a software
OpenGL of 20 MB, translations), and each file that is not shipped is one that nobody has to scan, sign, explain or patch.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

#: Qt modules that the tutor imports.
MODULES = frozenset({"Core", "Gui", "Widgets", "Svg"})

#: Qt libraries that those need: Core5Compat comes with pyside6-scintilla; X11 and the desktop's bus are Linux's.
LIBRARIES = MODULES | {"Core5Compat"}
LIBRARIES_OF_LINUX = frozenset({"XcbQpa", "DBus"})

#: Plugins by kind. Offscreen: the self-test draws where nobody is signed in. Networking, SQL, TLS and QML plugins: none.
PLUGINS = {
    "platforms": {"windows", "offscreen", "xcb", "cocoa"},
    "iconengines": {"svgicon"},
    "imageformats": {"svg", "ico", "jpeg", "gif"},
    "styles": {"modernwindowsstyle", "macstyle"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platformthemes": {"xdgdesktopportal"},
}

#: Microsoft's C++ runtime, as far as Qt's own libraries import it; its parallel, WinRT and GPU parts stay out.
RUNTIME = frozenset({"msvcp140", "msvcp140_1", "msvcp140_2", "vcruntime140", "vcruntime140_1"})

#: What binds Python to Qt.
BINDINGS = frozenset({"pyside6", "shiboken6", "shiboken"})

_LIBRARY = re.compile(r"(?:lib)?Qt6(?P<name>\w+?)(?:\.dll|\.so(?:\.\d+)*|(?:\.\d+)*\.dylib)$")
_MODULE = re.compile(r"Qt(?P<name>\w+?)(?:\.abi3|\.cpython\S*)?\.(?:pyd|so)$")
_PLUGIN = re.compile(r"/plugins/(?P<kind>\w+)/(?:lib)?q?(?P<name>\w+?)\.(?:dll|so|dylib)$")
_ICU_OF_LINUX = re.compile(r"libicu(?:data|i18n|uc)\.so(?:\.\d+)*$")


def of_qt(destination: str) -> bool:
    """Whether this path in the bundle belongs to Qt, PySide6 or shiboken6, so that `keeps` decides about it.

    Args:
        destination: a path in the bundle, with / or with \\.
    """
    path = PurePosixPath(destination.replace("\\", "/"))
    return bool({"PySide6", "shiboken6"} & set(path.parts)) or bool(_LIBRARY.search(path.name))


def keeps(destination: str) -> bool:
    """Whether this path travels; what is not of Qt always does.

    Args:
        destination: a path in the bundle, with / or with \\.
    """
    if not of_qt(destination):
        return True
    path = "/" + destination.replace("\\", "/")
    name = path.rpartition("/")[2]
    plugin = _PLUGIN.search(path)
    if plugin or "/plugins/" in path:
        return bool(plugin) and plugin["name"] in PLUGINS.get(plugin["kind"], ())
    if library := _LIBRARY.match(name):
        return library["name"] in (LIBRARIES | LIBRARIES_OF_LINUX if ".so" in name else LIBRARIES)
    if module := _MODULE.match(name):
        return module["name"] in MODULES
    stem = name.removeprefix("lib").lower().split(".")[0]
    return stem in RUNTIME | BINDINGS or bool(_ICU_OF_LINUX.match(name))
