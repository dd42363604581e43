"""Files beside the output, saving a program, marks while one types, and pasted text made straight."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

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
    names = [(file.name, file.written) for file in hands.work.panel.files.files]
    assert names == [("beds.csv", False), ("out.txt", True)]


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
