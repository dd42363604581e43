"""Drafts: what was typed last, over sessions and machines, and the versions that were run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.progress.damage import Damage
from tutor.progress.drafts import MOST_SESSIONS, DraftKey, Drafts
from tutor.progress.journal import utc_now
from tutor.progress.saver import Saver, SaveState
from tutor.progress.versions import MOST_VERSIONS, Version, keep_versions, read_versions, write_versions

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy with other things

KEY = DraftKey("demo", "first", "s1")


@pytest.fixture
def window(tmp_path: Path, clock: Any) -> Iterator[Callable[..., Drafts]]:
    """Opens the drafts of one learner as another window would, on any machine."""
    savers: list[Saver] = []

    def open_window(machine: str = "ward", session: str = "1", damage: list[Damage] | None = None) -> Drafts:
        saver = Saver(tmp_path, retry=(0.05,))
        savers.append(saver)
        report = damage.append if damage is not None else lambda one: None
        return Drafts(
            tmp_path / "drafts",
            tmp_path / "damaged",
            machine,
            f"{machine}-{session}",
            saver,
            clock=clock,
            report_damage=report,
        )

    yield open_window
    for saver in savers:
        saver.close(5)


def texts(versions: tuple[Version, ...]) -> list[str]:
    return [version.text for version in versions]


def test_what_was_typed_is_there_in_the_next_session(window: Callable[..., Drafts]) -> None:
    first = window()
    first.save(KEY, "print(1)\r\n\tx\u200b", {"gap": "8"}, content_hash="ab")
    assert first.flush(30)
    assert first.unsaved() == {}
    found = window(session="2").load(KEY)
    assert found is not None
    assert (found.text, found.answer, found.content_hash) == ("print(1)\r\n\tx\u200b", {"gap": "8"}, "ab")
    assert window(session="3").load(DraftKey("demo", "first", "s2")) is None


@UNHURRIED
@given(
    st.text(), st.dictionaries(st.text(max_size=10), st.text(max_size=10), max_size=3), st.text(max_size=9)
)
def test_any_text_comes_back_as_it_was(text: str, answer: dict[str, str], outcome: str) -> None:
    version = Version(text, utc_now(), answer, outcome, "ward", "ward-1", 17, "ab")
    assert read_versions(write_versions([version, version])) == [version, version]


def test_half_a_surrogate_pair_is_kept_too(window: Callable[..., Drafts]) -> None:
    first = window()
    first.save(KEY, "x = '\ud83d'")
    assert first.flush(30)
    found = window(session="2").load(KEY)
    assert found is not None and found.text == "x = '\ud83d'"


def test_the_newest_over_all_machines_is_shown_and_the_others_stay_in_the_history(
    window: Callable[..., Drafts], clock: Any
) -> None:
    for machine, text in (("ward", "one"), ("home", "two"), ("clinic", "three")):
        clock.move(minutes=1)
        drafts = window(machine)
        drafts.save(KEY, text)
        assert drafts.flush(30)
    found = window("ward", "9").load(KEY)
    assert found is not None and found.text == "three" and found.machine == "clinic"
    assert texts(window("ward", "9").history(KEY)) == ["three", "two", "one"]


def test_what_is_typed_after_the_clock_went_back_is_still_the_newest(
    window: Callable[..., Drafts], clock: Any
) -> None:
    first = window()
    first.save(KEY, "before")
    assert first.flush(30)
    clock.move(days=-1000)
    second = window(session="2")
    loaded = second.load(KEY)
    assert loaded is not None and loaded.text == "before"
    second.save(KEY, "after")
    assert second.flush(30)
    found = window(session="3").load(KEY)
    assert found is not None and found.text == "after"


def test_two_windows_at_once_never_overwrite_each_other(window: Callable[..., Drafts], clock: Any) -> None:
    one, two = window(session="1"), window(session="2")
    one.save(KEY, "from one")
    assert one.flush(30)
    clock.move(seconds=1)
    two.save(KEY, "from two")
    assert two.flush(30)
    clock.move(seconds=1)
    one.save(KEY, "from one again")
    assert one.flush(30)
    assert texts(window(session="3").history(KEY)) == ["from one again", "from two"]


def test_a_damaged_draft_is_set_aside_and_the_previous_version_is_used(
    window: Callable[..., Drafts], tmp_path: Path, clock: Any
) -> None:
    first = window()
    first.save(KEY, "older")
    assert first.flush(30)
    clock.move(seconds=1)
    second = window(session="2")
    second.save(KEY, "newer")
    assert second.flush(30)
    (file,) = tmp_path.glob("drafts/*/demo/first/s1.2.draft.json")
    file.write_bytes(file.read_bytes()[:40])
    damage: list[Damage] = []
    found = window(session="3", damage=damage).load(KEY)
    assert found is not None and found.text == "older"
    assert [one.file for one in damage] == [file]
    assert damage[0].kept is not None and damage[0].kept.read_bytes() == file.read_bytes()
    window(session="4", damage=damage).load(KEY)
    assert len(damage) == 1, "told once"


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\x00" * 3000,
        b"[]",
        b'{"versions": 3}',
        b'{"versions": [[]]}',
        b"[" * 100_000,
        b'{"versions": [{"time": "2026-03-02T09:00:00Z", "text": 5}]}',
        b'{"versions": [{"time": "2026-03-02T09:00:00Z", "text": "a", "answer": {"x": 1}}]}',
        b'{"versions": [{"time": "2026-03-02T09:00:00Z", "text": "a", "answer": ["x"]}]}',
        b'{"versions": [{"time": "2026-03-02T09:00:00Z", "text": "a", "tick": "1"}]}',
        b'{"versions": [{"time": 4, "text": "a"}]}',
        b'{"versions": [{"time": "yesterday", "text": "a"}]}',
        "ä".encode("latin-1"),
    ],
)
def test_no_junk_in_a_draft_file_is_more_than_damage(junk: bytes) -> None:
    with pytest.raises(ValueError, match="not a draft"):
        read_versions(junk)


def test_a_file_with_a_run_is_enough_when_the_draft_is_damaged(
    window: Callable[..., Drafts], tmp_path: Path
) -> None:
    first = window()
    first.save(KEY, "x = 1")
    first.keep(KEY, "x = 1", "finished")
    assert first.flush(30)
    (file,) = tmp_path.glob("drafts/*/demo/first/s1.*.draft.json")
    file.write_bytes(b"\x00" * 100)
    found = window(session="2").load(KEY)
    assert found is not None and found.text == "x = 1" and found.worked


def test_the_version_that_worked_can_be_found_again(window: Callable[..., Drafts], clock: Any) -> None:
    first = window()
    for text, outcome in (("a", "error"), ("b", "finished"), ("c", "refused")):
        clock.move(minutes=5)
        first.save(KEY, text)
        first.keep(KEY, text, outcome)
    assert first.flush(30)
    history = window(session="2").history(KEY)
    (worked,) = [version for version in history if version.worked]
    assert worked.text == "b"
    assert f"{worked.time:%H:%M}" == "09:10"
    assert [v.outcome for v in history if v.outcome] == ["refused", "finished", "error"]


def test_a_history_is_bounded_and_keeps_what_passed() -> None:
    versions = [
        Version(str(n), utc_now(), outcome="passed" if n == 3 else "error", tick=n) for n in range(200)
    ]
    kept = keep_versions(versions)
    assert len(kept) == MOST_VERSIONS
    assert "3" in [version.text for version in kept]
    assert [version.text for version in kept][-1] == "199"
    assert kept == sorted(kept, key=lambda version: version.tick)


def test_a_few_very_long_programs_are_bounded_too() -> None:
    versions = [Version(f"{n}" * 200_000, utc_now(), outcome="error", tick=n) for n in range(9)]
    assert [version.tick for version in keep_versions(versions)] == [7, 8]


def test_running_the_same_program_again_adds_no_version(window: Callable[..., Drafts], clock: Any) -> None:
    first = window()
    for _ in range(5):
        clock.move(seconds=9)
        first.keep(KEY, "a", "finished")
    assert first.flush(30)
    (version,) = window(session="2").history(KEY)
    assert version.time == clock.now


def test_files_of_old_sessions_are_removed_but_not_the_last_that_worked(
    window: Callable[..., Drafts], tmp_path: Path, clock: Any
) -> None:
    for number in range(20):
        clock.move(days=1)
        drafts = window(session=f"{number:03}")
        drafts.save(KEY, f"text {number}")
        drafts.keep(KEY, f"text {number}", "passed" if number in (2, 4) else "error")
        assert drafts.flush(30)
    other = window("home", "000")
    other.save(KEY, "at home")
    assert other.flush(30)
    runs = sorted(file.name for file in tmp_path.glob("drafts/ward/demo/first/*.runs.json"))
    assert len(runs) == MOST_SESSIONS + 1
    assert runs[0] == "s1.004.runs.json"
    assert len(list(tmp_path.glob("drafts/ward/demo/first/*.draft.json"))) == MOST_SESSIONS
    assert len(list(tmp_path.glob("drafts/home/demo/first/*"))) == 1


@pytest.mark.parametrize(
    "name", ["con", "Übung 1", "a/b", "../../x", "x" * 300, "", "a.b", "NUL", "CON", "名前", "s1?*", "\ud83d"]
)
def test_ids_with_odd_characters_are_kept_apart_in_safe_files(
    name: str, window: Callable[..., Drafts], tmp_path: Path
) -> None:
    key, other = DraftKey(name, name, name), DraftKey(name, name, name + "'")
    first = window()
    first.save(key, "mine")
    first.save(other, "other")
    assert first.flush(30)
    second = window(session="2")
    for one, text in ((key, "mine"), (other, "other")):
        found = second.load(one)
        assert found is not None and found.text == text
    for file in (tmp_path / "drafts").rglob("*"):
        assert file.name.isascii() and file.name.lower() == file.name and len(file.name) < 100
    assert {path.name for path in tmp_path.iterdir()} == {"drafts"}


def test_nothing_is_written_again_when_nothing_was_typed(
    window: Callable[..., Drafts], tmp_path: Path
) -> None:
    first = window()
    first.save(KEY, "a")
    assert first.flush(30)
    second = window(session="2")
    assert second.load(KEY) is not None
    second.save(KEY, "a")
    assert second.flush(30)
    assert len(list((tmp_path / "drafts").rglob("*.json"))) == 1


def test_a_failed_write_leaves_the_old_draft_and_no_rubbish(full_disk: Any, told: Any, clock: Any) -> None:
    folder, fill, make_room = full_disk
    saver = Saver(folder, told, retry=(0.05,))
    drafts = Drafts(folder / "drafts", folder / "damaged", "ward", "ward-1", saver, clock=clock)
    drafts.save(KEY, "old")
    assert drafts.flush(30)
    fill()
    drafts.save(KEY, "new" * 20_000)
    assert not drafts.flush(30)
    assert "no room left" in told.wait_for(SaveState.FAILED).what
    (file,) = [file for file in (folder / "drafts").rglob("*") if file.is_file()]
    assert read_versions(file.read_bytes())[0].text == "old"
    assert list(drafts.unsaved()) == [file.relative_to(folder / "drafts")]
    make_room()
    assert drafts.flush(30)
    assert read_versions(file.read_bytes())[0].text == "new" * 20_000
    assert saver.close(30)


def test_a_machine_whose_folder_cannot_be_read_does_not_hide_the_others(
    window: Callable[..., Drafts], tmp_path: Path
) -> None:
    first = window()
    first.save(KEY, "a")
    assert first.flush(30)
    (tmp_path / "drafts" / "home").write_text("a file where a folder would be")
    (tmp_path / "drafts" / "ward" / "demo" / "first" / "s1.9.draft.json").mkdir()
    found = window(session="2").load(KEY)
    assert found is not None and found.text == "a"


def test_what_a_killed_process_left_half_written_is_removed_in_time(
    window: Callable[..., Drafts], tmp_path: Path
) -> None:
    folder = tmp_path / "drafts" / "ward" / "demo" / "first"
    folder.mkdir(parents=True)
    old, new = folder / "s1.0.draft.json.aaaa.tmp", folder / "s1.0.draft.json.bbbb.tmp"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    drafts = window()
    assert drafts.load(KEY) is None
    drafts.keep(KEY, "x", "finished")
    assert drafts.flush(30)
    assert not old.exists() and new.exists()
