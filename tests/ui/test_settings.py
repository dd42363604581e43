"""Settings through their own widgets: each counts at once and is found again; what a policy has fixed says so."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QMenu, QProgressBar, QSplitter

from tutor.lessons.model import Course
from tutor.paths import policy_file
from tutor.ui.hands import Hands
from tutor.ui.settings_panel import fixed_words

CTRL = Qt.KeyboardModifier.ControlModifier


def field(hands: Hands, name: str) -> QComboBox | QCheckBox:
    panel = hands.window.settings_panel
    if not panel.isVisible():
        hands.press(Qt.Key.Key_Comma, CTRL)
    found = panel.fields[name]
    assert isinstance(found, QComboBox | QCheckBox)
    return found


def choose(hands: Hands, name: str, value: object) -> None:
    """With the keyboard: to the first, then down to this one. What changes the looks builds the panel anew."""
    box = field(hands, name)
    assert isinstance(box, QComboBox)
    down = box.findData(value)
    box.setFocus()
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Down] * down):
        hands.press(key)
    chosen = field(hands, name)
    assert chosen.hasFocus()
    assert chosen.currentData() == value


def splitter(hands: Hands) -> QSplitter:
    found = hands.window.halves.findChild(QSplitter)
    assert found is not None
    return found


def share(hands: Hands) -> int:
    left, right = splitter(hands).sizes()
    return round(100 * right / (left + right))


def test_text_grows_at_once(hands: Hands) -> None:
    before = hands.window.lesson.text.fontInfo().pointSizeF()
    choose(hands, "text_size", 150)
    assert hands.window.look.text_size == 1.5
    assert hands.window.lesson.text.fontInfo().pointSizeF() > before * 1.3


def test_the_program_gets_the_room_that_is_chosen_and_has_it_at_the_next_start(
    open_on: Callable[..., Hands], course: Course
) -> None:
    first = open_on(course)
    first.open()
    choose(first, "editor_width", 70)
    assert share(first) == pytest.approx(70, abs=2)
    first.window.close()
    second = open_on(course)
    second.open()
    second.wait(lambda: share(second) == pytest.approx(70, abs=2), "the program has its room")


def test_the_code_font_is_chosen_among_those_of_fixed_width_that_are_here(hands: Hands) -> None:
    box = field(hands, "font")
    assert isinstance(box, QComboBox)
    names = [box.itemData(at) for at in range(1, box.count())]
    assert names and all(QFontDatabase.isFixedPitch(name) for name in names)
    choose(hands, "font", names[0])
    assert hands.window.look.code_family == names[0]


@pytest.mark.parametrize("remote", [False, True])
def test_nothing_moves_when_that_is_set_nor_ever_in_a_remote_session(
    open_on: Callable[..., Hands], course: Course, monkeypatch: pytest.MonkeyPatch, remote: bool
) -> None:
    if remote:
        monkeypatch.setenv("SESSIONNAME", "RDP-Tcp#12")
    hands = open_on(course)
    hands.open()
    bar = hands.work.panel.actions_row.findChild(QProgressBar)
    assert bar is not None
    assert (bar.maximum() == 0) is not remote  # a range of nothing is a bar that moves
    tick = field(hands, "animations")
    tick.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert not tick.isChecked()
    assert bar.maximum() == 1
    hands.press(Qt.Key.Key_Space)
    assert (bar.maximum() == 0) is not remote


def test_review_cards_and_the_patient_question_are_switched_with_space(hands: Hands) -> None:
    for name in ("review_cards", "check_for_patients"):
        tick = field(hands, name)
        tick.setFocus()
        hands.press(Qt.Key.Key_Space)
        assert getattr(hands.opened.settings.settings, name) is False


def test_where_the_work_is_kept_is_said_and_its_file_is_one_press_away(hands: Hands, tmp_path: Path) -> None:
    hands.press(Qt.Key.Key_Comma, CTRL)
    panel = hands.window.settings_panel
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert str(tmp_path / "data") in said
    assert fixed_words() not in said
    panel.people.setFocus()
    hands.press(Qt.Key.Key_Space)
    people = hands.window.people_panel
    assert people.isVisible() and not panel.isVisible()
    assert {"export", "import", "fresh"} <= set(people.buttons)


ALL_FIXED = {
    "text_size": 125, "theme": "dark", "font": "", "editor_width": 60, "run_seconds": 7, "run_memory_mb": 300,
    "author": False, "animations": False, "review_cards": False, "check_for_patients": True,
}  # fmt: skip


@pytest.fixture
def fixed(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Hands:
    """A PC on which everything is fixed, also where the work is kept."""
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    policy_file().parent.mkdir(parents=True)
    everything = {**ALL_FIXED, "data_dir": str(tmp_path / "data")}
    policy_file().write_text(json.dumps(everything), encoding="utf-8")
    hands = open_on(course)
    hands.open()
    return hands


def test_everything_that_a_policy_fixes_counts_cannot_be_changed_and_says_so(fixed: Hands) -> None:
    fixed.press(Qt.Key.Key_Comma, CTRL)
    panel = fixed.window.settings_panel
    assert set(panel.fields) == set(ALL_FIXED)
    for name, value in ALL_FIXED.items():
        assert getattr(fixed.opened.settings.settings, name) == value
        assert not panel.fields[name].isEnabled()
        assert panel.fields[name].accessibleDescription() == fixed_words()
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert said.count(fixed_words()) == len(ALL_FIXED) + 1  # the folder too


def test_the_menus_of_the_header_say_it_too(fixed: Hands) -> None:
    for menu in fixed.window.header.findChildren(QMenu):
        assert not any(action.isEnabled() for action in menu.actions())
        assert menu.actions()[-1].text() == fixed_words()
    assert not splitter(fixed).handle(1).isEnabled()
    before = fixed.window.look.text_size
    fixed.press(Qt.Key.Key_Plus, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert fixed.window.look.text_size == before


def test_the_tutor_has_no_way_to_make_a_sound(root: Path) -> None:
    sounding = {"beep", "QSound", "QSoundEffect", "QMediaPlayer", "QMessageBox", "winsound"}
    for file in sorted((root / "tutor" / "ui").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        named |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        named |= {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        assert not named & sounding, file
        assert "QtMultimedia" not in file.read_text(encoding="utf-8")


def test_settings_close_with_escape_and_the_keyboard_goes_back(hands: Hands) -> None:
    field(hands, "theme")
    hands.press(Qt.Key.Key_Escape)
    assert not hands.window.settings_panel.isVisible()
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget())
