"""The keyboard follows from step to step: what is typed lands where the work is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from tutor.lessons.model import Course
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("before", ["reading", "pick-it", "type-it", "pick-one", "arranging"])
def test_letters_typed_in_a_fill_step_land_in_its_first_gap(
    open_on: Callable[..., Hands], course: Course, before: str
) -> None:
    hands = open_on(course)
    hands.open("every-kind", before)
    lesson = hands.opened.wiring.view.lesson  # type: ignore[union-attr]
    ids = [step.id for step in lesson.steps]
    steps = ids.index("filling") - ids.index(before)
    for _ in range(abs(steps)):
        shown = hands.opened.wiring.steps_shown
        hands.press(Qt.Key.Key_PageDown if steps > 0 else Qt.Key.Key_PageUp, CTRL)
        hands.wait(lambda shown=shown: hands.opened.wiring.steps_shown > shown, "the next step opens")
    hands.type("print")
    gaps = hands.window.work.gaps
    hands.wait(lambda: gaps.gap_answers().get("job") == "print", "the first gap is filled")
