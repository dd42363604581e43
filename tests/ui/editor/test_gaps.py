"""Gaps inside code: only they can be changed, by any way in."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.ui.editor import CodeEditor
from tutor.ui.editor.gaps import END, START
from tutor.ui.editor.numbers import INDICATOR_GAP

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEMPLATE = (
    'def score(rate):\n    if rate {{sign}} {{limit}}:\n        return {{points}}\n    return f"{{rate}}"\n'
)
NAMES = ["sign", "limit", "points"]
AROUND = 'def score(rate):\n    if rate  :\n        return \n    return f"{{rate}}"\n'


@pytest.fixture
def gaps(editor: CodeEditor) -> CodeEditor:
    editor.set_gaps(TEMPLATE, NAMES)
    editor.go_to_gap(0)
    return editor


def around(editor: CodeEditor) -> str:
    """What stands outside the gaps, as the document has it."""
    import re

    from tutor.ui.editor.surface import Surface

    return re.sub(f"{START}[^{END}]*{END}", "", editor.findChild(Surface).document_text())


def test_only_the_names_given_are_gaps_and_other_braces_are_code(gaps: CodeEditor) -> None:
    assert gaps.text() == AROUND
    assert gaps.gap_answers() == {"sign": "", "limit": "", "points": ""}


def test_answers_are_typed_and_tab_goes_from_gap_to_gap(gaps: CodeEditor, keys) -> None:
    keys.type("<=")
    keys.press(Qt.Key.Key_Tab)
    keys.type("8")
    keys.press(Qt.Key.Key_Return)
    keys.type("3")
    assert gaps.gap_answers() == {"sign": "<=", "limit": "8", "points": "3"}
    assert gaps.text() == 'def score(rate):\n    if rate <= 8:\n        return 3\n    return f"{{rate}}"\n'
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    keys.type("12")
    assert gaps.gap_answers()["limit"] == "12", "the answer is selected, so typing replaces it"


def test_tab_leaves_after_the_last_gap_and_shift_tab_before_the_first(room, gaps: CodeEditor, keys) -> None:
    keys.press(Qt.Key.Key_Tab, times=2)
    assert QApplication.focusWidget() is keys.surface
    keys.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is room.after
    gaps.go_to_gap(0)
    gaps.setFocus()
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is room.before


def test_each_change_is_reported(gaps: CodeEditor, keys, pump) -> None:
    reports: list[dict[str, str]] = []
    gaps.gaps_changed.connect(lambda: reports.append(gaps.gap_answers()))
    changed: list[str] = []
    gaps.text_changed.connect(lambda: changed.append(gaps.text()))
    keys.type("<")
    pump()
    assert reports[-1]["sign"] == "<"
    assert "rate < :" in changed[-1]


def test_typing_outside_a_gap_changes_nothing(gaps: CodeEditor, keys) -> None:
    for line, column in ((1, 0), (1, 5), (2, 3), (4, 4), (5, 0)):
        gaps.go_to(line, column)
        keys.type("x(\n")
        keys.press(Qt.Key.Key_Backspace)
        gaps.go_to(line, column)
        keys.press(Qt.Key.Key_Delete)
        gaps.go_to(line, column)
        keys.paste("paste")
        gaps.go_to(line, column)
        gaps.insert_text("insert")
        gaps.toggle_comment()
    assert gaps.text() == AROUND


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL, CTRL | SHIFT, SHIFT])
@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_no_deleting_key_reaches_beyond_the_gap(gaps: CodeEditor, keys, key: Qt.Key, modifiers) -> None:
    keys.type("a b")
    for _ in range(6):
        keys.press(key, modifiers)
    keys.press(Qt.Key.Key_Home)
    for _ in range(6):
        keys.press(key, modifiers)
    assert around(gaps) == AROUND
    assert gaps.gap_answers()["sign"] in ("", "a b", "b", "a")


def test_a_word_at_a_time_is_deleted_inside_the_gap(gaps: CodeEditor, keys) -> None:
    keys.type("one two")
    keys.press(Qt.Key.Key_Backspace, CTRL)
    assert gaps.gap_answers()["sign"] == "one "
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Delete, CTRL)
    assert gaps.gap_answers()["sign"].strip() == ""


def test_a_selection_over_the_edge_of_a_gap_cannot_be_deleted_cut_or_typed_over(
    gaps: CodeEditor, keys
) -> None:
    gaps.set_gap_answers({"sign": "<=", "limit": "8", "points": "3"})
    for start, end in ((20, 35), (0, 60), (26, 33)):
        keys.surface.setSel(keys.surface.position_at(start), keys.surface.position_at(end))
        keys.type("x")
        keys.press(Qt.Key.Key_Backspace)
        keys.press(Qt.Key.Key_X, CTRL)
        keys.press(Qt.Key.Key_Delete, SHIFT)
        keys.paste("y")
        gaps.cut()
        gaps.paste()
    assert gaps.gap_answers() == {"sign": "<=", "limit": "8", "points": "3"}
    assert around(gaps) == AROUND


def test_select_all_takes_the_answer_only(gaps: CodeEditor, keys) -> None:
    keys.type("<=")
    keys.press(Qt.Key.Key_A, CTRL)
    assert gaps.selected_text() == "<="
    keys.type(">")
    assert gaps.gap_answers()["sign"] == ">"


def test_a_pasted_answer_stays_on_one_line(gaps: CodeEditor, keys) -> None:
    keys.paste(f"<\n   =\r\n{START}1{END}")
    assert gaps.gap_answers()["sign"] == "< = 1"
    assert around(gaps) == AROUND


def test_copying_over_gaps_copies_the_program_only(gaps: CodeEditor, keys) -> None:
    gaps.set_gap_answers({"sign": "<", "limit": "8", "points": "3"})
    gaps.select_all()
    gaps.copy()
    assert QGuiApplication.clipboard().text() == gaps.text()
    assert START not in QGuiApplication.clipboard().text()


def test_an_input_method_types_into_gaps_only(gaps: CodeEditor, keys) -> None:
    for line, column in ((1, 2), (4, 2)):
        gaps.go_to(line, column)
        event = QInputMethodEvent()
        event.setCommitString("é")
        QApplication.sendEvent(keys.surface, event)
    assert gaps.text() == AROUND
    gaps.go_to_gap(1)
    event = QInputMethodEvent()
    event.setCommitString("é")
    QApplication.sendEvent(keys.surface, event)
    assert gaps.gap_answers()["limit"] == "é"


@pytest.mark.parametrize("column", [2, 12, 40])
def test_text_dropped_outside_a_gap_is_refused(gaps: CodeEditor, keys, column: int) -> None:
    gaps.set_gap_answers({"sign": "<=", "limit": "8", "points": "3"})
    gaps.go_to_gap(0)  # the gate is open for the selected answer, but the drop falls elsewhere
    data = QMimeData()
    data.setText("dropped\nlines")
    point = keys.surface.point_at(keys.surface.position_of(1, column)) + QPoint(1, 3)
    event = QDropEvent(
        QPointF(point), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )  # fmt: skip
    keys.surface.dropEvent(event)
    assert around(gaps) == AROUND
    assert gaps.gap_answers() == {"sign": "<=", "limit": "8", "points": "3"}


def test_undo_and_redo_work_from_anywhere_and_keep_gaps_whole(gaps: CodeEditor, keys) -> None:
    keys.type("<=")
    keys.press(Qt.Key.Key_Tab)
    keys.type("8")
    gaps.go_to(1, 0)
    keys.press(Qt.Key.Key_Z, CTRL)
    assert gaps.gap_answers() == {"sign": "<=", "limit": "", "points": ""}
    gaps.undo()
    assert gaps.gap_answers()["sign"] == ""
    keys.press(Qt.Key.Key_Z, CTRL)
    assert gaps.text() == AROUND
    gaps.redo()
    gaps.redo()
    assert gaps.gap_answers() == {"sign": "<=", "limit": "8", "points": ""}


def test_setting_answers_is_one_undo_step(gaps: CodeEditor) -> None:
    gaps.set_gap_answers({"sign": "<=", "limit": "8\n", "points": "3"})
    assert gaps.gap_answers() == {"sign": "<=", "limit": "8 ", "points": "3"}
    gaps.undo()
    assert gaps.text() == AROUND


def test_one_name_in_two_places_has_one_answer_and_one_undo(editor: CodeEditor, keys) -> None:
    editor.set_gaps("{{name}} = 3\nprint({{name}}, {{name}})\n", ["name"])
    editor.go_to_gap(1)
    keys.type("ab")
    assert editor.text() == "ab = 3\nprint(ab, ab)\n"
    keys.press(Qt.Key.Key_Backspace)
    assert editor.text() == "a = 3\nprint(a, a)\n"
    editor.undo()
    assert editor.text() == "ab = 3\nprint(ab, ab)\n"
    assert editor.gap_answers() == {"name": "ab"}


def test_gaps_side_by_side_stay_apart(editor: CodeEditor, keys) -> None:
    editor.set_gaps("x = {{a}}{{b}}", ["a", "b"])
    editor.go_to_gap(0)
    keys.type("1")
    keys.press(Qt.Key.Key_Tab)
    keys.type("2")
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Backspace)
    assert editor.gap_answers() == {"a": "1", "b": "2"}
    assert editor.text() == "x = 12"


def test_brackets_close_and_completion_works_inside_a_gap(editor: CodeEditor, keys) -> None:
    editor.set_gaps("{{call}}\n", ["call"])
    editor.go_to_gap(0)
    keys.type("pri")
    keys.press(Qt.Key.Key_Tab)
    keys.type("(1)")
    assert editor.gap_answers() == {"call": "print(1)"}


def test_each_gap_is_boxed_also_when_empty(gaps: CodeEditor, keys) -> None:
    surface = keys.surface
    runs = [
        surface.indicatorValueAt(INDICATOR_GAP, surface.position_at(n))
        for n in range(len(surface.document_text()))
    ]
    assert set(runs) == {0, 1, 2, 3}
    assert runs.count(1) == 2
    keys.type("<=")
    assert surface.indicatorValueAt(INDICATOR_GAP, surface.currentPos() - 1) == 1


def test_a_click_on_a_box_puts_the_caret_into_the_gap(gaps: CodeEditor, keys) -> None:
    surface = keys.surface
    start = surface.document_text().index(START, 30)
    point = surface.point_at(surface.position_at(start)) + QPoint(1, 5)
    QTest.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=point)
    keys.type("8")
    assert gaps.gap_answers()["limit"] == "8"


def test_entering_a_gap_is_said_with_its_place_and_content(gaps: CodeEditor, keys, pump) -> None:
    said: list[str] = []
    entered: list[str] = []
    gaps.announced.connect(said.append)
    gaps.gap_entered.connect(entered.append)
    keys.press(Qt.Key.Key_Tab)
    keys.type("8")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert entered == ["limit", "points", "limit"]
    assert said == ["Gap 2 of 3: empty", "Gap 3 of 3: empty", "Gap 2 of 3: 8"]


def test_places_of_errors_count_the_programs_columns_not_the_guards(gaps: CodeEditor, keys) -> None:
    from tutor.ui.editor.numbers import INDICATOR_ERROR

    gaps.set_gap_answers({"sign": "<=", "limit": "zz", "points": "3"})
    gaps.show_error(2, 15, 17, "No zz.")
    surface = keys.surface
    text = surface.document_text()
    marked = "".join(
        c for n, c in enumerate(text) if surface.indicatorValueAt(INDICATOR_ERROR, surface.position_at(n))
    )
    assert marked == "zz"


def test_a_fill_step_opened_again_is_as_it_was_left(gaps: CodeEditor, keys) -> None:
    gaps.open_gaps("fill", TEMPLATE, NAMES, {"sign": "<"})
    gaps.go_to_gap(1)
    keys.type("8")
    gaps.open_document("other", "x = 1\n")
    keys.type("y")
    assert gaps.text() == "yx = 1\n"
    gaps.open_gaps("fill", TEMPLATE, NAMES, {"sign": "<", "limit": "8"})
    assert gaps.gap_answers() == {"sign": "<", "limit": "8", "points": ""}
    gaps.go_to(1, 0)
    keys.type("x")
    assert around(gaps) == AROUND
    gaps.undo()
    assert gaps.gap_answers()["limit"] == ""


def test_a_fill_step_whose_lesson_was_edited_shows_the_new_program(editor: CodeEditor) -> None:
    editor.open_gaps("fill", "a = {{x}}\n", ["x"], {"x": "1"})
    editor.open_document("other", "")
    editor.open_gaps("fill", "b = {{x}} + {{y}}\n", ["x", "y"], {"x": "1"})
    assert editor.text() == "b = 1 + \n"
    assert editor.gap_answers() == {"x": "1", "y": ""}


def test_resetting_a_fill_step_through_the_program_sets_the_answers(gaps: CodeEditor) -> None:
    gaps.replace_all(AROUND.replace("rate  :", "rate < 8:"))
    assert gaps.gap_answers() == {"sign": "<", "limit": "8", "points": ""}
    gaps.replace_all("something else\n")
    assert gaps.gap_answers() == {"sign": "<", "limit": "8", "points": ""}
    gaps.undo()
    assert gaps.text() == AROUND


def test_a_read_only_fill_step_cannot_be_filled(gaps: CodeEditor, keys) -> None:
    gaps.set_read_only(True)
    keys.type("<")
    keys.press(Qt.Key.Key_Backspace)
    assert gaps.text() == AROUND


KEYS = st.sampled_from(
    [Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Home, Qt.Key.Key_End,
     Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_X, Qt.Key.Key_V,
     Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_ParenLeft, Qt.Key.Key_QuoteDbl, Qt.Key.Key_1]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    presses=st.lists(
        st.tuples(KEYS, st.sampled_from([Qt.KeyboardModifier.NoModifier, CTRL, SHIFT, CTRL | SHIFT])),
        max_size=25,
    )
)
def test_no_sequence_of_keys_changes_what_stands_around_the_gaps(
    room, editor: CodeEditor, keys, presses
) -> None:
    editor.set_gaps(TEMPLATE, NAMES, {"sign": "<", "limit": "8"})
    editor.go_to_gap(0)
    for key, modifiers in presses:
        editor.setFocus()
        QTest.keyClick(keys.surface, key, modifiers)
    assert around(editor) == AROUND
    assert set(editor.gap_answers()) == set(NAMES)


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Backspace, CTRL | SHIFT),
        (Qt.Key.Key_Delete, CTRL | SHIFT),
        (Qt.Key.Key_L, CTRL),
        (Qt.Key.Key_L, CTRL | SHIFT),
        (Qt.Key.Key_T, CTRL),
        (Qt.Key.Key_D, CTRL),
    ],
)
@pytest.mark.parametrize("selected", [True, False])
def test_what_is_refused_is_not_done_again_by_redo(
    editor: CodeEditor, keys, key: Qt.Key, modifiers: Qt.KeyboardModifier, selected: bool
) -> None:
    editor.set_gaps(TEMPLATE, NAMES, {"sign": "<", "limit": "8"})
    editor.go_to_gap(0)
    if not selected:
        keys.press(Qt.Key.Key_End)
    keys.press(key, modifiers)
    for _time in range(2):
        keys.press(Qt.Key.Key_Y, CTRL)
        assert around(editor) == AROUND
    keys.press(Qt.Key.Key_Z, CTRL)
    assert around(editor) == AROUND


def test_tab_after_a_whole_name_goes_on_although_a_longer_one_is_offered(editor: CodeEditor, keys) -> None:
    template = "drink = 150\ndrinks = [drink]\ntotal = {{first}}\nprint({{second}})\n"
    editor.set_gaps(template, ["first", "second"])
    editor.go_to_gap(0)
    keys.type("drink")
    keys.press(Qt.Key.Key_Tab)
    keys.type("total")
    assert editor.gap_answers() == {"first": "drink", "second": "total"}
