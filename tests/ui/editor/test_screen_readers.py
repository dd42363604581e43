"""What a screen reader is given, through Qt's accessible interfaces."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from tutor.ui.editor import CodeEditor, CodeView
from tutor.ui.editor.surface import Surface


@pytest.fixture
def reader(editor: CodeEditor, keys):
    """The accessible interface of the text, as a screen reader finds it."""
    return QAccessible.queryAccessibleInterface(keys.surface)


def test_it_is_an_editable_text_of_several_lines_with_a_name(reader, editor: CodeEditor) -> None:
    assert reader.role() == QAccessible.Role.EditableText
    assert reader.text(QAccessible.Text.Name) == "Your program"
    editor.setAccessibleName("Your program, main.py")
    assert reader.text(QAccessible.Text.Name) == "Your program, main.py"
    state = reader.state()
    assert state.editable and state.multiLine and state.focusable and not state.readOnly
    assert reader.childCount() == 0
    assert reader.isValid()


def test_a_read_only_program_says_so(reader, editor: CodeEditor) -> None:
    editor.set_read_only(True)
    assert reader.state().readOnly
    assert not reader.state().editable


def test_text_and_caret_are_in_characters(reader, editor: CodeEditor) -> None:
    editor.set_text('pulse = 88\nprint("naïve 😀", pulse)\n')
    text = reader.textInterface()
    assert text.characterCount() == len(editor.text())
    assert text.text(0, -1) == editor.text()
    assert text.text(18, 23) == "naïve"
    assert reader.text(QAccessible.Text.Value) == editor.text()
    editor.go_to(2, 15)
    assert text.cursorPosition() == 26, "after an é of two bytes and a face of four"
    text.setCursorPosition(25)
    assert editor.document_state().column == 14
    text.setCursorPosition(0)
    assert editor.document_state().column == 0


def test_the_selection_is_read_and_set(reader, editor: CodeEditor) -> None:
    editor.set_text("é = 1\n")
    text = reader.textInterface()
    assert text.selectionCount() == 0
    text.addSelection(0, 5)
    assert text.selectionCount() == 1
    assert tuple(text.selection(0)) == (0, 5)
    assert editor.selected_text() == "é = 1"
    text.removeSelection(0)
    assert text.selectionCount() == 0


def test_each_character_has_a_place_on_the_screen_and_back(reader, editor: CodeEditor, pump) -> None:
    editor.set_text("abc\ndéf\n")
    pump()
    text = reader.textInterface()
    for offset in (0, 2, 4, 6):
        box = text.characterRect(offset)
        assert box.width() > 3
        assert box.height() > 8
        assert text.offsetAtPoint(box.center()) in (offset, offset + 1)
    assert text.characterRect(4).top() > text.characterRect(0).top()
    assert text.offsetAtPoint(QPoint(-5000, -5000)) >= 0


def test_dictation_software_can_edit_with_undo(reader, editor: CodeEditor) -> None:
    editor.set_text("x = 1\n")
    editing = reader.editableTextInterface()
    editing.insertText(0, "é")
    assert editor.text() == "éx = 1\n"
    editing.replaceText(0, 2, "rate")
    assert editor.text() == "rate = 1\n"
    editing.deleteText(4, 8)
    assert editor.text() == "rate\n"
    editor.undo()
    editor.undo()
    editor.undo()
    assert editor.text() == "x = 1\n"
    editor.set_read_only(True)
    editing.insertText(0, "no")
    assert editor.text() == "x = 1\n"


def test_gaps_are_found_as_brackets_and_only_they_can_be_edited(reader, editor: CodeEditor) -> None:
    editor.set_gaps("if rate {{sign}} {{limit}}:\n", ["sign", "limit"], {"sign": "<"})
    text = reader.textInterface()
    assert text.text(0, -1) == "if rate [<] []:\n"
    editing = reader.editableTextInterface()
    editing.insertText(0, "no")
    editing.insertText(13, "8")
    assert editor.gap_answers() == {"sign": "<", "limit": "8"}
    assert text.text(0, -1) == "if rate [<] [8]:\n"
    assert reader.state().editable


def test_events_follow_typing_with_the_right_places(editor: CodeEditor, keys, monkeypatch, pump) -> None:
    """What is sent to the platform; that it arrives is shown over AT-SPI in test_at_spi."""
    from tutor.ui.editor import accessible

    sent: list[tuple[str, int, str]] = []

    class Spy:
        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event) -> None:
            name = type(event).__name__
            if name == "QAccessibleTextInsertEvent":
                sent.append(("insert", event.changePosition(), event.textInserted()))
            elif name == "QAccessibleTextRemoveEvent":
                sent.append(("remove", event.changePosition(), event.textRemoved()))
            elif name == "QAccessibleTextCursorEvent":
                sent.append(("caret", event.cursorPosition(), ""))
            else:
                sent.append(("selection", event.cursorPosition(), ""))

    editor.set_text("é\n")
    pump()
    editor.go_to(1, 1)
    pump()
    monkeypatch.setattr(accessible, "QAccessible", Spy)
    keys.type("x")
    pump()
    assert ("insert", 1, "x") in sent
    assert sent[-1] == ("caret", 2, "")
    keys.press(Qt.Key.Key_Backspace)
    pump()
    assert ("remove", 1, "x") in sent
    keys.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    pump()
    assert sent[-1][0] == "selection"


def test_editors_come_and_go_with_their_interfaces(qtbot, pump) -> None:
    for _ in range(40):
        editor = CodeEditor()
        editor.show()
        surface = editor.findChild(Surface)
        interface = QAccessible.queryAccessibleInterface(surface)
        editor.set_text("x = 1\n")
        assert interface.textInterface().text(0, 5) == "x = 1"
        editor.deleteLater()
        del editor, surface, interface
        pump()
        gc.collect()


def test_a_code_view_is_a_read_only_text(qtbot) -> None:
    view = CodeView("x = 1")
    qtbot.addWidget(view)
    view.setAccessibleName("Example")
    interface = QAccessible.queryAccessibleInterface(view.findChild(Surface))
    assert interface.text(QAccessible.Text.Name) == "Example"
    assert interface.textInterface().text(0, -1) == "x = 1"
    assert interface.state().readOnly
