"""The real window at work, to be killed: opens lessons, types, runs, checks, moves on, changes who is at work.

Says on standard output what it does, each line with the time: `ready`; `beat` (so that the one who kills knows how busy
machine and disk were); `found WHO LENGTH`, the program of the step "writing" as it is shown when it is opened; `typed WHO
LENGTH`; `recorded SESSION SEQ` for what was handed to the journal, and `safe SESSION SEQ` for what is on disk.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from tutor.files import write_whole
from tutor.lessons.loader import load_course
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
STEPS = ("reading", "pick-it", "pick-one", "filling", "arranging", "closing")


def say(what: str, *words: object) -> None:
    """One line, whole, whatever comes after it."""
    os.write(1, (" ".join(map(str, (what, time.monotonic(), *words))) + "\n").encode())


def beat(data: Path) -> None:
    """Tell how late a thread is that only waits, and now and then writes a few bytes as safely as the tutor does."""
    pause = threading.Event()
    while not pause.wait(0.05):
        write_whole(data / "beat", b"x")
        say("beat")


class Doctor:
    """Somebody at work, in no particular order."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.hands, self.random = hands, random.Random(seed)
        self.session, self.wiring = hands.opened.session, hands.opened.wiring
        self._told = ("", 0, 0)
        self._timer = QTimer()
        self._timer.timeout.connect(self.look)
        self._timer.start(25)

    def look(self) -> None:
        """Tell what was recorded, and what of it is on disk."""
        store = self.session.work
        if store is None:
            return
        session, saved, recorded = now = (store.session, store.saved, store.recorded)
        if now != self._told:
            self._told = now
            say("recorded", session, recorded)
            say("safe", session, saved)

    @property
    def who(self) -> str:
        """The folder of who is at work."""
        return self.session.work.learner.id

    def open(self, step: str) -> None:
        """Open a step; for the one that is written in, tell what is found there."""
        self.hands.open("every-kind", step)
        if step == "writing":
            say("found", self.who, len(self.hands.work.editor.text()))

    def type(self) -> None:
        """A burst of typing at the end of the program."""
        editor = self.hands.work.editor
        editor.setFocus()
        self.hands.press(Qt.Key.Key_End, CTRL)
        for _ in range(self.random.randint(5, 60)):
            self.hands.type("x" if self.random.random() < 0.95 else "\n")
            say("typed", self.who, len(editor.text()))
            QTest.qWait(self.random.choice((5, 10, 30)))

    def run(self) -> None:
        """Run it; most programs of x end with an error."""
        self.hands.run()
        self.hands.wait_for_end()

    def look_elsewhere(self) -> None:
        """Another step, and back."""
        self.open(self.random.choice(STEPS))
        self.open("writing")

    def go_on(self) -> None:
        """Next, and back."""
        self.hands.next()
        self.open("writing")

    def change_person(self) -> None:
        """Somebody else's turn: the other one, or somebody new."""
        people = [one.id for one in self.hands.opened.people.shown.people if not one.current]
        before, shown = self.who, self.wiring.steps_shown
        if len(people) >= 2 or (people and self.random.random() < 0.5):
            self.session.people.choose(self.random.choice(people))
        else:
            self.session.people.start_fresh()
        self.hands.wait(
            lambda: self.session.work is not None and self.who != before and self.wiring.steps_shown > shown,
            "somebody else's work opens",
        )
        self.open("writing")

    def work(self) -> None:
        """For ever."""
        acts = [self.type] * 5 + [self.run, self.hands.check, self.look_elsewhere, self.go_on] * 2
        while True:
            self.random.choice([*acts, self.change_person])()


def main(data: Path, course: Path, seed: int) -> None:
    make_application(["tutor"])
    loaded = load_course(course).value
    assert loaded is not None
    opened = open_window(folders(data), loaded)
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.window.activateWindow()
    doctor = Doctor(Hands(opened), seed)
    threading.Thread(target=beat, args=(data,), daemon=True).start()
    doctor.open("writing")
    say("ready")
    doctor.work()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
