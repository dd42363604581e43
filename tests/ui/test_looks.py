"""How parts of the window stand to each other: what a consultant would see, and rules alone would not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tutor.session.events import OptionJudged
from tutor.ui.hands import Hands
from tutor.ui.look import Look, make_look
from tutor.ui.results.ending_row import MOST_LINES, EndingRow
from tutor.ui.stylesheet import style_sheet
from tutor.ui.theme import DARK, contrast_palette, high_contrast
from tutor.ui.work.options import Options

LONG = "A comment at the top of the program that says the right order of its lines"


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return make_look()


def x_of(part: QWidget, inside: QWidget) -> int:
    return part.mapTo(inside, QPoint(0, 0)).x()


@pytest.mark.parametrize("width", [900, 380])
def test_a_verdict_stands_beside_its_answer_where_it_fits_else_under_it_and_never_squeezes_it(
    qtbot, look: Look, width: int
) -> None:
    options = Options([LONG, "Nothing"], look, several=False, code=False)
    qtbot.addWidget(options)
    options.setStyleSheet(style_sheet(look))
    options.resize(width, 300)
    options.show()
    first = options.options[0]
    before = first._words.width()
    options.show_judged(
        [OptionJudged(text=LONG, chosen=True, correct=False, because="Python reads no comments.")] * 2
    )
    QApplication.processEvents()
    beside = first._said.y() < first._words.geometry().bottom()
    assert beside == (width == 900)
    if not beside:
        assert first._words.width() >= before
    assert abs(x_of(first._because, first) - x_of(first._words, first)) <= 1


@pytest.mark.parametrize("width", [900, 420])
def test_how_a_run_ended_is_never_squeezed_into_a_narrow_column_beside_its_buttons(
    qtbot, look: Look, width: int
) -> None:
    row = EndingRow()
    qtbot.addWidget(row)
    row.setStyleSheet(style_sheet(look))
    row.set_look(look)
    row.words.setText("The program ran to its end. It took less than 0.01 s. Files that it wrote: 2.")
    row.to_files.setText("Show the files")
    row.resize(width, 40)
    row.show()
    QApplication.processEvents()
    row.fit()
    QApplication.processEvents()
    lines = row.words.heightForWidth(row.words.width()) / QFontMetrics(row.words.font()).lineSpacing()
    assert lines <= MOST_LINES + 0.2
    below = row.save.mapTo(row, QPoint(0, 0)).y() >= row.words.geometry().bottom()
    assert below == (width == 420)


def test_in_high_contrast_a_broken_outline_says_what_cannot_be_used_now(qapp: QApplication) -> None:
    there = style_sheet(make_look(high_contrast(contrast_palette())))
    here = style_sheet(make_look(DARK))
    assert "dashed" in there
    assert "dashed" not in here


def test_the_keys_in_help_are_called_as_on_the_buttons(hands: Hands) -> None:
    hands.window.help_panel.open_panel()
    words = [
        label.text() for label in hands.window.help_panel.findChildren(QWidget) if hasattr(label, "text")
    ]
    assert "Ctrl+Enter" in words
    assert "Ctrl+Page Down" in words
    assert not any("Return" in word or "PgDown" in word for word in words)


def test_the_row_of_buttons_gets_no_wider_while_a_program_runs(hands: Hands) -> None:
    hands.open("every-kind", "exercise")
    row = hands.work.panel.actions_row
    row.setFixedWidth(row.widest())
    hands.type_program(hands.work.editor, "input('Whose bed is it? ')\n")
    hands.run()
    hands.wait(lambda: hands.work.panel.output.input.isVisible(), "the program asks")
    row._count()
    buttons = [made for made in row.findChildren(QPushButton) if made.isVisible()]
    assert all(made.width() >= made.minimumSizeHint().width() for made in buttons)
    assert row.minimumSizeHint().width() <= row.widest()
    hands.type("4\n")
    hands.wait_for_end()


def test_the_first_column_of_the_output_stands_under_the_first_letter_of_its_tab(hands: Hands) -> None:
    hands.open("every-kind", "exercise")
    hands.type_program(hands.work.editor, "print('Ward 4')\n")
    hands.run()
    hands.wait_for_end()
    view, tabs = hands.work.panel.output.view, hands.work.panel.tabs
    view.moveCursor(QTextCursor.MoveOperation.Start)
    letter = view.viewport().mapTo(hands.window, view.cursorRect().topLeft()).x()
    tab = tabs.mapTo(hands.window, tabs.tabRect(0).topLeft()).x() + hands.work.look.px(4)
    assert abs(letter - tab) <= 2
