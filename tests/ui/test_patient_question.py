"""Text that looks like patient data is asked about in place: when it is pasted, looked at in a file, or saved elsewhere.

All numbers are computed here; all people are invented.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tutor.lessons.model import Course
from tutor.runner.result import FolderFile
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


def nhs_number(nine: str = "481200312") -> str:
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    assert check != 10
    return nine + str(check)


def paste(hands: Hands, text: str) -> None:
    hands.work.editor.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    QGuiApplication.clipboard().setText(text)
    hands.press(Qt.Key.Key_V, CTRL)


def dialog_of(hands: Hands) -> QFileDialog | None:
    return next((one for one in hands.window.findChildren(QFileDialog) if one.isVisible()), None)


def save_to(hands: Hands, target: Path) -> None:
    hands.wait(lambda: dialog_of(hands) is not None, "the dialog opens")
    line = dialog_of(hands).findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.type(str(target))
    hands.press(Qt.Key.Key_Return)
    hands.wait(target.exists, "the file is written")


def test_a_pasted_nhs_number_is_asked_about_and_typing_goes_on(hands: Hands) -> None:
    paste(hands, f'nhs = "{nhs_number()}"')
    question = hands.window.question
    assert question.isVisible()
    assert question.found == "Line 1 holds what looks like an NHS number."
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())
    hands.type("\nbed = 4")
    assert hands.work.editor.text() == f'nhs = "{nhs_number()}"\nbed = 4'
    assert question.isVisible()


def test_remove_it_blanks_it_and_one_undo_brings_it_back(hands: Hands) -> None:
    program = f'nhs = "{nhs_number()}"  # Sarah Jones, born 12/03/1951'
    paste(hands, program)
    question = hands.window.question
    question.remove.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.work.editor.text() == 'nhs = "0000000000"  # xxxxx xxxxx, born 00/00/0000'
    assert not question.isVisible()
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.work.editor.text() == program


def test_what_is_invented_is_kept_and_not_asked_about_again(hands: Hands, tmp_path: Path) -> None:
    program = f'nhs = "{nhs_number()}"'
    paste(hands, program)
    hands.window.question.keep.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.work.editor.text() == program
    assert not hands.window.question.isVisible()
    paste(hands, program)
    assert not hands.window.question.isVisible()
    hands.press(Qt.Key.Key_S, CTRL)
    save_to(hands, tmp_path / "mine.py")
    assert nhs_number() in (tmp_path / "mine.py").read_text(encoding="utf-8")


def test_the_question_is_put_away_when_another_step_opens(hands: Hands) -> None:
    paste(hands, nhs_number())
    assert hands.window.question.isVisible()
    hands.next()
    assert not hands.window.question.isVisible()


def test_an_ordinary_paste_asks_nothing(hands: Hands) -> None:
    paste(hands, 'name = "Amara Okafor"\nnhs = "999 000 0018"\n')
    assert not hands.window.question.isVisible()


def test_saving_a_program_waits_for_the_answer_and_removes_what_was_typed(
    hands: Hands, tmp_path: Path
) -> None:
    hands.type_program(hands.work.editor, f'nhs = "{nhs_number()}"\n')
    assert not hands.window.question.isVisible()  # what is typed is asked about when it is to leave
    hands.press(Qt.Key.Key_S, CTRL)
    assert dialog_of(hands) is None
    question = hands.window.question
    assert question.found == "Line 2 holds what looks like an NHS number."
    assert QApplication.focusWidget() is question.remove
    hands.press(Qt.Key.Key_Space)
    save_to(hands, tmp_path / "mine.py")
    saved = (tmp_path / "mine.py").read_text(encoding="utf-8")
    assert 'nhs = "0000000000"' in saved
    assert nhs_number() in hands.work.editor.text()


def test_saving_the_output_asks_too(hands: Hands, tmp_path: Path) -> None:
    nine = nhs_number()[:9]
    hands.type_program(hands.work.editor, f'print("{nine}" + "{nhs_number()[9]}")\n')
    hands.run()
    hands.wait_for_end()
    hands.click(hands.work.panel.output.save)
    assert dialog_of(hands) is None
    hands.click(hands.window.question.keep)
    save_to(hands, tmp_path / "output.txt")
    assert (tmp_path / "output.txt").read_text(encoding="utf-8").strip() == nhs_number()


def test_all_that_was_printed_is_saved_also_what_is_no_longer_on_show(hands: Hands, tmp_path: Path) -> None:
    hands.type_program(hands.work.editor, "for n in range(9000):\n    print('bed', n)\n")
    hands.run()
    hands.wait_for_end()
    hands.click(hands.work.panel.output.save)
    save_to(hands, tmp_path / "output.txt")
    lines = (tmp_path / "output.txt").read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("bed 0", "bed 8999")


def test_a_written_file_is_asked_about_when_it_is_looked_at(hands: Hands) -> None:
    panel = hands.work.panel
    panel.tabs.setTabVisible(2, True)
    panel.tabs.setCurrentIndex(2)
    content = f"name,nhs\nA,{nhs_number()}\n".encode()
    panel.files.show_written([FolderFile("out.csv", len(content), content)])
    hands.wait(hands.window.question.isVisible, "the question is asked")
    hands.click(hands.window.question.remove)
    assert panel.files.files[0].file.content == b"name,nhs\nA,0000000000\n"
    assert panel.files.table.item(0, 1).text() == "0000000000"


def test_the_setting_switches_it_off_and_a_policy_fixes_it(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_on(course, data=tmp_path / "a")
    hands.open()
    hands.press(Qt.Key.Key_Comma, CTRL)
    hands.click(hands.window.settings_panel.fields["check_for_patients"])
    hands.press(Qt.Key.Key_Escape)
    paste(hands, nhs_number())
    assert not hands.window.question.isVisible()
    from tutor.paths import policy_file

    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    policy_file().parent.mkdir(parents=True)
    policy_file().write_text(json.dumps({"check_for_patients": True}), encoding="utf-8")
    fixed = open_on(course, data=tmp_path / "b")
    fixed.open()
    fixed.press(Qt.Key.Key_Comma, CTRL)
    assert not fixed.window.settings_panel.fields["check_for_patients"].isEnabled()
    fixed.press(Qt.Key.Key_Escape)
    paste(fixed, nhs_number())
    assert fixed.window.question.isVisible()


def test_the_question_speaks_for_itself(hands: Hands) -> None:
    paste(hands, nhs_number())
    question = hands.window.question
    assert question.accessibleName() == "A question about patient data"
    assert question.accessibleDescription() == (
        "Line 1 holds what looks like an NHS number. It was pasted into the program. "
        "Patient data must not be in this program, not even for practice."
    )
    assert question.remove.accessibleDescription() == "Put zeros and x in its place. Ctrl+Z undoes it."
