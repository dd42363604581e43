"""Whose work it is, and on which PC."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tutor.errors import MachineError
from tutor.progress import machine as machine_module
from tutor.progress.learners import Learners, clean_name
from tutor.progress.machine import machine_id


def test_the_first_person_needs_no_name_and_is_found_again(tmp_path: Path) -> None:
    people = Learners(tmp_path, "ward")
    assert people.current() is None and people.all() == ()
    me = people.create()
    again = Learners(tmp_path, "ward").current()
    assert again is not None and (again.id, again.name, again.created) == (me.id, "", me.created)


def test_not_me_parks_the_work_and_erases_nothing(tmp_path: Path) -> None:
    people = Learners(tmp_path, "ward")
    anna = people.create("Anna")
    (anna.folder / "progress").mkdir()
    (anna.folder / "progress" / "a.jsonl").write_text("work")
    people.park()
    assert Learners(tmp_path, "ward").current() is None
    ben = people.create("Ben")
    assert {one.name for one in people.all()} == {"Anna", "Ben"}
    current = Learners(tmp_path, "ward").current()
    assert current is not None and current.id == ben.id
    people.choose(anna)
    current = Learners(tmp_path, "ward").current()
    assert current is not None and current.name == "Anna"
    assert (anna.folder / "progress" / "a.jsonl").read_text() == "work"


def test_each_pc_remembers_who_is_at_work_there(tmp_path: Path) -> None:
    ward, home = Learners(tmp_path, "ward"), Learners(tmp_path, "home")
    anna, ben = ward.create("Anna"), home.create("Ben")
    first, second = ward.current(), home.current()
    assert first is not None and second is not None
    assert (first.id, second.id) == (anna.id, ben.id)


def test_a_new_pc_with_one_persons_roaming_work_opens_it(tmp_path: Path) -> None:
    me = Learners(tmp_path, "ward").create("Anna")
    found = Learners(tmp_path, "clinic").current()
    assert found is not None and found.id == me.id


def test_two_pcs_that_begin_before_the_profile_roams_are_one_persons(tmp_path: Path) -> None:
    for machine in ("ward", "home"):
        me = Learners(tmp_path / machine, machine).create()
        (me.folder / "progress").mkdir()
        (me.folder / "progress" / f"{machine}.jsonl").touch()
    shutil.copytree(tmp_path / "home", tmp_path / "ward", dirs_exist_ok=True)
    (merged,) = Learners(tmp_path / "ward", "ward").all()
    assert {file.name for file in (merged.folder / "progress").iterdir()} == {"ward.jsonl", "home.jsonl"}


def test_a_name_can_be_changed(tmp_path: Path) -> None:
    people = Learners(tmp_path, "ward")
    me = people.rename(people.create(), "  Dr Zoë\n Ångström \u202e")
    found = people.get(me.id)
    assert found is not None and found.name == me.name == "Dr Zoë Ångström"


def test_two_people_may_have_the_same_name(tmp_path: Path) -> None:
    people = Learners(tmp_path, "ward")
    assert people.create("Anna").id != people.create("Anna").id
    assert len(people.all()) == 2


@pytest.mark.parametrize("name", ["../../etc", "con", "a" * 500, "<b>", "名前", "\x00", "🩺"])
def test_no_name_leads_anywhere(tmp_path: Path, name: str) -> None:
    people = Learners(tmp_path / "learners", "ward")
    me = people.create(name)
    assert me.folder.parent == tmp_path / "learners"
    assert {path.name for path in tmp_path.iterdir()} == {"learners"}
    found = people.get(me.id)
    assert found is not None and found.name == clean_name(name) and len(found.name) <= 60


@pytest.mark.parametrize("learner_id", ["..", "../learners", "", "current-ward.json", "nobody", "a/b"])
def test_an_id_that_is_nobodys_finds_nobody(tmp_path: Path, learner_id: str) -> None:
    people = Learners(tmp_path / "learners", "ward")
    people.create()
    assert people.get(learner_id) is None


@pytest.mark.parametrize(
    "junk", [b"", b"\x00\x00", b"[]", b'{"learner": 5}', b'{"learner": "../.."}', b'{"name": 7}']
)
def test_damaged_files_hide_nobodys_work(tmp_path: Path, junk: bytes) -> None:
    people = Learners(tmp_path, "ward")
    me = people.create("Anna")
    (me.folder / "progress").mkdir()
    (me.folder / "learner.json").write_bytes(junk)
    (tmp_path / "current-ward.json").write_bytes(junk)
    found = people.current()
    assert found is not None and found.id == me.id and found.name == ""


def test_those_with_the_latest_work_come_first(tmp_path: Path) -> None:
    people = Learners(tmp_path, "ward")
    made = [people.create(name) for name in ("old", "never", "new")]
    for one, time in ((made[0], 1_000_000), (made[2], 2_000_000)):
        file = one.folder / "progress" / "a.jsonl"
        file.parent.mkdir()
        file.touch()
        os.utime(file, (time, time))
    assert [one.name for one in people.all()] == ["new", "old", "never"]


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "learners").write_text("in the way")
    people = Learners(tmp_path / "learners", "ward")
    me = people.create("Anna")
    people.park()
    assert people.all() == ()
    with pytest.raises(MachineError, match="could not be saved"):
        people.rename(me, "Ben")


@pytest.mark.parametrize(
    ("host", "begins"),
    [
        ("WARD-7-PC", "ward-7-pc-"),
        ("ward-7-pc", "ward-7-pc-"),
        ("Büro №3", "b-ro-3-"),
        ("名前", ""),
        ("", "pc-"),
        ("con", "con-"),
        ("x" * 200, "xxxxxxxxxxxxxxx-"),
        ("a/../b", "a-b-"),
        ("\udcff", ""),
    ],
)
def test_any_host_name_gives_a_short_safe_id_that_stays(tmp_path: Path, host: str, begins: str) -> None:
    made = machine_id(tmp_path, host)
    assert made == machine_id(tmp_path, host)
    assert made.startswith(begins)
    assert machine_module.file_part(made) == made and len(made) <= 22


def test_two_pcs_differ_even_with_the_same_name_or_the_same_disk_image(tmp_path: Path) -> None:
    assert machine_id(tmp_path / "one", "pc") != machine_id(tmp_path / "two", "pc")
    assert machine_id(tmp_path, "pc-1") != machine_id(tmp_path, "pc-2")


def test_a_pc_that_can_keep_no_id_has_a_new_one_each_time(tmp_path: Path) -> None:
    (tmp_path / "local").write_text("in the way")
    first, second = (machine_id(tmp_path / "local", "pc") for _ in range(2))
    assert first.startswith("pc-") and first != second


def test_a_damaged_id_is_replaced(tmp_path: Path) -> None:
    machine_id(tmp_path, "pc")
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\x00\xff")
    made = machine_id(tmp_path, "pc")
    assert made.startswith("pc-") and made == machine_id(tmp_path, "pc")
