"""Pictures of every screen, driven on the real session: to be looked at, and mended where they are not right.

    python -m tutor.ui.picture_book --theme dark --pictures DIR

`packaging/screenshots.py` calls it for each theme and scale.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tutor.errors import Fault
from tutor.lessons.model import AnyStep, ChooseStep, Course, ExerciseStep, FillStep, PredictStep, StepKind
from tutor.lessons.opening import open_course
from tutor.paths import course_folder, folders
from tutor.session.events import Trouble
from tutor.ui.app import OpenWindow, make_application, open_window
from tutor.ui.author.pictures import author_locked, author_pictures, installed_copy
from tutor.ui.hands import Hands
from tutor.ui.picture_courses import course_pictures
from tutor.ui.theme import ThemeChoice
from tutor.ui.walkthrough import Walkthrough

CTRL = Qt.KeyboardModifier.ControlModifier


class PictureBook:
    """Goes from screen to screen and takes a picture of each."""

    def __init__(self, opened: OpenWindow, course: Course, folder: Path) -> None:
        self.hands = Hands(opened)
        self.walk = Walkthrough(opened, None)
        self.opened = opened
        self.window = opened.window
        self._folder = folder
        self._steps = _first_of_each_kind(opened, course)
        self.taken = 0

    def picture(self, name: str) -> None:
        """Save what the window shows, once it has come to rest."""
        QTest.qWait(60)
        self.taken += 1
        file = self._folder / f"{self.taken:02}-{name}.png"
        if not self.window.grab().save(str(file)):
            raise OSError(f"{file} could not be written")

    def all(self) -> None:
        """Every screen."""
        for screens in (
            self._reading,
            self._answering,
            self._building,
            self._writing,
            self._panels,
            self._troubles,
        ):
            screens()

    def _go(self, kind: StepKind) -> AnyStep:
        lesson, step = self._steps[kind]
        self.hands.open(lesson, step)
        view = self.opened.wiring.view
        if view is None:
            raise RuntimeError("no step is open")
        if self.window.halves.narrow:
            self.window.show_work()
        return view.step

    def _reading(self) -> None:
        self.hands.open()
        self.picture("first-start")
        self.hands.run()
        self.hands.wait_for_end()
        self.window.show_work()
        self.picture("read-and-run")

    def _answering(self) -> None:
        step = self._go(StepKind.PREDICT)
        self.picture("predict")
        if isinstance(step, PredictStep) and step.choices:
            self.hands.press(Qt.Key.Key_2)
            self.hands.answer()
            self.picture("predict-seen")
        step = self._go(StepKind.CHOOSE)
        self.picture("choose")
        if isinstance(step, ChooseStep):
            wrong = next(number for number, choice in enumerate(step.choices) if not choice.correct)
            self.hands.press(Qt.Key(Qt.Key.Key_1 + wrong))
            self.hands.answer()
            self.picture("choose-wrong")
            self.hands.press(Qt.Key(Qt.Key.Key_1 + wrong))
            for number, choice in enumerate(step.choices):
                if choice.correct:
                    self.hands.press(Qt.Key(Qt.Key.Key_1 + number))
            self.hands.answer()
            self.picture("choose-right")

    def _building(self) -> None:
        step = self._go(StepKind.FILL)
        self.picture("fill")
        if isinstance(step, FillStep):
            self.hands.fill([gap.accepted[0] for gap in step.gaps])
            self.hands.check()
            self.picture("fill-right")
        self._go(StepKind.ARRANGE)
        self.hands.press(Qt.Key.Key_Delete)
        self.hands.press(Qt.Key.Key_Down)
        self.hands.press(Qt.Key.Key_Space)
        self.picture("arrange")
        self.hands.press(Qt.Key.Key_Space)

    def _writing(self) -> None:
        hands, step = self.hands, self._go(StepKind.EXERCISE)
        self.picture("exercise")
        hands.type_program(hands.work.editor, 'print("Ward 4")\nprnt("Bed 1: Amara Okafor")\n')
        hands.run()
        hands.wait_for_end()
        self.picture("error")
        hands.type_program(hands.work.editor, 'name = input("Whose bed is it? ")\nprint("Bed 1:", name)\n')
        hands.run()
        hands.wait(lambda: hands.work.panel.output.input.isVisible(), "the program asks")
        self.picture("input")
        hands.type("Amara Okafor\n")
        hands.wait_for_end()
        hands.check()
        self.picture("check-failed")
        hands.type_program(hands.work.editor, 'while True:\n    print("Bed 1: Amara Okafor")\n')
        hands.run()
        QTest.qWait(1300)
        self.picture("running")
        hands.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        hands.wait_for_end()
        self.picture("stopped")
        hands.press(Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
        QTest.qWait(200)
        self.picture("hint")
        if isinstance(step, ExerciseStep):
            hands.type_program(hands.work.editor, step.solution)
        hands.check()
        hands.wait(
            lambda: hands.window.lesson.solution.isVisibleTo(hands.window.lesson), "the solution is open"
        )
        hands.window.lesson.solution.click()
        QTest.qWait(200)
        self.window.show_work()
        self.picture("passed")
        self.window.show_lesson()
        self.picture("our-solution")

    def _panels(self) -> None:
        press, window = self.hands.press, self.window
        opened: list[tuple[str, Callable[[], None]]] = [
            ("outline", lambda: press(Qt.Key.Key_O, CTRL)),
            ("settings", lambda: press(Qt.Key.Key_Comma, CTRL)),
            ("help", lambda: press(Qt.Key.Key_F1)),
            ("licences", self._read_licences),
            ("search", lambda: press(Qt.Key.Key_K, CTRL)),
        ]
        for name, act in opened:
            act()
            self.picture(name)
            if name == "search":
                self.hands.type("error")
                self.picture("search-typed")
            press(Qt.Key.Key_Escape)
        window.work.title.history.click()
        self.picture("history")
        press(Qt.Key.Key_Escape)
        self.hands.open(self.opened.session.course.lessons[0].id)
        window.lesson.text.setFocus()
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Return)
        self.picture("glossary")
        press(Qt.Key.Key_Escape)

    def _read_licences(self) -> None:
        self.hands.press(Qt.Key.Key_F1)
        self.window.help_panel.show_licences(True)

    def _troubles(self) -> None:
        what, do = (
            "Your work could not be saved: the disk is full.",
            "Free some space. What you typed stays here.",
        )
        self.window.trouble.show_trouble(Trouble(Fault.PC, what, do))
        self.picture("trouble")
        self.window.trouble.clear()

    def broken(self, lesson: str) -> None:
        """A lesson whose file cannot be used."""
        self.opened.session.open(lesson)
        self.hands.wait(
            lambda: self.window.body.currentWidget() is self.window.broken, "the problems are shown"
        )
        self.picture("broken-lesson")

    def back_again(self) -> None:
        """The second start of somebody who was here before."""
        shown = self.opened.wiring.steps_shown
        self.opened.wiring.start()
        self.hands.wait(lambda: self.opened.wiring.steps_shown > shown, "the step opens")
        self.picture("resume")


def _first_of_each_kind(opened: OpenWindow, course: Course) -> dict[StepKind, tuple[str, str]]:
    found: dict[StepKind, tuple[str, str]] = {}
    for lesson in course.lessons:
        for step in lesson.steps:
            found.setdefault(step.kind, (lesson.id, step.id))
    return found


def _course_with_a_broken_lesson(folder: Path) -> Course | None:
    """A copy of the shipped course in which one lesson has typing slips, as a lesson writer makes them."""
    shutil.copytree(course_folder(), folder)
    loaded = open_course(folders(folder.parent / "look"), folder)
    file = loaded.lessons[-1].path
    text = (
        file.read_text(encoding="utf-8")
        .replace("kind: read", "knd: read", 1)
        .replace("minutes: ", "minuts: ", 1)
    )
    file.write_text(text, encoding="utf-8")
    return open_course(folders(folder.parent / "look-again"), folder)


def _author_book(
    made: Path, installed: bool, theme: str, size: tuple[int, int], pictures: Path
) -> PictureBook:
    """A window in author mode, on a course of the writer's own or on an installed one."""
    where = folders(made / "author")
    folder = installed_copy(course_folder(), where.courses if installed else made)
    opened = open_window(where, open_course(where, folder), author=True)
    opened.navigation.change_setting("theme", theme)
    opened.window.resize(*size)
    opened.window.show()
    opened.window.activateWindow()
    return PictureBook(opened, opened.session.course, pictures)


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures in one theme, at the scale that Qt's environment asks for."""
    parser = argparse.ArgumentParser(prog="picture_book", description=__doc__)
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
    with tempfile.TemporaryDirectory(prefix="code4health-pictures-") as made:
        course = _course_with_a_broken_lesson(Path(made) / "course")
        taken = 0
        for again in (False, True):
            opened = open_window(folders(Path(made) / "data"), course)
            opened.navigation.change_setting("theme", options.theme)
            opened.window.resize(width, height)
            opened.window.show()
            opened.window.activateWindow()
            book = PictureBook(opened, opened.session.course, options.pictures)
            book.taken = taken
            if again:
                book.back_again()
                book.broken(opened.session.course.lessons[-1].id)
            else:
                book.all()
                course_pictures(opened, book.picture, Path(made) / "courses")
            taken = book.taken
            opened.window.close()
            application.processEvents()
        for installed in (False, True):
            book = _author_book(Path(made), installed, options.theme, (width, height), options.pictures)
            book.taken = taken
            if installed:
                author_locked(book.opened, book.picture)
            else:
                author_pictures(book.opened, book.picture)
            taken = book.taken
            book.window.close()
            application.processEvents()
    print(f"{taken} pictures in {options.pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
