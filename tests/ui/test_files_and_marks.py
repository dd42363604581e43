"""Files beside the output, saving a program, marks while one types, and pasted text made straight."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tutor import LEARNING_BANNER
from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier

READER = """format: 1
id: the-end
title: The end
steps:
  - kind: exercise
    id: last
    title: Count the rows
    text: Print how many rows there are.
    files: [beds.csv]
    starter: |
      print("not yet")
    solution: |
      with open("beds.csv") as file:
          rows = file.read().splitlines()
      print(len(rows) - 1)
    checks:
      - {output: "2"}
"""


def on_a_step_with_a_file(open_on: Callable[..., Hands], tmp_path: Path) -> Hands:
    folder = tmp_path / "course"
    shutil.copytree(Path(__file__).parent / "course", folder)
    (folder / "first" / "03-the-end.yaml").write_text(READER, encoding="utf-8")
    (folder / "first" / "beds.csv").write_text("bed,person\n1,Amara\n2,Mei\n", encoding="utf-8")
    loaded = load_course(folder)
    assert loaded.value is not None, loaded.problems
    hands = open_on(loaded.value)
    hands.open("the-end", "last")
    return hands


def test_given_data_are_listed_and_shown_as_a_table(open_on: Callable[..., Hands], tmp_path: Path) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    panel = hands.work.panel
    panel.tabs.setCurrentIndex(2)
    assert panel.files.isVisible()
    table = panel.files.table
    assert table.isVisible()
    assert [table.horizontalHeaderItem(column).text() for column in range(2)] == ["bed", "person"]
    assert table.item(1, 1).text() == "Mei"


def test_a_file_that_the_program_wrote_is_named(open_on: Callable[..., Hands], tmp_path: Path) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    hands.type_program(hands.work.editor, 'open("out.txt", "w").write("2 beds")\n')
    hands.run()
    hands.wait_for_end()
    names = [(one.file.name, one.written) for one in hands.work.panel.files.files]
    assert names == [("beds.csv", False), ("out.txt", True)]


REPORT = """with open("report.csv", "w") as file:
    file.write("standard,met\\nassessed within 12 hours,93 of 120\\n")
with open("beds.csv", "a") as file:
    file.write("3,Tunde\\n")
with open("notes.txt", "w") as file:
    file.write("Invented.")
"""


def written(hands: Hands, program: str) -> None:
    hands.type_program(hands.work.editor, program)
    hands.run()
    hands.wait_for_end()


def test_what_a_program_wrote_is_said_and_one_press_away(
    open_on: Callable[..., Hands], tmp_path: Path
) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    written(hands, REPORT)
    panel = hands.work.panel
    assert "Files that it wrote: 3." in panel.output.ending
    panel.output.to_files.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert panel.files.isVisible() and panel.files.list.hasFocus()
    assert panel.files.written == ("beds.csv", "notes.txt", "report.csv")
    about = {}
    for row, one in enumerate(panel.files.files):
        panel.files.list.setCurrentRow(row)
        about[one.file.name, one.written] = panel.files.about
    assert about["beds.csv", False].startswith("given with the step, ")
    assert about["beds.csv", True].startswith("given with the step, changed by your program in this run, ")
    assert about["report.csv", True] == "written by your program, 48 bytes, 1 row"
    table = panel.files.table
    assert table.isVisible() and table.item(0, 1).text() == "93 of 120"
    assert not table.editTriggers()


def test_a_written_file_is_read_only_and_saved_elsewhere_whole(
    open_on: Callable[..., Hands], tmp_path: Path
) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    written(hands, 'open("notes.txt", "w", encoding="utf-8").write("Zo\u00eb: invented.")\n')
    panel = hands.work.panel
    assert panel.output.to_files.text() == "Show notes.txt"
    hands.click(panel.output.to_files)
    assert panel.files.text.toPlainText() == "Zo\u00eb: invented."
    panel.files.text.setFocus()
    hands.type("x")
    assert panel.files.text.toPlainText() == "Zo\u00eb: invented."
    target = tmp_path / "kept.txt"
    panel.files.save.setFocus()
    hands.press(Qt.Key.Key_Space)
    save_dialog(hands, target)
    assert target.read_text(encoding="utf-8") == "Zo\u00eb: invented."


def save_dialog(hands: Hands, target: Path) -> None:
    dialog = next(child for child in hands.window.findChildren(QFileDialog) if child.isVisible())
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    hands.type(str(target))
    hands.press(Qt.Key.Key_Return)
    hands.wait(target.exists, "the file is written")


def test_patient_data_in_a_written_file_is_asked_about_when_it_is_looked_at_and_before_it_is_saved(
    open_on: Callable[..., Hands], tmp_path: Path
) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    number = "4505577104"  # a valid check digit, made up
    written(hands, f'open("list.txt", "w").write("NHS number " + "{number[:5]}" + "{number[5:]}")\n')
    panel = hands.work.panel
    assert not hands.window.question.isVisible()
    hands.click(panel.output.to_files)
    hands.wait(hands.window.question.isVisible, "the question is asked")
    hands.click(hands.window.question.remove)
    hands.click(panel.files.save)
    target = tmp_path / "kept.txt"
    save_dialog(hands, target)
    assert target.read_text(encoding="utf-8") == "NHS number 0000000000"


@pytest.mark.parametrize(
    ("program", "remark", "savable"),
    [
        ('open("x", "wb").write(bytes(range(256)))', "This file is not text", True),
        ('open("x", "w").close()', "This file is empty.", True),
        ('f = open("x", "wb"); f.truncate(9_000_000); f.close()', "This file is too large to be kept", False),
        ('import os; os.symlink("main.py", "x")', "This is not an ordinary file", False),
        ('open("x.csv", "w").write(chr(34) + "a" * 200_000)', "", True),
    ],
)
def test_what_cannot_be_shown_says_why(
    open_on: Callable[..., Hands], tmp_path: Path, program: str, remark: str, savable: bool
) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    written(hands, program + "\n")
    files = hands.work.panel.files
    if "symlink" in program and not files.written:
        pytest.skip("programs may not make links here")
    hands.click(hands.work.panel.output.to_files)
    assert files.remark.isVisible() == bool(remark)
    assert files.remark.text().startswith(remark)
    assert files.save.isVisible() == savable


def test_another_step_forgets_what_was_written(open_on: Callable[..., Hands], tmp_path: Path) -> None:
    hands = on_a_step_with_a_file(open_on, tmp_path)
    written(hands, 'open("out.txt", "w").write("2 beds")\n')
    hands.open("every-kind", "writing")
    assert hands.work.panel.files.files == ()
    assert not hands.work.panel.tabs.isTabVisible(2)


def test_a_step_without_files_has_no_such_tab(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    assert not hands.work.panel.tabs.isTabVisible(2)


def test_a_program_is_saved_with_the_learning_banner_as_its_first_line(hands: Hands, tmp_path: Path) -> None:
    hands.press(Qt.Key.Key_S, CTRL)
    dialog = next(child for child in hands.window.findChildren(QFileDialog) if child.isVisible())
    target = tmp_path / "mine.py"
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    hands.type(str(target))
    hands.press(Qt.Key.Key_Return)
    hands.wait(target.exists, "the file is written")
    assert target.read_text(encoding="utf-8") == f'# {LEARNING_BANNER}\nprint("Bed 1")\n'


def test_a_name_that_nothing_gives_a_value_is_marked_when_the_line_is_left(hands: Hands) -> None:
    hands.type_program(hands.work.editor, "bed = 1\nprint(bad)\n\n")
    hands.wait(lambda: hands.work.editor.live_marks(), "the mark comes")
    assert [mark.line for mark in hands.work.editor.live_marks()] == [2]


def test_curly_quotes_from_word_are_made_straight_as_they_are_pasted(hands: Hands) -> None:
    editor = hands.work.editor
    editor.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    QGuiApplication.clipboard().setText("print(\u201cBed 2\u201d)")
    hands.press(Qt.Key.Key_V, CTRL)
    assert editor.text() == 'print("Bed 2")'
