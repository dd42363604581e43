"""Policy from Windows' registry, read from a table that answers as `winreg` is documented to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tutor.registry import NUMBER, POLICY_KEY, SHOWN_KEY, TEXT, registered_policy
from tutor.settings import Settings, SettingsFile, read_policy


class Registry:
    """What `winreg` offers of itself to `registered_policy`; names and arguments as its documentation has them."""

    HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY = object(), 0x20019, 0x100

    def __init__(self, values: list[tuple[str, Any, int]] | None, error: OSError | None = None) -> None:
        self.values, self.error, self.closed = values, error, False

    def OpenKey(self, key: object, sub_key: str, reserved: int, access: int) -> Registry:
        assert (key, sub_key, reserved) == (self.HKEY_LOCAL_MACHINE, POLICY_KEY, 0)
        assert access == self.KEY_READ | self.KEY_WOW64_64KEY
        if self.error:
            raise self.error
        if self.values is None:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return self

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def QueryInfoKey(self, key: Registry) -> tuple[int, int, int]:
        return 0, len(self.values or ()), 0

    def EnumValue(self, key: Registry, index: int) -> tuple[str, Any, int]:
        assert self.values and not self.closed
        return self.values[index]


def test_without_a_key_nothing_is_fixed() -> None:
    assert registered_policy(Registry(None)) == ({}, [])


def test_where_this_is_not_windows_there_is_nothing_to_read() -> None:
    assert registered_policy() == ({}, [])


def test_text_and_numbers_are_read_and_the_key_is_closed() -> None:
    registry = Registry(
        [("theme", "dark", TEXT), ("Data_Dir", r"%USERPROFILE%\Tutor", 2), ("author", 1, NUMBER)]
    )
    assert registered_policy(registry) == (
        {"theme": "dark", "data_dir": r"%USERPROFILE%\Tutor", "author": 1},
        [],
    )
    assert registry.closed


def test_a_value_of_another_kind_is_named() -> None:
    values, problems = registered_policy(Registry([("theme", b"\0\1", 3), ("author", 0, NUMBER)]))
    assert values == {"author": 0}
    assert problems == [f'{SHOWN_KEY}: "theme" is of kind 3; it has to be REG_SZ or REG_DWORD.']


def test_a_key_that_cannot_be_read_is_named() -> None:
    values, problems = registered_policy(Registry([], PermissionError(13, "Access is denied")))
    assert values == {} and problems == [f"{SHOWN_KEY} cannot be read (Access is denied)."]


def test_the_registry_wins_over_the_file_and_the_file_fixes_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text(
        json.dumps({"theme": "light", "run_seconds": 20, "data_dir": "D:/file"}), encoding="utf-8"
    )
    registry = Registry([("theme", "dark", TEXT), ("data_dir", "E:/registry", TEXT), ("author", 0, NUMBER)])
    policy = read_policy(file, registered_policy(registry))
    assert dict(policy.fixed) == {"theme": "dark", "run_seconds": 20.0, "author": False}
    assert policy.data_dir == "E:/registry" and not policy.problems
    opened = SettingsFile(tmp_path / "settings.json", policy)
    assert opened.fixed == {"theme", "run_seconds", "author"}
    assert opened.change(theme="light", text_size=120) == Settings(
        theme="dark", run_seconds=20, text_size=120
    )


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (("author", 2, NUMBER), '"author" is 2; it has to be true or false.'),
        (
            ("theme", "green", TEXT),
            '"theme" is "green"; it has to be one of system, light, dark, high-contrast.',
        ),
        (("text_size", 20, NUMBER), '"text_size" is 20; it has to be a whole number from 80 to 250.'),
        (("text_size", "120", TEXT), '"text_size" is "120"; it has to be a whole number from 80 to 250.'),
        (("data_dir", 5, NUMBER), '"data_dir" is 5; it has to be text.'),
    ],
)
def test_a_registered_value_that_cannot_be_used_fixes_nothing_and_is_said(
    tmp_path: Path, value: tuple[str, Any, int], wanted: str
) -> None:
    policy = read_policy(tmp_path / "policy.json", registered_policy(Registry([value])))
    assert not policy.fixed and not policy.data_dir
    assert policy.problems == (f"{SHOWN_KEY}: {wanted}",)
