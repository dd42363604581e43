"""The manifest of an installation, and what differs from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.selftest import places
from tutor.selftest.manifest import PLACE, as_text, compare, from_text, hashes_of


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    folder = tmp_path / "installed"
    (folder / "_internal" / "lessons").mkdir(parents=True)
    (folder / "tutor").write_bytes(b"program")
    (folder / "_internal" / "lessons" / "ä b.yaml").write_bytes(b"lesson")
    (folder / PLACE).write_text(as_text(hashes_of(folder)), encoding="utf-8")
    return folder


def test_an_untouched_installation_has_no_differences(installed: Path) -> None:
    shipped = from_text((installed / PLACE).read_text(encoding="utf-8"))
    assert set(shipped) == {"tutor", "_internal/lessons/ä b.yaml"}
    assert compare(installed, shipped).sentence() == ""


def test_missing_changed_and_foreign_files_are_told_apart_and_a_pcs_own_files_beside_are_nobodys_business(
    installed: Path,
) -> None:
    shipped = from_text((installed / PLACE).read_text(encoding="utf-8"))
    (installed / "tutor").write_bytes(b"changed")
    (installed / "_internal" / "lessons" / "ä b.yaml").unlink()
    (installed / "_internal" / "planted.dll").write_bytes(b"")
    (installed / "portable.txt").write_bytes(b"")
    found = compare(installed, shipped)
    assert (found.missing, found.changed, found.added) == (
        ("_internal/lessons/ä b.yaml",), ("tutor",), ("_internal/planted.dll",),
    )  # fmt: skip
    assert (
        found.sentence()
        == "1 missing: _internal/lessons/ä b.yaml; 1 changed: tutor; 1 not of this version: _internal/planted.dll"
    )


def test_the_trial_says_what_to_do(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "installed_folder", lambda: installed)
    assert places.as_shipped() == (True, "2 files")
    (installed / "tutor").write_bytes(b"changed")
    passed, words = places.as_shipped()
    assert not passed and "tutor" in words and "Install the tutor again." in words
    (installed / PLACE).unlink()
    passed, words = places.as_shipped()
    assert not passed and "manifest" in words


def test_from_source_there_is_nothing_to_compare() -> None:
    assert places.as_shipped()[0] and places.install_folder()[0]


def test_a_folder_on_the_network_or_synchronised_is_named_so(tmp_path: Path) -> None:
    assert places.kind_of_place(Path("//server/share")) == "on the network"
    assert places.kind_of_place(Path("/home/x/OneDrive - Trust/tutor")) == "synchronised by OneDrive"
    assert places.kind_of_place(tmp_path).startswith("on a drive of this PC")
