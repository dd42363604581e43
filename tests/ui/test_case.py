""" "I think I am right": offered quietly after a refused check, read before it is saved, and read again by the writer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tutor.authoring.cases import read_case
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


def refused(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")
    hands.check()


def save_to(hands: Hands, target: Path) -> None:
    def dialog() -> QFileDialog | None:
        return next((one for one in hands.window.findChildren(QFileDialog) if one.isVisible()), None)

    hands.wait(dialog, "the dialog opens")
    line = dialog().findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.type(str(target))
    hands.press(Qt.Key.Key_Return)
    hands.wait(target.exists, "the file is written")


def test_a_refused_program_is_shown_as_a_case_saved_as_it_was_shown_and_read_back(
    hands: Hands, tmp_path: Path
) -> None:
    refused(hands)
    button = hands.work.panel.checks.case
    assert button.isVisible()
    button.setFocus()
    hands.wait(lambda: QApplication.focusWidget() is button, "the button has the keyboard", 3)
    hands.press(Qt.Key.Key_Space)
    panel = hands.window.case_panel
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.reason
    hands.type("It doubles 2.")
    assert "It doubles 2." in panel.preview.toPlainText()
    shown = panel.preview.toPlainText()
    hands.click(panel.save)
    save_to(hands, tmp_path / "mine.case.txt")
    saved = (tmp_path / "mine.case.txt").read_text(encoding="utf-8")
    assert saved == shown
    case = read_case(saved)
    assert (case.lesson, case.step) == ("every-kind", "writing")
    assert case.program == "def double(number):\n    return number + 2\n"
    assert case.reason == "It doubles 2."
    assert case.content_hash == hands.opened.wiring.view.step.content_hash
    assert any(line.startswith("failed  double(4)") for line in case.checks)
    assert str(Path.home()) not in saved and str(tmp_path) not in saved


def test_the_case_holds_the_program_that_was_judged_not_what_was_typed_since(hands: Hands) -> None:
    refused(hands)
    hands.work.editor.setFocus()
    hands.type("# later\n")
    hands.click(hands.work.panel.checks.case)
    assert "later" not in hands.window.case_panel.preview.toPlainText()


def test_a_passed_program_offers_no_case(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number * 2\n")
    hands.check()
    assert not hands.work.panel.checks.case.isVisible()


def test_patient_data_in_a_case_are_asked_about_before_it_is_saved(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(
        hands.work.editor, "# Sarah Jones, born 12/03/1951\ndef double(number):\n    return 1\n"
    )
    hands.check()
    hands.click(hands.work.panel.checks.case)
    hands.click(hands.window.case_panel.save)
    assert hands.window.question.isVisible()
    assert hands.window.question.found.endswith("what looks like a date of birth beside a name.")


def test_in_a_low_window_the_program_to_arrange_is_larger_than_what_is_set_aside(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    lists = hands.work.arrange
    hands.wait(lambda: lists.program.height() >= 2 * lists.aside.height(), "the program has the room")
    assert lists.program.height() > lists.aside.height()
    hands.press(Qt.Key.Key_Delete)
    assert lists.aside.count() == 1
    hands.wait(lambda: lists.program.height() >= 2 * lists.aside.height(), "it keeps it")
