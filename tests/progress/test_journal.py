"""The journal on disk: appended to, read together, and what happens when the disk or the files are bad."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.progress import journal as journal_module
from tutor.progress.damage import Damage
from tutor.progress.events import About, Checked, Entry, Passed, Ran, Read, StepOpened, UnknownEvent
from tutor.progress.journal import Journal, read_journals
from tutor.progress.lines import encode
from tutor.progress.saver import Saver, SaveState

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy with other things

ABOUT = About(course="demo", lesson="first", step="s1")


def steps(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.event.about.step for entry in entries]


def read(folder: Path) -> journal_module.JournalsRead:
    return read_journals(folder, folder.parent / "damaged")


def test_what_is_recorded_is_read_again_in_order(
    tmp_path: Path, saver: Saver, about: Callable[..., About]
) -> None:
    journal = Journal(tmp_path / "progress", "ward-1", saver)
    made = [journal.record(StepOpened(about=about(f"s{n}"))) for n in range(20)]
    assert saver.flush(30)
    result = read(tmp_path / "progress")
    assert list(result.entries) == made
    assert (result.damage, result.unreadable) == ((), ())
    assert [entry.seq for entry in result.entries] == list(range(1, 21))
    assert journal.saved == 20 and journal.all_saved


def test_a_folder_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "progress") == journal_module.JournalsRead()
    assert list(tmp_path.iterdir()) == []


def test_two_sessions_write_two_files_that_are_read_as_one(tmp_path: Path, saver: Saver, clock: Any) -> None:
    folder = tmp_path / "progress"
    one, two = (Journal(folder, name, saver, clock=clock) for name in ("ward-1", "home-1"))
    for number in range(10):
        clock.move(seconds=1)
        (one, two)[number % 2].record(Read(about=About(step=str(number))))
    assert saver.flush(30)
    assert {file.name for file in folder.iterdir()} == {"ward-1.jsonl", "home-1.jsonl"}
    assert steps(read(folder).entries) == [str(number) for number in range(10)]


def test_a_copy_of_a_file_adds_nothing(tmp_path: Path, saver: Saver) -> None:
    folder = tmp_path / "progress"
    journal = Journal(folder, "ward-1", saver)
    made = [journal.record(Read(about=ABOUT)) for _ in range(3)]
    assert saver.flush(30)
    shutil.copy(journal.file, folder / "ward-1-DESKTOP-ABC (conflicted copy).jsonl")
    assert list(read(folder).entries) == made


def test_entries_stay_in_order_when_the_clock_goes_back(tmp_path: Path, saver: Saver, clock: Any) -> None:
    folder = tmp_path / "progress"
    first = Journal(folder, "ward-1", saver, clock=clock)
    for number in range(3):
        first.record(Read(about=About(step=str(number))))
        clock.move(hours=-5)
    assert saver.flush(30)
    clock.move(days=-400)
    second = Journal(folder, "ward-0", saver, clock=clock, last_tick=read(folder).last_tick)
    second.record(Read(about=About(step="3")))
    assert saver.flush(30)
    assert steps(read(folder).entries) == ["0", "1", "2", "3"]


@UNHURRIED
@given(cut=st.integers(0, 2000), text=st.text(max_size=10))
def test_a_file_cut_at_any_byte_loses_only_its_last_line(tmp_path_factory: Any, cut: int, text: str) -> None:
    folder = tmp_path_factory.mktemp("cut") / "progress"
    folder.mkdir()
    lines = [
        encode(Entry(Read(about=About(step=f"{text}{n}")), journal_module.utc_now(), "a", n, 1000 + n))
        for n in range(1, 6)
    ]
    whole = b"".join(lines)
    cut = min(cut, len(whole))
    (folder / "a.jsonl").write_bytes(whole[:cut])
    result = read(folder)
    complete = whole[:cut].count(b"\n")
    # A last line that lacks only its line end is complete all the same.
    assert len(result.entries) in (complete, complete + 1)
    assert [entry.seq for entry in result.entries] == list(range(1, len(result.entries) + 1))
    assert result.damage == ()


GOOD = [
    encode(Entry(Read(about=About(step=str(n))), journal_module.utc_now(), "a", n, 1000 + n))
    for n in range(1, 4)
]


@pytest.mark.parametrize(
    "junk",
    [
        b"garbage\n",
        b"\x00" * 512 + b"\n",
        b'{"kind": "read", "step": "caf\xc3\n',
        "Größe".encode("utf-16") + b"\n",
        b"[" * 50_000 + b"\n",
        b"x" * 300_000 + b"\n",
        b'{"kind":"read","time":5}\n',
        os.urandom(400).replace(b"\n", b"") + b"\xff\n",
    ],
    ids=["words", "nuls", "torn-utf8", "utf16", "deep", "overlong", "wrong-type", "random"],
)
def test_a_damaged_line_is_set_aside_and_the_rest_is_read(tmp_path: Path, junk: bytes) -> None:
    folder = tmp_path / "progress"
    folder.mkdir()
    file = folder / "a.jsonl"
    file.write_bytes(GOOD[0] + junk + b"\r\n\n" + GOOD[1] + GOOD[2])
    before = file.read_bytes()
    result = read(folder)
    assert steps(result.entries) == ["1", "2", "3"]
    (damage,) = result.damage
    assert damage.file == file and damage.lines == (2,) and damage.new
    assert damage.kept is not None and damage.kept.parent == tmp_path / "damaged"
    assert junk.rstrip(b"\n")[:65_000] in damage.kept.read_bytes()
    assert file.read_bytes() == before, "a reader never rewrites"
    (again,) = read(folder).damage
    assert not again.new and again.kept == damage.kept, "reported as known the second time"


def test_nuls_around_a_whole_line_do_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "progress").mkdir()
    (tmp_path / "progress" / "a.jsonl").write_bytes(GOOD[0] + b"\x00" * 100 + GOOD[1] + b"\x00" * 4096)
    result = read(tmp_path / "progress")
    assert steps(result.entries) == ["1", "2"]
    assert result.damage == ()


def test_damage_is_said_in_words() -> None:
    damage = Damage(Path("progress/a.jsonl"), "not JSON", (2,), Path("damaged") / "a-1.damaged")
    assert damage.sentence() == (
        "A part of a file of your work could not be read and was set aside (a.jsonl). "
        "A copy of it is in damaged. The rest is here."
    )
    restored = Damage(Path("me/progress/a.jsonl"), "lines were missing", restored=True)
    assert restored.sentence() == (
        "The folder of your work was changed by something else. This session is saved in it again: me."
    )


def test_a_hundred_megabytes_of_junk_cost_little_and_hide_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "progress"
    folder.mkdir()
    (folder / "good.jsonl").write_bytes(b"".join(GOOD))
    block = os.urandom(1_000_000)
    with (folder / "junk.jsonl").open("wb") as file:
        for _ in range(100):
            file.write(block)
    result = read(folder)
    assert steps(result.entries) == ["1", "2", "3"]
    (damage,) = result.damage
    assert damage.file.name == "junk.jsonl"
    assert sum(file.stat().st_size for file in (tmp_path / "damaged").iterdir()) <= 1_000_000


def test_a_huge_file_is_read_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "MOST_READ", 2_000)
    folder = tmp_path / "progress"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(GOOD[0] + b" " * 10_000 + b"\n" + GOOD[1])
    result = read(folder)
    assert steps(result.entries) == ["1"]
    assert "larger than" in result.damage[0].problem


def test_a_folder_and_a_file_that_cannot_be_opened_among_the_journals_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "progress"
    (folder / "folder.jsonl").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(GOOD[0])
    (folder / "notes.txt").write_text("not ours")
    result = read(folder)
    assert steps(result.entries) == ["1"]
    assert result.unreadable == ("folder.jsonl",)


def test_damage_that_cannot_be_copied_is_reported_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "progress"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(b"junk\n" + GOOD[0])
    (tmp_path / "damaged").write_text("a file where the folder would be")
    result = read(folder)
    assert steps(result.entries) == ["1"]
    assert result.damage[0].kept is None


def test_a_folder_that_may_not_be_written_is_told_and_saved_to_once_it_may(
    read_only: Path, told: Any
) -> None:
    saver = Saver(read_only, told, retry=(0.05,))
    journal = Journal(read_only / "progress", "ward-1", saver)
    made = [journal.record(Read(about=ABOUT)) for _ in range(3)]
    failed = told.wait_for(SaveState.FAILED)
    assert failed.what == f"This PC does not allow your work to be written in {read_only}."
    assert failed.do == "Leave this window open: your work is kept in it, and saving is tried again."
    assert not saver.flush(5)
    assert journal.saved == 0
    if os.geteuid() != os.getuid():
        os.seteuid(0)
    read_only.chmod(0o777)
    told.wait_for(SaveState.SAVED)
    assert list(read(read_only / "progress").entries) == made
    assert saver.close(30)


def test_a_full_disk_is_told_and_no_event_is_lost_or_torn(full_disk: Any, told: Any) -> None:
    folder, fill, make_room = full_disk
    saver = Saver(folder, told, retry=(0.05,))
    journal = Journal(folder / "progress", "ward-1", saver)
    made = [journal.record(Read(about=ABOUT)) for _ in range(25)]
    assert saver.flush(30)
    fill()
    made += [journal.record(Passed(about=ABOUT)) for _ in range(100)]
    failed = told.wait_for(SaveState.FAILED)
    assert failed.what == f"There is no room left for your work in {folder}."
    assert failed.do.startswith("Make room on this disk.")
    assert 25 <= len(read(folder / "progress").entries) < 125
    before = len(told.states)
    make_room()
    told.wait_for(SaveState.SAVED, after=before)
    result = read(folder / "progress")
    assert list(result.entries) == made
    assert result.damage == ()
    assert saver.close(30)


def test_a_folder_that_goes_away_and_comes_back_has_everything(tmp_path: Path, told: Any) -> None:
    home = tmp_path / "home"
    home.mkdir()
    saver = Saver(home, told, retry=(0.05,))
    journal = Journal(home / "progress", "ward-1", saver)
    made = [journal.record(Read(about=ABOUT)) for _ in range(3)]
    assert saver.flush(30)
    home.rename(tmp_path / "elsewhere")
    home.write_text("what stands where a network home is not")
    made.append(journal.record(Passed(about=ABOUT)))
    assert told.wait_for(SaveState.FAILED).what == f"The folder of your work cannot be reached: {home}."
    before = len(told.states)
    home.unlink()
    (tmp_path / "elsewhere").rename(home)
    told.wait_for(SaveState.SAVED, after=before)
    assert list(read(home / "progress").entries) == made
    assert saver.close(30)


def test_a_folder_that_was_deleted_gets_this_session_again_and_it_is_told(
    tmp_path: Path, saver: Saver
) -> None:
    damage: list[Damage] = []
    journal = Journal(tmp_path / "progress", "ward-1", saver, report_damage=damage.append)
    made = [journal.record(Read(about=ABOUT)) for _ in range(3)]
    assert saver.flush(30)
    shutil.rmtree(tmp_path / "progress")
    made.append(journal.record(Passed(about=ABOUT)))
    assert saver.flush(30)
    assert list(read(tmp_path / "progress").entries) == made
    assert [one.restored for one in damage] == [True]


def test_an_older_copy_of_the_file_that_was_put_back_is_brought_up_to_date(
    tmp_path: Path, saver: Saver
) -> None:
    journal = Journal(tmp_path / "progress", "ward-1", saver)
    made = [journal.record(Read(about=ABOUT))]
    assert saver.flush(30)
    old = journal.file.read_bytes()
    made.append(journal.record(Read(about=ABOUT)))
    assert saver.flush(30)
    journal.file.write_bytes(old)
    made.append(journal.record(Read(about=ABOUT)))
    assert saver.flush(30)
    assert list(read(tmp_path / "progress").entries) == made


def test_a_torn_line_of_a_failed_write_is_cut_off(tmp_path: Path, saver: Saver) -> None:
    journal = Journal(tmp_path / "progress", "ward-1", saver)
    made = [journal.record(Read(about=ABOUT))]
    assert saver.flush(30)
    with journal.file.open("ab") as file:
        file.write(b'{"kind":"re')
    made.append(journal.record(Read(about=ABOUT)))
    assert saver.flush(30)
    result = read(tmp_path / "progress")
    assert list(result.entries) == made
    assert result.damage == ()
    assert b'"re{' not in journal.file.read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe stands for a disk that stalls")
def test_a_disk_that_stalls_does_not_hold_who_records(tmp_path: Path, told: Any) -> None:
    """Opening a named pipe for writing waits until somebody reads: the background thread hangs in `open`."""
    saver = Saver(tmp_path, told, retry=(0.05,))
    journal = Journal(tmp_path / "progress", "ward-1", saver)
    journal.file.parent.mkdir()
    os.mkfifo(journal.file)
    made = [journal.record(Read(about=ABOUT)) for _ in range(2_000)]  # returns while the disk stalls
    assert journal.saved == 0
    assert not saver.flush(0.05)
    assert told.states[-1].state is SaveState.WAITING
    pipe = os.open(
        journal.file, os.O_RDONLY | os.O_NONBLOCK
    )  # the stall is over; the pipe is no file, so it fails
    journal.file.unlink()
    os.close(pipe)  # at once: what is written may be more than a pipe holds, and nobody reads it
    told.wait_for(SaveState.SAVED, after=1)
    assert list(read(tmp_path / "progress").entries) == made
    assert saver.close(30)


def test_when_too_much_waits_visits_are_left_out_but_never_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "MOST_WAITING", 5)
    (tmp_path / "progress").write_text("in the way")
    saver = Saver(tmp_path, retry=(0.05,))
    journal = Journal(tmp_path / "progress", "ward-1", saver)
    for _ in range(5):
        journal.record(StepOpened(about=ABOUT))
    for _ in range(50):
        journal.record(StepOpened(about=ABOUT))
        journal.record(Ran(about=ABOUT))
    journal.record(Checked(about=ABOUT, passed=True))
    (tmp_path / "progress").unlink()
    saver.flush(30)
    assert saver.close(30)
    entries = read(tmp_path / "progress").entries
    assert [type(entry.event) for entry in entries] == [StepOpened] * 5 + [Checked]
    assert [entry.seq for entry in entries] == list(range(1, 7))


def test_events_of_a_later_version_are_read_beside_ours(tmp_path: Path) -> None:
    folder = tmp_path / "progress"
    folder.mkdir()
    later = b'{"v":9,"kind":"dreamt","time":"2026-03-02T09:30:01.234+01:00","session":"z","seq":1,"of":["sheep"]}\n'
    (folder / "a.jsonl").write_bytes(GOOD[0] + later)
    result = read(folder)
    assert {type(entry.event) for entry in result.entries} == {Read, UnknownEvent}
    assert result.damage == ()
