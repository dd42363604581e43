"""What of Qt travels."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt6Core.dll",
        "_internal\\PySide6\\Qt6Widgets.dll",
        "PySide6/QtWidgets.pyd",
        "PySide6/QtSvg.abi3.so",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/pyside6.abi3.dll",
        "PySide6/libpyside6.abi3.so.6.11",
        "PySide6/MSVCP140_2.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/imageformats/qsvg.dll",
        "shiboken6/Shiboken.pyd",
        "pyside6_scintilla/Qt6Core5Compat.dll",
        "lexilla.libs/msvcp140-a4c2229bdc2a2a630acdc095b4d86008.dll",
        "tutor/bundled/lessons/course.yaml",
    ],
)
def test_what_the_tutor_uses_travels(script: Callable[[str], ModuleType], path: str) -> None:
    assert script("qt_kept").keeps(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/opengl32sw.dll",
        "PySide6/icuuc.dll",
        "PySide6/Qt6Network.dll",
        "PySide6/QtNetwork.pyd",
        "PySide6/Qt6Qml.dll",
        "libQt6Quick.so.6",
        "PySide6/pyside6qml.abi3.dll",
        "PySide6/vcamp140.dll",
        "PySide6/Qt6DBus.dll",
        "PySide6/translations/qt_de.qm",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/qml/QtQuick/qmldir",
        "PySide6/plugins/tls/qschannelbackend.dll",
        "PySide6/plugins/imageformats/qpdf.dll",
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/plugins/platforms/qwindows.pdb",
        "PySide6/designer.exe",
    ],
)
def test_everything_else_of_qt_stays_out(script: Callable[[str], ModuleType], path: str) -> None:
    assert not script("qt_kept").keeps(path)
