"""The editor for lesson files: its colours, its indentation, and several problems at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.ui.editor import CodeEditor, Mark
from tutor.ui.editor import numbers as n
from tutor.ui.editor.yaml_colours import colours
from tutor.ui.editor.yaml_language import YAML, yaml_next_indent

LESSON = """# a remark
title: Beds: free
minutes: 20   # remark
steps:
  - kind: fix
    text: |
      Mend this, so that it shows:

      kind: nothing
    solution: |
      def total(beds):  # all
          return len("é")
    hints: ["One: two", 3]
"""


def styled(text: str) -> dict[str, int]:
    """Each piece with a style, by its own text (the first of several)."""
    found: dict[str, int] = {}
    at = 0
    for length, style in colours(text):
        if style:
            found.setdefault(text[at : at + length], style)
        at += length
    assert at == len(text)
    return found


def test_keys_texts_programs_and_remarks_are_told_apart() -> None:
    found = styled(LESSON)
    assert found["title"] == found["hints"] == n.YAML_KEY
    assert found["# a remark"] == found["   # remark"] == n.YAML_COMMENT
    assert found["20"] == found["3"] == n.YAML_NUMBER
    block = "      Mend this, so that it shows:\n\n      kind: nothing"
    assert found[block] == n.YAML_TEXT
    assert found["def"] == found["return"] == n.YAML_KEYWORD2
    assert found["total"] == n.YAML_MADE
    assert found["len"] == n.YAML_KEYWORD
    assert found['"é"'] == found['"One: two"'] == n.YAML_TEXT
    assert "Beds: free" not in found


def test_every_file_of_the_course_is_coloured_whole(root: Path) -> None:
    for file in sorted((root / "lessons").rglob("*.yaml"))[::5]:
        text = file.read_text(encoding="utf-8")
        assert sum(length for length, _style in colours(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "- ",
        "a: |",
        "a: |\n",
        "a: |\n  b\n\n",
        "\t- x: 1",
        "'",
        '"\\',
        'code: |\n  """x',
        "a:\n- |\n  b",
    ],
)
def test_half_written_files_are_coloured_too(text: str) -> None:
    assert sum(length for length, _style in colours(text)) == len(text)


@pytest.mark.parametrize(
    ("before", "blanks"),
    [
        ("steps:", 2),
        ("  - kind: read", 4),
        ("    text: |", 6),
        ("    text: |\n      Some words:", 6),
        ("    code: |\n      def f():", 10),
        ("    code: |\n      def f():\n          return 1", 10),
        ("  - one", 2),
        ("title: Beds", 0),
        ("", 0),
    ],
)
def test_enter_goes_on_where_the_next_key_stands(before: str, blanks: int) -> None:
    assert yaml_next_indent(before) == blanks


@pytest.fixture
def lesson_editor(qtbot) -> CodeEditor:
    made = CodeEditor(language=YAML)
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    made.set_text(LESSON)
    QApplication.processEvents()
    return made


def surface_of(editor: CodeEditor):
    return editor.focusProxy()


def test_typing_colours_what_is_typed_and_what_follows(lesson_editor: CodeEditor) -> None:
    surface = surface_of(lesson_editor)

    def style(words: str) -> int:
        surface.colourise(0, -1)
        return surface.styleAt(len(lesson_editor.text()[: lesson_editor.text().index(words)].encode()))

    assert style("kind: nothing") == n.YAML_TEXT
    lesson_editor.go_to(6, 10)
    QTest.keyClick(surface, Qt.Key.Key_Delete)  # the block is no block any more
    QApplication.processEvents()
    assert lesson_editor.text().split("\n")[5] == "    text: "
    assert style("kind: nothing") == n.YAML_KEY
    lesson_editor.undo()
    QApplication.processEvents()
    assert style("kind: nothing") == n.YAML_TEXT
    assert style("return len") == n.YAML_KEYWORD2


def test_brackets_and_quotes_do_not_close_by_themselves(lesson_editor: CodeEditor) -> None:
    lesson_editor.set_text("")
    for sign in 'a: ["(':
        QTest.keyClicks(surface_of(lesson_editor), sign)
    assert lesson_editor.text() == 'a: ["('


def test_several_problems_have_signs_and_words_and_go_when_their_line_is_edited(
    lesson_editor: CodeEditor,
) -> None:
    marks = [Mark(2, 0, 5, "First", error=True), Mark(3, 0, 7, "Second"), Mark(3, 0, 7, "Third")]
    lesson_editor.show_problems(marks, boxes=True)
    assert lesson_editor.problem_boxes() == {2: "First", 3: "Second\nThird"}
    surface = surface_of(lesson_editor)
    assert surface.markerGet(1) & 1 << n.MARKER_ERROR
    assert surface.markerGet(2) & 1 << n.MARKER_CAUTION
    lesson_editor.go_to(1)
    lesson_editor.insert_text("# one more\n")
    QApplication.processEvents()
    assert lesson_editor.problem_boxes() == {3: "First", 4: "Second\nThird"}
    lesson_editor.go_to(3, 3)
    lesson_editor.insert_text("x")
    QApplication.processEvents()
    assert lesson_editor.problem_boxes() == {4: "Second\nThird"}
    lesson_editor.show_problems(
        [Mark(4, 0, 7, "Second"), Mark(4, 0, 7, "Third"), Mark(5, 0, 3, "New")], boxes=False
    )
    assert lesson_editor.problem_boxes() == {4: "Second\nThird"}
    lesson_editor.show_problems([], boxes=True)
    assert lesson_editor.problem_boxes() == {}


def test_words_under_a_line_are_broken_to_the_width(lesson_editor: CodeEditor) -> None:
    words = "A sentence that is far too long for one line of this editor, so that it goes on in the next one below it."
    lesson_editor.show_problems([Mark(2, 0, 5, words, error=True)], boxes=True)
    surface = surface_of(lesson_editor)
    wide = surface.annotationLines(1)
    assert wide > 1
    lesson_editor.resize(300, 600)
    QApplication.processEvents()
    assert surface.annotationLines(1) > wide


def test_long_lines_go_on_in_the_next_row(lesson_editor: CodeEditor) -> None:
    lesson_editor.set_text("text: " + "word " * 60)
    QApplication.processEvents()
    assert surface_of(lesson_editor).wrapCount(0) > 2


def test_keys_of_the_format_are_offered_and_tab_takes_one(lesson_editor: CodeEditor) -> None:
    lesson_editor.set_text("format: 1\n")
    lesson_editor.go_to(2)
    surface = surface_of(lesson_editor)
    QTest.keyClicks(surface, "mi")
    QApplication.processEvents()
    QTest.keyClick(surface, Qt.Key.Key_Tab)
    assert lesson_editor.text() == "format: 1\nminutes: "
    QTest.keyClick(surface, Qt.Key.Key_Return)
    QTest.keyClicks(surface, "stars")
    QApplication.processEvents()
    assert lesson_editor.text().endswith("stars")
