"""A picture in a lesson is on show, in its own size and colours; one that is not there is described."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPixmap

from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

COURSE = Path(__file__).parent / "course"
TEAL = QColor("#0a7d7d")


@pytest.fixture
def hands(open_on: Callable[..., Hands], tmp_path: Path) -> Hands:
    folder = Path(shutil.copytree(COURSE, tmp_path / "course"))
    (folder / "first" / "media").mkdir()
    drawn = QPixmap(60, 40)
    drawn.fill(TEAL)
    drawn.save(str(folder / "first" / "media" / "a bed.png"))
    lesson = folder / "first" / "01-every-kind.yaml"
    shown = "Press F5. ![A bed](media/a%20bed.png)"
    text = lesson.read_text(encoding="utf-8").replace("Press F5.", shown, 1)
    lesson.write_text(text, encoding="utf-8")
    course = load_course(folder).value
    assert course is not None
    made = open_on(course)
    made.open("every-kind", "reading")
    return made


def pixels(hands: Hands) -> int:
    """How many pixels of the lesson have the picture's colour."""
    image = hands.window.lesson.text.viewport().grab().toImage()
    wide, high = image.width(), image.height()
    return sum(image.pixelColor(x, y) == TEAL for x in range(wide) for y in range(high))


def test_a_picture_is_seen_in_the_lesson_and_one_that_has_gone_is_described(hands: Hands) -> None:
    assert pixels(hands) == 60 * 40
    hands.open("every-kind", "pick-it")
    assert pixels(hands) == 0
    hands.open("every-kind", "reading")
    hands.opened.navigation.change_setting("theme", "dark")
    assert pixels(hands) == 60 * 40
    hands.opened.wiring.view.lesson.path.with_name("media").joinpath("a bed.png").unlink()
    hands.open("every-kind", "pick-it")
    hands.open("every-kind", "reading")
    assert pixels(hands) == 0
    assert "[A bed]" in hands.window.lesson.text.toPlainText()
