"""From any message to its line: with the mouse and with the keyboard, in a program, in gaps and in lines to arrange."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tutor.ui.hands import Hands
from tutor.ui.results.advice_card import AdviceCard
from tutor.ui.results.output_view import OutputView

NO = Qt.KeyboardModifier.NoModifier


def line_button(card: AdviceCard) -> QPushButton:
    return next(made for made in card.findChildren(QPushButton) if made.text().startswith("Line "))


def to_the_first_line(hands: Hands) -> None:
    hands.work.editor.go_to(1)
    hands.window.footer.next.setFocus()


def test_the_line_of_an_error_is_one_press_away_from_its_card(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "a = 1\nb = 2\nprint(c)\n")
    hands.run()
    hands.wait_for_end()
    to_the_first_line(hands)
    hands.click(line_button(hands.work.panel.output.advice_cards()[0]))
    assert hands.work.editor.current_line() == 3
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())


def test_so_is_the_line_of_a_program_that_stopped_in_a_check(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return numbr * 2\n")
    hands.check()
    to_the_first_line(hands)
    button = line_button(hands.work.panel.checks.findChildren(AdviceCard)[0])
    button.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.work.editor.current_line() == 2
    assert hands.work.editor.error_line() == 2


TRACE = """import json
import traceback

try:
    json.loads("{")
except ValueError:
    traceback.print_exc()
"""


@pytest.fixture
def trace(hands: Hands) -> tuple[Hands, OutputView]:
    """A program that prints a traceback of its own: line 5 of it, then lines of Python's own modules."""
    hands.open("every-kind", "writing")
    hands.work.editor.set_text(TRACE)
    hands.run()
    hands.wait_for_end()
    view = hands.work.panel.output.view
    hands.wait(lambda: "JSONDecodeError" in view.toPlainText(), "what was printed is shown")
    to_the_first_line(hands)
    return hands, view


def at(view: OutputView, words: str) -> QTextCursor:
    """Where these words stand, in sight."""
    found = view.document().find(words)
    assert not found.isNull(), view.toPlainText()
    found.setPosition(found.selectionStart() + 2)
    view.setTextCursor(found)
    view.ensureCursorVisible()
    return found


def test_a_line_number_in_the_output_is_clicked(trace: tuple[Hands, OutputView]) -> None:
    hands, view = trace
    place = view.cursorRect(at(view, 'File "main.py", line 5')).center()
    over = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), view.viewport().mapToGlobal(QPointF(place)),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NO,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), over)
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NO, place)
    assert hands.work.editor.current_line() == 5
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())


def test_enter_on_it_goes_there_too(trace: tuple[Hands, OutputView]) -> None:
    hands, view = trace
    view.setTextCursor(at(view, 'File "main.py", line 5'))
    view.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert hands.work.editor.current_line() == 5


def test_it_looks_like_a_link_and_what_is_no_line_of_the_program_does_not(
    trace: tuple[Hands, OutputView],
) -> None:
    _hands, view = trace
    assert at(view, 'File "main.py", line 5').charFormat().fontUnderline()
    assert not at(view, "decoder.py").charFormat().fontUnderline()


def test_lines_of_pythons_own_modules_lead_nowhere(trace: tuple[Hands, OutputView]) -> None:
    hands, view = trace
    place = view.cursorRect(at(view, "decoder.py")).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NO, place)
    assert hands.work.editor.current_line() == 1


@pytest.mark.parametrize("act", ["run", "check"])
def test_in_a_program_with_gaps_the_error_is_marked_and_its_line_gone_to(hands: Hands, act: str) -> None:
    hands.open("every-kind", "filling")
    hands.fill(["print", "four"])
    if act == "run":
        hands.run()
        hands.wait_for_end()
    else:
        hands.check()
    assert hands.work.gaps.error_line() == 1
    panel = hands.work.panel
    card = (panel.output if act == "run" else panel.checks).findChildren(AdviceCard)[0]
    hands.window.footer.next.setFocus()
    hands.click(line_button(card))
    assert hands.work.gaps.isAncestorOf(QApplication.focusWidget())
    hands.work.gaps.go_to_gap(1)
    hands.type("5")
    hands.wait(lambda: hands.work.gaps.error_line() is None, "the mark goes when the gap is changed")


def test_in_lines_to_arrange_its_line_is_chosen(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    hands.arrange('print("high")\nif rate > 25:\n    rate = 30')
    hands.run()
    hands.wait_for_end()
    hands.window.footer.next.setFocus()
    hands.click(line_button(hands.work.panel.output.advice_cards()[0]))
    assert hands.work.arrange.program.hasFocus()
    assert hands.work.arrange.program.lines[hands.work.arrange.program.currentRow()].text == "if rate > 25:"
