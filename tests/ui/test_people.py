"""Whose work is it: the panel, the page that asks who is here, the place code, files, and the line on closing."""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from tutor.lessons.model import Course
from tutor.session.events import SessionEvent, WhoseWork
from tutor.ui.app import farewell
from tutor.ui.bridge import SessionBridge
from tutor.ui.hands import Hands
from tutor.ui.people_panel import grouped

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def open_panel(hands: Hands) -> None:
    hands.press(Qt.Key.Key_U, CTRL | SHIFT)
    hands.wait(lambda: hands.window.people_panel.code.text(), "the place code is shown")


def call_me(hands: Hands, name: str) -> None:
    panel = hands.window.people_panel
    panel.name.setFocus()
    panel.name.selectAll()
    hands.type(name)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: hands.window.header.person.text() == name, "the name is in the header")


def not_me(hands: Hands) -> None:
    open_panel(hands)
    hands.click(hands.window.people_panel.buttons["park"])
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.who, "somebody is asked who is here")


def step_id(hands: Hands) -> str:
    view = hands.opened.wiring.view
    return view.step.id if view else ""


def dialog_path(hands: Hands, target: Path) -> None:
    hands.wait(lambda: hands.opened.people.dialog is not None, "the dialog opens")
    dialog = hands.opened.people.dialog
    hands.opened.people.dialog = None
    line = dialog.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.type(str(target))
    hands.press(Qt.Key.Key_Return)


def test_a_name_is_chosen_with_the_keyboard_and_stands_in_the_header(hands: Hands) -> None:
    open_panel(hands)
    assert QApplication.focusWidget() is hands.window.people_panel.name
    call_me(hands, "Priya")
    assert hands.window.header.person.accessibleName() == "Whose work is it? Now: Priya"
    hands.press(Qt.Key.Key_Escape)
    assert not hands.window.people_panel.isVisible()


def test_not_me_shows_nothing_of_the_work_and_its_owner_opens_it_again(hands: Hands) -> None:
    open_panel(hands)
    call_me(hands, "Priya")
    hands.press(Qt.Key.Key_Escape)
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "secret = 1\n")
    not_me(hands)
    assert hands.opened.wiring.view is None
    window = hands.window
    assert "secret" not in hands.work.editor.text()
    assert window.header.person.text() == "" and window.windowTitle() == "Code4Health Tutor"
    assert QApplication.focusWidget() is window.who.people.buttons[0]
    assert window.who.people.buttons[0].accessibleName() == "Open the work of Priya"
    hands.press(Qt.Key.Key_F5)
    hands.press(Qt.Key.Key_Return, CTRL)
    window.who.name.setFocus()
    hands.type("Tom")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: step_id(hands) == "reading", "the first step opens")
    assert window.header.person.text() == "Tom"
    hands.open("every-kind", "writing")
    assert "secret" not in hands.work.editor.text()
    hands.work.editor.setFocus()
    for _time in range(3):
        hands.press(Qt.Key.Key_Z, CTRL)
    assert "secret" not in hands.work.editor.text()
    open_panel(hands)
    hands.wait(
        lambda: any(button.isVisible() for button in window.people_panel.people.buttons),
        "the other person is listed",
    )
    hands.click(window.people_panel.people.buttons[0])
    hands.wait(lambda: hands.work.editor.text() == "secret = 1\n", "the work is there again")
    assert window.header.person.text() == "Priya"
    assert not window.people_panel.isVisible()


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing that is written reaches the disk before this is set."""
    answers = threading.Event()
    answers.set()
    real = os.fsync

    def fsync(file: int) -> None:
        answers.wait(60)
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    yield answers
    answers.set()


def test_not_me_on_a_slow_disk_is_said_and_done_once_and_work_goes_on_meanwhile(
    hands: Hands, slow_disk: threading.Event
) -> None:
    window = hands.window
    hands.open("every-kind", "writing")
    open_panel(hands)
    hands.work.editor.replace_all("before = 1\n")
    slow_disk.clear()
    park = window.people_panel.buttons["park"]
    hands.click(park)
    hands.wait(lambda: window.header.opening, "it is said in the header")
    assert window.header.opening == "Putting this work away \u2026"
    said = "This work is being put away. It takes a moment."
    assert window.people_panel.message("people") == said
    for button in (park, window.people_panel.buttons["fresh"], park):
        hands.click(button)
    assert window.people_panel.message("people") == said
    hands.press(Qt.Key.Key_Escape)
    told: list[str] = []
    hands.work.edited.connect(lambda text, _place: told.append(text))
    hands.work.editor.replace_all("before = 2\n")
    hands.wait(lambda: told == ["before = 2\n"], "what is typed meanwhile is taken")
    slow_disk.set()
    hands.wait(lambda: window.body.currentWidget() is window.who, "somebody is asked who is here")
    hands.wait(lambda: not window.header.opening, "it is said no more")
    assert not window.trouble.isVisible(), "a second press would have found nobody's work open"
    assert len(window.who.people.buttons) == 1
    slow_disk.clear()
    person = window.who.people.buttons[0]
    hands.click(person)
    hands.click(person)
    hands.wait(lambda: window.header.opening, "it is said in the header")
    slow_disk.set()
    hands.wait(lambda: hands.work.editor.text() == "before = 2\n", "the work is there again")
    hands.wait(lambda: not window.header.opening, "it is said no more")
    assert not window.trouble.isVisible()


def test_after_not_me_the_next_start_asks_who_is_here(open_on: Callable[..., Hands], course: Course) -> None:
    hands = open_on(course)
    hands.open("every-kind", "writing")
    not_me(hands)
    hands.window.close()
    again = open_on(course)
    again.opened.wiring.start()
    again.wait(lambda: again.window.body.currentWidget() is again.window.who, "somebody is asked who is here")
    again.press(Qt.Key.Key_Return) if not again.window.who.people.buttons else again.press(Qt.Key.Key_Space)
    again.wait(lambda: step_id(again) == "writing", "the work opens where it was left")


def test_start_fresh_begins_with_somebody_new(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    open_panel(hands)
    hands.click(hands.window.people_panel.buttons["fresh"])
    hands.wait(lambda: step_id(hands) == "reading", "the first step opens")
    open_panel(hands)
    assert len(hands.window.people_panel.people.buttons) == 1


def test_the_place_code_is_grouped_copied_and_typed_in_on_another_pc(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    hands = open_on(course)
    hands.open("the-end", "last")
    open_panel(hands)
    panel = hands.window.people_panel
    code = hands.opened.session.work.place_code(course)
    hands.wait(lambda: panel.code.text() == grouped(code), "the code of this place is shown")
    hands.click(panel.buttons["copy"])
    assert QGuiApplication.clipboard().text() == code
    assert [len(group) for group in code.split("-")] == [3] * 6
    assert panel.message("code") == "The place code is copied."
    other = open_on(course, data=tmp_path / "other")
    other.open()
    open_panel(other)
    field = other.window.people_panel.entered
    field.setFocus()
    other.type(code.replace("-", " ").lower())
    other.press(Qt.Key.Key_Return)
    other.wait(lambda: step_id(other) == "last", "the place opens")
    assert other.window.people_panel.message("code").endswith("You are at: The end.")
    assert QApplication.focusWidget() is field  # the step opened behind the panel
    other.press(Qt.Key.Key_Escape)
    assert not other.window.people_panel.isVisible()


def test_a_mistyped_code_says_where_to_look_and_keeps_what_was_typed(hands: Hands) -> None:
    open_panel(hands)
    panel = hands.window.people_panel
    panel.entered.setFocus()
    hands.type("K7O")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: panel.message("code"), "the mistake is told")
    assert panel.message("code").startswith("A place code never holds O.")
    assert panel.entered.text() == "K7O"
    assert QApplication.focusWidget() is panel.entered


def test_work_is_exported_and_imported_as_one_file(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    hands = open_on(course)
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "mine = 1\n")
    open_panel(hands)
    hands.click(hands.window.people_panel.buttons["export"])
    dialog_path(hands, tmp_path / "work.zip")
    hands.wait(lambda: hands.window.people_panel.message("file"), "the export is told")
    assert hands.window.people_panel.message("file") == "Your work is in work.zip."
    other = open_on(course, data=tmp_path / "other")
    other.open()
    open_panel(other)
    other.click(other.window.people_panel.buttons["import"])
    dialog_path(other, tmp_path / "work.zip")
    other.wait(lambda: other.window.people_panel.message("file"), "the import is told")
    assert "Files added: " in other.window.people_panel.message("file")
    other.open("every-kind", "writing")
    assert other.work.editor.text() == "mine = 1\n"


def test_work_with_patient_data_in_it_is_asked_about_before_it_leaves(hands: Hands, tmp_path: Path) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "# Sarah Jones, born 12/03/1951\n")
    open_panel(hands)
    hands.click(hands.window.people_panel.buttons["export"])
    dialog_path(hands, tmp_path / "work.zip")
    hands.wait(hands.window.question.isVisible, "the question is asked")
    assert not (tmp_path / "work.zip").exists()
    assert hands.window.question.found == "Programs of yours that hold what looks like patient data: 1."
    hands.click(hands.window.question.remove)
    hands.wait((tmp_path / "work.zip").exists, "the rest is exported")
    with zipfile.ZipFile(tmp_path / "work.zip") as pack:
        assert not [name for name in pack.namelist() if name.startswith("drafts/")]


def test_where_the_work_is_kept_is_said_in_the_panel_and_on_closing(hands: Hands) -> None:
    open_panel(hands)
    hands.press(Qt.Key.Key_Escape)
    hands.window.close()
    said = farewell(hands.opened)
    said.say()
    assert said.isVisible()
    assert said.words.text().startswith("Your work stays on this PC, in ")
    assert said.accessibleName() == said.words.text()
    hands.press(Qt.Key.Key_Space) if QApplication.focusWidget() is said else said.close()
    hands.wait(
        lambda: not [w for w in QApplication.topLevelWidgets() if w is said and w.isVisible()], "it goes away"
    )


def test_an_answer_to_who_is_here_counts_from_the_moment_it_is_asked(hands: Hands) -> None:
    window = hands.window
    bridge = window.findChild(SessionBridge)
    assert bridge is not None
    hands.open("every-kind", "writing")
    hands.work.editor.replace_all("mine = 1\n")

    def answer_at_once(event: SessionEvent) -> None:
        if isinstance(event, WhoseWork) and not event.at_work:
            window.who.people.buttons[0].click()

    bridge.arrived.connect(answer_at_once)
    open_panel(hands)
    shown = hands.opened.wiring.steps_shown
    hands.click(window.people_panel.buttons["park"])
    hands.wait(lambda: hands.opened.wiring.steps_shown > shown, "the work of the one who was chosen is open")
    hands.wait(lambda: hands.work.editor.text() == "mine = 1\n", "it is as it was left")
