"""Reference pages: found from the outline, by search and by a link in a lesson; read beside one's program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
COURSE = Path(__file__).parent / "course"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Path(shutil.copytree(COURSE, tmp_path / "course"))
    (made / "units.md").write_text(
        "# Units here\n\nA [[program]] counts in mmol/L. See [codes](codes.md).\n", encoding="utf-8"
    )
    (made / "codes.md").write_text(
        "# Codes here\n\n| code | means |\n|---|---|\n| 1 | yes |\n", encoding="utf-8"
    )
    course = made / "course.yaml"
    course.write_text(course.read_text(encoding="utf-8") + "pages: [units.md, codes.md]\n", encoding="utf-8")
    lesson = made / "first" / "01-every-kind.yaml"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("Press F5.", "Press F5. See [units](units.md).", 1), encoding="utf-8")
    return made


@pytest.fixture
def hands(open_on: Callable[..., Hands], folder: Path) -> Hands:
    course = load_course(folder).value
    assert course is not None
    made = open_on(course)
    made.open("every-kind", "reading")
    return made


def shown_page(hands: Hands, title: str):
    """The panel, once the page of that title has been read and is on show."""
    page = hands.window.page
    hands.wait(lambda: page.isVisible() and page.accessibleName() == title, f"the page {title}")
    hands.wait(lambda: page.text is None or page.text.hasFocus(), "the keyboard is on the page")
    return page


def test_the_outline_lists_the_pages_after_the_lessons_and_the_arrows_reach_them(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL)
    outline = hands.window.outline
    assert [row.text() for row in outline.page_rows] == ["Units here", "Codes here"]
    for _lesson in outline.rows:
        hands.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is outline.page_rows[0]
    hands.press(Qt.Key.Key_Return)
    page = shown_page(hands, "Units here")
    assert not outline.isVisible()
    assert page.accessibleName() == "Units here"
    assert "counts in mmol/L" in page.words
    assert QApplication.focusWidget() is page.text
    assert page.text is not None
    assert page.text.isReadOnly()


def test_a_link_in_the_lesson_opens_the_page_and_a_link_there_the_next(hands: Hands) -> None:
    before = hands.window.lesson.text
    before.setFocus()
    for _link in range(3):  # two terms, then the page
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    shown_page(hands, "Units here")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    page = shown_page(hands, "Codes here")
    assert "means" in page.words
    hands.press(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert QApplication.focusWidget() is before


def test_search_finds_a_page_by_its_title(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("codes he")
    hands.press(Qt.Key.Key_Return)
    shown_page(hands, "Codes here")


def test_another_step_puts_the_page_away(hands: Hands) -> None:
    hands.opened.navigation.open_page("units")
    shown_page(hands, "Units here")
    hands.next()
    assert not hands.window.page.isVisible()


def test_a_page_whose_file_has_gone_says_so(hands: Hands, folder: Path) -> None:
    (folder / "units.md").unlink()
    hands.opened.navigation.open_page("units")
    shown_page(hands, "Units here")
    said = " ".join(label.text() for label in hands.window.page.findChildren(QLabel))
    assert "This page cannot be read" in said
    assert "units.md" in said
