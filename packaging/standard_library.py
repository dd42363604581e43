"""The standard library's modules that learners' programs get: all that this Python has, but for what is no use to them."""

from __future__ import annotations

import importlib.util
import pkgutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

#: Not shipped: Python's own tests and editors, what needs Tk, a terminal or a directory service (Windows has none of
#: these either), what installs things, other systems' parts.
LEFT_OUT = frozenset(
    [
        "_ctypes_test",
        "_xxtestfuzz",
        "xxlimited",
        "xxlimited_35",
        "curses",
        "_curses",
        "_curses_panel",
        "readline",
        "test",
        "idlelib",
        "tkinter",
        "_tkinter",
        "turtle",
        "turtledemo",
        "lib2to3",
        "ensurepip",
        "venv",
        "distutils",
        "msilib",
        "_msi",
        "nis",
        "_aix_support",
        "_osx_support",
        "_bootsubprocess",
        "_distutils_system_mod",
        "this_is_not_a_module",
        "site-packages",
    ]
)


def module_names() -> list[str]:
    """Full names, sorted, of every module of this Python's standard library that goes into the package."""
    standard = Path(sysconfig.get_paths()["stdlib"])
    names = set(sys.builtin_module_names) | set(sys.stdlib_module_names)
    for folder in (standard, standard / "lib-dynload", Path(sys.base_prefix) / "DLLs"):
        if folder.is_dir():
            names.update(_within(folder, ""))
    return sorted(name for name in names if _is_wanted(name) and _is_here(name))


def _within(folder: Path, prefix: str) -> Iterator[str]:
    for module in pkgutil.iter_modules([str(folder)]):
        name = prefix + module.name
        if _is_wanted(name):
            yield name
            if module.ispkg:
                yield from _within(folder / module.name, name + ".")


def _is_wanted(name: str) -> bool:
    parts = name.split(".")
    if parts[0] in LEFT_OUT or not all(part.replace("-", "_").isidentifier() for part in parts):
        return False
    return not any(part in ("test", "tests", "idle_test") or part.startswith("_test") for part in parts)


def _is_here(name: str) -> bool:
    """Whether this system's Python has it (the top of the name is asked; what is below was seen on disk)."""
    if "." in name:
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
