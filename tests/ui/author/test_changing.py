"""Change it in my course: from a lesson that is only read to the same lesson in the writer's own course, in one press."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tutor.authoring.own_copy import make_own_copy
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.paths import course_folder, folders

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The writer's own course, which extends the shipped one, in a folder with letters of another language."""
    return make_own_copy(shipped(), tmp_path / "Übungen für Ärzte")


@functools.cache
def shipped() -> Course:
    course = load_course(course_folder()).value
    assert course is not None
    return course


def lesson_named(name: str) -> str:
    return next(one.id for one in shipped().lessons if one.path.stem == name)


def changed(writer, own: Path, name: str) -> Path:
    """Open a lesson of the shipped course, and press the button in its file; the file in the own course."""
    lesson = lesson_named(name)
    writer.open(lesson)
    writer.edit()
    lock = writer.room.file.lock
    assert lock.isVisible() and writer.room.file.state.text() == "Read only"
    assert not writer.writing.current.path.is_relative_to(own)
    writer.click(lock.change)
    writer.wait(lambda: writer.lesson.is_relative_to(own), "the lesson is that of the own course")
    writer.wait(lambda: writer.writing.current.path == writer.lesson, "its file is in the editor")
    writer.wait(lambda: writer.room.bar.message, "it is said")
    return writer.lesson


@pytest.mark.parametrize(
    ("name", "data"), [("01-read-a-file", ["ward_list.txt"]), ("02-one-line-after-another", [])]
)
def test_the_lesson_is_copied_opened_changed_and_seen_by_learners(
    write_on: Callable, own: Path, name: str, data: list[str], tmp_path: Path
) -> None:
    writer = write_on(own)
    file = changed(writer, own, name)
    assert file.name == f"{name}.yaml" and file.parent.name in {"01-first-programs", "08-files-and-tables"}
    assert sorted(one.name for one in own.glob("data/*")) == data
    assert not writer.room.file.lock.isVisible()
    assert writer.room.file.state.text() == "Saved"
    assert writer.room.has_keyboard
    assert "is in your course now" in writer.room.bar.message
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "--data-dir", tmp_path / "other", "lint", own, "--no-run"],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    view = writer.opened.wiring.view
    first = view.step.text.split("\n")[0].split(".")[0]
    writer.rewrite(first, "Changed on our ward")
    writer.save()
    lesson = writer.window.lesson
    writer.wait(lambda: "Changed on our ward" in lesson.text.toPlainText(), "the preview follows")
    learner = write_on(own, author=False, data=tmp_path / "learner")
    learner.open(view.lesson.id, view.step.id)
    assert "Changed on our ward" in learner.window.lesson.text.toPlainText()
    assert "Changed on our ward" not in (shipped().heading(view.lesson.id).path).read_text("utf-8")


def test_by_searching_and_at_the_line_that_is_read(write_on: Callable, own: Path) -> None:
    writer = write_on(own)
    lesson = lesson_named("03-missing-and-odd-values")
    step = shipped().heading(lesson).steps[2].id
    writer.open(lesson, step)
    writer.press(Qt.Key.Key_K, CTRL)
    writer.type("change this lesson in")
    writer.press(Qt.Key.Key_Return)
    writer.wait(lambda: writer.lesson.is_relative_to(own), "the lesson is that of the own course")
    writer.wait(lambda: writer.writing.current and writer.writing.current.path == writer.lesson, "it is open")
    assert writer.opened.wiring.view.step.id == step
    assert writer.editor.current_line() == writer.opened.wiring.view.step.place.line
    writer.author.change()
    assert "is in your own course" in writer.room.bar.message


def test_what_was_there_already_is_told_and_left(write_on: Callable, own: Path) -> None:
    (own / "data").mkdir()
    (own / "data" / "ward_list.txt").write_text("Bed 1\n", encoding="utf-8")
    writer = write_on(own)
    changed(writer, own, "01-read-a-file")
    assert writer.room.bar.message.endswith("left as it was: data/ward_list.txt.")
    assert (own / "data" / "ward_list.txt").read_text(encoding="utf-8") == "Bed 1\n"


def test_what_cannot_be_written_is_said_and_the_button_stays(write_on: Callable, own: Path) -> None:
    (own / "01-first-programs").write_text("no folder", encoding="utf-8")
    before = (own / "course.yaml").read_bytes()
    writer = write_on(own)
    writer.open(lesson_named("02-one-line-after-another"))
    writer.author.new_step()
    assert not writer.room.new_step.isVisible()
    assert "Edit shows how to change it" in writer.room.bar.message
    writer.edit()
    change = writer.room.file.lock.change
    assert change.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert "answers, data files and pictures" in change.accessibleDescription()
    change.setFocus()
    writer.press(Qt.Key.Key_Space)
    writer.wait(lambda: "copied" in writer.room.bar.message, "it is said")
    assert f"could not be copied into {own}" in writer.room.bar.message
    assert "Nothing was changed." in writer.room.bar.message
    assert writer.room.file.lock.change.isEnabled() and writer.room.file.lock.isVisible()
    assert (own / "course.yaml").read_bytes() == before


def test_in_a_course_that_can_only_be_read_nothing_is_offered_and_the_reason_is_said(
    write_on: Callable, own: Path, tmp_path: Path
) -> None:
    where = folders(tmp_path / "data")
    where.courses.mkdir(parents=True)
    writer = write_on(own.rename(where.courses / "trust"))
    writer.open(lesson_named("02-one-line-after-another"))
    writer.edit()
    assert not writer.room.file.lock.isVisible()
    writer.author.change()
    assert "is installed" in writer.room.bar.message


def test_the_course_that_is_extended_may_be_in_any_folder(
    write_on: Callable, folder: Path, tmp_path: Path
) -> None:
    course = load_course(folder).value
    assert course is not None
    own = make_own_copy(course, tmp_path / "documents")
    writer = write_on(own, known=[folder])
    writer.open("every-kind", "writing")
    writer.edit()
    writer.click(writer.room.file.lock.change)
    writer.wait(lambda: writer.lesson.is_relative_to(own), "the lesson is that of the own course")
    assert writer.opened.wiring.view.step.id == "writing"
    assert not writer.window.trouble.isVisible()


def test_a_new_lesson_can_be_put_into_the_chapter_that_the_change_brought(
    write_on: Callable, own: Path
) -> None:
    writer = write_on(own)
    file = changed(writer, own, "02-one-line-after-another")
    writer.author.new_lesson()
    panel = writer.room.new_lesson
    chapter = next(one for one in shipped().chapters if file.stem in [each.path.stem for each in one.lessons])
    assert chapter.title in [panel.chapters.itemText(at) for at in range(panel.chapters.count())]
    assert panel.chapters.currentText() == chapter.title
    writer.type("Count the beds")
    assert panel.file.text().startswith(f"Its file: {file.parent.name}/")
    writer.press(Qt.Key.Key_Return)
    writer.wait(lambda: writer.opened.wiring.view.lesson.id == "count-the-beds", "the lesson is open")
    assert writer.lesson.parent == file.parent
    course = writer.opened.session.course
    names = [one.id for one in next(one for one in course.chapters if one.id == chapter.id).lessons]
    assert names[-1] == "count-the-beds" and lesson_named("02-one-line-after-another") in names
