"""The editor with the mouse: buttons of its bars, names of its list, the menu of a program that is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu
from pytestqt.qtbot import QtBot

from tutor.ui.editor import CodeEditor, CodeView
from tutor.ui.editor.assist import Assist
from tutor.ui.editor.find_bar import FindBar
from tutor.ui.editor.line_bar import LineBar
from tutor.ui.editor.surface import Surface

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(editor: CodeEditor) -> FindBar:
    editor.set_text("rate = 8\nprint(rate)\n")
    found = editor.findChild(FindBar)
    assert found is not None
    editor.show_find(replace=True)
    QTest.keyClicks(found.find_text, "rate")
    return found


def test_next_and_previous_go_from_match_to_match(editor: CodeEditor, keys, bar: FindBar) -> None:
    first = keys.caret()
    QTest.mouseClick(bar.next_button, LEFT)
    second = keys.caret()
    assert first != second
    QTest.mouseClick(bar.previous_button, LEFT)
    assert keys.caret() == first


def test_one_match_is_replaced_and_the_bar_closed(editor: CodeEditor, bar: FindBar) -> None:
    QTest.keyClicks(bar.replace_text, "pulse")
    QTest.mouseClick(bar.replace_button, LEFT)
    assert editor.text() == "pulse = 8\nprint(rate)\n"
    QTest.mouseClick(bar.close_button, LEFT)
    assert not bar.isVisible()
    assert editor.isAncestorOf(QApplication.focusWidget())


def test_the_bar_that_asks_for_a_line_is_closed(editor: CodeEditor) -> None:
    editor.show_go_to_line()
    bar = editor.findChild(LineBar)
    assert bar is not None and bar.isVisible()
    QTest.mouseClick(bar.close_button, LEFT)
    assert not bar.isVisible()
    assert editor.isAncestorOf(QApplication.focusWidget())


def test_a_name_is_taken_from_the_list_with_a_click(editor: CodeEditor, keys) -> None:
    editor.set_text("result = 1\nresp_rate = 2\n")
    editor.go_to(3)
    keys.type("res")
    box = editor.findChild(Assist).list
    assert box.names() == ["resp_rate", "result"]
    names = box.findChild(QListWidget)
    row = names.visualItemRect(names.item(1))
    QTest.mouseClick(names.viewport(), LEFT, pos=row.center())
    QApplication.processEvents()
    assert editor.text().endswith("\nresult")
    assert not box.isVisible()


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[CodeView]:
    made = CodeView("print('Bed 1')\n")
    qtbot.addWidget(made)
    made.resize(400, 100)
    made.show()
    qtbot.waitExposed(made)
    yield made
    QGuiApplication.clipboard().clear()


def test_a_program_that_is_only_read_is_selected_and_copied_from_its_menu(
    view: CodeView, pump: Callable[[], None]
) -> None:
    surface = view.findChild(Surface)
    assert surface is not None
    for words in ("Select all", "Copy"):
        where = QPoint(20, 8)
        menu_at = surface.viewport().mapToGlobal(where)
        QApplication.sendEvent(
            surface.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, menu_at)
        )
        menu = next(one for one in view.findChildren(QMenu) if one.isVisible())
        action = next(one for one in menu.actions() if one.text() == words)
        assert action.isEnabled()
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        pump()
    assert QGuiApplication.clipboard().text().strip() == "print('Bed 1')"
