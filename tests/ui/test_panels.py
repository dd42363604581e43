"""What slides over the window: never two on each other, and the keyboard goes back to where it was before them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.lessons.model import Course
from tutor.ui.hands import Hands
from tutor.ui.side_panel import SidePanel

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def on_show(hands: Hands) -> list[SidePanel]:
    return [panel for panel in hands.window.body.findChildren(SidePanel) if panel.isVisible()]


def test_panels_on_one_side_take_each_others_place(hands: Hands) -> None:
    window = hands.window
    for key, modifiers, part in (
        (Qt.Key.Key_Comma, CTRL, "settings_panel"),
        (Qt.Key.Key_U, CTRL | SHIFT, "people_panel"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "help_panel"),
        (Qt.Key.Key_Y, CTRL | SHIFT, "history"),
    ):
        hands.press(key, modifiers)
        assert on_show(hands) == [getattr(window, part)]
    hands.press(Qt.Key.Key_Escape)
    assert on_show(hands) == []
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())


def test_left_and_right_stand_side_by_side_where_there_is_room_and_alone_where_there_is_not(
    open_on: Callable[..., Hands], course: Course
) -> None:
    wide = open_on(course)
    wide.open()
    wide.press(Qt.Key.Key_O, CTRL)
    wide.press(Qt.Key.Key_Comma, CTRL)
    assert set(on_show(wide)) == {wide.window.outline, wide.window.settings_panel}
    wide.window.close()
    narrow = open_on(course, width=760)
    narrow.open()
    narrow.press(Qt.Key.Key_O, CTRL)
    narrow.press(Qt.Key.Key_Comma, CTRL)
    assert on_show(narrow) == [narrow.window.settings_panel]


def test_the_courses_go_when_another_step_opens(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    assert hands.window.courses_panel.isVisible()
    hands.next()
    assert on_show(hands) == []


def test_a_panel_stays_in_front_with_the_keyboard_when_the_page_behind_it_changes(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Comma, CTRL)
    panel = hands.window.settings_panel
    for lesson, page in (("broken", lambda: hands.window.broken), ("the-end", lambda: hands.window.halves)):
        hands.opened.session.open(lesson)
        hands.wait(lambda page=page: hands.window.body.currentWidget() is page(), "the page changes")
        inside = panel.mapTo(hands.window, panel.rect().center())
        seen = hands.window.childAt(inside)
        assert seen is panel or panel.isAncestorOf(seen)
        assert panel.isAncestorOf(QApplication.focusWidget())
