"""The scripts of packaging/ as modules: they are no package, and their folder's name is another project's."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def script(root: Path) -> Callable[[str], ModuleType]:
    """`script("qt_kept")` or `script("windows/msi")`: that file of packaging/, imported."""

    def load(name: str) -> ModuleType:
        folder = str((root / "packaging" / name).parent)
        if folder not in sys.path:
            sys.path.append(folder)
        return importlib.import_module(Path(name).name)

    return load
