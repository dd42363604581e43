"""With the mouse alone: every button of the window that has a key too does the same when it is clicked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QWidget,
)

from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.ui.find_index import Entry
from tutor.ui.hands import Hands
from tutor.ui.palette import ENTRY
from tutor.ui.theme import ThemeChoice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def step_id(hands: Hands) -> str:
    view = hands.opened.wiring.view
    assert view is not None
    return view.step.id


def icon(parent: QWidget, name: str) -> QToolButton:
    """The button that shows only an icon and has this name."""
    return next(made for made in parent.findChildren(QToolButton) if made.accessibleName() == name)


def named(hands: Hands, text: str) -> QPushButton:
    """The button of the window with these words on it, once it is on show."""

    def found() -> list[QPushButton]:
        made = hands.window.findChildren(QPushButton)
        return [one for one in made if one.isVisible() and one.text() == text]

    hands.wait(found, f"{text} is on show")
    return found()[0]


def wrong(hands: Hands) -> None:
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")


# ------------------------------------------------------------------------------------------------------------ the header


def test_the_buttons_of_the_header_open_what_they_name_and_a_cross_closes_it(hands: Hands) -> None:
    for name, part in (
        ("Course outline", "outline"),
        ("Settings", "settings_panel"),
        ("Help", "help_panel"),
        ("Whose work is it?", "people_panel"),
    ):
        button = icon(hands.window.header, name)
        hands.click(button)
        panel = getattr(hands.window, part)
        hands.wait(panel.isVisible, "it opens")
        hands.click(icon(panel, "Close"))
        assert not panel.isVisible()
        assert QApplication.focusWidget() is button
    hands.click(icon(hands.window.header, "Search or jump"))
    assert hands.window.palette_card.isVisible()


def menu_of(hands: Hands, button: str) -> QMenu:
    """The menu as it is on show after a click."""
    tool = icon(hands.window.header, button)
    menu = tool.menu()
    assert menu is not None
    menu.popup(tool.mapToGlobal(QPoint(0, tool.height())))
    assert menu.isVisible()
    return menu


def pick(menu: QMenu, words: str) -> QAction:
    action = next(one for one in menu.actions() if one.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()
    return action


def test_text_size_and_theme_are_chosen_from_the_header_and_kept(
    open_on: Callable[..., Hands], course: Course
) -> None:
    hands = open_on(course)
    hands.open()
    assert pick(menu_of(hands, "Text size"), "130 %").isChecked()
    assert hands.window.look.text_size == 1.3
    assert pick(menu_of(hands, "Light or dark"), "Dark").isChecked()
    assert hands.opened.appearance.choice is ThemeChoice.DARK
    hands.window.close()
    again = open_on(course)
    again.open()
    assert again.window.look.text_size == 1.3
    ticked = [one.text() for one in menu_of(again, "Light or dark").actions() if one.isChecked()]
    assert ticked == ["Dark"]


# ------------------------------------------------------------------------------------------------------------- the steps


def test_run_check_next_and_back(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    row = hands.work.panel.actions_row
    hands.click(row.run)
    hands.wait(lambda: hands.opened.wiring.runs_started == 1, "it runs")
    hands.wait_for_end()
    hands.click(row.check)
    hands.wait(lambda: hands.opened.wiring.verdicts_shown == 1, "the verdict is shown")
    hands.click(hands.window.footer.next)
    hands.wait(lambda: step_id(hands) == "mending", "the next step opens")
    hands.click(hands.window.footer.back)
    hands.wait(lambda: step_id(hands) == "writing", "the step before opens")


@pytest.mark.parametrize(("step", "page"), [("pick-it", "predict"), ("pick-one", "choose")])
def test_an_answer_is_picked_and_given(hands: Hands, step: str, page: str) -> None:
    hands.open("every-kind", step)
    work = getattr(hands.work, page)
    hands.click(work.options.options[1].mark)
    assert work.options.chosen == [1]
    hands.click(work.answer)
    hands.wait(lambda: hands.opened.wiring.verdicts_shown == 1, "the answer is judged")


def test_lines_are_moved_indented_set_aside_and_brought_back(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    work = hands.work.arrange
    first, second, *rest = (line.text for line in work.program.lines)
    work.program.setCurrentRow(0)
    hands.click(icon(work, "Move down (Alt+Down)"))
    assert work.texts[:2] == [second, first]
    hands.click(icon(work, "Move up (Alt+Up)"))
    hands.click(icon(work, "Indent more (Right)"))
    assert work.texts[0] == f"    {first}"
    hands.click(icon(work, "Indent less (Left)"))
    assert work.texts[0] == first
    hands.click(icon(work, "Set aside (Delete)"))
    assert work.texts == [second, *rest]
    work.aside.setFocus()
    hands.press(Qt.Key.Key_Delete)
    assert work.texts == [second, *rest, first]
    assert work.aside.count() == 0
    hands.next()
    hands.open("every-kind", "arranging")
    assert hands.work.arrange.texts == [second, *rest, first]  # what was brought back is kept too


def test_a_lifted_line_is_put_down_with_enter(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    lines = hands.work.arrange.program
    hands.press(Qt.Key.Key_Space)
    assert lines.lifted
    hands.press(Qt.Key.Key_Return)
    assert not lines.lifted


def test_an_answer_to_the_program_is_sent_with_its_button(hands: Hands) -> None:
    hands.type_program(hands.work.editor, 'print("Hello " + input("Name? "))\n')
    hands.run()
    line = hands.work.panel.output.input
    hands.wait(line.isVisible, "it asks")
    hands.type("Mei")
    hands.click(named(hands, "Enter"))
    hands.wait_for_end()
    hands.wait(lambda: "Hello Mei" in hands.work.panel.output.view.toPlainText(), "the answer is used")


def test_ctrl_d_tells_the_program_that_nothing_more_comes(hands: Hands) -> None:
    hands.type_program(hands.work.editor, "import sys\nprint(len(sys.stdin.readlines()))\n")
    hands.run()
    hands.wait(hands.work.panel.output.input.isVisible, "it waits")
    hands.press(Qt.Key.Key_D, CTRL)
    hands.wait_for_end()
    hands.wait(lambda: hands.work.panel.output.view.toPlainText().strip() == "0", "nothing came")


# ---------------------------------------------------------------------------------------------------------- offered help


def tries(hands: Hands, count: int) -> None:
    for _time in range(count):
        hands.check()


def test_help_that_is_offered_after_the_same_mistake_is_shown_when_it_is_clicked(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    wrong(hands)
    tries(hands, 3)
    hands.click(named(hands, "Show a hint"))
    hands.wait(lambda: "What does twice mean?" in hands.window.lesson.text.toPlainText(), "the hint is shown")


@pytest.fixture
def with_lines(open_on: Callable[..., Hands], tmp_path: Path) -> Hands:
    """The exercise can be arranged instead of written, and has no hints."""
    folder = Path(shutil.copytree(Path(__file__).parent / "course", tmp_path / "course"))
    file = folder / "first" / "01-every-kind.yaml"
    text = file.read_text(encoding="utf-8")
    hints = "    hints:\n      - What does twice mean?\n      - Use `return` and `*`.\n"
    assert hints in text
    file.write_text(
        text.replace(hints, '    arrange: {distractors: ["return number + 2"]}\n'), encoding="utf-8"
    )
    loaded = load_course(folder)
    assert loaded.value is not None, loaded.problems
    hands = open_on(loaded.value)
    hands.open("every-kind", "writing")
    return hands


def test_given_lines_instead_and_back_to_writing(with_lines: Hands) -> None:
    hands = with_lines
    wrong(hands)
    offer = "Put given lines in order instead"
    tries(hands, 3)
    hands.click(named(hands, offer))
    hands.wait(lambda: hands.work.arrange.isVisible(), "the lines are shown")
    assert any("return number * 2" in line.text for line in hands.work.arrange.program.lines)
    hands.click(hands.work.title.write)
    hands.wait(hands.work.editor.isVisible, "the program is back")
    assert "number + 2" in hands.work.editor.text()


@pytest.mark.long
def test_a_worked_answer_is_offered_after_many_tries(with_lines: Hands) -> None:
    hands = with_lines
    wrong(hands)
    tries(hands, 5)
    hands.click(named(hands, "Show a worked answer"))
    hands.wait(lambda: "Our solution" in hands.window.lesson.text.toPlainText(), "the solution is shown")


def test_what_is_folded_in_a_verdict_comes_into_view_when_it_is_opened(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    wrong(hands)
    hands.check()
    checks = hands.work.panel.checks
    heading = named(hands, "The other checks (2)")
    hands.click(heading)
    fold = heading.parentWidget()
    hands.wait(lambda: checks.viewport().rect().intersects(fold.rect().translated(fold.mapTo(checks.viewport(), QPoint(0, 0)))), "it is in view")  # fmt: skip


# ---------------------------------------------------------------------------------------------------- finding one's way


def test_a_match_is_clicked_in_the_search(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("double a number")
    found = hands.window.palette_card.findChild(QListWidget)
    row = found.visualItemRect(found.item(0))
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    hands.wait(lambda: step_id(hands) == "writing", "the step opens")


def test_the_arrows_choose_among_the_matches_and_go_round(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    found = hands.window.palette_card.findChild(QListWidget)
    assert found.count() > 2
    hands.press(Qt.Key.Key_Down)
    assert found.currentRow() == 1
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Up)
    assert found.currentRow() == found.count() - 1


def found_entries(hands: Hands) -> list[Entry]:
    found = hands.window.palette_card.findChild(QListWidget)
    return [found.item(row).data(ENTRY) for row in range(found.count())]


def test_a_lesson_and_a_word_are_found_as_one_types(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("the end")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: step_id(hands) == "last", "the lesson opens")
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("output")
    assert not any("`" in entry.more or "[[" in entry.more for entry in found_entries(hands))
    hands.press(Qt.Key.Key_Return)
    assert hands.window.popup.isVisible()
    assert hands.window.popup.accessibleName() == "output"


@pytest.fixture
def linked(open_on: Callable[..., Hands], tmp_path: Path) -> Hands:
    """A course in whose glossary one term names another."""
    folder = Path(shutil.copytree(Path(__file__).parent / "course", tmp_path / "course"))
    (folder / "glossary.yaml").write_text(
        "program: A list of lines that make [[output]].\noutput: What a program shows.\n", encoding="utf-8"
    )
    loaded = load_course(folder)
    assert loaded.value is not None, loaded.problems
    hands = open_on(loaded.value)
    hands.open()
    hands.window.lesson.text.setFocus()
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    assert hands.window.popup.accessibleName() == "program"
    return hands


def test_a_term_in_a_term_is_reached_with_tab_and_opened_with_enter(linked: Hands) -> None:
    popup = linked.window.popup
    assert popup.accessibleDescription() == "A list of lines that make output."
    linked.press(Qt.Key.Key_Tab)
    assert popup.isVisible()
    linked.press(Qt.Key.Key_Return)
    assert popup.isVisible()
    assert popup.accessibleName() == "output"
    linked.press(Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert QApplication.focusWidget() is linked.window.lesson.text


def test_a_term_in_a_term_is_clicked(linked: Hands) -> None:
    popup = linked.window.popup
    words = next(
        label for label in popup.findChildren(QLabel) if label.textFormat() is Qt.TextFormat.RichText
    )
    reached = [(x, y) for y in range(2, words.height(), 4) for x in range(2, words.width(), 8)]
    for x, y in reached:
        QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        if popup.accessibleName() == "output":
            break
    assert popup.isVisible()
    assert popup.accessibleName() == "output"


def test_the_card_at_the_start_is_closed_with_its_cross(
    open_on: Callable[..., Hands], course: Course
) -> None:
    first = open_on(course)
    first.open()
    first.next()
    first.window.close()
    again = open_on(course)
    again.opened.wiring.start()
    again.wait(again.window.lesson.resume.isVisible, "where one was is said")
    again.click(icon(again.window.lesson, "Close this message"))
    assert not again.window.lesson.resume.isVisible()


def test_the_outline_leads_to_the_courses(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL)
    hands.click(hands.window.outline.courses)
    assert hands.window.courses_panel.isVisible()
    assert not hands.window.outline.isVisible()


def test_somebody_new_begins_with_the_button(hands: Hands) -> None:
    hands.press(Qt.Key.Key_U, CTRL | SHIFT)
    hands.wait(hands.window.people_panel.isVisible, "the panel opens")
    hands.click(hands.window.people_panel.buttons["park"])
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.who, "somebody is asked who is here")
    hands.window.who.name.setFocus()
    hands.type("Tom")
    hands.click(hands.window.who.begin)
    hands.wait(lambda: hands.window.header.person.text() == "Tom", "Tom's work is open")


# --------------------------------------------------------------------------------------------------------------- borders


def dragged(splitter: QSplitter, by: int) -> None:
    """Drag the border with the mouse."""
    handle = splitter.handle(1)
    across = splitter.orientation() is Qt.Orientation.Horizontal
    start = handle.rect().center()
    end = start + (QPoint(by, 0) if across else QPoint(0, by))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)
    QApplication.processEvents()


def test_the_border_between_the_halves_is_dragged_and_found_there_again(
    open_on: Callable[..., Hands], course: Course
) -> None:
    first = open_on(course)
    first.open()
    splitter = first.window.halves.findChild(QSplitter)
    before = splitter.sizes()[1]
    dragged(splitter, -200)
    now = splitter.sizes()[1]
    assert now > before + 100
    first.window.close()
    again = open_on(course)
    again.open()
    sizes = again.window.halves.findChild(QSplitter).sizes
    again.wait(lambda: abs(sizes()[1] - now) < 30, "the border is where it was")


def test_a_border_that_was_dragged_under_the_program_stays_there(hands: Hands) -> None:
    splitter = hands.work.splitter
    dragged(splitter, -80)
    sizes = splitter.sizes()
    hands.open("every-kind", "writing")
    hands.window.resize(1366, 740)
    QApplication.processEvents()
    assert abs(splitter.sizes()[0] - sizes[0]) < 40
