"""Tracks: the outline can list the lessons of one alone; it locks none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
COURSE = Path(__file__).parent / "course"


@pytest.fixture
def hands(open_on: Callable[..., Hands], tmp_path: Path) -> Hands:
    folder = Path(shutil.copytree(COURSE, tmp_path / "course"))
    file = folder / "course.yaml"
    more = "tracks:\n  - {id: short, title: The short way, lessons: [the-end]}\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    course = load_course(folder).value
    assert course is not None
    made = open_on(course)
    made.open("every-kind", "reading")
    return made


def listed(hands: Hands) -> list[str]:
    return [row.lesson.heading.id for row in hands.window.outline.rows]


def test_a_track_lists_its_own_lessons_and_all_come_back(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL)
    outline = hands.window.outline
    assert listed(hands) == ["every-kind", "broken", "the-end"]
    assert outline.tracks is not None
    assert [outline.tracks.itemText(at) for at in range(2)] == ["All lessons", "The short way"]
    outline.tracks.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert listed(hands) == ["the-end"]
    assert outline.tracks.hasFocus()
    hands.press(Qt.Key.Key_Up)
    assert listed(hands) == ["every-kind", "broken", "the-end"]


def test_the_track_is_kept_when_the_outline_is_opened_again_and_next_goes_on_as_ever(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL)
    assert hands.window.outline.tracks is not None
    hands.window.outline.tracks.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Escape)
    hands.next()
    assert hands.opened.wiring.view is not None
    assert hands.opened.wiring.view.step.id == "pick-it"
    hands.press(Qt.Key.Key_O, CTRL)
    assert listed(hands) == ["the-end"]


def test_a_course_without_tracks_has_no_such_choice(open_on: Callable[..., Hands]) -> None:
    course = load_course(COURSE).value
    assert course is not None
    plain = open_on(course)
    plain.open()
    plain.press(Qt.Key.Key_O, CTRL)
    assert plain.window.outline.tracks is None
