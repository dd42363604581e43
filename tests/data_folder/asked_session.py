"""The real window at work in every corner, on a healthy data folder: what does its own thread ask that folder for?

The course lies in the data folder too, as an unpacked course does. Prints a line of JSON for each call that the window's
thread made there itself: what was being done, the call, and where it came from. Python tells of files that are opened,
listed, made, renamed and removed (audit events); looks at a file (`stat`) it does not tell of, so those are wrapped.

Where `stalling_folder.py` shows the data folder, it is also told to write down what this thread asks the kernel for:
that leaves nothing out, neither Qt nor another library.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tutor import patience
from tutor.authoring.own_copy import make_own_copy
from tutor.lessons.loader import load_course
from tutor.log import set_up_in_background
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

EVENTS = {"open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}
LOOKS = ("stat", "lstat", "access", "readlink", "utime", "statvfs")


class Listener:
    """Hears what the window's thread asks the folder for."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._thread = threading.get_ident()
        self._busy = False
        self.doing = "starting"
        self.heard = 0
        sys.addaudithook(self._audit)
        for name in LOOKS:
            if hasattr(os, name):
                setattr(os, name, self._told(name, getattr(os, name)))
        self._within = patience.within

    def no_more_waiting(self) -> None:
        """From now on it is told too when the window's thread waits with a bound."""

        def within(*args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() == self._thread:
                self._say("a wait with a bound")
            return self._within(*args, **kwargs)

        patience.within = within

    def _told(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(path: Any, *args: Any, **kwargs: Any) -> Any:
            self._hear(name, path)
            return call(path, *args, **kwargs)

        return wrapped

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS:
            for argument in arguments[:2]:
                self._hear(event, argument)

    def _hear(self, call: str, path: Any) -> None:
        if (
            threading.get_ident() != self._thread
            or self._busy
            or not isinstance(path, str | bytes | os.PathLike)
        ):
            return
        if os.fsdecode(path).startswith(self._folder):
            self._say(f"{call} {os.fsdecode(path).removeprefix(self._folder)}")

    def _say(self, call: str) -> None:
        self._busy = True  # reading the lines of a traceback opens files
        self.heard += 1
        stack = [one for one in traceback.extract_stack() if f"{os.sep}tutor{os.sep}" in one.filename]
        came = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in stack[:-6:-1]]
        print(json.dumps({"doing": self.doing, "call": call, "from": came}), flush=True)
        self._busy = False

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """What is heard is heard while this is done."""
        self.doing = what
        order(f"note {what}")
        yield
        QTest.qWait(50)


def order(words: str) -> None:
    """Tell the folder something, where it listens."""
    control = os.environ.get("STALLING_FOLDER_CONTROL")
    if control:
        os.write(int(control), f"{words}\n".encode())


def a_course_in(courses: Path, plain: Path) -> Path:
    """The course of the window's tests with a page and pictures, where unpacked courses are."""
    course = Path(shutil.copytree(plain, courses / "ward"))
    (course / "units.md").write_text("# Units\n\nIn mmol/L. ![A ruler](media/ruler.png)\n", encoding="utf-8")
    outline = course / "course.yaml"
    outline.write_text(outline.read_text(encoding="utf-8") + "pages: [units.md]\n", encoding="utf-8")
    lesson = course / "first" / "01-every-kind.yaml"
    text = lesson.read_text(encoding="utf-8")
    shown = "See [units](units.md).\n\n      ![A bed](media/bed.png)\n"
    text = text.replace("Press F5.\n", f"Press F5. {shown}", 1)
    text = text.replace(
        "text: Which are even?", 'text: "Which are even? ![A bed](media/bed.png)"\n    review: true'
    )
    lesson.write_text(text, encoding="utf-8")
    for picture in (course / "media" / "ruler.png", course / "first" / "media" / "bed.png"):
        picture.parent.mkdir()
        drawn = QPixmap(40, 20)
        drawn.fill(QColor("teal"))
        drawn.save(str(picture))
    return course


class Session:
    """Somebody who does everything once.

    Args:
        hands: at the window.
        listener: hears what is asked.
        spare: a folder that is not the tutor's.
    """

    def __init__(self, hands: Hands, listener: Listener, spare: Path) -> None:
        self.hands, self.spare, self.doing = hands, spare, listener.during
        self.window, self.work, self.opened = hands.window, hands.work, hands.opened
        self.session, self.wiring = hands.opened.session, hands.opened.wiring
        # The system's own dialogs are the system's; what is done with what was chosen there is ours.
        self.chosen = spare
        QFileDialog.open = lambda dialog: self._choose(dialog)

    def _choose(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.emit(str(self.chosen))
        dialog.finished.emit(1)

    def shown_after(self, act: Callable[[], object], what: str) -> None:
        """Do it, and wait until another step is on show."""
        shown = self.wiring.steps_shown
        act()
        self.hands.wait(lambda: self.wiring.steps_shown > shown, what, 120)

    def learn(self, course: Path) -> None:
        """A learner's twenty minutes."""
        hands = self.hands
        with self.doing("opening where one was"):
            self.shown_after(self.wiring.start, "a step opens")
        with self.doing("opening a course"):
            self.shown_after(lambda: self.opened.courses.open(course), "the course opens")
        with self.doing("walking through the steps"):
            hands.open("every-kind", "reading")
            for _step in range(self.wiring.view.count - 1):
                hands.next()
            hands.open("the-end")
            self.session.open("broken")
            hands.wait(lambda: self.window.body.currentWidget() is not self.window.halves, "a broken lesson")
        with self.doing("typing"):
            hands.open("every-kind", "writing")
            hands.type_program(self.work.editor, "def double(number):\n    return number * 3\n")
            QTest.qWait(700)
        self._run_and_check()
        self._look_into_everything()
        with self.doing("changing settings"):
            for name, value in (
                ("theme", "dark"),
                ("text_size", 130),
                ("theme", "high-contrast"),
                ("editor_width", 60),
            ):
                self.opened.navigation.change_setting(name, value)
            QTest.qWait(900)

    def _run_and_check(self) -> None:
        hands = self.hands
        with self.doing("checking"):
            hands.check()
            self.opened.navigation.open_case()
            self.window.case_panel.save.click()
            hands.press(Qt.Key.Key_Escape)
            self.work.editor.replace_all('with open("out.csv", "w") as file:\n    file.write("bed\\n1\\n")\n')
        with self.doing("running"):
            hands.run()
            hands.wait_for_end()
            hands.click(self.work.panel.output.to_files)
            files = self.work.panel.files
            hands.wait(lambda: files.isVisible(), "the files are shown")
        with self.doing("saving the program"):
            self.opened.navigation.save_program()
        with self.doing("looking back at cards"):
            self.session.reviews.offer()
        with self.doing("the history"):
            self.opened.navigation.open_history()
            hands.press(Qt.Key.Key_Escape)

    def _look_into_everything(self) -> None:
        hands, navigation = self.hands, self.opened.navigation
        with self.doing("a page"):
            navigation.open_page("units")
            hands.wait(lambda: "mmol/L" in self.window.page.words, "the page is on show")
            hands.press(Qt.Key.Key_Escape)
        for act in ("outline", "courses", "history", "settings", "help", "people", "search"):
            with self.doing(f"the panel {act}"):
                navigation._acts[act]()
                QTest.qWait(100)
                hands.press(Qt.Key.Key_Escape)
        with self.doing("the licences"):
            navigation.open_help()
            self.window.help_panel.show_licences(True)
            self.window.help_panel.show_licences(False)
            hands.press(Qt.Key.Key_Escape)
        with self.doing("the scratch program"):
            self.shown_after(self.session.open_scratch, "the scratch program opens")
            self.shown_after(self.session.open, "the lesson opens")

    def share_the_pc(self) -> None:
        """Somebody else, and back; work that travels."""
        hands, people = self.hands, self.opened.people
        with self.doing("a name"):
            self.session.people.call_me("Priya")
            hands.wait(lambda: self.window.header.person.text() == "Priya", "the name")
        with self.doing("export and import"):
            self.chosen = self.spare / "work.zip"
            people._export()
            hands.wait(self.chosen.exists, "the file")
            self.shown_after(people._import, "the work is read again")
        with self.doing("not me"):
            people.toggle()
            hands.click(self.window.people_panel.buttons["park"])
            hands.wait(lambda: self.window.body.currentWidget() is self.window.who, "who is here")
        with self.doing("somebody new"):
            self.shown_after(lambda: self.session.people.start_fresh("Tom"), "their work opens")

    def write(self, own: Path, base: Path, *, whole: bool) -> None:
        """A lesson writer's hour (or, quicker, without the tests that run programs), on a course in the data folder that extends another one."""
        hands = self.hands
        with self.doing("author mode"):
            self.opened.navigation.change_setting("author", value=True)
            self.shown_after(lambda: self.opened.courses.open(base), "the installed course opens")
            hands.open("every-kind", "writing")
        author = self.opened.author.author
        assert author is not None
        with self.doing("a lesson that is only read"):
            author.edit()
            hands.wait(lambda: author.writing.current is not None, "the file is open", 120)
            author.edit()
        with self.doing("the writer's own course"):
            self.shown_after(lambda: self.opened.courses.open(own), "the own course opens")
        with self.doing("a lesson of the base"):
            hands.open("every-kind", "writing")
            author.edit()
            hands.wait(lambda: author.writing.current.path == self.wiring.view.lesson.path, "its file", 120)
            author.change()
            hands.wait(
                lambda: self.wiring.view.lesson.path.is_relative_to(own), "it is the writer's own", 120
            )
            hands.wait(lambda: author.writing.current.path == self.wiring.view.lesson.path, "its file", 120)
        editor = author.room.file.editor
        with self.doing("typing in the file"):
            editor.setFocus()
            hands.type("# a remark\n")
            QTest.qWait(900)
        with self.doing("saving the file"):
            editor.replace_all(editor.text().replace("Double a number", "Twice a number"))
            author.writing.save()
            hands.wait(lambda: not author.writing.saving, "it is saved", 120)
            QTest.qWait(500)
        with self.doing("a new step"):
            author.new_step()
            hands.click(next(iter(author.room.new_step.buttons.values())))
            hands.wait(lambda: "-1" in self.wiring.view.step.id, "the new step", 120)
        with self.doing("a new lesson"):
            author.new_lesson()
            hands.type("Count the beds\n")
            hands.wait(lambda: self.wiring.view.lesson.id == "count-the-beds", "the new lesson", 120)
        self._chores(author)
        if whole:
            self._test(author)

    def _chores(self, author: Any) -> None:
        hands = self.hands
        with self.doing("checks and cases"):
            author.show_checks()
            author.show_cases()
            self.chosen = self.spare
            author.room.cases.folder_asked.emit()
            hands.wait(lambda: not author.chores.replaying.running, "the cases are replayed", 120)
        with self.doing("pack and book"):
            for act, name in ((author.pack, "course.c4h"), (author.save_book, "book.html")):
                self.chosen = self.spare / name
                act()
                hands.wait(self.chosen.exists, name, 120)

    def _test(self, author: Any) -> None:
        with self.doing("testing"):
            author.test_lesson()
            self.hands.wait(lambda: not author.chores.testing.running, "the test ends", 240)

    def leave(self) -> None:
        """Close the window."""
        with self.doing("closing"):
            self.window.close()


def main(data: Path, plain: Path, spare: Path, *, whole: bool) -> None:
    application = make_application(["tutor"])
    course = a_course_in(data / "courses", plain)
    where = folders(data)
    loaded = load_course(course).value
    assert loaded is not None
    own = make_own_copy(loaded, data / "mine")
    order(f"watch {threading.get_native_id()}")
    listener = Listener(data)
    with listener.during("proof that it hears"):
        (data / "courses").exists()
        (data / "heard").write_text("this", encoding="utf-8")
    with listener.during("starting"):
        set_up_in_background(where.logs)
        opened = open_window(where)
        opened.window.resize(1366, 768)
        opened.window.show()
        opened.window.activateWindow()
    listener.no_more_waiting()
    session = Session(Hands(opened), listener, spare)
    session.learn(course)
    session.share_the_pc()
    session.write(own, course, whole=whole)
    session.leave()
    QGuiApplication.clipboard().clear()
    application.processEvents()


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]), whole=sys.argv[4:] == ["whole"])
