"""Two builds of the same sources are the same, bit by bit; and the sums beside them are right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.long


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_in_two_places_are_identical(bundle: Path, build_again: Path) -> None:
    first, second = sums(bundle.parent), sums(build_again.parent)
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()
    assert any(name.endswith(".tar.gz") for name in first)


def test_the_sums_beside_the_archive_are_its_own(build_again: Path) -> None:
    listed = (build_again.parent / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert listed
    for line in listed:
        digest, name = line.split("  ")
        assert hashlib.sha256((build_again.parent / name).read_bytes()).hexdigest() == digest


def test_the_manifest_inside_lists_every_file(bundle: Path, script: Callable[[str], ModuleType]) -> None:
    from tutor.selftest.manifest import PLACE, compare, from_text

    shipped = from_text((bundle / PLACE).read_text(encoding="utf-8"))
    assert len(shipped) > 200
    assert compare(bundle, shipped).sentence() == ""
