"""The author bar: there for writers only, fixed by a policy, out of the way while one tries the lesson."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from tutor.paths import policy_file
from tutor.ui.author.commands import author_commands
from tutor.ui.pictures.pseudo_locale import PseudoLocale
from tutor.ui.shortcuts import commands

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_learners_see_no_author_bar_and_nothing_of_it_is_made(write_on: Callable, folder: Path) -> None:
    hands = write_on(folder, author=False)
    hands.open("every-kind")
    assert hands.opened.author.author is None
    assert hands.opened.author.commands() == ()


def test_settings_switch_it_on_and_off_at_once_and_keep_it(write_on: Callable, folder: Path) -> None:
    hands = write_on(folder, author=False)
    hands.open("every-kind")
    hands.press(Qt.Key.Key_Comma, CTRL)
    field = hands.window.settings_panel.fields["author"]
    hands.click(field)
    assert hands.room.bar.isVisible()
    hands.wait(field.hasFocus, "the keyboard is where it was")
    hands.wait(lambda: not field.visibleRegion().isEmpty(), "and what it is on is in sight")
    hands.click(hands.window.settings_panel.fields["author"])
    assert not hands.room.bar.isVisible()
    hands.opened.navigation.change_setting("author", True)
    hands.window.close()
    again = write_on(folder, author=False)
    assert again.room.bar.isVisible()


def test_switching_it_on_leaves_the_keyboard_and_escape_closes_the_settings(
    write_on: Callable, folder: Path
) -> None:
    hands = write_on(folder, author=False)
    hands.open("every-kind")
    hands.press(Qt.Key.Key_Comma, CTRL)
    field = hands.window.settings_panel.fields["author"]
    field.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: hands.room.bar.isVisible() and field.hasFocus(), "the bar is there")
    hands.press(Qt.Key.Key_Escape)
    assert not hands.window.settings_panel.isVisible()
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())


def test_the_option_counts_for_this_start_only(write_on: Callable, folder: Path) -> None:
    hands = write_on(folder, author=True)
    hands.open("every-kind")
    assert hands.room.bar.isVisible()
    hands.window.close()
    assert write_on(folder, author=False).opened.author.author is None


@pytest.mark.parametrize("fixed", [True, False])
def test_a_policy_fixes_it_whatever_the_option_says(write_on: Callable, folder: Path, fixed: bool) -> None:
    policy_file().parent.mkdir(parents=True, exist_ok=True)
    policy_file().write_text(json.dumps({"author": fixed}), encoding="utf-8")
    hands = write_on(folder, author=not fixed)
    hands.open("every-kind")
    assert hands.opened.author.is_on is fixed
    hands.opened.navigation.change_setting("author", not fixed)
    assert hands.opened.author.is_on is fixed


def test_trying_as_a_learner_hides_all_but_the_way_back_and_forgets_nothing(writer) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Twice a number")
    writer.press(Qt.Key.Key_L, CTRL | SHIFT)
    bar = writer.room.bar
    assert not writer.room.dock.isVisible()
    assert not bar.buttons["author-edit"].isVisible()
    assert bar.back.isVisible()
    writer.press(Qt.Key.Key_E, CTRL)  # the other keys sleep meanwhile
    assert not writer.room.dock.isVisible()
    writer.click(bar.back)
    assert writer.room.dock.isVisible()
    assert "Twice a number" in writer.editor.text()
    assert writer.writing.current.changed


def test_every_command_is_found_by_searching_and_has_a_name_for_screen_readers(writer) -> None:
    writer.press(Qt.Key.Key_K, CTRL)
    writer.type("show the checks")
    writer.press(Qt.Key.Key_Return)
    assert writer.room.dock.isVisible()
    assert writer.room.dock.pane is writer.room.checks
    assert "Twice 4 is 8." in writer.room.checks.words
    assert "return number * 2" in writer.room.checks.words
    for made in writer.room.bar.buttons.values():
        assert made.accessibleDescription()
    acts = writer.author.acts
    assert {command.name for command in writer.opened.author.commands()} <= acts.keys()


def test_the_checks_follow_the_step_and_the_keyboard_stays_with_the_lesson(writer) -> None:
    writer.author.show_checks()
    before = QApplication.focusWidget()
    writer.next()
    assert "Mend the greeting" in writer.room.checks.title.text()
    assert 'print("Hello " + name)' in writer.room.checks.words
    assert before is not None


def test_the_checks_of_every_kind_of_step_are_said(writer) -> None:
    writer.author.show_checks()
    for step, words in {
        "reading": "Nothing is judged",
        "pick-it": "what the program really does",
        "pick-one": "Right: ",
        "filling": "takes print",
        "arranging": "rate = 30",
        "mending": "Hello Mei",
    }.items():
        writer.open("every-kind", step)
        assert words in writer.room.checks.words


def test_another_part_of_the_writers_half_takes_the_keyboard_from_the_one_before(writer) -> None:
    writer.edit()
    writer.editor.setFocus()
    writer.author.show_checks()
    assert QApplication.focusWidget() is writer.room.checks.text
    writer.author.show_cases()
    assert QApplication.focusWidget() is writer.room.cases.open


def test_f6_reaches_the_writers_half_and_leaves_it(writer) -> None:
    writer.edit()
    writer.window.lesson.focus_first()
    seen = False
    for _part in range(8):
        writer.press(Qt.Key.Key_F6)
        seen = seen or writer.room.has_keyboard
    assert seen


def test_a_narrow_window_puts_the_halves_one_above_the_other(writer) -> None:
    writer.edit()
    assert writer.room.splitter.orientation() is Qt.Orientation.Horizontal
    writer.window.resize(760, 768)
    QApplication.processEvents()
    assert writer.room.splitter.orientation() is Qt.Orientation.Vertical
    assert writer.editor.isVisible() and writer.window.lesson.isVisible()


def test_no_key_of_the_writers_is_a_key_of_something_else() -> None:
    keys = [key for command in (*author_commands(), *commands()) for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_word_is_translated_and_every_control_has_a_name(
    pseudo: PseudoLocale, write_on: Callable, folder: Path
) -> None:
    writer = write_on(folder)
    writer.open("every-kind", "writing")
    writer.edit()
    room = writer.room
    shown = [room.bar, room.dock]
    for pane in (room.file, room.test, room.cases, room.checks):
        room.dock.turn_to(pane)
        assert untranslated(shown) == set()
    writer.author.new_step()
    assert untranslated([room.new_step]) == set()
    writer.author.new_lesson()
    assert untranslated([room.new_lesson]) == set()
    cut = [
        b.text()
        for b in writer.room.bar.findChildren(QPushButton)
        if b.isVisible() and b.width() < b.sizeHint().width()
    ]
    assert cut == []


def untranslated(parts: list[QWidget]) -> set[str]:
    """Words that no translator changes (but those of the course), and controls that a screen reader cannot name."""
    found = set()
    for part in parts:
        for widget in part.findChildren(QWidget):
            if not widget.isVisible():
                continue
            words = {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()}
            if isinstance(widget, QLabel | QAbstractButton):
                words.add(widget.text())
            found |= {
                word for word in words if any(letter.isalpha() for letter in word) and "\u27e6" not in word
            }
            can_act = isinstance(widget, QAbstractButton | QComboBox | QLineEdit)
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            if can_act and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not named:
                found.add(f"{type(widget).__name__} without a name")
    return found - {"Double a number", "All kinds", "every-kind"}
