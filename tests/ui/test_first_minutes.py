"""The first minutes: no question, a program that works, one word changed and seen; each step's way back is its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.ui.hands import Hands
from tutor.ui.side_panel import SidePanel

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shipped(root: Path) -> Course:
    loaded = load_course(root / "lessons")
    assert loaded.value is not None
    return loaded.value


def shown(hands: Hands) -> str:
    return hands.work.panel.output.view.toPlainText()


def test_the_first_start_opens_on_six_lines_that_work_beside_sixty_words_at_most(
    open_on: Callable[..., Hands], shipped: Course
) -> None:
    hands = open_on(shipped)
    hands.opened.wiring.start()
    hands.wait(lambda: hands.opened.wiring.steps_shown, "the first step opens")
    program = hands.work.editor.text()
    assert len(program.splitlines()) == 6
    words = [word for word in hands.window.lesson.text.toPlainText().split() if any(map(str.isalnum, word))]
    read = words[len(["Change", "one", "word"]) : words.index("This", 20)]  # up to the line about the review
    assert len(read) <= 60, " ".join(read)
    assert not [panel for panel in hands.window.findChildren(SidePanel) if panel.isVisible()]
    assert QApplication.activeModalWidget() is None
    assert not hands.window.lesson.resume.isVisible()
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())
    hands.run()
    hands.wait_for_end()
    hands.wait(lambda: "On call: Dr Khan" in shown(hands), "the board is shown")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type("Khan")
    hands.press(Qt.Key.Key_Escape)
    hands.type("Adeyemi")
    hands.run()
    hands.wait_for_end()
    hands.wait(lambda: "On call: Dr Adeyemi" in shown(hands), "the change is seen")


def test_each_step_keeps_its_own_way_back(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.work.editor.setFocus()
    hands.press(Qt.Key.Key_End, CTRL)
    hands.type("a")
    hands.open("every-kind", "mending")
    there = hands.work.editor.text()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.work.editor.text() == there
    hands.open("every-kind", "writing")
    assert hands.work.editor.text().endswith("a")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert not hands.work.editor.text().endswith("a")


def test_a_line_that_python_cannot_read_is_marked_once_it_is_left(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    editor = hands.work.editor
    editor.set_text("")
    editor.setFocus()
    hands.type('print("Bed 1')
    hands.press(Qt.Key.Key_Delete)  # the quote and bracket that closed by themselves
    hands.press(Qt.Key.Key_Delete)
    assert not editor.live_marks()
    hands.press(Qt.Key.Key_End, CTRL)
    hands.type("\nbed = 2")
    hands.wait(editor.live_marks, "the mark comes")
    assert {mark.line for mark in editor.live_marks()} == {1}


def test_names_and_call_tips_come_while_one_types_in_a_step(hands: Hands) -> None:
    from tutor.ui.editor.assist import Assist

    hands.open("every-kind", "writing")
    editor = hands.work.editor
    editor.set_text("")
    editor.setFocus()
    assist = editor.findChild(Assist)
    hands.type("pri")
    hands.wait(assist.list.isVisible, "names are offered")
    hands.press(Qt.Key.Key_Tab)
    hands.type("(")
    hands.wait(assist.hint.isVisible, "how it is written is shown")
    assert assist.hint.words.startswith("print(")
