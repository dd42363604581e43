"""What happens by itself while one types, and what the keys do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.ui.editor import CodeEditor
from tutor.ui.editor.code_text import Where, where

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("print(", "print()"),
        ("print()", "print()"),
        ('print("hello")', 'print("hello")'),
        ("x = [1, {2}]", "x = [1, {2}]"),
        ("it = 'a", "it = 'a'"),
        ('print("it\'s")', 'print("it\'s")'),
        ('f"', 'f""'),
        ('"""', '""""""'),
        ('"""note"""', '"""note"""'),
        ('x = ""', 'x = ""'),
        ("# it's (", "# it's ("),
        ('"(', '"("'),
        ("don't", "don't"),
        ("print)", "print)"),
        ('naïve = "£ 😀"', 'naïve = "£ 😀"'),
    ],
)
def test_brackets_and_quotes_close_and_are_typed_over(
    editor: CodeEditor, keys, typed: str, text: str
) -> None:
    keys.type(typed)
    assert editor.text() == text


def test_a_bracket_before_a_word_is_not_closed(editor: CodeEditor, keys) -> None:
    editor.set_text("rate")
    keys.type("(")
    assert editor.text() == "(rate"


def test_a_closing_bracket_that_the_learner_wrote_is_not_typed_over(editor: CodeEditor, keys) -> None:
    editor.set_text("f(x)")
    editor.go_to(1, 3)
    keys.type(")")
    assert editor.text() == "f(x))"


def test_backspace_takes_an_empty_pair_together(editor: CodeEditor, keys) -> None:
    keys.type("print(")
    keys.press(Qt.Key.Key_Backspace)
    assert editor.text() == "print"


def test_altgr_brackets_of_other_keyboards_close_too(editor: CodeEditor, keys) -> None:
    QTest.keyClick(keys.surface, "[", CTRL | ALT)
    assert editor.text() == "[]"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("if rate < 8:\nreturn 3", "if rate < 8:\n    return 3"),
        ("def f():\nreturn 1\nx", "def f():\n    return 1\nx"),
        ("for a in b:  # each\nx", "for a in b:  # each\n    x"),
        ("while True:\nif a:\nbreak\nx", "while True:\n    if a:\n        break\n    x"),
        ("x = 1\ny", "x = 1\ny"),
        ("print(1\n2", "print(1\n    2)"),
        ("print(\n", "print(\n    \n)"),
        ("if a:\nb\n\nc", "if a:\n    b\n\n    c"),
    ],
)
def test_the_next_line_is_indented(editor: CodeEditor, keys, typed: str, text: str) -> None:
    keys.type(typed)
    assert editor.text() == text


def test_enter_is_one_undo_step(editor: CodeEditor, keys) -> None:
    editor.set_text("if a:")
    editor.go_to(1, 5)
    keys.press(Qt.Key.Key_Return)
    assert editor.text() == "if a:\n    "
    editor.undo()
    assert editor.text() == "if a:"


def test_ctrl_enter_belongs_to_the_window(room, editor: CodeEditor, keys) -> None:
    editor.set_text("x")
    keys.press(Qt.Key.Key_Return, CTRL)
    assert editor.text() == "x"


def test_tab_indents_a_selection_and_backspace_steps_out(editor: CodeEditor, keys) -> None:
    editor.set_text("a\nb\n")
    editor.select_all()
    keys.press(Qt.Key.Key_Tab)
    assert editor.text() == "    a\n    b\n"
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert editor.text() == "a\nb\n"
    editor.set_text("        x")
    editor.go_to(1)
    keys.press(Qt.Key.Key_Backspace)
    assert editor.text() == "    x"


@pytest.mark.parametrize(
    ("text", "commented"),
    [
        ("a = 1\n    b = 2\n\nc = 3\n", "# a = 1\n#     b = 2\n\n# c = 3\n"),
        ("    a\n    b\n", "    # a\n    # b\n"),
        ("# a\nb\n", "# # a\n# b\n"),
    ],
)
def test_comment_toggle_there_and_back_in_one_undo_step_each(
    editor: CodeEditor, keys, text: str, commented: str
) -> None:
    editor.set_text(text)
    editor.select_all()
    keys.press(Qt.Key.Key_Slash, CTRL)
    assert editor.text() == commented
    editor.select_all()
    keys.press(Qt.Key.Key_Slash, CTRL)
    assert editor.text() == text
    editor.undo()
    assert editor.text() == commented


def test_a_comment_without_a_blank_is_uncommented_too(editor: CodeEditor) -> None:
    editor.set_text("    #x = 1\n")
    editor.toggle_comment()
    assert editor.text() == "    x = 1\n"


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_D, Qt.Key.Key_T, Qt.Key.Key_U])
def test_no_key_of_scintilla_changes_lines_by_surprise(editor: CodeEditor, keys, key: Qt.Key) -> None:
    editor.set_text("one\ntwo\n")
    editor.go_to(2)
    keys.press(key, CTRL)
    keys.press(key, CTRL | SHIFT)
    assert editor.text() == "one\ntwo\n"


def test_the_insert_key_does_not_switch_to_overtyping(editor: CodeEditor, keys) -> None:
    editor.set_text("abc")
    keys.press(Qt.Key.Key_Insert)
    keys.type("x")
    assert editor.text() == "xabc"


def test_an_input_method_can_type_what_no_key_has(editor: CodeEditor, keys) -> None:
    event = QInputMethodEvent()
    event.setCommitString("é😀")
    QApplication.sendEvent(keys.surface, event)
    assert editor.text() == "é😀"


def test_tab_stays_and_esc_then_tab_leaves_forward_and_back(room, editor: CodeEditor, keys, pump) -> None:
    said: list[str] = []
    editor.announced.connect(said.append)
    keys.press(Qt.Key.Key_Tab)
    assert editor.text() == "    "
    assert QApplication.focusWidget() is keys.surface
    keys.press(Qt.Key.Key_Escape)
    assert said == ["Tab now leaves the editor."]
    keys.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is room.after
    editor.setFocus()
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is room.before
    assert editor.text() == "    "


def test_any_other_key_after_esc_disarms_it(editor: CodeEditor, keys) -> None:
    keys.press(Qt.Key.Key_Escape)
    keys.type("x")
    keys.press(Qt.Key.Key_Tab)
    assert editor.text() == "x   "


@pytest.mark.parametrize("key", [Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F1])
def test_keys_that_are_not_the_editors_reach_the_window(room, keys, key: Qt.Key) -> None:
    seen: list[int] = []
    room.window.keyPressEvent = lambda event: seen.append(event.key())
    keys.press(key)
    assert seen == [key]


@pytest.mark.parametrize(
    ("program", "place"),
    [
        ('"a', Where.TEXT),
        ('"a"', Where.CODE),
        ("# x", Where.COMMENT),
        ("# x\n", Where.CODE),
        ('f"{', Where.CODE),
        ('f"{a}', Where.TEXT),
        ('f"{{', Where.TEXT),
        ('"""a\n', Where.TEXT),
        ("'it\\'s", Where.TEXT),
        ("'never closed\n", Where.CODE),
        ('"#"', Where.CODE),
        ("# \"quoted\n'", Where.TEXT),
    ],
)
def test_texts_and_comments_are_told_from_code(program: str, place: Where) -> None:
    assert where(program, len(program)) is place


@pytest.mark.parametrize(("offset", "partner"), [(5, 10), (11, 5)])
def test_the_partner_of_the_bracket_at_the_caret_is_found(
    editor: CodeEditor, keys, pump, offset: int, partner: int
) -> None:
    found: list[tuple[int, int]] = []
    editor.set_text('print("("1)\n'.replace('"("1', '"(" '))
    keys.surface.braceHighlight = lambda a, b: found.append((a, b))
    editor.go_to(1, offset)
    pump()
    assert (found[-1][1] == partner) or (found[-1][0] == partner)


def test_a_bracket_without_a_partner_is_marked_and_one_in_a_text_is_not(
    editor: CodeEditor, keys, pump
) -> None:
    bad: list[int] = []
    editor.set_text('print("(")\nf(\n')
    keys.surface.braceBadLight = bad.append
    editor.go_to(1, 8)
    pump()
    assert bad == []
    editor.go_to(2, 2)
    pump()
    assert bad and set(bad) == {12}


def test_a_bracket_that_enter_has_moved_down_is_still_typed_over(editor: CodeEditor, keys) -> None:
    keys.type("print(sum([")
    keys.press(Qt.Key.Key_Return)
    keys.type("1,")
    keys.press(Qt.Key.Key_Return)
    keys.type("2]))")
    assert editor.text() == "print(sum([\n    1,\n    2]))"


def test_a_bracket_on_a_line_of_its_own_is_typed_over_there(editor: CodeEditor, keys) -> None:
    keys.type("beds = [")
    keys.press(Qt.Key.Key_Return)
    keys.type("1,")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Backspace)
    keys.type("]")
    assert editor.text() == "beds = [\n    1,\n]"
