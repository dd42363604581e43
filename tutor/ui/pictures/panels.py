"""Pictures of what slides over the window, and of what is said in a line on it."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tutor.errors import Fault
from tutor.files import why_not_written
from tutor.lessons.model import StepKind
from tutor.session.events import Trouble
from tutor.ui.pictures.book import AT_REST, CTRL, SHIFT, PictureBook

#: Invented; put together here, so that this file itself holds nothing that looks like a patient.
PATIENT = f"# Amara Okafor, born 12/03/{1951}\n"


def panel_pictures(book: PictureBook) -> None:
    """All of them, over a step that has been worked on."""
    for screens in (_sliding, _history, _reference, _lines):
        screens(book)


def _sliding(book: PictureBook) -> None:
    press, window = book.hands.press, book.window
    opened: list[tuple[str, Callable[[], None]]] = [
        ("outline", lambda: press(Qt.Key.Key_O, CTRL)),
        ("settings", lambda: press(Qt.Key.Key_Comma, CTRL)),
        ("help", lambda: press(Qt.Key.Key_F1)),
    ]
    for name, act in opened:
        act()
        book.picture(name)
        press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Comma, CTRL)
    bar = window.settings_panel.contents.verticalScrollBar()
    if bar.maximum():
        bar.setValue(bar.maximum())
        book.picture("settings-end")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F1)
    panel = window.help_panel
    panel.contents.verticalScrollBar().setValue(panel.contents.verticalScrollBar().maximum())
    book.picture("help-end")
    panel.show_licences(True)
    book.picture("licences")
    panel.show_licences(False)
    panel.show_test(True)
    page = panel.test_page
    book.hands.wait(lambda: page is not None and page.report.toPlainText(), "the first trial is done", 60)
    book.picture("self-test")
    book.hands.wait(lambda: page is not None and page.passed is not None, "the self-test ends", 180)
    book.picture("self-test-done")
    panel.show_test(False)
    QTest.qWait(AT_REST)  # the keyboard comes along once the page is on show
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_K, CTRL)
    book.picture("search")
    book.hands.type("error")
    book.picture("search-typed")
    press(Qt.Key.Key_A, CTRL)
    book.hands.type("zzzz")
    book.picture("search-nothing")
    press(Qt.Key.Key_Escape)


def _history(book: PictureBook) -> None:
    book.go(StepKind.EXERCISE)
    book.window.work.title.history.click()
    book.picture("history")
    book.hands.press(Qt.Key.Key_Escape)
    book.go(StepKind.FIX)
    book.window.work.title.history.click()
    book.picture("history-empty")
    book.hands.press(Qt.Key.Key_Escape)


def _reference(book: PictureBook) -> None:
    book.hands.open(book.opened.session.course.lessons[0].id)
    book.window.lesson.text.setFocus()
    book.hands.press(Qt.Key.Key_Tab)
    book.hands.press(Qt.Key.Key_Return)
    book.picture("glossary")
    book.hands.press(Qt.Key.Key_Escape)
    for page in book.opened.session.course.pages[:1]:
        book.opened.navigation.open_page(page.id)
        book.hands.wait(lambda: book.window.page.isVisible(), "the page is on show")
        book.picture("reference-page")
        book.hands.press(Qt.Key.Key_Escape)


def _lines(book: PictureBook) -> None:
    window, work = book.window, book.window.work
    full = why_not_written(OSError(errno.ENOSPC, "no room"), Path("data"))
    window.trouble.show_trouble(Trouble(Fault.PC, full.what, full.do))
    book.picture("trouble")
    window.trouble.clear()
    book.go(StepKind.EXERCISE)
    work.editor.setFocus()
    before = work.editor.text()
    book.hands.press(Qt.Key.Key_A, CTRL)
    QGuiApplication.clipboard().setText(PATIENT)
    book.hands.press(Qt.Key.Key_V, CTRL)
    book.hands.wait(window.question.isVisible, "it is asked about patients")
    book.picture("patient-question")
    book.hands.click(window.question.keep)
    work.editor.setFocus()
    book.hands.press(Qt.Key.Key_Z, CTRL)
    book.hands.wait(lambda: work.editor.text() == before, "the text is back")
    book.hands.press(Qt.Key.Key_F6, SHIFT)
