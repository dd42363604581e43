"""Text in and out, undo, and one document a step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.ui.editor import CodeEditor, DocumentState
from tutor.ui.editor.surface import Surface

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    "text", ["", "x = 1", "x = 1\n", 'print("naïve £ 😀")\n', "a\0b\n", "  \n\t\n", "é" * 500]
)
def test_what_goes_in_comes_out(editor: CodeEditor, text: str) -> None:
    editor.set_text(text)
    assert editor.text() == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.text(alphabet="ab\n é😀", max_size=30), second=st.text(alphabet="ab\n é😀", max_size=30))
def test_replacing_the_program_is_one_undo_step_whatever_the_texts(
    editor: CodeEditor, first: str, second: str
) -> None:
    editor.set_text(first)
    editor.replace_all(second)
    assert editor.text() == second
    if first != second:
        editor.undo()
    assert editor.text() == first
    assert not editor.can_undo()


def test_windows_line_ends_become_plain_ones(editor: CodeEditor) -> None:
    editor.set_text("a = 1\r\nb = 2\r")
    assert editor.text() == "a = 1\nb = 2\n"


def test_half_a_character_does_not_break_the_editor(editor: CodeEditor) -> None:
    editor.set_text("x\ud83dy")
    assert editor.text() == "x\ufffdy"


def test_a_new_text_cannot_be_undone_into_the_one_before(editor: CodeEditor, keys) -> None:
    editor.set_text("step one")
    editor.set_text("step two")
    keys.press(Qt.Key.Key_Z, CTRL)
    assert editor.text() == "step two"
    assert not editor.can_undo()


def test_set_text_can_keep_undo(editor: CodeEditor) -> None:
    editor.set_text("mine")
    editor.set_text("starter", keep_undo=True)
    editor.undo()
    assert editor.text() == "mine"


def test_typing_is_reported_once_after_a_burst_and_loading_is_not(editor: CodeEditor, keys, pump) -> None:
    reports: list[str] = []
    editor.text_changed.connect(lambda: reports.append(editor.text()))
    editor.set_text("x = 1\n")
    pump()
    assert reports == []
    editor.replace_all("y = 2\n")
    pump()
    assert reports == ["y = 2\n"]
    keys.type("z")
    assert reports[-1] == "zy = 2\n"


def test_editing_inside_the_report_of_a_change_is_safe(editor: CodeEditor, keys) -> None:
    editor.text_changed.connect(lambda: editor.replace_all("done\n"))
    keys.type("a")
    QApplication.processEvents()
    assert editor.text() == "done\n"


def test_undo_and_redo_by_key(editor: CodeEditor, keys) -> None:
    keys.type("rate")
    keys.press(Qt.Key.Key_Z, CTRL)
    assert editor.text() == ""
    keys.press(Qt.Key.Key_Y, CTRL)
    assert editor.text() == "rate"
    keys.press(Qt.Key.Key_Z, CTRL)
    keys.press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "rate"


def test_each_step_keeps_its_own_undo_history_and_place(editor: CodeEditor, keys) -> None:
    editor.open_document("one", "a = 1\nb = 2\n")
    editor.go_to(2, 5)
    keys.type("0")
    editor.open_document("two", "c = 3\n")
    keys.type("#")
    editor.open_document("one", "a = 1\nb = 20\n")
    assert editor.text() == "a = 1\nb = 20\n"
    assert keys.caret() == (2, 6)
    keys.press(Qt.Key.Key_Z, CTRL)
    assert editor.text() == "a = 1\nb = 2\n"
    keys.press(Qt.Key.Key_Z, CTRL, times=3)
    assert editor.text() == "a = 1\nb = 2\n", "undo reached into another step"
    editor.open_document("two", "#c = 3\n")
    editor.undo()
    assert editor.text() == "c = 3\n"


def test_a_step_opened_again_with_another_text_shows_it_and_undo_brings_the_old_one_back(
    editor: CodeEditor,
) -> None:
    editor.open_document("one", "old\n")
    editor.open_document("two", "")
    editor.open_document("one", "newer draft\n")
    assert editor.text() == "newer draft\n"
    editor.undo()
    assert editor.text() == "old\n"


def test_a_change_is_reported_for_the_document_it_was_made_in(editor: CodeEditor, keys) -> None:
    seen: list[str] = []
    editor.text_changed.connect(lambda: seen.append(editor.text()))
    editor.open_document("one", "a\n")
    editor.insert_text("first ")
    editor.open_document("two", "b\n")
    assert seen == ["first a\n"]


def test_a_forgotten_document_starts_afresh(editor: CodeEditor, keys) -> None:
    editor.open_document("one", "a\n")
    keys.type("x")
    editor.open_document("two", "b\n")
    editor.forget_document("one")
    editor.open_document("one", "a\n")
    assert editor.text() == "a\n"
    assert not editor.can_undo()


def test_many_documents_can_be_opened_and_the_oldest_are_forgotten(editor: CodeEditor) -> None:
    for number in range(130):
        editor.open_document(f"step-{number}", f"x = {number}\n")
        assert editor.text() == f"x = {number}\n"
    editor.open_document("step-129", "x = 129\n")
    editor.open_document("step-0", "again\n")
    assert editor.text() == "again\n"
    assert not editor.can_undo()


def test_colours_and_indentation_belong_to_every_document(editor: CodeEditor, keys) -> None:
    for key in ("one", "two"):
        editor.open_document(key, "def f():")
        editor.go_to(1, 8)
        keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Tab)
        assert editor.text() == "def f():\n        "
        keys.surface.colourise(0, -1)
        assert keys.surface.styleAt(0) == 5, "def is coloured as a keyword"


def test_the_place_in_a_document_can_be_kept_and_restored(editor: CodeEditor) -> None:
    editor.set_text("\n".join(f"line_{n} = 'é'" for n in range(1, 200)))
    editor.restore_state(DocumentState(line=120, column=4, first_line=110))
    assert editor.document_state() == DocumentState(line=120, column=4, first_line=110)
    editor.restore_state(DocumentState(line=5000, column=900, first_line=1))
    assert editor.document_state().line == 199


def test_read_only_stops_the_keyboard_paste_and_undo_but_not_the_program(editor: CodeEditor, keys) -> None:
    editor.set_text("fixed\n")
    editor.set_read_only(True)
    keys.type("x\n(")
    keys.press(Qt.Key.Key_Delete)
    keys.press(Qt.Key.Key_Slash, CTRL)
    keys.paste("pasted")
    editor.insert_text("x")
    assert editor.text() == "fixed\n"
    editor.replace_all("changed\n")
    assert editor.text() == "changed\n"
    editor.set_read_only(False)
    keys.type("x")
    assert editor.text() == "xchanged\n"


def test_read_only_belongs_to_the_document(editor: CodeEditor) -> None:
    editor.open_document("solution", "a\n")
    editor.set_read_only(True)
    editor.open_document("mine", "b\n")
    assert not editor.is_read_only()
    editor.open_document("solution", "a\n")
    assert editor.is_read_only()


def test_going_to_a_line_reports_it_and_takes_the_focus(room, editor: CodeEditor, keys, pump) -> None:
    editor.set_text("a = 1\n\n    b = 2\n")
    pump()
    room.after.setFocus()
    lines: list[int] = []
    editor.cursor_moved.connect(lines.append)
    editor.go_to(3)
    pump()
    assert keys.caret() == (3, 4)
    assert lines == [3]
    assert QApplication.focusWidget() is keys.surface
    editor.go_to(99)
    assert keys.caret()[0] == 4


def test_columns_count_characters_not_bytes(editor: CodeEditor, keys) -> None:
    editor.set_text('n = "naïve £ 😀"; x\n')
    editor.go_to(1, 17)
    keys.type("y")
    assert editor.text() == 'n = "naïve £ 😀"; yx\n'


def test_copy_cut_paste_and_select_all(editor: CodeEditor, keys) -> None:
    editor.set_text("pulse = 88\n")
    editor.select_all()
    assert editor.selected_text() == "pulse = 88\n"
    editor.copy()
    editor.cut()
    assert editor.text() == ""
    editor.paste()
    editor.paste()
    assert editor.text() == "pulse = 88\npulse = 88\n"


def test_a_long_line_leaves_no_scroll_bar_under_the_next_shorter_program(editor: CodeEditor, qtbot) -> None:
    bar = keys_surface(editor).horizontalScrollBar()
    editor.open_document("short", "x = 1\n")
    editor.open_document("long", "print('" + "word " * 100 + "')\n")
    qtbot.waitUntil(bar.isVisible)
    editor.open_document("short", "x = 1\n")
    qtbot.waitUntil(lambda: not bar.isVisible())
    editor.open_document("long", "print('" + "word " * 100 + "')\n")
    qtbot.waitUntil(bar.isVisible)


def keys_surface(editor: CodeEditor) -> Surface:
    surface = editor.findChild(Surface)
    assert surface is not None
    return surface
