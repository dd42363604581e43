"""Back to where one was before and forward again, however one came there."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt

from tutor.ui.hands import Hands

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def here(hands: Hands) -> str:
    view = hands.opened.wiring.view
    if view is None:  # somebody else's work is being opened
        return ""
    return "scratch" if view.is_scratch else view.step.id


def go(hands: Hands, key: Qt.Key, there: str) -> None:
    hands.press(key, ALT)
    hands.wait(lambda: here(hands) == there, f"{there} is open")


def nothing_happens(hands: Hands, key: Qt.Key) -> None:
    shown = hands.opened.wiring.steps_shown
    hands.press(key, ALT)
    hands.opened.session.settle()
    assert hands.opened.wiring.steps_shown == shown


def test_after_a_jump_alt_left_leads_back_and_alt_right_forward_again(hands: Hands) -> None:
    hands.next()
    hands.open("the-end", "last")
    go(hands, Qt.Key.Key_Left, "pick-it")
    go(hands, Qt.Key.Key_Left, "reading")
    nothing_happens(hands, Qt.Key.Key_Left)
    go(hands, Qt.Key.Key_Right, "pick-it")
    go(hands, Qt.Key.Key_Right, "last")
    nothing_happens(hands, Qt.Key.Key_Right)


def test_another_way_taken_from_there_is_the_way_forward(hands: Hands) -> None:
    hands.open("the-end", "last")
    go(hands, Qt.Key.Key_Left, "reading")
    hands.open("every-kind", "writing")
    nothing_happens(hands, Qt.Key.Key_Right)
    go(hands, Qt.Key.Key_Left, "reading")
    go(hands, Qt.Key.Key_Right, "writing")


def test_the_scratch_program_is_a_place_too(hands: Hands) -> None:
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    hands.wait(lambda: here(hands) == "scratch", "the scratch program is open")
    go(hands, Qt.Key.Key_Left, "reading")
    go(hands, Qt.Key.Key_Right, "scratch")


def test_several_presses_at_once_go_several_places(hands: Hands) -> None:
    for _step in range(3):
        hands.next()
    for _time in range(3):
        hands.press(Qt.Key.Key_Left, ALT)
    hands.wait(lambda: here(hands) == "reading", "the first place is open")
    go(hands, Qt.Key.Key_Right, "pick-it")


def test_nothing_leads_back_into_somebody_elses_work(hands: Hands) -> None:
    hands.open("the-end", "last")
    hands.press(Qt.Key.Key_U, CTRL | SHIFT)
    hands.wait(hands.window.people_panel.isVisible, "the panel is open")
    hands.click(hands.window.people_panel.buttons["fresh"])
    hands.wait(lambda: here(hands) == "reading", "the first step opens")
    nothing_happens(hands, Qt.Key.Key_Left)


def test_another_course_begins_a_trail_of_its_own(hands: Hands, tmp_path: Path) -> None:
    other = Path(shutil.copytree(Path(__file__).parent / "course", tmp_path / "other"))
    shown = hands.opened.wiring.steps_shown
    hands.opened.courses.open(other)
    hands.wait(lambda: hands.opened.wiring.steps_shown > shown, "the other course is open")
    nothing_happens(hands, Qt.Key.Key_Left)


def test_in_a_list_of_lines_alt_and_the_arrows_still_indent(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    hands.press(Qt.Key.Key_Right, ALT)
    assert hands.work.arrange.program.lines[0].level == 1
    assert here(hands) == "arranging"
