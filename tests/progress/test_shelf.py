"""The shelf: what is remembered of courses and tracks, by two windows at once, and when its file is damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.progress.shelf import MOST, Shelf, ShelvedCourse


def course(folder: Path, name: str) -> ShelvedCourse:
    return ShelvedCourse(name, name.title(), folder / name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "learner" / "courses-pc.json"


def test_what_was_opened_is_there_again_latest_first(file: Path, tmp_path: Path) -> None:
    shelf = Shelf(file)
    for name in ("one", "two", "one"):
        shelf.opened(course(tmp_path, name))
    shelf.choose_track("one", "short")
    shelf.write()
    again = Shelf(file)
    assert [one.id for one in again.recent] == ["one", "two"]
    assert again.last == tmp_path / "one"
    assert (again.track("one"), again.track("two")) == ("short", "")


def test_the_built_in_course_is_the_last_one_too(file: Path, tmp_path: Path) -> None:
    shelf = Shelf(file)
    shelf.opened(course(tmp_path, "one"))
    shelf.opened(None)
    shelf.write()
    assert Shelf(file).last is None
    assert [one.id for one in Shelf(file).recent] == ["one"]


def test_two_windows_keep_what_each_of_them_opened_and_dropped(file: Path, tmp_path: Path) -> None:
    first = Shelf(file)
    first.opened(course(tmp_path, "old"))
    first.write()
    second = Shelf(file)
    first.opened(course(tmp_path, "one"))
    first.choose_track("one", "short")
    second.drop(tmp_path / "old")
    second.opened(course(tmp_path, "two"))
    second.choose_track("two", "long")
    first.write()
    second.write()
    again = Shelf(file)
    assert [one.id for one in again.recent] == ["two", "one"]
    assert (again.track("one"), again.track("two")) == ("short", "long")


def test_only_so_many_are_kept(file: Path, tmp_path: Path) -> None:
    shelf = Shelf(file)
    for number in range(MOST + 5):
        shelf.opened(course(tmp_path, f"course-{number}"))
    shelf.write()
    assert len(Shelf(file).recent) == MOST
    assert Shelf(file).recent[0].id == f"course-{MOST + 4}"


def test_all_lessons_can_be_chosen_again(file: Path) -> None:
    shelf = Shelf(file)
    shelf.choose_track("one", "short")
    shelf.choose_track("one", "")
    shelf.write()
    assert json.loads(file.read_text("utf-8"))["tracks"] == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\x00garbage",
        b'{"recent": {"a": 1}, "last": 7, "tracks": []}',
        b'{"recent": [7, {"id": "a"}, {"id": "a", "title": "A", "folder": "not/whole"}], "last": "also/not"}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_an_empty_shelf_and_is_written_anew(
    file: Path, tmp_path: Path, content: bytes
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    shelf = Shelf(file)
    assert (shelf.recent, shelf.last, shelf.track("one")) == ((), None, "")
    shelf.opened(course(tmp_path, "one"))
    shelf.write()
    assert [one.id for one in Shelf(file).recent] == ["one"]
