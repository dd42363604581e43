"""Several people share one sign-in: their work is parked, chosen, carried, and never erased."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tutor.progress.journal import ENDING
from tutor.progress.place_code import SYMBOLS
from tutor.session.events import (
    PatientsInWork,
    PeopleTrouble,
    PlaceTaken,
    ProgressChanged,
    StepOpened,
    StepState,
    WhoseWork,
    WorkExported,
    WorkImported,
)

Start = Callable[[], tuple[Any, Any]]


def begin(start: Start, step: str = "add") -> tuple[Any, Any]:
    session, heard = start()
    session.open("all-kinds", step)
    heard.wait(StepOpened)
    return session, heard


def test_a_chosen_name_is_kept_for_the_next_start(start: Start) -> None:
    session, heard = begin(start)
    session.people.call_me("  Priya\n  E. ")
    shown = heard.wait(WhoseWork)
    assert (shown.name, shown.at_work) == ("Priya E.", True)
    session.close()
    again, heard = start()
    again.people.show()
    assert heard.wait(WhoseWork).name == "Priya E."


def test_not_me_parks_the_work_and_its_owner_finds_it_again(start: Start) -> None:
    session, heard = begin(start)
    session.people.call_me("Priya")
    heard.wait(WhoseWork)
    session.edit("def add(a, b):\n    return 1\n")
    session.people.park()
    parked = heard.wait(WhoseWork)
    assert (parked.at_work, parked.name, parked.place_code) == (False, "", "")
    assert [one.name for one in parked.people] == ["Priya"]
    session.people.start_fresh("Tom")
    shown = heard.wait(WhoseWork)
    assert [(one.name, one.current) for one in shown.people] == [("Tom", True), ("Priya", False)]
    opened = heard.wait(StepOpened).view
    assert (opened.lesson.id, opened.number, opened.first_ever) == ("all-kinds", 1, True)
    session.open("all-kinds", "add")
    assert "..." in heard.wait(StepOpened).view.program
    session.people.choose(shown.people[1].id)
    assert heard.wait(WhoseWork).name == "Priya"
    opened = heard.wait(StepOpened).view
    assert (opened.step.id, opened.program) == ("add", "def add(a, b):\n    return 1\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file that keeps whoever reads it waiting is POSIX's")
def test_while_another_persons_work_is_read_from_a_slow_disk_nothing_that_is_typed_is_lost(
    start: Start,
) -> None:
    session, heard = begin(start)
    first = session.work.learner
    session.people.start_fresh("Tom")
    heard.wait(WhoseWork)
    session.open("all-kinds", "add")
    heard.wait(StepOpened)
    slow = first.folder / "progress" / f"slow{ENDING}"
    os.mkfifo(slow)
    session.people.choose(first.id)
    session.edit("typed while they wait = 1\n")
    with slow.open("wb"):  # waits until it is being read
        assert session.work is not None and session.work.learner.name == "Tom"
        session.edit("typed while it is read = 2\n")
    slow.unlink()
    while (shown := heard.wait(WhoseWork)).name == "Tom":
        pass
    session.people.choose(next(one.id for one in shown.people if one.name == "Tom"))
    while (shown := heard.wait(WhoseWork)).name != "Tom":
        pass
    session.open("all-kinds", "add")
    while (view := heard.wait(StepOpened).view).step.id != "add" or session.work.learner.name != "Tom":
        pass
    assert view.program == "typed while it is read = 2\n"


def test_start_fresh_parks_what_is_open_and_erases_nothing(start: Start) -> None:
    session, heard = begin(start)
    session.edit("mine = 1\n")
    session.people.start_fresh()
    shown = heard.wait(WhoseWork)
    assert len(shown.people) == 2
    assert heard.wait(StepOpened).view.first_ever
    session.people.choose(shown.people[1].id)
    assert heard.wait(StepOpened).view.program == "mine = 1\n"


def test_after_not_me_the_next_start_asks_who_is_here_and_opens_nobodys_work(start: Start) -> None:
    session, heard = begin(start)
    session.people.park()
    heard.wait(WhoseWork)
    session.close()
    again, heard = start()
    again.open()
    asked = heard.wait(WhoseWork)
    assert not asked.at_work and len(asked.people) == 1
    again.settle()
    assert not [event for event in heard.all if isinstance(event, StepOpened)]
    again.people.choose(asked.people[0].id)
    assert heard.wait(StepOpened).view.step.id == "add"


def test_a_program_that_runs_is_stopped_when_its_owner_is_parked(start: Start) -> None:
    session, heard = begin(start)
    session.edit("while True:\n    pass\n")
    session.run()
    session.settle()
    assert session.running
    session.people.park()
    heard.wait(WhoseWork)
    assert not session.running
    session.edit("not kept for anybody")
    session.check()
    assert session.settle()


def test_exported_work_is_merged_on_another_pc(start: Start, tmp_path: Path) -> None:
    session, heard = begin(start)
    session.people.call_me("Priya")
    session.edit("def add(a, b):\n    return a + b\n")
    session.check()
    heard.wait(ProgressChanged)
    session.people.export(tmp_path / "work.zip")
    exported = heard.wait(WorkExported)
    assert exported.file == tmp_path / "work.zip" and exported.files >= 2
    session.people.start_fresh()
    heard.wait(StepOpened)
    session.people.import_from(tmp_path / "work.zip")
    imported = heard.wait(WorkImported)
    assert (imported.name, imported.added) == ("Priya", exported.files)
    opened = heard.wait(StepOpened).view
    assert (opened.step.id, opened.program) == ("add", "def add(a, b):\n    return a + b\n")
    assert opened.states[6] is StepState.DONE


def test_a_file_that_is_no_work_is_refused_in_words(start: Start, tmp_path: Path) -> None:
    session, heard = begin(start)
    (tmp_path / "other.zip").write_text("no zip", encoding="utf-8")
    session.people.import_from(tmp_path / "other.zip")
    refused = heard.wait(PeopleTrouble)
    assert (refused.about, refused.what) == ("file", "other.zip is not a complete file of exported work.")


def test_an_export_to_a_folder_that_cannot_be_written_says_so(start: Start, tmp_path: Path) -> None:
    session, heard = begin(start)
    (tmp_path / "file").write_text("", encoding="utf-8")
    session.people.export(tmp_path / "file" / "work.zip")
    refused = heard.wait(PeopleTrouble)
    assert refused.about == "file" and refused.do == "Choose another folder."


def test_a_place_code_takes_the_place_to_another_pc(start: Start) -> None:
    session, heard = begin(start)
    session.open("second")
    heard.wait(StepOpened)
    session.mark_read()
    heard.wait(ProgressChanged)
    session.people.show()
    code = heard.wait(WhoseWork).place_code
    session.people.start_fresh()
    heard.wait(StepOpened)
    session.people.bring_place(code.lower().replace("-", " "))
    taken = heard.wait(PlaceTaken)
    assert (taken.lessons, taken.lesson_title) == (1, "The second lesson")
    opened = heard.wait(StepOpened).view
    assert (opened.lesson.id, opened.passed) == ("second", True)


def test_a_mistyped_place_code_names_the_group_and_changes_nothing(start: Start) -> None:
    session, heard = begin(start)
    session.people.show()
    code = heard.wait(WhoseWork).place_code
    other = next(one for one in SYMBOLS if one != code[5])
    session.people.bring_place(code[:5] + other + code[6:])
    refused = heard.wait(PeopleTrouble)
    assert refused.about == "code" and refused.what.endswith("probably in group 2.")
    session.settle()
    assert not [event for event in heard.all if isinstance(event, PlaceTaken)]


def test_where_the_work_is_kept_is_said_in_one_line(start: Start) -> None:
    session, heard = begin(start)
    session.people.show()
    shown = heard.wait(WhoseWork)
    assert shown.kept.startswith("Your work stays on this PC, in ")
    assert session.people.kept_sentence == shown.kept


def test_work_that_holds_patient_data_is_asked_about_before_it_is_exported(
    start: Start, tmp_path: Path
) -> None:
    session, heard = begin(start)
    session.edit("# Sarah Jones, born 12/03/1951\n")
    target = tmp_path / "work.zip"
    session.people.export(target, check_for_patients=True)
    asked = heard.wait(PatientsInWork)
    assert asked.target == target and not target.exists()
    assert len(asked.files) == 1 and asked.files[0].startswith("drafts/")
    session.people.export(target, leave_out=asked.files)
    heard.wait(WorkExported)
    with zipfile.ZipFile(target) as pack:
        assert asked.files[0] not in pack.namelist()
    session.people.export(target)
    heard.wait(WorkExported)
    with zipfile.ZipFile(target) as pack:
        assert asked.files[0] in pack.namelist()
