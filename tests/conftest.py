"""What every test has: no way into the real user's folders, and tools for real processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _not_the_real_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Every test gets a home of its own, so that none can read or change the real one."""
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_DIRS", "PROGRAMDATA"):  # what is set for a whole PC
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("machine")))
    monkeypatch.delenv("TUTOR_DATA_DIR", raising=False)
    yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT
