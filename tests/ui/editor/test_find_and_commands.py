"""Find and replace, go to a line, zoom, the menu, pasting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tutor.ui.editor import CodeEditor
from tutor.ui.editor.find_bar import FindBar
from tutor.ui.editor.line_bar import LineBar
from tutor.ui.editor.numbers import INDICATOR_FOUND, MARGIN_NUMBERS

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PROGRAM = "rate = 8\nprint(rate)\nRate = 'é rate'\n"


@pytest.fixture
def bar(editor: CodeEditor, keys) -> FindBar:
    editor.set_text(PROGRAM)
    found = editor.findChild(FindBar)
    assert found is not None
    return found


def type_into(bar: FindBar, text: str) -> None:
    QTest.keyClicks(bar.find_text, text)
    QApplication.processEvents()


def test_ctrl_f_finds_as_one_types_and_enter_goes_on(editor: CodeEditor, keys, bar: FindBar) -> None:
    keys.press(Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is bar.find_text
    type_into(bar, "rate")
    assert bar.count.text() == "1 of 4"
    places = []
    for _ in range(5):
        places.append(keys.caret())
        QTest.keyClick(bar.find_text, Qt.Key.Key_Return)
    assert places == [(1, 4), (2, 10), (3, 4), (3, 14), (1, 4)]
    QTest.keyClick(bar.find_text, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(bar.find_text, Qt.Key.Key_F3, SHIFT)
    assert keys.caret() == (3, 14)


def test_matches_are_boxed_while_the_bar_is_open(editor: CodeEditor, keys, bar: FindBar) -> None:
    editor.show_find()
    type_into(bar, "rate")
    surface = keys.surface
    assert surface.indicatorValueAt(INDICATOR_FOUND, 0)
    assert not surface.indicatorValueAt(INDICATOR_FOUND, 5)
    QTest.keyClick(bar.find_text, Qt.Key.Key_Escape)
    assert not surface.indicatorValueAt(INDICATOR_FOUND, 0)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is surface


def test_esc_in_the_program_closes_the_bar_first(editor: CodeEditor, keys, bar: FindBar) -> None:
    editor.show_find()
    editor.setFocus()
    keys.press(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    keys.press(Qt.Key.Key_Tab)
    assert editor.text().startswith("    "), "that Esc has not armed leaving"


def test_capitals_can_matter(editor: CodeEditor, bar: FindBar) -> None:
    editor.show_find()
    type_into(bar, "Rate")
    bar.capitals.setChecked(True)
    assert bar.count.text() == "1 of 1"


def test_what_is_not_there_is_said(editor: CodeEditor, bar: FindBar) -> None:
    editor.show_find()
    type_into(bar, "pulse")
    assert bar.count.text() == "Not found"
    QTest.keyClick(bar.find_text, Qt.Key.Key_Return)
    assert editor.text() == PROGRAM


def test_the_selection_is_what_is_looked_for(editor: CodeEditor, keys, bar: FindBar) -> None:
    keys.surface.setSel(9, 14)
    keys.press(Qt.Key.Key_F, CTRL)
    assert bar.find_text.text() == "print"


def test_f3_goes_on_without_the_bar(editor: CodeEditor, keys, bar: FindBar) -> None:
    editor.show_find()
    type_into(bar, "rate")
    bar.close_bar()
    keys.press(Qt.Key.Key_F3)
    assert keys.caret() == (2, 10)
    keys.press(Qt.Key.Key_F3, SHIFT)
    assert keys.caret() == (1, 4)


def test_replace_one_and_replace_all_are_undoable(editor: CodeEditor, keys, bar: FindBar) -> None:
    keys.press(Qt.Key.Key_H, CTRL)
    assert bar.replace_text.isVisible()
    type_into(bar, "rate")
    QTest.keyClicks(bar.replace_text, "hr")
    QTest.keyClick(bar.replace_text, Qt.Key.Key_Return)
    assert editor.text() == "hr = 8\nprint(rate)\nRate = 'é rate'\n"
    QTest.mouseClick(bar.replace_all_button, Qt.MouseButton.LeftButton)
    assert editor.text() == "hr = 8\nprint(hr)\nhr = 'é hr'\n"
    assert bar.count.text() == "3 replaced"
    editor.undo()
    editor.undo()
    assert editor.text() == PROGRAM


def test_replacing_by_something_that_contains_it_ends(editor: CodeEditor, bar: FindBar) -> None:
    editor.show_find(replace=True)
    type_into(bar, "rate")
    QTest.keyClicks(bar.replace_text, "rate_rate")
    bar.replace_all()
    assert editor.text().count("rate_rate") == 4


def test_nothing_is_replaced_in_a_read_only_program(editor: CodeEditor, keys, bar: FindBar) -> None:
    editor.set_read_only(True)
    keys.press(Qt.Key.Key_H, CTRL)
    assert not bar.replace_text.isVisible()
    type_into(bar, "rate")
    bar.replace_all()
    assert editor.text() == PROGRAM


def test_ctrl_g_goes_to_a_line(editor: CodeEditor, keys, bar: FindBar) -> None:
    keys.press(Qt.Key.Key_G, CTRL)
    line_bar = editor.findChild(LineBar)
    assert QApplication.focusWidget() is line_bar.number
    QTest.keyClicks(line_bar.number, "3")
    QTest.keyClick(line_bar.number, Qt.Key.Key_Return)
    assert keys.caret() == (3, 0)
    assert not line_bar.isVisible()
    editor.show_go_to_line()
    QTest.keyClicks(line_bar.number, "nine")
    QTest.keyClick(line_bar.number, Qt.Key.Key_Return)
    assert line_bar.isVisible(), "a word is no line: the bar stays for another try"
    QTest.keyClick(line_bar.number, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is keys.surface


def test_zoom_by_key_has_bounds_is_reported_and_widens_the_line_numbers(
    editor: CodeEditor, keys, pump
) -> None:
    levels: list[int] = []
    editor.zoom_changed.connect(levels.append)
    width = keys.surface.marginWidthN(MARGIN_NUMBERS)
    for _ in range(40):
        keys.press(Qt.Key.Key_Plus, CTRL)
    pump()
    assert editor.zoom_level() == 20
    assert keys.surface.marginWidthN(MARGIN_NUMBERS) > width
    for _ in range(60):
        keys.press(Qt.Key.Key_Minus, CTRL)
    assert editor.zoom_level() == -5
    keys.press(Qt.Key.Key_0, CTRL)
    pump()
    assert editor.zoom_level() == 0
    assert keys.surface.marginWidthN(MARGIN_NUMBERS) == width
    assert levels[0] == 1
    assert levels[-1] == 0


def wheel(keys, delta: int, modifiers=CTRL) -> None:
    event = QWheelEvent(
        QPointF(80, 20), QPointF(80, 20), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(keys.surface.viewport(), event)


def test_ctrl_and_the_wheel_zoom_in_whole_steps(editor: CodeEditor, keys, pump) -> None:
    levels: list[int] = []
    editor.zoom_changed.connect(levels.append)
    wheel(keys, 120)
    wheel(keys, 60)
    assert editor.zoom_level() == 1
    wheel(keys, 60)
    assert editor.zoom_level() == 2
    wheel(keys, -120 * 50)
    assert editor.zoom_level() == -5
    assert levels == [1, 2, -5]


def test_line_numbers_have_room_for_every_digit(editor: CodeEditor, keys, pump) -> None:
    editor.set_text("x\n" * 12000)
    pump()
    assert keys.surface.marginWidthN(MARGIN_NUMBERS) >= keys.surface.textWidth(33, "12001")


def actions(menu: QMenu) -> dict[str, bool]:
    return {action.text(): action.isEnabled() for action in menu.actions() if action.text()}


def test_the_menu_offers_what_can_be_done_now(editor: CodeEditor, keys) -> None:
    editor.set_text("x = 1\n")
    QGuiApplication.clipboard().clear()
    assert actions(editor.context_menu()) == {
        "Undo": False, "Redo": False, "Cut": False, "Copy": False, "Paste": False, "Select all": True,
        "Comment or uncomment": True, "Find": True, "Replace": True, "Go to line": True,
    }  # fmt: skip
    keys.type("y")
    editor.select_all()
    editor.copy()
    menu = editor.context_menu()
    assert actions(menu)["Undo"] and actions(menu)["Cut"] and actions(menu)["Paste"]
    next(action for action in menu.actions() if action.text() == "Undo").trigger()
    assert editor.text() == "x = 1\n"
    editor.set_read_only(True)
    enabled = [text for text, on in actions(editor.context_menu()).items() if on]
    assert enabled == ["Select all", "Find", "Go to line"]


def test_a_right_click_opens_our_own_menu(editor: CodeEditor, keys, pump) -> None:
    at = QPoint(50, 10)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, keys.surface.mapToGlobal(at))
    QApplication.sendEvent(keys.surface.viewport(), event)
    pump()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Select all" in actions(menu)
    menu.close()
    pump()


def straight(text: str) -> str:
    """A stand-in for the tutor's own straightening."""
    return text.translate(str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "\u00a0": " "}))


def test_a_paste_is_straightened_and_undone_in_one_step(editor: CodeEditor, keys) -> None:
    editor.set_straighten(straight)
    pasted: list[str] = []
    editor.pasted.connect(pasted.append)
    editor.set_text("x = 1\n")
    keys.paste("print(“it’s”)\u00a0– 1\r\n")
    assert editor.text() == 'print("it\'s") - 1\nx = 1\n'
    assert pasted == ['print("it\'s") - 1\n']
    keys.press(Qt.Key.Key_Z, CTRL)
    assert editor.text() == "x = 1\n"


def test_typing_is_not_straightened(editor: CodeEditor, keys) -> None:
    editor.set_straighten(straight)
    keys.type("“")
    assert editor.text() == "“"


def test_shift_insert_pastes_the_same_way(editor: CodeEditor, keys) -> None:
    editor.set_straighten(straight)
    QGuiApplication.clipboard().setText("“")
    keys.press(Qt.Key.Key_Insert, SHIFT)
    assert editor.text() == '"'


def test_text_dropped_from_elsewhere_is_straightened(editor: CodeEditor, keys) -> None:
    editor.set_straighten(straight)
    data = QMimeData()
    data.setText("“a”")
    event = QDropEvent(
        QPointF(80, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )  # fmt: skip
    keys.surface.dropEvent(event)  # Qt delivers drops only while a real drag is on
    assert editor.text() == '"a"'


def test_pasting_from_an_empty_clipboard_or_a_picture_does_nothing(editor: CodeEditor, keys) -> None:
    editor.set_text("x")
    editor.select_all()
    QGuiApplication.clipboard().clear()
    keys.press(Qt.Key.Key_V, CTRL)
    editor.paste()
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    QGuiApplication.clipboard().setImage(picture)
    keys.press(Qt.Key.Key_V, CTRL)
    QTest.mouseClick(keys.surface.viewport(), Qt.MouseButton.MiddleButton)
    assert editor.text() == "x"
    assert not editor.can_undo()


def test_hidden_characters_are_shown_in_every_document(editor: CodeEditor, keys, pump) -> None:
    surface = keys.surface
    for key in ("one", "two", "one"):
        editor.open_document(key, "a\u00a0b\u200bc\n")
        pump()
        assert bytes(surface.representation("\u00a0").data()).decode() == "odd blank"
        assert bytes(surface.representation("\u200b").data()).decode() == "hidden"
        first, second = (surface.point_at(surface.position_of(1, column)).x() for column in (1, 2))
        assert second - first > surface.textWidth(32, "bbbb"), "it takes the room of its word"
