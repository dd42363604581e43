"""What a screen reader is told, through Qt's own accessible interfaces."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
CONTROLS = (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QPlainTextEdit,
    QAbstractItemView,
)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def nameless(window: QWidget) -> list[str]:
    """Controls that can be seen and used, but have no name."""
    found = []
    for widget in window.findChildren(QWidget):
        if (
            not isinstance(widget, CONTROLS)
            or not widget.isVisible()
            or widget.objectName().startswith("qt_")
        ):
            continue
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not name_of(widget).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize(
    "step",
    ["reading", "pick-it", "type-it", "pick-one", "pick-two", "filling", "arranging", "writing", "closing"],
)
def test_every_control_of_every_kind_of_step_has_a_name(hands: Hands, step: str) -> None:
    hands.open("every-kind", step)
    assert nameless(hands.window) == []


@pytest.mark.parametrize(
    "keys", ["Ctrl+O", "Ctrl+K", "Ctrl+,", "Ctrl+Shift+O", "Ctrl+Shift+N", "Ctrl+Shift+U", "F1"]
)
def test_every_control_of_every_panel_has_a_name(hands: Hands, keys: str) -> None:
    pressed = QKeySequence(keys)[0]
    hands.press(pressed.key(), pressed.keyboardModifiers())
    hands.opened.session.settle()
    QTest.qWait(100)
    assert nameless(hands.window) == []


def test_the_output_is_text_that_can_be_read_with_its_name(hands: Hands) -> None:
    hands.run()
    hands.wait_for_end()
    view = hands.work.panel.output.view
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.text(QAccessible.Text.Name) == "Output"
    assert interface.state().readOnly
    text = interface.textInterface()
    assert text.text(0, text.characterCount()) == "Bed 1"


def heard(widget: QWidget) -> list[str]:
    """What a screen reader finds inside a widget as it walks through it, in order."""

    def walk(interface: QAccessibleInterface) -> list[str]:
        words = [interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Description)]
        for at in range(interface.childCount()):
            child = interface.child(at)
            if child is not None and child.isValid() and not child.state().invisible:
                words += walk(child)
        return words

    return [word for word in walk(QAccessible.queryAccessibleInterface(widget)) if word.strip()]


def in_order(words: list[str], wanted: list[str]) -> bool:
    places = [next((at for at, word in enumerate(words) if one in word), -1) for one in wanted]
    return -1 not in places and places == sorted(places)


def test_a_verdict_is_found_in_the_order_in_which_it_is_read(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")
    hands.check()
    QApplication.processEvents()
    words = heard(hands.work.panel.checks)
    wanted = [
        "0 of 3 checks pass. First to mend:", "double(4)", "Twice 4 is 8.", "Expected: 8", "Got: 6",
        "The other checks (2)", "I think I am right",
    ]  # fmt: skip
    assert in_order(words, wanted), words


def test_an_error_is_found_with_its_line_and_its_words_and_described_at_the_program(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "bed = 1\nprint(bad)\n")
    hands.run()
    hands.wait_for_end()
    QApplication.processEvents()
    words = heard(hands.work.panel.output)
    card = hands.work.panel.output.advice_cards()[0]
    wanted = ["Python stopped on line 2.", card.advice.title, "Line 2", "Python's own words"]
    assert in_order(words, wanted), words
    surface = QApplication.focusWidget()
    assert surface is not None
    description = QAccessible.queryAccessibleInterface(surface).text(QAccessible.Text.Description)
    assert card.advice.title in description


def test_a_fold_says_whether_it_is_open(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "print(bad)\n")
    hands.run()
    hands.wait_for_end()
    fold = hands.work.panel.output.advice_cards()[0].python
    assert fold is not None

    def state() -> QAccessible.State:
        return QAccessible.queryAccessibleInterface(fold.heading).state()

    closed = state().checked, state().expanded, fold.heading.accessibleDescription()
    hands.click(fold.heading)
    assert (state().checked, state().expanded, fold.heading.accessibleDescription()) != closed


def test_a_verdict_is_spoken_whole(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")
    hands.check()
    spoken = hands.work.panel.checks.spoken()
    assert spoken.startswith("0 of 3 checks pass. First to mend: double(4) Twice 4 is 8.")
    assert "Expected 8, got 6." in spoken


def test_expected_and_got_are_named_for_those_who_cannot_see_the_columns(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")
    hands.check()
    pair = hands.work.panel.checks.comparisons()[0]
    assert name_of(pair.expected) == "Expected: 8"
    assert name_of(pair.got) == "Got: 6"


def test_a_step_dot_says_its_number_its_title_and_its_state(hands: Hands) -> None:
    dots = hands.window.lesson.steps.dots
    assert name_of(dots[7]) == "Step 8: Double a number"
    assert dots[7].accessibleDescription() == "to do"
    assert dots[0].accessibleDescription().endswith("open now")


def test_lines_to_arrange_say_how_far_they_are_indented(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    hands.press(Qt.Key.Key_Right)
    lines = hands.work.arrange.program
    interface = QAccessible.queryAccessibleInterface(lines)
    first = interface.child(0)
    assert first.text(QAccessible.Text.Name).endswith("indented by 1")


def test_the_keyboard_reaches_every_button_of_a_step(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    wanted = {
        hands.work.panel.actions_row.run, hands.work.panel.actions_row.check, hands.work.title.reset,
        hands.window.lesson.hint, hands.window.footer.next, hands.window.footer.back,
    }  # fmt: skip
    hands.window.footer.back.setFocus()
    for _stop in range(40):
        wanted.discard(QApplication.focusWidget())
        if hands.work.editor.isAncestorOf(QApplication.focusWidget()):
            hands.press(Qt.Key.Key_Escape)  # Tab belongs to the editor until Escape
        hands.press(Qt.Key.Key_Tab)
    assert not wanted
