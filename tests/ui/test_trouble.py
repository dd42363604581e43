"""Trouble of ours is told in place: whose fault it is, what happened, what to do; nothing is lost and nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.errors import Fault
from tutor.lessons.model import Course
from tutor.session.events import SaveState, SavingChanged, Trouble
from tutor.ui.hands import Hands


def test_a_data_folder_that_cannot_be_used_is_told_and_the_lesson_opens_all_the_same(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.write_text("a file where the folder should be", encoding="utf-8")
    hands = open_on(course, data=data)
    hands.open()
    hands.type_program(hands.work.editor, 'print("still works")\n')
    hands.run()
    hands.wait_for_end()
    hands.wait(
        lambda: "not saved" in hands.window.footer.saving, "the footer says that the work is not saved"
    )
    hands.wait(
        lambda: "still works" in hands.work.panel.output.view.toPlainText(), "the program runs all the same"
    )


@pytest.mark.parametrize(
    ("fault", "words"),
    [(Fault.PC, "This PC"), (Fault.LESSON, "Our lesson"), (Fault.PROGRAM, "Your program")],
)
def test_trouble_says_whose_fault_it_is_and_what_to_do(hands: Hands, fault: Fault, words: str) -> None:
    hands.opened.wiring.show_event(Trouble(fault, "The disk is full.", "Free some space."))
    bar = hands.window.trouble
    assert bar.isVisible()
    assert bar.accessibleName() == f"Message about {words}"
    assert bar.accessibleDescription() == "The disk is full. Free some space."


def test_trouble_of_this_pc_stays_on_show_while_one_goes_on_and_is_closed_with_the_keyboard(
    hands: Hands,
) -> None:
    hands.opened.wiring.show_event(Trouble(Fault.PC, "The disk is full.", "Free some space."))
    hands.next()
    assert hands.window.trouble.isVisible()
    hands.window.trouble.close_button.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert not hands.window.trouble.isVisible()


def test_trouble_with_a_lesson_goes_with_its_step(hands: Hands) -> None:
    hands.opened.wiring.show_event(Trouble(Fault.LESSON, "A picture is missing."))
    hands.next()
    assert not hands.window.trouble.isVisible()


def test_the_footer_says_whether_the_work_is_safe_and_why_not(hands: Hands) -> None:
    footer = hands.window.footer
    hands.opened.wiring.show_event(SavingChanged(SaveState.FAILED, "The disk is full.", "Free some space."))
    assert footer.saving == "Your work is not saved"
    hands.opened.wiring.show_event(SavingChanged(SaveState.SAVED))
    assert footer.saving == "Your work is saved"


def test_no_message_of_the_window_is_modal(hands: Hands) -> None:
    hands.opened.wiring.show_event(Trouble(Fault.PC, "The disk is full."))
    assert QApplication.activeModalWidget() is None
