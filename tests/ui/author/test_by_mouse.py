"""A lesson writer with the mouse: each button and each entry of the bar, the file pane and the other panes does its work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QToolButton

from tutor.authoring.cases import case_text
from tutor.lessons.lesson_loader import load_lesson

CTRL = Qt.KeyboardModifier.ControlModifier


def icon(parent, name: str) -> QToolButton:
    return next(made for made in parent.findChildren(QToolButton) if made.accessibleName() == name)


def more(writer, words: str) -> None:
    """Choose from the menu behind More."""
    button = writer.room.bar.more
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    action = next(one for one in menu.actions() if one.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    writer.window.activateWindow()  # the offscreen platform does not give a menu's window back by itself
    writer.wait(lambda: QApplication.focusWidget() is not None, "the window has the keyboard again")


def choose_row(writer, box: QComboBox, row: int) -> None:
    """With the keyboard, as somebody does who has clicked it: the first, then down."""
    box.setFocus()
    writer.press(Qt.Key.Key_Home)
    for _time in range(row):
        writer.press(Qt.Key.Key_Down)
    assert box.currentIndex() == row


# --------------------------------------------------------------------------------------------------------------- the bar


def test_edit_checks_new_step_and_try_as_a_learner(writer) -> None:
    bar, room = writer.room.bar, writer.room
    writer.click(bar.buttons["author-edit"])
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert room.dock.pane is room.file
    writer.click(bar.buttons["author-checks"])
    assert room.dock.pane is room.checks
    writer.click(bar.buttons["author-step"])
    assert room.new_step.isVisible()
    writer.press(Qt.Key.Key_Escape)
    writer.click(bar.buttons["author-learner"])
    assert bar.trying and not room.dock.isVisible()


def test_ctrl_e_opens_the_file(writer) -> None:
    writer.press(Qt.Key.Key_E, CTRL)
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert writer.room.dock.isVisible()


def test_a_new_lesson_is_made_with_its_button_in_the_chapter_that_is_chosen(writer, folder: Path) -> None:
    outline = folder / "course.yaml"
    text = outline.read_text(encoding="utf-8")
    (folder / "second").mkdir()
    (folder / "second" / "01-one.yaml").write_text(
        (folder / "first" / "03-the-end.yaml").read_text(encoding="utf-8").replace("id: the-end", "id: one"),
        encoding="utf-8",
    )
    more_chapters = "  - {id: more, title: More, folder: second, lessons: [01-one]}\n"
    outline.write_text(text.rstrip("\n") + "\n" + more_chapters, encoding="utf-8")
    writer.author._reader.read()
    writer.wait(lambda: len(writer.opened.session.course.chapters) == 2, "the course is read again")
    more(writer, "New lesson")
    panel = writer.room.new_lesson
    writer.type("Count the beds")
    assert [panel.chapters.itemText(n) for n in range(panel.chapters.count())] == ["All kinds", "More"]
    choose_row(writer, panel.chapters, 1)
    assert "second/02-count-the-beds.yaml" in panel.file.text()
    writer.click(panel.make)
    writer.wait(lambda: writer.opened.wiring.view.lesson.id == "count-the-beds", "the lesson is open")
    assert (folder / "second" / "02-count-the-beds.yaml").is_file()


def test_the_message_of_the_bar_is_closed(writer) -> None:
    writer.room.bar.say("The book is in mine.html.")
    writer.click(icon(writer.room.bar, "Close this message"))
    assert writer.room.bar.message == ""


def test_a_pack_and_a_book_are_made_from_the_menu(writer, answers: Callable[[str], Path]) -> None:
    pack = answers("mine.c4h")
    more(writer, "Pack the course into one file")
    writer.wait(pack.is_file, "the pack is written", 60)
    writer.wait(lambda: not writer.author.chores.exporting.running, "it is done")
    book = answers("mine.html")
    more(writer, "Save the course as a book for reviewers")
    writer.wait(book.is_file, "the book is written", 60)


# -------------------------------------------------------------------------------------------------------------- the dock


def test_the_writers_half_is_closed_with_its_cross(writer) -> None:
    writer.edit()
    writer.click(icon(writer.room.dock, "Close the writer's half"))
    assert not writer.room.dock.isVisible()


def test_the_other_files_are_chosen_saved_and_their_problems_gone_to(writer, folder: Path) -> None:
    writer.edit()
    pane = writer.room.file
    names = [pane.files.itemText(at) for at in range(pane.files.count())]
    assert names == ["01-every-kind.yaml (this lesson)", "course.yaml", "glossary.yaml"]
    choose_row(writer, pane.files, 2)
    file = folder / "glossary.yaml"
    text = file.read_text(encoding="utf-8")
    writer.wait(lambda: writer.editor.text() == text, "the other file is open")
    writer.editor.replace_all(text.rstrip("\n") + "\nward: Where beds are.\n")
    writer.wait(pane.save.isEnabled, "there is something to save")
    writer.click(pane.save)
    writer.wait(lambda: "ward:" in file.read_text(encoding="utf-8"), "it is saved")
    writer.editor.replace_all(text.rstrip("\n") + "\nward: [\n")
    writer.look()
    writer.editor.go_to(1)
    writer.wait(lambda: "1" in pane.problems.text(), "the problem is counted")
    writer.click(pane.problems)
    assert writer.editor.current_line() > 1


# -------------------------------------------------------------------------------------------------- test and replay cases


def ends(writer) -> None:
    writer.wait(lambda: writer.author.chores.testing.running, "the test begins")
    writer.wait(lambda: writer.room.test.bar.value() > 0, "it says how far it is", 120)
    writer.author.chores.testing.cancel()
    writer.wait(lambda: not writer.author.chores.testing.running, "it ends", 60)


@pytest.mark.long
def test_this_lesson_and_the_whole_course_are_tested_from_their_buttons(writer) -> None:
    writer.click(writer.room.bar.buttons["author-test"])
    ends(writer)
    writer.click(writer.room.test.lesson)
    ends(writer)
    writer.click(writer.room.test.course)
    ends(writer)
    more(writer, "Test the whole course")
    ends(writer)


@pytest.mark.long
def test_a_case_is_opened_at_its_step_judged_again_and_the_judging_cancelled(
    writer, tmp_path: Path, answers: Callable[[str], Path]
) -> None:
    lesson = load_lesson(writer.lesson).value
    assert lesson is not None
    step = lesson.step("writing")
    folder = answers("cases")
    folder.mkdir()
    made = case_text(
        course="ui-course 1.0", lesson=lesson.id, step=step.id, content_hash=step.content_hash,
        program="def double(number):\n    return number\n",
    )  # fmt: skip
    (folder / "a.case.txt").write_text(made, encoding="utf-8")
    writer.open("every-kind", "reading")
    more(writer, "Cases that learners sent")
    pane, job = writer.room.cases, writer.author.chores.replaying
    assert writer.room.dock.pane is pane
    writer.click(pane.open)
    writer.wait(lambda: pane.cases and not job.running, "the case is judged")
    (folder / "b.case.txt").write_text(made, encoding="utf-8")
    writer.click(pane.again)
    writer.wait(lambda: len(pane.cases) == 2 and not job.running, "both are judged")
    pane.folds[str(folder / "a.case.txt")].heading.click()
    step_button = next(
        one
        for one in pane.findChildren(QPushButton)
        if one.isVisibleTo(pane) and one.text() == "Show the step"
    )
    writer.click(step_button)
    writer.wait(lambda: writer.opened.wiring.view.step.id == "writing", "the step opens")
    for number in range(30):
        (folder / f"many{number}.case.txt").write_text(made, encoding="utf-8")
    writer.author.show_cases()
    writer.click(pane.again)
    writer.wait(lambda: pane.cancel.isVisible() and pane.bar.value() > 0, "it says how far it is")
    writer.click(pane.cancel)
    writer.wait(lambda: not job.running, "it ends")
    assert len(pane.cases) < 32


def test_a_broken_lesson_leads_from_its_page_to_the_line_of_its_file(writer) -> None:
    writer.opened.session.open("broken")
    page = writer.window.broken
    writer.wait(lambda: writer.window.body.currentWidget() is page and page.links, "the problems are shown")
    words = page.links[0].text()
    writer.click(page.links[0])
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert writer.writing.current.path.name == "02-broken.yaml"
    assert f"line {writer.editor.current_line()}," in words


def test_the_file_is_opened_by_its_tab(writer) -> None:
    writer.click(writer.room.bar.buttons["author-checks"])
    tabs = writer.room.dock.tabs
    assert writer.writing.current is None
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    writer.wait(lambda: writer.writing.current is not None, "the file is open")
    assert writer.room.dock.pane is writer.room.file


def test_what_is_typed_is_kept_beside_the_course_before_it_is_saved(writer, tmp_path: Path) -> None:
    writer.edit()
    writer.rewrite("Double a number", "Typed, not saved")

    def kept() -> bool:
        files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
        return any(b"Typed, not saved" in file.read_bytes() for file in files)

    writer.wait(kept, "the text is on the disk")
    assert "Typed, not saved" not in writer.lesson.read_text(encoding="utf-8")
    assert writer.writing.current.changed
