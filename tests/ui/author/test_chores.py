"""Test, Cases, Pack and Book: in the background, with a way to cancel, and told in words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.authoring.cases import case_text
from tutor.authoring.packs import contents
from tutor.lessons.lesson_loader import load_lesson

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_test_finds_what_only_running_finds_and_leads_to_its_line(writer) -> None:
    writer.open("every-kind", "writing")
    file = writer.lesson
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "{call: double(0), returns: 0}", "{call: double(0), returns: 1}"
        ),
        encoding="utf-8",
    )
    writer.press(Qt.Key.Key_T, CTRL | SHIFT)
    pane = writer.room.test
    assert writer.author.chores.testing.running
    assert pane.cancel.isVisible()
    pane.focus_first()
    writer.wait(lambda: not writer.author.chores.testing.running, "the test ends", 240)
    assert QApplication.focusWidget() is pane.list.links[0]
    rules = {problem.rule for problem in pane.list.problems}
    assert "solution-fails" in rules
    assert "To mend: " in pane.words.text()
    first = pane.list.problems[0]
    writer.click(pane.list.links[0])
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert writer.writing.current.path == first.place.file
    assert writer.editor.current_line() == first.place.line
    assert writer.room.has_keyboard


def marked(writer) -> dict[int, str]:
    """What a test found, by the lines of the file that it is marked on, as it stands in the editor now."""
    writer.look()
    found = writer.editor.problem_boxes()
    return {line: words for line, words in found.items() if "Test: " in words}


def test_what_a_test_finds_is_marked_on_its_lines_until_they_are_changed(writer) -> None:
    writer.edit()
    writer.rewrite("{call: double(0), returns: 0}", "{call: double(0), returns: 1}")
    writer.author.test_lesson()
    writer.wait(lambda: writer.author.chores.testing.running, "the test begins")
    writer.wait(lambda: not writer.author.chores.testing.running, "the test ends", 240)
    found = next(one for one in writer.room.test.list.problems if one.rule == "solution-fails")
    at = found.place.line
    assert at in marked(writer)
    assert "To mend: " in writer.room.file.problems.text()
    lines = writer.editor.text().split("\n")
    writer.editor.replace_all("\n".join(["# a remark", *lines]))
    writer.save()
    assert at + 1 in marked(writer) and at not in marked(writer)
    lines[at - 1] += "  # looked at"
    writer.editor.replace_all("\n".join(lines))
    writer.save()
    assert at not in marked(writer)


def test_a_test_is_cancelled_and_the_window_stays_free_meanwhile(writer) -> None:
    writer.author.test_course()
    job = writer.author.chores.testing
    writer.author.edit()
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert job.running
    writer.rewrite("Double a number", "Typed while it runs")
    writer.room.dock.turn_to(writer.room.test)
    writer.click(writer.room.test.cancel)
    writer.wait(lambda: not job.running, "the test ends")
    assert "Cancelled" in writer.room.test.words.text()
    assert not writer.room.test.cancel.isVisible()
    assert "Typed while it runs" in writer.editor.text()


def test_what_stands_in_the_editor_is_saved_before_it_is_tested(writer) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Newly written")
    writer.author.test_lesson()
    writer.wait(lambda: writer.author.chores.testing.running, "the test begins")
    assert "Newly written" in writer.lesson.read_text(encoding="utf-8")
    writer.author.chores.testing.cancel()


def test_closing_the_window_ends_a_test_at_once(writer) -> None:
    writer.author.test_course()
    job = writer.author.chores.testing
    writer.wait(lambda: job._task is not None and job._task._runner is not None, "programs run")
    thread = job._thread
    writer.window.close()
    assert not thread.is_alive()


def case(step, lesson, program: str) -> str:
    return case_text(
        course="ui-course 1.0",
        lesson=lesson.id,
        step=step.id,
        content_hash=step.content_hash,
        program=program,
    )


@pytest.fixture
def cases(writer, tmp_path: Path) -> Path:
    """One that passes, one that is refused, one about an older step, and one that is damaged."""
    lesson = load_lesson(writer.lesson).value
    assert lesson is not None
    step = lesson.step("writing")
    folder = tmp_path / "cases"
    folder.mkdir()
    good = "def double(number):\n    return number + number\n"
    (folder / "a.case.txt").write_text(case(step, lesson, good), encoding="utf-8")
    bad = "def double(number):\n    return number\n"
    (folder / "b.case.txt").write_text(case(step, lesson, bad), encoding="utf-8")
    old = case(step, lesson, good).replace(step.content_hash, "0" * 12)
    (folder / "c.case.txt").write_text(old, encoding="utf-8")
    (folder / "d.case.txt").write_text(
        case(step, lesson, good).replace("number + number", "number"), encoding="utf-8"
    )
    return folder


def test_cases_are_judged_sorted_and_accepted_on_request(writer, cases: Path, answers) -> None:
    writer.author.show_cases()
    answers("cases")
    writer.click(writer.room.cases.open)
    job, pane = writer.author.chores.replaying, writer.room.cases
    writer.wait(lambda: not job.running and pane.cases, "the cases are judged")
    assert pane.words.text() == "Still refused: 1. Now passes: 1. Lesson changed since: 1. Damaged: 1"
    a, c = str(cases / "a.case.txt"), str(cases / "c.case.txt")
    assert set(pane.accepts) == {a, c}
    pane.folds[a].heading.click()
    assert pane.folds[a].is_open
    writer.click(pane.accepts[a])
    writer.wait(lambda: not job.running and a not in pane.accepts, "it is added")
    answers = writer.lesson.with_suffix(".answers.yaml").read_text(encoding="utf-8")
    assert "return number + number" in answers
    assert pane.folds[a].is_open
    files = writer.room.file.files
    named = "01-every-kind.answers.yaml"
    writer.wait(
        lambda: any(named in files.itemText(at) for at in range(files.count())), "the file is listed now"
    )


def test_the_step_of_a_case_is_shown_with_its_checks(writer, cases: Path) -> None:
    writer.open("every-kind", "reading")
    writer.author.show_cases()
    writer.author.chores.replay(cases)
    pane = writer.room.cases
    writer.wait(lambda: pane.cases, "the cases are judged")
    pane.step_asked.emit(pane.cases[0])
    writer.wait(lambda: writer.opened.wiring.view.step.id == "writing", "the step is open")
    assert writer.room.dock.pane is writer.room.checks


def test_a_case_with_what_looks_like_patient_data_says_so(writer, cases: Path) -> None:
    lesson = load_lesson(writer.lesson).value
    step = lesson.step("writing")
    program = "# NHS number 943 476 5919\ndef double(number):\n    return number\n"
    (cases / "e.case.txt").write_text(case(step, lesson, program), encoding="utf-8")
    writer.author.chores.replay(cases)
    pane = writer.room.cases
    writer.wait(lambda: pane.cases, "the cases are judged")
    found = next(one for one in pane.cases if one.file.name == "e.case.txt")
    assert "NHS number" in pane.patients(found)


def test_a_course_is_packed_into_one_file(writer, answers) -> None:
    target = answers("mine.c4h")
    writer.author.pack()
    writer.wait(target.is_file, "the pack is written", 60)
    assert {one.name for one in contents(target)} >= {"course.yaml", "first/01-every-kind.yaml"}
    assert "The course has mistakes" in writer.room.bar.message


def test_what_looks_like_patient_data_is_asked_about_before_a_pack_is_made(
    writer, folder: Path, answers
) -> None:
    target = answers("mine.c4h")
    file = folder / "first" / "03-the-end.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Goodbye", "NHS number 943 476 5919"), encoding="utf-8")
    writer.author.pack()
    question = writer.window.question
    writer.wait(question.isVisible, "it is asked", 60)
    assert not target.exists()
    writer.click(question.remove)
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert writer.writing.current.path == file
    line = writer.editor.text().split("\n")[writer.editor.current_line() - 1]
    assert "943 476 5919" in line
    assert not target.exists()
    writer.author.pack()
    writer.wait(question.isVisible, "it is asked again", 60)
    writer.click(question.keep)
    writer.wait(target.is_file, "the pack is written", 60)
    assert zipfile.is_zipfile(target)


def test_the_book_is_saved_as_one_page(writer, answers) -> None:
    target = answers("mine.html")
    writer.author.save_book()
    writer.wait(target.is_file, "the book is written", 60)
    assert "A course for the window" in target.read_text(encoding="utf-8")
    QApplication.processEvents()
