"""Pictures of the courses panel, of one's own copy and of the scratch program."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tutor.authoring.templates import new_course
from tutor.ui.pictures.book import CTRL, SHIFT, PictureBook


def course_pictures(book: PictureBook, folder: Path) -> None:
    """Take them; afterwards the course that was open is open again.

    Args:
        book: takes the pictures.
        folder: holds the courses that are made for the pictures.
    """
    opened, hands, picture = book.opened, book.hands, book.picture
    panel, first = opened.window.courses_panel, opened.session.course.folder

    def opens(chosen: Path, what: str) -> None:
        shown = opened.wiring.steps_shown
        opened.courses.open(chosen)
        hands.wait(lambda: opened.wiring.steps_shown > shown, what)
        opened.session.settle()
        QTest.qWait(100)

    trust, ours = folder / "Ward teaching", folder / "Memory stick" / "Clinic week"
    new_course(trust)
    new_course(ours)
    opens(ours, "a course opens")
    shutil.rmtree(ours.parent)
    opens(trust, "another course opens")
    picture("another-course")
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    hands.wait(lambda: panel.drop_buttons, "the courses are listed")
    picture("courses")
    (folder / "Photos").mkdir()
    opened.courses.open(folder / "Photos")
    hands.wait(lambda: len(panel.said) > 1, "the refusal is told")
    picture("no-course")
    shown = opened.wiring.steps_shown
    opened.session.courses.make_own_copy(folder / "Documents")
    hands.wait(lambda: opened.wiring.steps_shown > shown, "one's own copy opens")
    picture("own-copy")
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    hands.wait(
        lambda: opened.wiring.view is not None and opened.wiring.view.is_scratch, "the scratch program opens"
    )
    picture("scratch")
    hands.run()
    hands.wait_for_end()
    opened.window.show_work()
    picture("scratch-ran")
    opens(first, "the first course is back")
