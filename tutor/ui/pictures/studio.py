"""Where pictures are taken: one window after another, until every screen was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tutor.authoring.own_copy import make_own_copy
from tutor.lessons.model import Course
from tutor.lessons.opening import open_course
from tutor.paths import Folders, course_folder, folders
from tutor.ui.app import OpenWindow, open_window
from tutor.ui.pictures.author import author_extended, author_locked, author_pictures, installed_copy
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


@dataclass
class Studio:
    """Opens one window after another with the same settings and size, and numbers the pictures through.

    `book` makes what takes the pictures; a test makes one that looks at each screen instead.
    """

    settings: Mapping[str, object]
    size: tuple[int, int]
    pictures: Path
    taken: int = 0
    book: Callable[[OpenWindow, Path, int], PictureBook] = PictureBook

    def sit(
        self,
        where: Folders,
        course: Course | None,
        *screens: Callable[[PictureBook], None],
        author: bool = False,
    ) -> PictureBook:
        """A window on a course, these screens of it, and its closing."""
        opened = open_window(where, course, author=author)
        for name, value in self.settings.items():
            opened.navigation.change_setting(name, value)
        opened.window.resize(*self.size)
        opened.window.show()
        opened.window.activateWindow()
        book = self.book(opened, self.pictures, self.taken)
        for take in screens:
            take(book)
        opened.window.close()
        QApplication.processEvents()
        self.taken = book.taken
        return book


def every_screen(studio: Studio, made: Path) -> None:
    """Each screen of the window once; what is made for it goes into the folder `made`."""
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
    extending = open_course(writers, make_own_copy(installed, made / "documents"))
    studio.sit(writers, extending, author_extended, author=True)
