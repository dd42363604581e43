"""Settings and the policy that fixes them: tolerant of any file, and never losing what others wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tutor.errors import MachineError
from tutor.paths import policy_file
from tutor.settings import NAMES, Policy, Settings, SettingsFile, read_policy


def write(file: Path, content: Any) -> Path:
    file.write_text(json.dumps(content), "utf-8")
    return file


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    found = SettingsFile(tmp_path / "settings.json")
    assert found.settings == Settings()
    assert (found.fixed, found.problems) == (frozenset(), ())
    assert list(tmp_path.iterdir()) == []


def test_what_is_changed_is_there_next_time(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.json"
    first = SettingsFile(file)
    assert first.change(text_size=150, theme="dark", font="Cascadia Mono").text_size == 150
    first.save()
    again = SettingsFile(file)
    assert again.settings == Settings(text_size=150, theme="dark", font="Cascadia Mono")
    assert set(json.loads(file.read_text("utf-8"))) == {"text_size", "theme", "font"}, (
        "defaults stay free to change"
    )


def test_unknown_keys_and_another_windows_changes_stay(tmp_path: Path) -> None:
    file = write(tmp_path / "settings.json", {"from-the-future": [1, {"a": None}], "theme": "light"})
    one, two = SettingsFile(file), SettingsFile(file)
    two.change(theme="dark")
    two.save()
    one.change(text_size=120)
    one.save()
    assert json.loads(file.read_text("utf-8")) == {
        "from-the-future": [1, {"a": None}],
        "theme": "dark",
        "text_size": 120,
    }


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("text_size", "big", "a whole number from 80 to 250"),
        ("text_size", 5000, "a whole number from 80 to 250"),
        ("text_size", 120.5, "a whole number from 80 to 250"),
        ("text_size", True, "a whole number from 80 to 250"),
        ("run_seconds", 0, "a number from 1 to 600"),
        ("run_seconds", "10", "a number from 1 to 600"),
        ("theme", "pink", "one of system, light, dark, high-contrast"),
        ("theme", ["dark"], "one of system, light, dark, high-contrast"),
        ("theme", {}, "one of system, light, dark, high-contrast"),
        ("author", "yes", "true or false"),
        ("author", None, "true or false"),
        ("font", 7, "text"),
        ("font", "x" * 300, "text"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_passed_over(
    tmp_path: Path, name: str, value: Any, wanted: str
) -> None:
    file = write(tmp_path / "settings.json", {name: value, "editor_width": 60})
    found = SettingsFile(file)
    assert found.settings == Settings(editor_width=60)
    (problem,) = found.problems
    assert problem.startswith(f'{file}: "{name}" is ') and problem.endswith(f"; it has to be {wanted}.")
    assert len(problem) < 250 + len(str(file))
    with pytest.raises(ValueError, match=name):
        found.change(**{name: value})


def test_a_setting_that_does_not_exist_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="There is no setting colour"):
        SettingsFile(tmp_path / "settings.json").change(colour="red")


@pytest.mark.parametrize(
    ("junk", "problem"),
    [
        (b"{", "is not JSON near line 1, so nothing in it is used."),
        (b'{\n "theme": dark}', "is not JSON near line 2, so nothing in it is used."),
        (b"\x00" * 500, "is not JSON near line 1, so nothing in it is used."),
        (b"\xff\xfe\x00", "is not JSON, so nothing in it is used."),
        (b"[" * 100_000, "is not JSON, so nothing in it is used."),
        (b"[]", 'holds no settings: it has to begin with "{".'),
        (b" " * 2_000_000, "is too large for a settings file, so nothing in it is used."),
    ],
)
def test_a_damaged_file_is_told_copied_and_replaced(tmp_path: Path, junk: bytes, problem: str) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(junk)
    found = SettingsFile(file)
    assert found.settings == Settings()
    assert found.problems == (f"{file} {problem}",)
    assert file.read_bytes() == junk
    if len(junk) < 1_000_000:
        assert (tmp_path / "settings.json.damaged").read_bytes() == junk
    found.change(theme="dark")
    found.save()
    assert SettingsFile(file).settings == Settings(theme="dark")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_saved_by_notepad_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes('{"font": "Schrift Ä"}\r\n'.encode(encoding))
    assert SettingsFile(file).settings.font == "Schrift Ä"


def test_settings_that_cannot_be_written_are_kept_and_written_later(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    found = SettingsFile(tmp_path / "data" / "settings.json")
    found.change(theme="dark")
    with pytest.raises(MachineError, match="settings"):
        found.save()
    assert found.settings.theme == "dark"
    (tmp_path / "data").unlink()
    found.save()
    assert SettingsFile(tmp_path / "data" / "settings.json").settings.theme == "dark"


def test_a_file_that_cannot_be_read_just_now_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.mkdir()  # stands for a file that something else holds
    found = SettingsFile(file)
    assert found.settings == Settings() and "cannot be read" in found.problems[0]
    found.change(theme="dark")
    with pytest.raises(MachineError):
        found.save()
    assert file.is_dir() and found.settings.theme == "dark"


def test_a_policy_fixes_settings_and_says_which(tmp_path: Path) -> None:
    policy = read_policy(write(tmp_path / "policy.json", {"run_seconds": 20, "author": False, "later": 1}))
    assert policy.problems == ()
    file = write(tmp_path / "settings.json", {"run_seconds": 300, "theme": "dark"})
    found = SettingsFile(file, policy)
    assert found.settings == Settings(run_seconds=20.0, author=False, theme="dark")
    assert found.fixed == {"run_seconds", "author"}
    assert found.change(run_seconds=100.0, theme="light") == Settings(run_seconds=20.0, theme="light")
    found.save()
    assert SettingsFile(file).settings.run_seconds == 100, (
        "the person's own value is kept for when it is free again"
    )


def test_any_setting_can_be_fixed(tmp_path: Path) -> None:
    values = {name: getattr(Settings(), name) for name in NAMES}
    policy = read_policy(write(tmp_path / "policy.json", values))
    assert SettingsFile(tmp_path / "settings.json", policy).fixed == set(NAMES)


def test_a_policy_can_fix_where_work_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMESHARE", "/shares/anna")
    policy = read_policy(write(tmp_path / "policy.json", {"data_dir": "$HOMESHARE/Tutor"}))
    assert policy.data_dir == "/shares/anna/Tutor"
    bad = read_policy(write(tmp_path / "bad.json", {"data_dir": 7}))
    assert bad.data_dir == "" and bad.problems == (
        f'{tmp_path / "bad.json"}: "data_dir" is 7; it has to be text.',
    )


def test_a_policy_that_is_missing_or_damaged_fixes_nothing(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.json") == Policy()
    (tmp_path / "policy.json").write_bytes(b"\x00")
    damaged = read_policy(tmp_path / "policy.json")
    assert damaged.fixed == {} and len(damaged.problems) == 1
    (tmp_path / "folder").mkdir()
    assert len(read_policy(tmp_path / "folder").problems) == 1
    found = SettingsFile(tmp_path / "settings.json", damaged)
    assert found.problems == damaged.problems


def test_a_policy_value_that_cannot_be_used_fixes_nothing(tmp_path: Path) -> None:
    policy = read_policy(write(tmp_path / "policy.json", {"text_size": "huge", "theme": "dark"}))
    assert dict(policy.fixed) == {"theme": "dark"}
    assert "text_size" in policy.problems[0]


def test_the_policy_file_is_in_the_machine_wide_folder() -> None:
    file = policy_file()
    assert file.is_absolute() and file.name == "policy.json" and "Code4Health Tutor" in str(file)
    assert Path.home() not in file.parents


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@hypothesis_settings(deadline=None, max_examples=80)
@given(st.dictionaries(st.sampled_from([*NAMES, "other"]), json_values))
def test_no_content_of_the_file_is_fatal(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    file = write(tmp_path_factory.mktemp("settings") / "settings.json", content)
    found = SettingsFile(file)
    assert isinstance(found.settings, Settings)
    found.change(theme="dark")
    found.save()
    assert SettingsFile(file).settings.theme == "dark"
