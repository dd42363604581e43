"""A data folder in trouble, in the real window: a clear message, the lesson goes on, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tutor.errors import Fault
from tutor.lessons.model import Course
from tutor.paths import folders
from tutor.progress.drafts import DraftKey
from tutor.progress.journal import read_journals
from tutor.progress.store import Store
from tutor.ui.hands import Hands

KEY = DraftKey("ui-course", "every-kind", "writing")
SAVED = "Your work is saved"


def at_work(hands: Hands, program: str) -> None:
    """Open the step that is written in, type, and run."""
    hands.open("every-kind", "writing")
    type_and_run(hands, program)


def type_and_run(hands: Hands, program: str) -> None:
    hands.type_program(hands.work.editor, program)
    hands.run()
    hands.wait_for_end()


def told(hands: Hands, words: str) -> None:
    """The message is on show, says whose fault it is, and the footer says the same."""
    bar = hands.window.trouble
    hands.wait(lambda: bar.isVisible() and words in bar.accessibleDescription(), f'"{words}" is said')
    assert bar.shown is not None and bar.shown.fault is Fault.PC and bar.shown.do
    hands.wait(lambda: hands.window.footer.saving == "Your work is not saved", "the footer says so too")


def found_again(open_on: Callable[..., Hands], course: Course, data: Path) -> str:
    """The program, in a window that is opened again."""
    again = open_on(course, data=data)
    again.open("every-kind", "writing")
    return again.work.editor.text()


def events(data: Path) -> list[str]:
    """The kinds of event of all journals."""
    kinds = []
    for folder in (data / "learners").glob("*/progress"):
        kinds += [entry.event.KIND for entry in read_journals(folder, data / "damaged").entries]
    return kinds


def test_a_full_disk_is_said_and_everything_is_saved_once_there_is_room(
    open_on: Callable[..., Hands],
    course: Course,
    full_disk: tuple[Path, Callable[[], None], Callable[[], None]],
) -> None:
    data, fill, make_room = full_disk
    hands = open_on(course, data=data)
    at_work(hands, 'print("first")\n')
    hands.wait(lambda: hands.window.footer.saving == SAVED, "the first program is saved")
    fill()
    type_and_run(hands, 'print("second")\n')
    told(hands, "There is no room left for your work in")
    assert "second" in hands.work.panel.output.view.toPlainText()
    make_room()
    hands.wait(lambda: hands.window.footer.saving == SAVED, "it is saved now")
    assert not hands.window.trouble.isVisible(), "the message goes when its cause has gone"
    hands.window.close()
    assert found_again(open_on, course, data) == 'print("second")\n'
    assert events(data).count("ran") == 2


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write in, not even root."""
    folder = tmp_path / "closed"
    folder.mkdir()
    if os.name == "nt":
        pytest.skip("folders are closed to writing in other ways on Windows")
    if os.geteuid() == 0:
        mount = ["mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(folder)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted on this machine")
        yield folder
        subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_said_and_the_work_is_kept_in_one_file_that_can_be_imported(
    open_on: Callable[..., Hands], course: Course, closed_folder: Path, tmp_path: Path
) -> None:
    hands = open_on(course, data=closed_folder)
    at_work(hands, 'print("kept")\n')
    told(hands, "This PC does not allow your work to be written in")
    hands.check()
    hands.window.close()
    closed = hands.opened.closed
    assert closed is not None and not closed.saved and closed.rescued is not None
    assert not closed.rescued.is_relative_to(closed_folder)
    elsewhere = Store(folders(tmp_path / "elsewhere"))
    elsewhere.import_from(closed.rescued)
    draft = elsewhere.drafts.load(KEY)
    assert draft is not None and draft.text == 'print("kept")\n'
    assert elsewhere.progress.step("ui-course", "every-kind", "writing").tries == 1
    assert elsewhere.close().saved


def test_a_folder_that_goes_away_while_one_works_is_said_and_has_everything_when_it_comes_back(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    data, away = tmp_path / "network" / "data", tmp_path / "away"
    hands = open_on(course, data=data)
    at_work(hands, 'print("before")\n')
    hands.wait(lambda: hands.window.footer.saving == SAVED, "it is saved")
    (tmp_path / "network").rename(away)
    (tmp_path / "network").write_text("the share is not connected", encoding="utf-8")
    type_and_run(hands, 'print("meanwhile")\n')
    told(hands, "The folder of your work cannot be reached")
    hands.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    (tmp_path / "network").unlink()
    away.rename(tmp_path / "network")
    hands.wait(lambda: hands.window.footer.saving == SAVED, "it is saved again")
    assert not hands.window.trouble.isVisible()
    hands.window.close()
    assert found_again(open_on, course, data) == 'print("meanwhile")\n'
    assert events(data).count("ran") == 2


def test_a_folder_that_was_deleted_while_one_works_gets_this_session_again(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    hands = open_on(course, data=data)
    at_work(hands, 'print("before")\n')
    hands.wait(lambda: hands.window.footer.saving == SAVED, "it is saved")
    data.rename(tmp_path / "gone")
    type_and_run(hands, 'print("after")\n')
    bar = hands.window.trouble
    hands.wait(
        lambda: "was changed by something else" in bar.accessibleDescription(), "what happened is said"
    )
    hands.window.close()
    assert found_again(open_on, course, data) == 'print("after")\n'
    assert events(data).count("ran") == 2


@pytest.mark.parametrize("junk", [b"\x00" * 4096, b"{not json\n", os.urandom(2048) + b"\n", b'{"v": 1}\n'])
def test_a_journal_with_garbage_in_it_is_said_and_the_rest_is_there(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path, junk: bytes
) -> None:
    data = tmp_path / "data"
    hands = open_on(course, data=data)
    at_work(hands, "def double(n):\n    return 2 * n\n")
    hands.window.close()
    journal = next((data / "learners").glob("*/progress/*.jsonl"))
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + junk + (b"" if junk.endswith(b"\n") else b"\n") + b"".join(lines[1:]))
    again = open_on(course, data=data)
    again.open("every-kind", "writing")
    bar = again.window.trouble
    again.wait(lambda: bar.isVisible() and "set aside" in bar.accessibleDescription(), "the damage is said")
    assert again.work.editor.text() == "def double(n):\n    return 2 * n\n"
    assert len(events(data)) >= len(lines)
    again.window.close()
    third = open_on(course, data=data)
    third.open()
    assert not third.window.trouble.isVisible(), "it is said once"


def test_two_windows_at_once_lose_nothing_and_each_finds_what_the_other_typed(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    one = open_on(course)
    one.open("every-kind", "writing")
    two = open_on(course)
    two.open("every-kind", "writing")
    one.work.editor.replace_all('print("one")\n')
    two.work.editor.replace_all('print("two, later")\n')
    for hands in (one, two):
        hands.wait(lambda hands=hands: hands.window.footer.saving == SAVED, "it is saved")
    two.check()
    two.window.close()
    one.window.close()
    again = open_on(course)
    again.open("every-kind", "writing")
    assert again.work.editor.text() == 'print("two, later")\n'
    again.click(again.work.title.history)
    kept = [(program.outcome, program.text) for program in again.window.history.programs]
    assert ("refused", 'print("two, later")\n') in kept
    assert ("", 'print("one")\n') in kept
    bring = [program.text for program in again.window.history.programs].index('print("one")\n')
    again.click(again.window.history.buttons[bring])
    assert again.work.editor.text() == 'print("one")\n'


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file that keeps whoever reads it waiting is POSIX's")
def test_settings_that_the_disk_gives_late_are_applied_to_the_window_that_is_open(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    file = folders(data).settings
    os.mkfifo(file)
    hands = open_on(course, data=data)
    assert hands.opened.settings.settings.theme == "system"
    hands.open("every-kind", "writing")
    before = hands.window.look.px(100)
    file.write_text('{"theme": "dark", "text_size": 125, "run_seconds": 20}', "utf-8")
    hands.wait(lambda: hands.window.look.theme.dark, "the theme comes late")
    assert hands.window.look.px(100) == before * 5 // 4
    assert hands.opened.session.free_run.seconds == 20.0
    assert hands.work.editor.text().startswith("def double(number):")
