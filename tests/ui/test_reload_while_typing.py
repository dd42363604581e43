"""The open lesson's file is saved while somebody works on it: what they typed, and where they are, is never touched."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COURSE = Path(__file__).parent / "course"
STEP_BEFORE = "  - kind: read\n    id: newcomer\n    title: New\n    text: Something new.\n"

#: What a writer does to the lesson, as text that is replaced.
CHANGES = {
    "the lesson's title": ("title: Every kind of step", "title: Every kind, again"),
    "the step's text": ("text: Write `double(number)`.", "text: Write `double(number)` now."),
    "the starter": ("      def double(number):\n          ...\n", "      def double(n):\n          # here\n          ...\n"),
    "the checks": ("{call: double(0), returns: 0}", "{call: double(1), returns: 2}"),
    "a step before it": ("  - kind: exercise\n    id: writing\n", f"{STEP_BEFORE}  - kind: exercise\n    id: writing\n"),
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The lesson, in a course folder that may be changed."""
    return Path(shutil.copytree(COURSE, tmp_path / "course")) / "first" / "01-every-kind.yaml"


@pytest.fixture
def hands(open_on: Callable[..., Hands], file: Path) -> Hands:
    course = load_course(file.parent.parent).value
    assert course is not None
    made = open_on(course)
    made.open("every-kind", "writing")
    return made


def change(file: Path, old: str, new: str) -> None:
    """Save the file with this replaced."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def strike(letter: str) -> None:
    """One key, and nothing else: what is on its way to the window has not come yet."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(QApplication.focusWidget(), event)


def reload_while(hands: Hands, typed: str) -> None:
    """Read the lesson again; this is typed after the session has read it and before the window shows it."""
    shown = hands.opened.wiring.steps_shown
    hands.opened.session.reload()
    assert hands.opened.session.settle(60)
    for letter in typed:
        strike(letter)
    hands.wait(lambda: hands.opened.wiring.steps_shown > shown, "the lesson is read again")


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_typed_at_that_very_moment_stays_with_the_caret(hands: Hands, file: Path, what: str) -> None:
    editor = hands.work.editor
    editor.go_to(2, 4)
    hands.type("abc")
    change(file, *CHANGES[what])
    reload_while(hands, "de")
    assert "abcde..." in editor.text()
    hands.type("f")
    assert "abcdef..." in editor.text()
    assert hands.opened.wiring.view.step.id == "writing"
    hands.open("every-kind", "mending")
    hands.open("every-kind", "writing")
    assert "abcdef..." in editor.text()


def test_what_was_selected_stays_selected_and_undo_takes_back_what_was_typed_and_no_more(
    hands: Hands, file: Path
) -> None:
    editor = hands.work.editor
    before = editor.text()
    editor.go_to(2, 4)
    hands.type("abc")
    for _letter in "abc":
        hands.press(Qt.Key.Key_Left, SHIFT)
    for what in CHANGES.values():
        change(file, *what)
        reload_while(hands, "")
        assert editor.selected_text() == "abc"
    hands.press(Qt.Key.Key_Z, CTRL)
    assert editor.text() == before


def test_the_list_of_names_that_is_open_stays_open_and_can_be_used(hands: Hands, file: Path) -> None:
    editor = hands.work.editor
    editor.go_to(2, 4)
    hands.type("numb")
    names = editor._assist.list
    hands.wait(names.isVisible, "names are offered")
    change(file, *CHANGES["the lesson's title"])
    reload_while(hands, "")
    assert names.isVisible()
    hands.press(Qt.Key.Key_Tab)
    assert "number..." in editor.text()


def test_who_has_typed_nothing_sees_the_new_starter(hands: Hands, file: Path) -> None:
    change(file, *CHANGES["the starter"])
    reload_while(hands, "")
    assert hands.work.editor.text() == "def double(n):\n    # here\n    ...\n"


def test_a_key_struck_as_the_new_starter_comes_is_not_lost(hands: Hands, file: Path) -> None:
    editor = hands.work.editor
    editor.go_to(2, 4)
    change(file, *CHANGES["the starter"])
    reload_while(hands, "x")
    assert editor.text() == "def double(number):\n    x...\n"


def test_what_is_typed_into_a_step_that_is_taken_out_is_there_again_when_it_comes_back(
    hands: Hands, file: Path
) -> None:
    whole = file.read_text(encoding="utf-8")
    hands.work.editor.go_to(2, 4)
    hands.type("abc")
    start, end = whole.index("  - kind: exercise"), whole.index("  - kind: fix")
    file.write_text(whole[:start] + whole[end:], encoding="utf-8")
    reload_while(hands, "de")
    assert hands.opened.wiring.view.step.id == "mending"
    file.write_text(whole, encoding="utf-8")
    reload_while(hands, "")
    hands.open("every-kind", "writing")
    assert "abcde..." in hands.work.editor.text()


def test_going_there_and_back_quickly_loses_no_key(hands: Hands) -> None:
    session, wiring = hands.opened.session, hands.opened.wiring
    hands.work.editor.go_to(2, 4)
    hands.type("abc")
    shown = wiring.steps_shown
    session.next()
    session.previous()
    assert session.settle(60)
    for letter in "de":
        strike(letter)
    hands.wait(lambda: wiring.steps_shown >= shown + 2, "both steps were shown")
    assert "abcde..." in hands.work.editor.text()
    assert session.settle(60)
    hands.open("every-kind", "writing")
    assert "abcde..." in hands.work.editor.text()


def test_gaps_keep_what_is_typed_in_them_and_the_keyboard_its_place(hands: Hands, file: Path) -> None:
    hands.open("every-kind", "filling")
    gaps = hands.work.gaps
    gaps.setFocus()
    gaps.go_to_gap(1)
    hands.type("1")
    for old, new in (
        ("title: Every kind of step", "title: Again"),
        ("text: Make it print 7.", "text: Make it print seven."),
        ("{{job}}(3 + {{number}})", "# a sum\n      {{job}}(3 + {{number}})"),
    ):
        change(file, old, new)
        reload_while(hands, "2")
    assert gaps.gap_answers() == {"job": "", "number": "1222"}
    hands.press(Qt.Key.Key_Backspace)
    hands.type("3")
    assert gaps.gap_answers()["number"] == "1223"
    assert gaps.text() == "# a sum\n(3 + 1223)\n"


def test_lines_that_were_moved_stay_where_they_were_put(hands: Hands, file: Path) -> None:
    hands.open("every-kind", "arranging")
    hands.arrange('rate = 30\nif rate > 25:\n    print("high")\n')
    before = hands.work.arrange.texts
    change(file, "text: Make it print high.", "text: Make it print high now.")
    shown = hands.opened.wiring.steps_shown
    hands.opened.session.reload()
    assert hands.opened.session.settle(60)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    moved = hands.work.arrange.texts
    hands.wait(lambda: hands.opened.wiring.steps_shown > shown, "the lesson is read again")
    assert hands.work.arrange.texts == moved
    assert [text.strip() for text in moved] == [text.strip() for text in before]


def test_a_prediction_that_is_being_typed_stays(hands: Hands, file: Path) -> None:
    hands.open("every-kind", "type-it")
    hands.type("2")
    change(file, "text: What does it print?", "text: What will it print?")  # of another step
    reload_while(hands, "3")
    change(file, "print(1 + 1)", "print(1 + 2)")
    reload_while(hands, "4")
    assert hands.work.predict.typed.toPlainText() == "234"


def test_a_program_that_runs_goes_on_where_its_step_is_as_it_was(hands: Hands, file: Path) -> None:
    hands.work.editor.replace_all('name = input("Who? ")\nprint("Hello", name)\n')
    hands.run()
    hands.wait(lambda: hands.work.panel.output.input.isVisible(), "it asks")
    change(file, *CHANGES["the lesson's title"])
    reload_while(hands, "")
    assert "again" in hands.window.windowTitle()
    hands.type("Mei\n")
    hands.wait_for_end()
    assert "Hello Mei" in hands.work.panel.output.view.toPlainText()


def test_a_page_that_is_open_beside_the_work_stays_open(hands: Hands, file: Path) -> None:
    hands.opened.navigation.toggle_outline()
    assert hands.window.outline.isVisible()
    change(file, *CHANGES["the step's text"])
    reload_while(hands, "")
    assert hands.window.outline.isVisible()


def test_typing_while_the_file_is_saved_again_and_again_loses_no_letter(hands: Hands, file: Path) -> None:
    """As it really happens: the file is watched, and somebody saves it in another program."""
    chance = random.Random(5)
    whole = file.read_text(encoding="utf-8")
    versions = [whole] + [whole.replace(old, new, 1) for old, new in CHANGES.values()]
    stop = threading.Event()

    def save() -> None:
        for text in versions:
            other = file.with_suffix(".new")
            other.write_text(text, encoding="utf-8")
            other.replace(file)
            if stop.wait(0.8):
                return

    editor, shown = hands.work.editor, hands.opened.wiring.steps_shown
    editor.go_to(2, 4)
    hands.type("# ")
    writer = threading.Thread(target=save)
    writer.start()
    typed = ""
    while writer.is_alive():
        letter = chance.choice("abcdefgh ")
        strike(letter)
        typed += letter
        QTest.qWait(chance.randrange(25))
    writer.join()
    hands.wait(lambda: hands.opened.wiring.steps_shown >= shown + 4, "the lesson was read again")
    assert f"    # {typed}...\n" in editor.text()
    stop.set()
