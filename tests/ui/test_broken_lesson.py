"""A lesson whose file cannot be used: what is wrong stands in its place, and one goes on from there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


def opened_broken(hands: Hands) -> Hands:
    hands.open("every-kind", "closing")
    hands.press(Qt.Key.Key_PageDown, CTRL)
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.broken, "the problems are shown")
    return hands


def step_id(hands: Hands) -> str:
    assert hands.opened.wiring.view is not None
    return hands.opened.wiring.view.step.id


def is_filled(button: object) -> bool:
    return bool(button.property("primary"))  # type: ignore[attr-defined]


def test_the_one_filled_button_leads_to_the_next_lesson_with_the_keyboard(hands: Hands) -> None:
    page = opened_broken(hands).window.broken
    assert QApplication.focusWidget() is page.on
    assert is_filled(page.on) and not is_filled(hands.window.footer.next)
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: step_id(hands) == "last", "the lesson after it opens")
    assert hands.window.body.currentWidget() is hands.window.halves


@pytest.mark.parametrize(("key", "there"), [(Qt.Key.Key_PageDown, "last"), (Qt.Key.Key_PageUp, "closing")])
def test_next_and_back_lead_past_it(hands: Hands, key: Qt.Key, there: str) -> None:
    opened_broken(hands)
    hands.press(key, CTRL)
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.halves, "a step is on show")
    assert step_id(hands) == there


@pytest.fixture
def on_a_copy(open_on: Callable[..., Hands], tmp_path: Path) -> tuple[Hands, Path]:
    folder = Path(shutil.copytree(Path(__file__).parent / "course", tmp_path / "course"))
    loaded = load_course(folder).value
    assert loaded is not None
    hands = open_on(loaded)
    hands.open("every-kind", "closing")
    return hands, folder / "first"


def test_the_file_is_read_again_with_the_button(on_a_copy: tuple[Hands, Path]) -> None:
    hands, folder = on_a_copy
    opened_broken(hands)
    (folder / "02-broken.yaml").write_text(
        (folder / "03-the-end.yaml").read_text(encoding="utf-8").replace("the-end", "broken"),
        encoding="utf-8",
    )
    hands.click(hands.window.broken.retry)
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.halves, "the lesson opens")
    assert hands.opened.wiring.view.lesson.id == "broken"  # type: ignore[union-attr]


def test_the_last_good_version_is_one_press_away(on_a_copy: tuple[Hands, Path]) -> None:
    hands, folder = on_a_copy
    hands.open("the-end")
    file = folder / "03-the-end.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("steps:", "stebs:"), encoding="utf-8")
    page = hands.window
    hands.wait(lambda: page.body.currentWidget() is page.broken, "the problems are shown")
    assert page.broken.on.text() == "Go on with the last good version"
    assert not is_filled(page.footer.next)
    hands.press(Qt.Key.Key_Space)
    assert page.body.currentWidget() is page.halves
    assert "Goodbye" in page.lesson.text.toPlainText()
    assert is_filled(page.footer.next)


def test_the_last_lesson_of_a_course_leads_back_to_where_one_was(on_a_copy: tuple[Hands, Path]) -> None:
    hands, folder = on_a_copy
    (folder / "03-the-end.yaml").write_text(
        "format: 1\nid: the-end\ntitle: The end\nstebs: []\n", encoding="utf-8"
    )
    hands.opened.session.open("the-end", "last")
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.broken, "the problems are shown")
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.halves, "a step is on show")
    assert step_id(hands) == "closing"
