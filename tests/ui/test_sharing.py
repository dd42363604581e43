"""The height of the right half: the program and what came of it have what they need, also with large text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tutor.lessons.model import Course
from tutor.ui.hands import Hands
from tutor.ui.results.advice_card import AdviceCard
from tutor.ui.work.sharing import upper_height

CTRL = Qt.KeyboardModifier.ControlModifier
SIX = "".join(f'print("line {n}")\n' for n in range(6))


@given(
    height=st.integers(1, 2000),
    now=st.integers(0, 2000),
    program=st.integers(0, 2000),
    results=st.integers(0, 2000),
)
def test_where_both_have_room_both_get_what_they_need_and_the_boundary_moves_as_little_as_it_must(
    height: int, now: int, program: int, results: int
) -> None:
    upper = upper_height(height, now, program, results, shown=True)
    if program + results <= height:
        assert upper >= program
        assert height - upper >= results
        if program <= now <= height - results:
            assert upper == now


@given(height=st.integers(1, 2000), program=st.integers(0, 2000), results=st.integers(0, 2000))
def test_where_there_is_no_room_for_both_neither_is_left_without(
    height: int, program: int, results: int
) -> None:
    upper = upper_height(height, 0, program, results, shown=True)
    if program + results > height:
        assert upper >= min(program, int(height * 0.42))
        assert height - upper >= min(results, height // 2)


@pytest.fixture
def large(open_on: Callable[..., Hands], course: Course, request: pytest.FixtureRequest) -> Hands:
    """A laptop's window at a text size, with an exercise open in it."""
    hands = open_on(course)
    hands.opened.navigation.change_setting("text_size", request.param)
    hands.open("every-kind", "exercise")
    if hands.window.halves.narrow:
        hands.window.show_work()
    QTest.qWait(100)
    return hands


def seen(widget: QWidget, window: QWidget) -> int:
    """How many pixels of a widget's height can be seen."""
    shown = widget.visibleRegion().boundingRect()
    assert window.isAncestorOf(widget)
    return shown.height()


@pytest.mark.parametrize("large", [150, 200], indirect=True)
def test_with_large_text_the_window_still_fits_a_laptop_and_shows_error_line_output_and_advice(
    large: Hands,
) -> None:
    hands = large
    assert hands.window.height() == 768
    hands.type_program(hands.work.editor, 'print("Ward 4")\nprnt("Bed 1: Amara Okafor")\n')
    hands.run()
    hands.wait_for_end()
    card = hands.window.findChild(AdviceCard)
    assert card is not None
    look = hands.work.look
    hands.wait(lambda: seen(card, hands.window) >= look.px(64), "title and first line of the advice are seen")
    output = hands.work.panel.output.view
    assert output.cursorRect().height() <= output.viewport().height()
    assert output.verticalScrollBar().value() == 0, "what it printed is not scrolled away"
    assert hands.work.editor.document_state().first_line <= 2
    assert hands.work.editor.height() >= hands.work.editor.least_height(2)


@pytest.mark.parametrize("large", [150, 200], indirect=True)
def test_with_large_text_find_and_replace_is_whole_and_nothing_in_it_overlaps(large: Hands) -> None:
    hands = large
    hands.type_program(hands.work.editor, SIX)
    hands.run()
    hands.wait_for_end()
    hands.work.editor.setFocus()
    hands.press(Qt.Key.Key_H, CTRL)
    find = hands.work.editor._find
    hands.wait(lambda: find.isVisible() and find.height() >= find.sizeHint().height(), "the bar is whole")
    buttons = [made for made in find.findChildren(QPushButton) if made.isVisible()]
    assert all(made.visibleRegion().boundingRect().size() == made.size() for made in buttons)
    for one in buttons:
        assert not any(one is not other and one.geometry().intersects(other.geometry()) for other in buttons)
    hands.press(Qt.Key.Key_Escape)
    hands.wait(lambda: not find.isVisible(), "the bar is closed")


def test_the_boundary_stays_where_the_learner_has_moved_it(hands: Hands) -> None:
    hands.open("every-kind", "exercise")
    splitter = hands.work.splitter
    handle = splitter.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 0))
    QTest.mouseMove(handle, QPoint(5, 120))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 120))
    QApplication.processEvents()
    moved = splitter.sizes()
    hands.type_program(hands.work.editor, SIX * 3)
    hands.run()
    hands.wait_for_end()
    assert splitter.sizes() == moved


def test_what_a_program_prints_gets_room_and_the_next_run_moves_nothing(hands: Hands) -> None:
    hands.open("every-kind", "exercise")
    hands.type_program(hands.work.editor, "for n in range(14):\n    print(n)\n")
    before = hands.work.splitter.sizes()[1]
    hands.run()
    hands.wait_for_end()
    panel = hands.work.panel
    hands.wait(lambda: hands.work.splitter.sizes()[1] >= panel.wanted_height(), "the results have their room")
    assert hands.work.splitter.sizes()[1] > before
    given = hands.work.splitter.sizes()
    hands.type_program(hands.work.editor, "print(1)\n")
    hands.run()
    hands.wait_for_end()
    QTest.qWait(50)
    assert hands.work.splitter.sizes() == given


def test_the_last_lines_stay_in_sight_when_the_way_the_run_ended_is_said_below_them(hands: Hands) -> None:
    hands.open("every-kind", "exercise")
    hands.type_program(hands.work.editor, "for n in range(200):\n    print(n)\n")
    hands.run()
    hands.wait_for_end()
    bar = hands.work.panel.output.view.verticalScrollBar()
    hands.wait(lambda: bar.maximum() > 0 and bar.value() == bar.maximum(), "the end is in sight")
