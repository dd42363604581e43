"""Take all pictures in one theme, at the scale that Qt's environment asks for.

    python -m tutor.ui.pictures --theme dark --pictures DIR

`packaging/screenshots.py` calls it for each theme and scale.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tutor.lessons.model import Course
from tutor.lessons.opening import open_course
from tutor.paths import Folders, course_folder, folders
from tutor.ui.app import make_application, open_window
from tutor.ui.pictures.author import author_locked, author_pictures, installed_copy
from tutor.ui.pictures.book import PictureBook
from tutor.ui.pictures.courses import course_pictures
from tutor.ui.pictures.panels import panel_pictures
from tutor.ui.pictures.people import farewell_pictures, people_pictures
from tutor.ui.pictures.returning import (
    broken_pictures,
    course_with_a_broken_lesson,
    returning_pictures,
    was_here,
)
from tutor.ui.pictures.steps import step_pictures
from tutor.ui.theme import ThemeChoice


@dataclass
class Studio:
    """Opens one window after another in the same theme and size, and numbers the pictures through."""

    theme: str
    size: tuple[int, int]
    pictures: Path
    taken: int = 0

    def sit(
        self,
        where: Folders,
        course: Course | None,
        *screens: Callable[[PictureBook], None],
        author: bool = False,
    ) -> PictureBook:
        """A window on a course, these screens of it, and its closing."""
        opened = open_window(where, course, author=author)
        opened.navigation.change_setting("theme", self.theme)
        opened.window.resize(*self.size)
        opened.window.show()
        opened.window.activateWindow()
        book = PictureBook(opened, self.pictures, self.taken)
        for take in screens:
            take(book)
        opened.window.close()
        QApplication.processEvents()
        self.taken = book.taken
        return book


def main(arguments: list[str] | None = None) -> int:
    """Take them."""
    parser = argparse.ArgumentParser(prog="pictures", description=__doc__)
    parser.add_argument("--theme", choices=[choice.value for choice in ThemeChoice], default="light")
    parser.add_argument("--pictures", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--size", default="1366x768", metavar="WIDTHxHEIGHT", help="of the window, in Qt's pixels"
    )
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options.pictures.mkdir(parents=True, exist_ok=True)
    application = make_application()
    width, height = (int(number) for number in options.size.split("x"))
    studio = Studio(options.theme, (width, height), options.pictures)
    with tempfile.TemporaryDirectory(prefix="code4health-pictures-") as made:
        _all(studio, Path(made))
    application.processEvents()
    print(f"{studio.taken} pictures in {options.pictures}")
    return 0


def _all(studio: Studio, made: Path) -> None:
    where, course = folders(made / "data"), course_with_a_broken_lesson(made / "course")
    closed = studio.sit(
        where,
        course,
        step_pictures,
        panel_pictures,
        lambda book: course_pictures(book, made / "courses"),
        people_pictures,
    )
    farewell_pictures(closed)
    studio.taken = closed.taken
    back, whole = folders(made / "back"), open_course(folders(made / "read"), course_folder())
    was_here(back, whole)
    studio.sit(back, whole, returning_pictures)
    if course is not None:
        last = course.lessons[-1].id
        studio.sit(folders(made / "broken"), course, lambda book: broken_pictures(book, last))
    writers = folders(made / "author")
    own = open_course(writers, installed_copy(course_folder(), made))
    studio.sit(writers, own, author_pictures, author=True)
    installed = open_course(writers, installed_copy(course_folder(), writers.courses))
    studio.sit(writers, installed, author_locked, author=True)


if __name__ == "__main__":
    sys.exit(main())
