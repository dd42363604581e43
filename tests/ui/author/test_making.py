"""New steps and new lessons: written into the writer's own files, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tutor.lessons.model import StepKind

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("kind", [StepKind.READ, StepKind.PROJECT])
def test_a_new_step_stands_behind_the_open_one_and_is_shown(writer, kind: StepKind) -> None:
    before = writer.lesson.read_bytes()
    writer.press(Qt.Key.Key_A, CTRL | SHIFT)
    panel = writer.room.new_step
    assert panel.isVisible()
    writer.click(panel.buttons[kind])
    writer.wait(lambda: writer.opened.wiring.view.step.id == f"{kind.value}-1", "the new step is shown")
    ids = [step.id for step in writer.opened.wiring.view.lesson.steps]
    assert ids[ids.index("writing") + 1] == f"{kind.value}-1"
    after = writer.lesson.read_bytes()
    at = next(n for n in range(len(before)) if before[n] != after[n])
    tail = len(before) - at
    assert after.endswith(before[-tail:])
    assert writer.room.has_keyboard


def test_at_the_end_of_the_lesson_and_undone_by_ctrl_z(writer) -> None:
    before = writer.lesson.read_bytes()
    writer.press(Qt.Key.Key_A, CTRL | SHIFT)
    writer.click(writer.room.new_step.at_end)
    writer.click(writer.room.new_step.buttons[StepKind.READ])
    writer.wait(lambda: writer.opened.wiring.view.step.id == "read-1", "the new step is shown")
    assert writer.opened.wiring.view.number == writer.opened.wiring.view.count
    writer.editor.undo()
    writer.save()
    assert writer.lesson.read_bytes() == before


def test_with_something_unsaved_the_step_comes_into_the_editor_and_waits_for_its_writer(writer) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Half written")
    before = writer.lesson.read_bytes()
    writer.author._insert_step(StepKind.READ, "writing")
    writer.wait(lambda: "id: read-1" in writer.editor.text(), "the step is in the editor")
    assert "Half written" in writer.editor.text()
    assert writer.lesson.read_bytes() == before
    assert writer.room.file.state.text() == "Not saved yet"


def test_a_file_with_mistakes_takes_no_step_and_says_why(writer) -> None:
    writer.edit()
    writer.rewrite("minutes: 20", "minutes: [20")
    writer.author._insert_step(StepKind.READ, "writing")
    writer.wait(lambda: writer.room.file.question, "it is said")
    assert "Mend the file first." in writer.room.file.question


def test_a_new_lesson_is_written_named_in_course_yaml_and_opened(writer, folder: Path) -> None:
    outline = folder / "course.yaml"
    before = outline.read_text(encoding="utf-8")
    writer.author.new_lesson()
    panel = writer.room.new_lesson
    assert not panel.make.isEnabled()
    writer.type("Count the beds")
    assert "first/04-count-the-beds.yaml" in panel.file.text()
    writer.press(Qt.Key.Key_Return)
    writer.wait(lambda: writer.opened.wiring.view.lesson.id == "count-the-beds", "the lesson is open")
    assert outline.read_text(encoding="utf-8") == before.replace(
        "03-the-end]", "03-the-end, 04-count-the-beds]"
    )
    assert writer.opened.wiring.view.lesson.title == "Count the beds"
    writer.wait(lambda: "Count the beds" in writer.editor.text(), "its file is in the editor")
    assert not panel.isVisible()


def test_a_title_that_is_taken_is_said_in_place(writer) -> None:
    writer.author.new_lesson()
    writer.type("Every kind")
    writer.press(Qt.Key.Key_Return)
    panel = writer.room.new_lesson
    writer.wait(lambda: panel.message.isVisible(), "it is said")
    assert "every-kind already" in panel.message.text()


def test_a_course_file_that_cannot_be_added_to_writes_nothing(writer, folder: Path) -> None:
    outline = folder / "course.yaml"
    outline.write_text(
        outline.read_text(encoding="utf-8").replace("chapters:", "chapters: ["), encoding="utf-8"
    )
    writer.author.new_lesson()
    writer.type("Count the beds")
    writer.press(Qt.Key.Key_Return)
    writer.wait(lambda: writer.room.new_lesson.message.isVisible(), "it is said")
    assert "course.yaml" in writer.room.new_lesson.message.text()
    assert not (folder / "first" / "04-count-the-beds.yaml").exists()
