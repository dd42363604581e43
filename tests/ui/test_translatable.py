"""A language that does not exist: words that it does not change are hard-coded, and longer words must not be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)

from tutor.lessons.course_loader import course_title
from tutor.lessons.model import Course
from tutor.paths import course_folder
from tutor.ui.hands import Hands
from tutor.ui.pictures.pseudo_locale import PseudoLocale
from tutor.ui.shortcuts import commands
from tutor.ui.work.options import Option

CTRL = Qt.KeyboardModifier.ControlModifier


#: As they stand on the keyboard.
EDITOR_KEYS = {"Ctrl+F", "Ctrl+H", "Ctrl+G", "Ctrl+Space", "Ctrl+/", "F8", "Ctrl++", "Esc, Tab"}


def said(window: QWidget) -> set[str]:
    """All words of the window itself that can be seen or are read aloud."""
    words: set[str] = set()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or any(isinstance(p, Option) for p in parents(widget)):
            continue
        if isinstance(widget, QLabel | QAbstractButton) and not isinstance(widget, QCheckBox | QRadioButton):
            words.add(widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            words.add(widget.placeholderText())
        if isinstance(widget, QTabBar):
            words |= {widget.tabText(index) for index in range(widget.count())}
        words |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
    return {word for word in words if any(letter.isalpha() for letter in word)}


def parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def from_the_course(course: Course) -> set[str]:
    """Words that lesson writers translate, not we; and the names of keys."""
    known = {course.title, "main.py"} | {key for command in commands() for key in command.keys}
    for chapter in course.chapters:
        known |= {chapter.title, f"1  {chapter.title}"}
        for lesson in chapter.lessons:
            known |= {lesson.title, lesson.summary, f"1 {chapter.title} \u203a {lesson.title}"}
    return known


@pytest.mark.parametrize(
    "step", ["reading", "pick-it", "type-it", "pick-one", "filling", "arranging", "writing", "closing"]
)
def test_no_word_of_the_window_is_hard_coded(
    pseudo: PseudoLocale, open_on: Callable[..., Hands], course: Course, step: str
) -> None:
    hands = open_on(course)
    hands.open("every-kind", step)
    allowed = from_the_course(course)
    hard_coded = {word for word in said(hands.window) if "\u27e6" not in word and word not in allowed}
    assert hard_coded == set()


@pytest.mark.parametrize(
    "keys", ["Ctrl+O", "Ctrl+K", "Ctrl+,", "Ctrl+Shift+O", "Ctrl+Shift+N", "Ctrl+Shift+U", "F1"]
)
def test_no_word_of_a_panel_is_hard_coded(
    pseudo: PseudoLocale, open_on: Callable[..., Hands], course: Course, keys: str
) -> None:
    hands = open_on(course)
    hands.open()
    shown = hands.opened.wiring.steps_shown
    pressed = QKeySequence(keys)[0]
    hands.press(pressed.key(), pressed.keyboardModifiers())
    panel = hands.window.courses_panel
    hands.wait(lambda: panel.open_buttons or not panel.isVisible(), "the courses are listed")
    hands.wait(lambda: course_folder().name not in said(hands.window), "the built-in course has its title")
    if keys == "Ctrl+Shift+N":
        hands.wait(lambda: hands.opened.wiring.steps_shown > shown, "the scratch program opens")
    allowed = from_the_course(course) | {
        str(hands.opened.navigation.folders.data),
        "scratch.py",
        str(course.folder),
        course_title(course_folder()),
    }
    window = hands.window
    if keys == "Ctrl+Shift+U":  # a code to read aloud
        hands.wait(window.people_panel.code.text, "the place code is shown")
        allowed.add(window.people_panel.code.text())
    if keys == "F1":
        allowed |= {window.help_panel.details(), *EDITOR_KEYS}
    hard_coded = {word for word in said(window) if "\u27e6" not in word and word not in allowed}
    assert hard_coded == set()


def test_longer_words_are_not_cut_on_the_buttons_of_a_laptop(
    pseudo: PseudoLocale, open_on: Callable[..., Hands], course: Course
) -> None:
    hands = open_on(course)
    hands.open("every-kind", "writing")

    def cut() -> list[str]:
        """The words on buttons that have less room than they need."""
        shown = [
            button
            for button in hands.window.findChildren(QAbstractButton)
            if button.isVisible() and button.text()
        ]
        return [b.text() for b in shown if b.width() < b.fontMetrics().horizontalAdvance(b.text())]

    hands.wait(lambda: not cut(), f"every button has room for its words, not {cut()}")
