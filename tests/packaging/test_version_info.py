"""What Windows says of our executables, from one version."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import tutor


def read(text: str) -> SimpleNamespace:
    """What PyInstaller builds from this text, by stand-ins with the names and arguments that its manual gives."""
    pairs: list[tuple[str, str]] = []
    found = SimpleNamespace(strings=pairs, fixed={}, tables=[], translation=[])

    def kept(place: str) -> Callable[..., None]:
        return lambda *values: setattr(found, place, list(values))

    names: dict[str, Any] = {
        "VSVersionInfo": lambda ffi, kids: None,
        "FixedFileInfo": lambda **fields: found.fixed.update(fields),
        "StringFileInfo": lambda tables: None,
        "StringTable": lambda name, kids: found.tables.append(name),
        "StringStruct": lambda name, value: pairs.append((name, value)),
        "VarFileInfo": lambda kids: None,
        "VarStruct": kept("translation"),
    }
    exec(compile(text, "version", "exec"), names)
    return found


@pytest.mark.parametrize("executable", ["tutor.exe", "tutor-cli.exe", "learner-python.exe"])
def test_every_executable_says_who_it_is_in_the_one_version(
    script: Callable[[str], ModuleType], executable: str
) -> None:
    found = read(script("windows/version_info").version_info(executable))
    said = dict(found.strings)
    assert said["FileVersion"] == said["ProductVersion"] == tutor.__version__
    assert found.fixed["filevers"] == (*(int(n) for n in tutor.__version__.split(".")[:3]), 0)
    assert said["OriginalFilename"] == executable
    assert "unofficial" in said["FileDescription"] and "unofficial" in said["ProductName"]
    assert found.tables == ["080904b0"] and found.translation == ["Translation", [0x0809, 0x04B0]]


def test_a_trial_version_keeps_its_whole_name_and_three_numbers(script: Callable[[str], ModuleType]) -> None:
    found = read(script("windows/version_info").version_info("tutor.exe", "1.20.3rc1"))
    assert found.fixed["filevers"] == (1, 20, 3, 0)
    assert dict(found.strings)["FileVersion"] == "1.20.3rc1"


@pytest.mark.parametrize("text", ["1.2", "one.two.three", "256.0.0", "1.256.0", "1.2.65536", ""])
def test_a_version_that_windows_cannot_hold_is_named(script: Callable[[str], ModuleType], text: str) -> None:
    with pytest.raises(ValueError, match="Windows"):
        script("windows/product").numbers(text)


def test_only_three_plain_numbers_are_a_version_for_everybody(script: Callable[[str], ModuleType]) -> None:
    is_final = script("windows/product").is_final
    assert is_final("1.2.3")
    assert not is_final("1.2.3rc1") and not is_final("1.2.3.dev4") and not is_final("1.2")


def test_the_codes_by_which_windows_knows_us_never_change(script: Callable[[str], ModuleType]) -> None:
    assert script("windows/product").UPGRADE_CODE == "6EF88029-B18A-5670-892E-F739DA4C8907"
