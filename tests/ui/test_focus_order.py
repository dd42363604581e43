"""Tab goes through the window as one reads it: header, steps, lesson, work, results, footer; also what is made late."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tutor.ui.hands import Hands


def said(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or type(widget).__name__


def walk(hands: Hands) -> list[str]:
    """The names of all stops, from the first of the header on."""
    hands.window.header.focus_first()
    start, stops = QApplication.focusWidget(), []
    for _stop in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        stops.append(said(focused))
        if hands.work.editor.isAncestorOf(focused) or hands.work.gaps.isAncestorOf(focused):
            hands.press(Qt.Key.Key_Escape)  # else Tab indents, or goes to the next gap
            if hands.work.gaps.isAncestorOf(focused):
                hands.work.gaps.go_to_gap(1)
        hands.press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is start:
            return stops
    raise AssertionError(f"Tab does not come round: {stops}")


HEADER = [
    "Course outline", "Search or jump", "Whose work is it?", "Text size", "Light or dark", "Settings", "Help",
]  # fmt: skip


def test_a_verdict_is_reached_before_the_footer(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")
    hands.check()
    hands.check()
    assert walk(hands) == [
        *HEADER, "Step 8: Double a number", "Lesson", "Hint 1 of 2", "History", "Reset to start", "Your program",
        "Run  F5", "Check  Ctrl+Enter", "Results", "Checks", "Show a hint", "The other checks (2)",
        "I think I am right", "Back", "Next",
    ]  # fmt: skip


def test_an_error_is_reached_before_the_footer(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "print(1)\nprint(bad)\n")
    hands.run()
    hands.wait_for_end()
    stops = walk(hands)
    assert stops[stops.index("Results") :] == [
        "Results", "Output", "Line 2", "Python's own words", "Save output", "Back", "Next",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["pick-one", "pick-it"])
def test_answers_are_reached_between_the_lesson_and_the_footer(hands: Hands, step: str) -> None:
    hands.open("every-kind", "writing")  # the other pages are made later
    hands.open("every-kind", step)
    hands.press(Qt.Key.Key_1)
    stops = walk(hands)
    page = hands.work.choose if step == "pick-one" else hands.work.predict
    assert page.options is not None
    options = {said(option.mark) for option in page.options.options}
    first, answer = (
        next(at for at, name in enumerate(stops) if name in options),
        stops.index(page.answer.text()),
    )
    assert stops.index("Lesson") < first < answer < stops.index("Back")


def test_lines_to_arrange_stand_between_the_title_and_run(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.open("every-kind", "arranging")
    stops = walk(hands)
    assert stops.index("Reset to start") < stops.index("Your program, line by line") < stops.index("Run  F5")
    assert stops.index("Lines set aside") < stops.index("Run  F5")
