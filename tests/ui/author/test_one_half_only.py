"""Author mode where there is room for one half only: twice the text size on a laptop's screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget


@pytest.fixture
def large(write_on: Callable, folder: Path):
    """A window in author mode with text at 200 %."""
    writer = write_on(folder)
    writer.opened.navigation.change_setting("text_size", 200)
    writer.open("every-kind", "writing")
    QTest.qWait(50)
    return writer


def in_front(window: QWidget, part: QWidget) -> bool:
    """Whether what is seen in the middle of a part is that part, and nothing over it."""
    at = part.mapTo(window, QPoint(part.width() // 2, part.height() // 2))
    found = window.childAt(at)
    return found is not None and (found is part or part.isAncestorOf(found))


def test_at_twice_the_text_size_the_writers_half_has_the_whole_width(large) -> None:
    large.edit()
    assert large.window.width() <= 1366
    assert large.window.height() <= 768
    assert large.room.covers
    assert large.room.dock.width() == large.window.body.width()
    assert in_front(large.window, large.editor)


def test_it_says_the_way_to_the_lesson_and_goes_there(large) -> None:
    large.edit()
    back = next(b for b in large.room.dock.findChildren(QToolButton) if b.text() == "To the lesson")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert not large.room.dock.isVisible()
    assert in_front(large.window, large.window.lesson.text)
    large.edit()
    assert in_front(large.window, large.editor)


def test_f6_leads_from_the_file_to_the_lesson_which_then_can_be_seen(large) -> None:
    large.edit()
    large.editor.setFocus()
    for _part in range(8):
        large.press(Qt.Key.Key_F6)
        if large.window.lesson.isAncestorOf(QApplication.focusWidget() or large.window):
            break
    assert not large.room.dock.isVisible()
    assert in_front(large.window, large.window.lesson.text)


def test_f5_shows_what_the_program_does_and_not_the_file(large) -> None:
    large.edit()
    large.run()
    large.wait_for_end()
    assert in_front(large.window, large.work.panel.output.view)


def test_panels_slide_over_the_file_and_the_file_is_there_after_them(large) -> None:
    large.edit()
    large.author.new_step()
    QApplication.processEvents()
    assert in_front(large.window, large.room.new_step)
    large.press(Qt.Key.Key_Escape)
    assert in_front(large.window, large.editor)
    large.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert in_front(large.window, large.window.settings_panel)


def test_a_file_saved_with_a_mistake_stays_in_front_while_one_writes(large) -> None:
    large.edit()
    large.rewrite("steps:\n", "stebs:\n")
    large.save()
    large.look()
    large.wait(lambda: large.editor.problem_boxes(), "the problem is shown")
    assert in_front(large.window, large.editor)
    assert large.room.has_keyboard


def test_with_smaller_text_both_halves_stand_side_by_side_again(large) -> None:
    large.edit()
    large.opened.navigation.change_setting("text_size", 100)
    large.wait(lambda: not large.room.covers, "there is room for both")
    large.wait(lambda: large.room.dock.x() > 0, "the dock is beside the lesson")
    assert in_front(large.window, large.window.lesson)
    assert in_front(large.window, large.editor)


def test_the_question_about_two_texts_is_whole_at_every_text_size(large) -> None:
    file = large.room.file
    large.edit()
    for size in (100, 150, 200):
        large.opened.navigation.change_setting("text_size", size)
        file.ask("every-kind.yaml was changed by another program meanwhile, and so were you. " * 2, [
            ("Keep mine", "", lambda: None), ("Take theirs", "", lambda: None),
        ])  # fmt: skip
        file.show_kept(True)
        for label in (file._words, file.kept):
            large.wait(
                lambda label=label: label.height() >= label.heightForWidth(label.width()), "it is whole"
            )
        for answer in file.answers:
            large.wait(
                lambda answer=answer: answer.visibleRegion().boundingRect().size() == answer.size(), "whole"
            )
        file.put_away()


def test_a_long_file_name_loses_its_middle_and_not_half_a_letter(large) -> None:
    large.opened.navigation.change_setting("text_size", 100)
    large.edit()
    choice = large.room.file.files
    assert choice.shown_text() == choice.currentText()
    choice.setMaximumWidth(choice.minimumSizeHint().width())
    QApplication.processEvents()
    assert "\u2026" in choice.shown_text()
    assert choice.shown_text().endswith(choice.currentText()[-2:])
