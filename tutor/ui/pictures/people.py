"""Pictures of whose work it is: the panel, who is here, and the lines on closing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tutor.ui.app import farewell
from tutor.ui.pictures.book import CTRL, SHIFT, PictureBook


def people_pictures(book: PictureBook) -> None:
    """One person with a name, a second one, and nobody."""
    hands, window = book.hands, book.window
    panel = window.people_panel
    _open(book)
    book.picture("people")
    panel.name.setFocus()
    hands.type("Priya")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: window.header.person.text() == "Priya", "the name is in the header")
    hands.click(panel.buttons["fresh"])
    hands.wait(lambda: window.header.person.text() == "", "somebody new begins")
    hands.wait(lambda: not panel.isVisible(), "the panel is away")
    _open(book)
    panel.entered.setFocus()
    hands.type("AAA-BBB")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: panel.message("code"), "what is wrong with the code is said")
    book.picture("people-two")
    panel.contents.verticalScrollBar().setValue(panel.contents.verticalScrollBar().maximum())
    book.picture("people-end")
    hands.click(panel.buttons["park"])
    hands.wait(lambda: window.body.currentWidget() is window.who, "it is asked who is here")
    book.picture("who-is-here")
    shown = book.opened.wiring.steps_shown
    hands.click(window.who.people.buttons[0])
    hands.wait(lambda: book.opened.wiring.steps_shown > shown, "the work is open")


def farewell_pictures(book: PictureBook) -> None:
    """What is said once the window is closed."""
    line = farewell(book.opened)
    line.show()
    book.picture("farewell", of=line)
    line.close()


def _open(book: PictureBook) -> None:
    book.hands.press(Qt.Key.Key_U, CTRL | SHIFT)
    panel = book.window.people_panel
    book.hands.wait(lambda: panel.isVisible() and panel.code.text(), "the place code is shown")
