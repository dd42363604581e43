"""A lesson's file in the editor: saved as its writer's other programs left it, never lost, and never a trace of ours."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tutor.authoring.cases import case_text, read_case
from tutor.authoring.replay import CaseState, Replayed

CTRL = Qt.KeyboardModifier.ControlModifier


def test_saving_reads_the_lesson_again_beside_the_editor(writer) -> None:
    writer.edit()
    writer.rewrite("Write `double(number)`.", "Write `double(number)` once more.")
    assert writer.room.file.state.text() == "Not saved yet"
    shown = writer.opened.wiring.steps_shown
    writer.editor.setFocus()
    writer.press(Qt.Key.Key_S, CTRL)
    writer.wait(lambda: writer.opened.wiring.steps_shown > shown, "the lesson is read again")
    assert "once more" in writer.window.lesson.text.toPlainText()
    assert writer.room.has_keyboard
    assert "once more" in writer.lesson.read_text(encoding="utf-8")
    assert writer.room.file.state.text() == "Saved"


def test_ctrl_s_outside_the_editor_still_saves_the_program(writer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        type(writer.opened.navigation), "_save_now", lambda _self, name, _data: asked.append(name)
    )
    writer.edit()
    writer.window.show_work()
    writer.work.focus_first()
    writer.press(Qt.Key.Key_S, CTRL)
    assert asked == ["main.py"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), "both"),
        (lambda data: data.replace(b"\n", b"\r\n", 40), "mixed"),
    ],
)
def test_all_but_the_changed_line_stays_byte_for_byte(
    write_on: Callable, folder: Path, before: Callable[[bytes], bytes], after: str
) -> None:
    file = folder / "first" / "01-every-kind.yaml"
    data = before(file.read_bytes())
    file.write_bytes(data)
    hands = write_on(folder)
    hands.open("every-kind", "writing")
    hands.edit()
    hands.rewrite("Double a number", "Twice a number")
    hands.save()
    assert file.read_bytes() == data.replace(b"Double a number", b"Twice a number")


def test_a_broken_file_shows_its_problems_by_line_and_the_last_good_lesson_stays(writer) -> None:
    writer.edit()
    writer.rewrite("    solution: |\n      def double", "    solutoin: |\n      def double")
    writer.save()
    writer.look()
    line = writer.editor.text()[: writer.editor.text().index("solutoin")].count("\n") + 1
    assert "did you mean `solution`?" in writer.editor.problem_boxes()[line]
    assert writer.room.file.problems.text().startswith("To mend: 1")
    assert writer.window.body.currentWidget() is writer.window.halves
    writer.wait(lambda: writer.room.file.kept.isVisible(), "it says that the last good version is shown")
    assert writer.room.has_keyboard
    writer.rewrite("solutoin", "solution")
    writer.save()
    writer.look()
    assert line not in writer.editor.problem_boxes()
    assert not writer.room.file.kept.isVisible()


SLIPS = [
    ("  - kind: read", "\t- kind: read", "tab"),
    ("title: Every kind of step", "title: Every kind: of step", ""),
    ("minutes: 20", "minutes: twenty", "whole number"),
    ("steps:", "stebs:", "did you mean `steps`?"),
    ("  - kind: predict", "   - kind: predict", ""),
    ("format: 1", "format: [1", ""),
    ("steps:\n", "steps:\nsteps:\n", "second time"),
    ('print("Bed 1")', 'print("Bed 1"', ""),
]


def test_whatever_a_writer_does_wrong_is_said_by_line(writer) -> None:
    writer.edit()
    good = writer.editor.text()
    for old, new, said in SLIPS:
        assert old in good
        writer.editor.replace_all(good.replace(old, new, 1))
        QApplication.processEvents()
        writer.save()
        writer.look()
        boxes = writer.editor.problem_boxes()
        assert boxes, new
        assert said.lower() in " ".join(boxes.values()).lower()


def test_problems_are_marked_while_one_types_but_never_on_the_line_that_is_typed(writer) -> None:
    writer.edit()
    writer.editor.go_to(2, 0)
    line = writer.editor.text()[: writer.editor.text().index("minutes:")].count("\n") + 1
    writer.rewrite("minutes: 20", "minuts: 20")
    writer.editor.go_to(2, 0)
    writer.wait(lambda: line in [mark.line for mark in writer.editor.live_marks()], "the line is marked")
    assert line not in writer.editor.problem_boxes()
    writer.editor.go_to(line)
    writer.rewrite("minuts: 20", "minuts: 21")
    writer.look()
    assert line not in [mark.line for mark in writer.editor.live_marks()]


def test_another_programs_changes_are_taken_where_nothing_of_ones_own_is_lost(writer) -> None:
    writer.edit()
    text = writer.lesson.read_text(encoding="utf-8")
    writer.lesson.write_text(text.replace("Double a number", "From Notepad"), encoding="utf-8")
    writer.wait(lambda: "From Notepad" in writer.editor.text(), "the editor follows the file")
    assert writer.room.file.question == ""
    assert writer.room.file.state.text() == "Saved"
    writer.editor.undo()
    assert "Double a number" in writer.editor.text()


def test_both_changed_keep_mine_keeps_the_other_text_as_a_copy(writer) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Mine")
    text = writer.lesson.read_text(encoding="utf-8")
    writer.lesson.write_text(text.replace("Double a number", "Theirs"), encoding="utf-8")
    writer.wait(lambda: writer.room.file.question, "it is asked")
    keep, _take = writer.room.file.answers
    writer.click(keep)
    writer.wait(lambda: "Mine" in writer.lesson.read_text(encoding="utf-8"), "mine is saved")
    copies = list((writer.opened.navigation.folders.data / "writing" / "copies").iterdir())
    assert len(copies) == 1
    assert "Theirs" in copies[0].read_text(encoding="utf-8")


def test_both_changed_take_theirs_and_ctrl_z_brings_mine_back(writer) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Mine")
    text = writer.lesson.read_text(encoding="utf-8")
    writer.lesson.write_text(text.replace("Double a number", "Theirs"), encoding="utf-8")
    writer.wait(lambda: writer.room.file.question, "it is asked")
    _keep, take = writer.room.file.answers
    writer.click(take)
    assert "Theirs" in writer.editor.text()
    writer.editor.undo()
    assert "Mine" in writer.editor.text()


def test_saving_over_a_file_that_changed_since_asks_even_where_nothing_told_of_it(writer) -> None:
    writer.edit()
    writer.writing._watch.watch(
        writer.lesson.parent / "nothing.yaml"
    )  # as on a network drive that tells nothing
    writer.rewrite("Double a number", "Mine")
    text = writer.lesson.read_text(encoding="utf-8")
    writer.lesson.write_text(text.replace("Double a number", "Theirs"), encoding="utf-8")
    writer.save()
    assert "was changed by another program" in writer.room.file.question
    assert "Theirs" in writer.lesson.read_text(encoding="utf-8")


def test_a_file_that_vanishes_is_said_and_can_be_written_again(writer) -> None:
    writer.edit()
    file = writer.lesson
    writer.rewrite("Double a number", "Still here")
    file.unlink()
    writer.save()
    assert "is not there any more" in writer.room.file.question
    again, _leave = writer.room.file.answers
    writer.click(again)
    writer.wait(file.is_file, "it is written again")
    assert "Still here" in file.read_text(encoding="utf-8")


def test_a_folder_that_vanishes_is_said_and_the_text_stays(writer, folder: Path) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Still here")
    folder.rename(folder.with_name("elsewhere"))
    writer.save()
    writer.click(writer.room.file.answers[0])
    writer.wait(lambda: "could not be saved" in writer.room.file.question, "it is said")
    assert "Still here" in writer.editor.text()
    assert not folder.exists()


def test_what_was_not_saved_is_offered_at_the_next_start(write_on: Callable, folder: Path) -> None:
    first = write_on(folder)
    first.open("every-kind", "writing")
    first.edit()
    first.rewrite("Double a number", "Not saved")
    first.window.close()
    file = folder / "first" / "01-every-kind.yaml"
    assert "Not saved" not in file.read_text(encoding="utf-8")
    second = write_on(folder)
    second.open("every-kind", "writing")
    second.edit()
    assert "that was not saved" in second.room.file.question
    second.click(second.room.file.answers[0])
    assert "Not saved" in second.editor.text()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_shown_and_saved_as_utf_8(
    write_on: Callable, folder: Path, encoding: str
) -> None:
    file = folder / "first" / "03-the-end.yaml"
    text = (
        file.read_text(encoding="utf-8")
        .replace("Goodbye", "Goodbye, Zoë")
        .replace("title:", "# é\ntitle:", 1)
    )
    hands = write_on(folder)
    hands.open("every-kind", "writing")
    file.write_bytes(text.encode(encoding))
    hands.author._open_dock(hands.room.file)
    hands.writing.open(file)
    hands.wait(lambda: hands.writing.current is not None, "the file is open")
    assert "saving here makes it UTF-8" in hands.room.file.state.text()
    hands.save()
    assert file.read_bytes().decode("utf-8") == text


def test_an_installed_course_is_read_only_and_says_so(
    write_on: Callable, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "courses").mkdir(parents=True)
    installed = folder.rename(data / "courses" / "mine")
    hands = write_on(installed, data=data)
    hands.open("every-kind", "writing")
    assert "is installed" in hands.room.bar.locked.text()
    assert hands.room.bar.locked.isVisible()
    assert not hands.room.bar.buttons["author-step"].isEnabled()
    hands.edit()
    before = hands.editor.text()
    hands.type("x")
    assert hands.editor.text() == before
    assert hands.room.file.state.text() == "Read only"
    hands.author.new_lesson()
    assert "is installed" in hands.room.bar.message


def test_a_read_only_folder_is_said_and_its_files_cannot_be_changed(
    write_on: Callable, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, how: how != os.W_OK)  # as it answers whoever may not write
    hands = write_on(folder)
    hands.open("every-kind", "writing")
    hands.wait(lambda: "can only be read" in hands.room.bar.locked.text(), "it is said")
    hands.edit()
    before = hands.editor.text()
    hands.editor.setFocus()
    hands.type("x")
    assert hands.editor.text() == before
    assert hands.room.file.state.text() == "Read only"


def test_a_disk_that_refuses_keeps_the_text_in_the_window(writer, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Kept")
    (writer.lesson.parent / "blocked").mkdir()
    file = writer.lesson
    kept = file.read_bytes()
    file.unlink()
    file.mkdir()  # nothing can be written under this name
    writer.save()
    assert writer.room.file.question
    assert "Kept" in writer.editor.text()
    file.rmdir()
    file.write_bytes(kept)
    writer.save()
    assert "Kept" in file.read_text(encoding="utf-8")


def test_the_files_of_the_course_can_be_chosen_and_each_keeps_its_own_way_back(writer, folder: Path) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Changed")
    names = [writer.room.file.files.itemText(at) for at in range(writer.room.file.files.count())]
    assert names == ["01-every-kind.yaml (this lesson)", "course.yaml", "glossary.yaml"]
    writer.writing.open(folder / "course.yaml")
    writer.wait(lambda: "chapters:" in writer.editor.text(), "the other file is open")
    writer.rewrite("A course for the window", "A course with another name")
    writer.save()
    writer.wait(
        lambda: writer.opened.session.course.title == "A course with another name", "the course is read"
    )
    writer.writing.open(folder / "first" / "01-every-kind.yaml")
    assert "Changed" in writer.editor.text()
    writer.editor.undo()
    assert "Double a number" in writer.editor.text()
    QApplication.processEvents()


def test_a_broken_course_file_keeps_the_last_good_course_open(writer, folder: Path) -> None:
    writer.edit()
    writer.writing.open(folder / "course.yaml")
    writer.wait(lambda: "chapters:" in writer.editor.text(), "the other file is open")
    writer.rewrite("chapters:", "chaptres:")
    writer.save()
    writer.wait(lambda: writer.window.trouble.isVisible(), "it is said")
    assert writer.opened.session.course.title == "A course for the window"
    writer.rewrite("chaptres:", "chapters:")
    writer.save()
    writer.wait(lambda: not writer.window.trouble.isVisible(), "all is well again")


def test_ones_own_copy_of_an_installed_course_can_be_changed(
    write_on: Callable, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    (data / "courses").mkdir(parents=True)
    installed = folder.rename(data / "courses" / "mine")
    hands = write_on(installed, data=data)
    hands.open("every-kind", "writing")

    def answer(dialog: QFileDialog) -> None:
        dialog.fileSelected.emit(str(tmp_path / "documents"))
        dialog.finished.emit(1)

    monkeypatch.setattr(QFileDialog, "open", answer)
    hands.click(hands.room.bar.copy)
    hands.wait(
        lambda: hands.opened.session.course.folder.parent == tmp_path / "documents", "the copy is open"
    )
    hands.wait(lambda: not hands.room.bar.locked.isVisible(), "the bar offers everything")
    assert hands.room.bar.buttons["author-step"].isEnabled()
    hands.open("every-kind", "writing")
    hands.edit()
    assert hands.room.file.state.text() == "Read only"
    assert "From the course that yours extends." in hands.room.file.lock.words.text()
    before = (installed / "first" / "01-every-kind.yaml").read_bytes()
    hands.type("x")
    hands.writing.save()
    assert (installed / "first" / "01-every-kind.yaml").read_bytes() == before


def test_an_installed_course_takes_no_right_answers(write_on: Callable, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "courses").mkdir(parents=True)
    installed = folder.rename(data / "courses" / "mine")
    hands = write_on(installed, data=data)
    hands.open("every-kind", "writing")
    case = read_case(
        case_text(course="c", lesson="every-kind", step="writing", content_hash="x", program="y = 1")
    )
    file = installed / "first" / "01-every-kind.yaml"
    one = Replayed(tmp_path / "a.case.txt", CaseState.NOW_PASSES, "It passes now.", case, True, False, file)
    hands.room.cases.show_cases([one])
    assert hands.room.cases.accepts == {}
