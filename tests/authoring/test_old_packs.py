"""What packs left in the data folder goes when nobody can want it any more, and never anything else."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.authoring.course_source import PacksAndFolders
from tutor.authoring.old_packs import MARK, UNUSED_FOR, remove_unused
from tutor.authoring.packs import pack
from tutor.paths import Folders, folders
from tutor.progress.shelf import Shelf, ShelvedCourse

Unpacked = Callable[..., Path]


@pytest.fixture
def where(tmp_path: Path) -> Folders:
    made = folders(tmp_path / "data")
    (made.learners / "first").mkdir(parents=True)
    return made


@pytest.fixture
def unpacked(course: Path, tmp_path: Path, where: Folders) -> Unpacked:
    """Open the small course as a pack, under another id."""

    def make(name: str, *, extends: str = "") -> Path:
        source = Path(shutil.copytree(course, tmp_path / "sources" / name))
        file = source / "course.yaml"
        text = file.read_text(encoding="utf-8").replace("id: small", f"id: {name}", 1)
        file.write_text(text + (f"extends: {extends}\n" if extends else ""), encoding="utf-8")
        packed = tmp_path / f"{name}.c4h"
        pack(source, packed)
        return found(packed, where)

    return make


def found(packed: Path, where: Folders) -> Path:
    """Open a pack, and wait until what is done beside that is over."""
    folder = PacksAndFolders(where).find(packed, list(where.courses.glob("*"))).folder
    for thread in threading.enumerate():
        if thread.name == "old-packs":
            thread.join(30)
    return folder


def opened_ago(folder: Path, days: float) -> None:
    opened = time.time() - days * UNUSED_FOR
    os.utime(folder / MARK, (opened, opened))


def on_the_list(where: Folders, *listed: Path, learner: str = "first", machine: str = "m1") -> None:
    (where.learners / learner).mkdir(exist_ok=True)
    shelf = Shelf(where.learners / learner / f"courses-{machine}.json")
    for folder in listed:
        shelf.add(ShelvedCourse(folder.name, folder.name, folder))
    shelf.write()


def removed(where: Folders, opened: Path, *, recent: Path | None = None) -> list[str]:
    """What is removed three days later."""
    for mark in where.courses.glob(f"*/{MARK}"):
        if mark.parent != recent:
            opened_ago(mark.parent, 3)
    return remove_unused(where.courses, where.learners, opened)


def test_an_old_one_that_nobody_lists_goes_and_the_open_one_stays(where, unpacked: Unpacked) -> None:
    old, here = unpacked("old"), unpacked("here")
    on_the_list(where)
    assert removed(where, here) == [old.name]
    assert [one.name for one in where.courses.iterdir()] == [here.name]


def test_one_that_any_learner_lists_stays_also_from_another_pc(where, unpacked: Unpacked, tmp_path) -> None:
    mine, theirs, old, here = (unpacked(name) for name in ("mine", "theirs", "old", "here"))
    on_the_list(where, mine)
    on_the_list(where, theirs, learner="second", machine="m2")
    assert removed(where, here) == [old.name]
    assert mine.is_dir() and theirs.is_dir()


def test_one_that_was_opened_within_a_day_stays_for_another_window_may_have_it_open(
    where, unpacked: Unpacked
) -> None:
    recent, here = unpacked("recent"), unpacked("here")
    opened_ago(recent, 0.5)
    assert removed(where, here, recent=recent) == []
    assert recent.is_dir()


def test_opening_a_pack_again_makes_it_recent(where, unpacked: Unpacked, tmp_path: Path) -> None:
    again, here = unpacked("again"), unpacked("here")
    opened_ago(again, 3)
    assert found(tmp_path / "again.c4h", where) == again
    assert removed(where, here, recent=again) == []
    assert again.is_dir()


def test_opening_another_pack_is_what_removes_it(where, unpacked: Unpacked) -> None:
    old = unpacked("old")
    opened_ago(old, 3)
    here = unpacked("here")
    assert not old.exists()
    assert [one.name for one in where.courses.iterdir()] == [here.name]


@pytest.mark.parametrize("change", ["edited", "added"])
def test_one_in_which_anything_was_written_since_is_somebodys_and_stays(
    where, unpacked: Unpacked, change: str
) -> None:
    old, here = unpacked("old"), unpacked("here")
    if change == "edited":
        lesson = next(old.glob("*/*.yaml"))
        lesson.write_text(lesson.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    else:
        (old / "notes.txt").write_text("mine", encoding="utf-8")
    assert removed(where, here) == []
    assert old.is_dir()


def test_a_course_that_was_put_there_by_hand_stays(where, unpacked: Unpacked, course: Path) -> None:
    here = unpacked("here")
    installed = Path(shutil.copytree(course, where.courses / "installed-0123abcd"))
    assert removed(where, here) == []
    assert installed.is_dir()


def test_what_a_listed_course_extends_stays_through_a_chain(where, unpacked: Unpacked, course: Path) -> None:
    base = unpacked("base")
    middle = unpacked("middle", extends="base")
    own = Path(shutil.copytree(course, where.data / "own"))
    outline = own / "course.yaml"
    outline.write_text(outline.read_text(encoding="utf-8") + "extends: middle\n", encoding="utf-8")
    old, here = unpacked("old"), unpacked("here")
    on_the_list(where, own)
    assert removed(where, here) == [old.name]
    assert base.is_dir() and middle.is_dir()


@pytest.mark.parametrize("trouble", ["list", "course"])
def test_where_something_cannot_be_read_nothing_goes(
    where, unpacked: Unpacked, tmp_path: Path, trouble: str
) -> None:
    old, here = unpacked("old"), unpacked("here")
    if trouble == "list":
        (where.learners / "first" / "courses-m1.json").write_text('{"recent": [', encoding="utf-8")
    else:
        on_the_list(where, tmp_path / "on a drive that is away")
    assert removed(where, here) == []
    assert old.is_dir()


def test_what_was_left_of_a_removal_goes_the_next_time(where, unpacked: Unpacked) -> None:
    here = unpacked("here")
    (where.courses / ".going-old" / "first").mkdir(parents=True)
    assert removed(where, here) == []
    assert [one.name for one in where.courses.iterdir()] == [here.name]


def test_the_mark_names_each_file_that_was_unpacked(unpacked: Unpacked) -> None:
    folder = unpacked("here")
    named = set(json.loads((folder / MARK).read_text(encoding="ascii"))["files"])
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert named == there - {MARK}
    assert "course.yaml" in named
