"""Group policy templates: each setting has its policy, each policy its setting, and all words are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as xml

import pytest

from tutor.registry import POLICY_KEY, registered_policy
from tutor.settings import NAMES, Settings, read_policy

NS = {"": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}


@pytest.fixture(scope="module")
def made(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("windows/policy/make_templates")


@pytest.fixture(scope="module")
def policies(made: ModuleType) -> dict[str, xml.Element]:
    root = xml.fromstring((made.FOLDER / f"{made.FILE}.admx").read_bytes())
    return {policy.get("name", ""): policy for policy in root.iterfind(".//policy", NS)}


@pytest.fixture(scope="module")
def words(made: ModuleType) -> xml.Element:
    return xml.fromstring((made.FOLDER / made.LANGUAGE / f"{made.FILE}.adml").read_bytes())


def test_the_committed_templates_are_what_the_table_of_settings_gives(made: ModuleType) -> None:
    assert (made.FOLDER / f"{made.FILE}.admx").read_text(encoding="utf-8") == made.admx()
    assert (made.FOLDER / made.LANGUAGE / f"{made.FILE}.adml").read_text(encoding="utf-8") == made.adml()


def test_every_setting_has_a_policy_and_every_policy_a_setting(policies: dict[str, xml.Element]) -> None:
    assert set(policies) == {*NAMES, "data_dir"}
    for name, policy in policies.items():
        written = {e.get("valueName") for e in policy.iter() if e.get("valueName")}
        assert written == {name}
        assert policy.get("key") == POLICY_KEY and policy.get("class") == "Machine"


def test_the_order_of_parts_is_the_one_that_the_schema_asks_for(
    made: ModuleType, policies: dict[str, xml.Element]
) -> None:
    root = xml.fromstring(made.admx())
    names = [part.tag.rpartition("}")[2] for part in root]
    assert names == ["policyNamespaces", "resources", "supportedOn", "categories", "policies"]
    for policy in policies.values():
        parts = [part.tag.rpartition("}")[2] for part in policy]
        assert parts in (
            ["parentCategory", "supportedOn", "elements"],
            ["parentCategory", "supportedOn", "enabledValue", "disabledValue"],
        )


def test_every_word_and_question_that_is_asked_for_is_there_and_none_is_over(
    made: ModuleType, words: xml.Element
) -> None:
    template = made.admx()
    for kind, tag in (("string", "string"), ("presentation", "presentation")):
        asked = set(re.findall(rf"\$\({kind}\.(\w+)\)", template))
        there = [found.get("id") for found in words.iterfind(f".//{tag}[@id]", NS)]
        assert asked == set(there) and len(there) == len(set(there))
    for question in words.iterfind(".//presentation/*[@refId]", NS):
        assert f'id="{question.get("refId")}"' in template


class Registry:
    """Windows' registry with one value in it."""

    HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY = 1, 2, 4

    def __init__(self, *value: Any) -> None:
        self.value = value

    def OpenKey(self, *_: object) -> Registry:
        return self

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None

    def QueryInfoKey(self, _: object) -> tuple[int, int]:
        return 0, 1

    def EnumValue(self, *_: object) -> Any:
        return self.value


def values_written(policy: xml.Element) -> list[tuple[Any, int]]:
    """What the group policy editor can write for this policy, at its edges: (value, kind)."""
    found: list[tuple[Any, int]] = [
        (int(e.get("value", "")), 4) for e in policy.iterfind("./*/decimal[@value]", NS)
    ]
    for number in policy.iterfind(".//decimal[@valueName]", NS):
        found += [(int(number.get("minValue", "")), 4), (int(number.get("maxValue", "")), 4)]
    found += [(e.text, 1) for e in policy.iterfind(".//enum//string", NS)]
    found += [
        ("x" * int(e.get("maxLength", "")), 2 if e.get("expandable") else 1)
        for e in policy.iterfind(".//text", NS)
    ]
    return found


@pytest.mark.parametrize("name", [*NAMES, "data_dir"])
def test_whatever_the_policy_editor_writes_the_tutor_takes(
    policies: dict[str, xml.Element], tmp_path: Path, name: str
) -> None:
    possible = values_written(policies[name])
    assert possible
    for value, kind in possible:
        policy = read_policy(tmp_path / "policy.json", registered_policy(Registry(name, value, kind)))
        assert not policy.problems
        taken = policy.data_dir if name == "data_dir" else policy.fixed[name]
        assert taken == value


def test_no_setting_lets_the_editor_write_less_or_more_than_the_window_does(
    policies: dict[str, xml.Element],
) -> None:
    for setting in fields(Settings):
        possible = [value for value, _ in values_written(policies[setting.name])]
        if "words" in setting.metadata:
            assert possible == list(setting.metadata["words"])
        elif "between" in setting.metadata:
            assert possible == list(setting.metadata["between"])
        elif setting.type == "bool":
            assert sorted(possible) == [0, 1]
