"""One learner's work as the session uses it: opened, worked in, closed, opened again, on good and bad disks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tutor.lessons.model import Course
from tutor.paths import Folders, folders
from tutor.progress import events
from tutor.progress.damage import Damage
from tutor.progress.drafts import DraftKey
from tutor.progress.events import About
from tutor.progress.lines import decode
from tutor.progress.place_code import PlaceCodeError
from tutor.progress.saver import SaveState
from tutor.progress.store import Store, session_name

KEY = DraftKey("demo", "first", "s1")
ABOUT = About(course="demo", lesson="first", step="s1", concepts=("first-1",))


def test_everything_is_found_again_after_closing(data: Folders, told: Any) -> None:
    first = Store(data, report=told)
    assert first.progress.first_ever
    first.record(events.StepOpened(about=ABOUT))
    first.record(events.Checked(about=ABOUT, passed=True))
    first.drafts.save(KEY, "print(1)")
    assert first.close(30).saved
    assert told.states[-1].state is SaveState.SAVED
    second = Store(data)
    assert second.learner.id == first.learner.id and not second.progress.first_ever
    position, draft = second.progress.position, second.drafts.load(KEY)
    assert position is not None and position.step == "s1"
    assert draft is not None and draft.text == "print(1)"
    assert second.progress.step("demo", "first", "s1").passed
    assert second.close(30).saved


def test_opening_and_closing_writes_no_journal(data: Folders) -> None:
    store = Store(data)
    assert store.close(30).saved
    assert list(store.learner.folder.glob("progress/*")) == []


def test_a_session_begins_with_what_it_was_recorded_with(data: Folders) -> None:
    store = Store(data)
    store.record(events.Read(about=ABOUT))
    assert store.close(30).saved
    (file,) = store.learner.folder.glob("progress/*")
    assert file.stem == store.session
    first, second = (decode(line) for line in file.read_bytes().splitlines())
    assert isinstance(first.event, events.SessionStarted) and first.event.python.count(".") == 2
    assert (first.seq, second.seq) == (1, 2)


def test_two_windows_at_once_lose_nothing(data: Folders) -> None:
    one, two = Store(data), Store(data)
    assert one.learner.id == two.learner.id
    for number in range(20):
        store = (one, two)[number % 2]
        store.record(events.Read(about=About(course="demo", lesson="first", step=f"s{number}")))
    assert one.close(30).saved and two.close(30).saved
    third = Store(data)
    assert all(third.progress.step("demo", "first", f"s{number}").passed for number in range(20))
    assert third.close(30).saved


def test_sessions_of_one_pc_sort_by_time_and_never_meet(clock: Any) -> None:
    names = []
    for _ in range(5):
        names.append(session_name("ward-7", clock()))
        clock.move(seconds=1)
    assert names == sorted(names)
    assert len({session_name("ward-7", clock()) for _ in range(200)}) == 200


def test_what_cannot_be_saved_is_offered_as_one_file_that_can_be_imported(
    data: Folders, tmp_path: Path, told: Any
) -> None:
    store = Store(data, report=told)
    store.record(events.Passed(about=ABOUT))
    assert store.flush(30)
    shutil.rmtree(data.learners)
    data.learners.write_text("what stands where the folder was")
    store.record(events.Passed(about=About(course="demo", lesson="first", step="s2")))
    store.drafts.save(KEY, "not lost")
    told.wait_for(SaveState.FAILED)
    closed = store.close(5, tmp_path / "Desktop")
    assert not closed.saved and closed.rescued is not None
    assert closed.rescued.parent == tmp_path / "Desktop"
    there = Store(folders(tmp_path / "elsewhere"))
    assert there.import_from(closed.rescued).added == 2
    assert (
        there.progress.step("demo", "first", "s1").passed
        and there.progress.step("demo", "first", "s2").passed
    )
    draft = there.drafts.load(KEY)
    assert draft is not None and draft.text == "not lost"
    assert there.close(30).saved


def test_where_nothing_can_be_saved_at_all_closing_says_so(data: Folders, tmp_path: Path) -> None:
    data.data.mkdir(parents=True)
    data.learners.write_text("in the way")
    (tmp_path / "Desktop").write_text("in the way too")
    store = Store(data)
    store.record(events.Passed(about=ABOUT))
    closed = store.close(5, tmp_path / "Desktop")
    assert not closed.saved and closed.rescued is None
    assert closed.trouble is not None and "Desktop" in closed.trouble.what


def test_a_tutor_that_can_write_nothing_still_works(read_only: Path, told: Any) -> None:
    store = Store(folders(read_only / "data"), report=told)
    store.record(events.StepOpened(about=ABOUT))
    store.record(events.Checked(about=ABOUT, passed=True))
    store.drafts.save(KEY, "x = 1")
    failed = told.wait_for(SaveState.FAILED)
    assert failed.what.startswith("This PC does not allow your work to be written in ")
    draft = store.drafts.load(KEY)
    assert draft is not None and draft.text == "x = 1"
    assert store.progress.step("demo", "first", "s1").passed
    assert not store.close(5).saved


def test_work_that_cannot_be_read_is_trouble_and_the_session_goes_on(data: Folders) -> None:
    first = Store(data)
    assert first.close(30).saved
    (first.learner.folder / "progress").write_text("in the way")
    second = Store(data)
    assert second.trouble is not None
    assert second.trouble.what.startswith(
        f"Your earlier work in {first.learner.folder / 'progress'} could not be read ("
    )
    assert second.trouble.do.startswith("What you do now is kept.")
    second.record(events.Read(about=ABOUT))
    assert second.progress.step("demo", "first", "s1").passed
    assert not second.close(5).saved


def test_a_journal_that_cannot_be_opened_just_now_is_trouble_and_hides_nothing_else(data: Folders) -> None:
    first = Store(data)
    first.record(events.Read(about=ABOUT))
    assert first.close(30).saved
    (first.learner.folder / "progress" / "only-in-the-cloud.jsonl").mkdir()
    second = Store(data)
    assert second.trouble is not None
    assert second.trouble.what == (
        f"1 of the files of your earlier work in {first.learner.folder / 'progress'} could not be opened."
    )
    assert second.progress.step("demo", "first", "s1").passed
    assert second.close(30).saved


def test_importing_forgets_nothing_that_is_not_on_disk_yet(data: Folders, tmp_path: Path) -> None:
    other = Store(folders(tmp_path / "other"))
    other.record(events.Read(about=About(course="demo", lesson="first", step="s2")))
    other.export(tmp_path / "a.zip")
    assert other.close(30).saved
    store = Store(data)
    (store.learner.folder / "progress" / f"{store.session}.jsonl").mkdir(parents=True)  # cannot be written
    store.record(events.Read(about=ABOUT))
    assert not store.flush(5)
    assert store.import_from(tmp_path / "a.zip").added == 1
    assert store.progress.step("demo", "first", "s1").passed
    assert store.progress.step("demo", "first", "s2").passed
    store.close(5)


def test_damage_is_told_once_and_not_at_every_start(data: Folders) -> None:
    first = Store(data)
    first.record(events.Read(about=ABOUT))
    assert first.close(30).saved
    (file,) = first.learner.folder.glob("progress/*")
    file.write_bytes(b"junk\n" + file.read_bytes())
    told: list[Damage] = []
    for _ in range(3):
        store = Store(data, report_damage=told.append)
        assert len(store.damage) == 1 and store.progress.step("demo", "first", "s1").passed
        assert store.close(30).saved
    assert len(told) == 1


def test_a_place_code_takes_the_place_to_another_pc(
    data: Folders, tmp_path: Path, make_course: Callable[..., Course]
) -> None:
    course = make_course()
    here = Store(data)
    for number in range(1, 5):
        here.record(events.Read(about=About(course="demo", lesson="first", step=f"s{number}")))
    here.record(events.StepOpened(about=About(course="demo", lesson="second", step="s2")))
    code = here.place_code(course)
    assert here.close(30).saved

    there_folders = folders(tmp_path / "there")
    there = Store(there_folders)
    with pytest.raises(PlaceCodeError):
        there.bring_place(course, code[:-1] + ("2" if code[-1] != "2" else "3"))
    assert there.progress.first_ever
    assert there.bring_place(course, code).lesson == "second"
    assert there.close(30).saved
    again = Store(there_folders)
    assert again.progress.lesson("demo", course.lessons[0]).done
    position = again.progress.position
    assert position is not None and (position.lesson, position.step) == ("second", "s2")
    assert again.place_code(course) == code
    assert again.close(30).saved


def test_review_cards_come_by_this_pcs_days(
    data: Folders, clock: Any, make_course: Callable[..., Course]
) -> None:
    store = Store(data, clock=clock)
    store.record(events.Chosen(about=ABOUT, right=True))
    assert store.review_cards(make_course()) == ()
    clock.move(days=1, hours=1)
    (card,) = store.review_cards(make_course())
    assert card.concept == "first-1"
    assert store.close(30).saved


def test_another_persons_work_is_apart(data: Folders) -> None:
    anna = Store(data)
    anna.record(events.Read(about=ABOUT))
    anna.drafts.save(KEY, "anna's")
    assert anna.close(30).saved
    anna.learners.park()
    ben = Store(data, anna.learners.create("Ben"))
    assert ben.progress.first_ever and ben.drafts.load(KEY) is None
    assert ben.close(30).saved
    anna.learners.choose(anna.learner)
    again = Store(data)
    assert again.progress.step("demo", "first", "s1").passed
    assert again.close(30).saved


@pytest.mark.parametrize(
    "name", ["données", "My Work (1)", "名前", "a'b\"c" if os.name != "nt" else "a'b", "x" * 100]
)
def test_a_data_folder_of_any_name_works(tmp_path: Path, name: str) -> None:
    data = folders(tmp_path / name)
    store = Store(data)
    store.record(events.Read(about=ABOUT))
    store.drafts.save(KEY, "x")
    assert store.close(30).saved
    again = Store(data)
    assert again.progress.step("demo", "first", "s1").passed and again.drafts.load(KEY) is not None
    assert again.close(30).saved


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe stands for a disk that stalls")
def test_a_disk_that_stalls_holds_neither_typing_nor_recording_nor_closing(
    data: Folders, tmp_path: Path
) -> None:
    store = Store(data)
    assert store.flush(30)
    folder = store.learner.folder / "progress"
    folder.mkdir(parents=True)
    pipe = folder / f"{store.session}.jsonl"
    os.mkfifo(pipe)
    for number in range(1_000):
        store.record(events.Ran(about=ABOUT))
        store.drafts.save(KEY, "x" * number)
    closed = store.close(0.2, tmp_path / "Desktop")
    assert closed.rescued is not None
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # let the background thread go
    os.close(reader)
    pipe.unlink(missing_ok=True)
    other = Store(folders(tmp_path / "other"))
    assert other.import_from(closed.rescued).added == 2
    assert other.progress.step("demo", "first", "s1").runs == 1_000
    draft = other.drafts.load(KEY)
    assert draft is not None and len(draft.text) == 999
    assert other.close(30).saved
