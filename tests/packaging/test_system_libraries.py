"""What the building machine has and the package must not bring along."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest


@pytest.mark.parametrize(
    "name",
    ["icuuc.dll", "ICUDT68.dll", "_internal\\icuin.dll", "opengl32sw.dll", "PySide6/d3dcompiler_47.dll"],
)
def test_on_windows_no_icu_and_no_software_opengl_travels(
    script: Callable[[str], ModuleType], name: str
) -> None:
    assert not script("system_libraries").travels(name, "win32")


@pytest.mark.parametrize(
    "name", ["libstdc++.so.6", "libX11.so.6", "libfontconfig.so.1", "sub/libdbus-1.so.3"]
)
def test_on_linux_what_has_to_fit_the_desktop_stays_out(
    script: Callable[[str], ModuleType], name: str
) -> None:
    assert not script("system_libraries").travels(name, "linux")


@pytest.mark.parametrize(
    "name",
    ["libxcb-cursor.so.0", "PySide6/Qt/lib/libicudata.so.73", "libcrypto.so.3", "libpython3.11.so.1.0"],
)
def test_what_desktops_may_lack_travels(script: Callable[[str], ModuleType], name: str) -> None:
    assert script("system_libraries").travels(name, "linux")


def test_a_library_that_nothing_links_to_any_more_stays_out(
    script: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    linked = script("linked")
    needs = {"/b/_x.so": ["liba.so.1"], "/b/liba.so.1": ["libb.so.2"]}
    monkeypatch.setattr(linked, "_names_needed", lambda file: needs.get(file, []))
    entries = [
        ("lib-dynload/_x.so", "/b/_x.so", "EXTENSION"),
        ("liba.so.1", "sub/liba.so.1", "SYMLINK"),
        ("sub/liba.so.1", "/b/liba.so.1", "BINARY"),
        ("libb.so.2", "/b/libb.so.2", "BINARY"),
        ("libgtk.so.3", "/b/libgtk.so.3", "BINARY"),
        ("libgone.so.1", "sub/libgone.so.1", "SYMLINK"),
        ("libpython3.11.so.1.0", "/b/libpython3.11.so.1.0", "BINARY"),
    ]
    kept = linked.only_linked(entries)
    assert kept == {"lib-dynload/_x.so", "liba.so.1", "sub/liba.so.1", "libb.so.2", "libpython3.11.so.1.0"}
