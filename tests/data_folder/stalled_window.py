"""The real window on a data folder that stalls: how long is its event loop held while somebody works?

Run by `stalling_folder.py`. Prints a line of JSON for each thing that is done: its name; `gap`, the longest time between
two turns of the event loop; `waited`, how much of such a gap neither the window's thread computed nor the machine was
too busy for a thread that only waits; `busy`, the longest lateness of that thread; and where the window's thread was
while it was held.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from tutor.lessons.opening import open_course
from tutor.log import set_up_in_background
from tutor.paths import folders
from tutor.patience import Patience
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands

#: A longer gap is looked into while it lasts.
LONG = 0.25


class Pulse:
    """Feels the window's event loop, and beside it a thread that only waits."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._late = 0.0  # seconds by which this machine kept a waiting thread waiting, since the last turn
        self._computed = time.thread_time()
        self.longest = self.busy = self.waited = 0.0
        self.held_by = Counter[str]()
        self._main = threading.main_thread().ident
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self.turn)
        self._timer.start()
        threading.Thread(target=self._watch, daemon=True).start()

    def turn(self) -> None:
        """The event loop has come round."""
        now, computed = time.monotonic(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.waited = max(self.waited, now - self._last - (computed - self._computed) - self._late)
        self._last, self._computed, self._late = now, computed, 0.0

    def _watch(self) -> None:
        pause = threading.Event()
        before = time.monotonic()
        while True:
            pause.wait(0.01)
            now = time.monotonic()
            self.busy = max(self.busy, now - before - 0.01)
            self._late += max(0.0, now - before - 0.02)
            before = now
            if now - self._last > max(LONG, self.longest):
                frame = sys._current_frames().get(self._main or 0)
                calls = [
                    call
                    for call in traceback.extract_stack(frame)
                    if f"{os.sep}tutor{os.sep}" in call.filename
                ]
                self.held_by[" < ".join(f"{Path(c.filename).name}:{c.name}" for c in calls[:-6:-1])] += 1
                del frame  # it would keep a painter alive that is in use there

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """Feel while this is done, which begins with a stall, and say it."""
        order("stall")
        order(f"note {what}")
        self.turn()
        self.longest = self.busy = self.waited = 0.0
        self.held_by.clear()
        began = time.monotonic()
        yield
        self.turn()
        told = {
            "did": what,
            "waited": self.waited,
            "gap": self.longest,
            "busy": self.busy,
            "held_by": self.held_by.most_common(3),
        }
        print(json.dumps({**told, "seconds": time.monotonic() - began}), flush=True)


def order(words: str) -> None:
    """Tell the folder how it is to be."""
    os.write(int(os.environ["STALLING_FOLDER_CONTROL"]), f"{words}\n".encode())


def work(hands: Hands, pulse: Pulse, *, whole: bool) -> None:
    """What a learner does in twenty minutes, in one; or, quicker, only what once held the window."""
    window = hands.window
    with pulse.during("opening where one was"):
        hands.opened.wiring.start()
        hands.wait(lambda: hands.opened.wiring.steps_shown, "a step opens", 120)
    if whole:
        go_about(hands, pulse)
    with pulse.during("typing"):
        hands.work.editor.setFocus()
        for _ in range(60):
            hands.type("x")
            QTest.qWait(20)
    with pulse.during("changing a setting"):
        hands.opened.navigation.change_setting("theme", "dark")
        QTest.qWait(500)
    if whole:
        change_people(hands, pulse)
    with pulse.during("closing"):
        began = time.monotonic()
        window.close()
        gone = window.gone_at - began
        print(json.dumps({"did": "going from sight", "waited": gone, "gap": gone}), flush=True)


def go_about(hands: Hands, pulse: Pulse) -> None:
    session, wiring = hands.opened.session, hands.opened.wiring
    with pulse.during("opening a lesson"):
        shown = wiring.steps_shown
        session.open("every-kind", "writing")
        hands.wait(lambda: wiring.steps_shown > shown, "the lesson opens", 120)
    hands.work.editor.replace_all('with open("out.txt", "w") as file:\n    file.write("2 beds")\nprint(2)\n')
    with pulse.during("running"):
        hands.press(Qt.Key.Key_F5)
        hands.wait(lambda: wiring.runs_started, "it starts", 120)
        hands.wait(hands.run_has_ended, "it ends", 120)
    with pulse.during("looking at a written file"):
        hands.click(hands.work.panel.output.to_files)
    with pulse.during("checking"):
        seen = wiring.verdicts_shown
        hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hands.wait(lambda: wiring.verdicts_shown > seen, "the verdict", 120)
    with pulse.during("moving between steps"):
        for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            shown = wiring.steps_shown
            hands.press(key, Qt.KeyboardModifier.ControlModifier)
            hands.wait(lambda shown=shown: wiring.steps_shown > shown, "a step opens", 120)
    with pulse.during("looking into every panel"):
        for act in ("outline", "history", "settings", "help", "people", "search"):
            hands.opened.navigation._acts[act]()
            hands.wait(lambda: True, "a turn")
            hands.press(Qt.Key.Key_Escape)


def change_people(hands: Hands, pulse: Pulse) -> None:
    people, wiring = hands.opened.session.people, hands.opened.wiring
    for what, go in (
        ("somebody new", lambda: people.start_fresh("Mei")),
        ("back to the first", lambda: people.choose("first")),
    ):
        with pulse.during(what):
            shown = wiring.steps_shown
            go()
            hands.wait(lambda shown=shown: wiring.steps_shown > shown, "their work opens", 120)


def main(data: Path, course: Path, *, whole: bool) -> None:
    application = make_application(["tutor"])
    pulse = Pulse()
    where = folders(data)
    order(f"watch {threading.get_native_id()}")
    with pulse.during("starting"):
        set_up_in_background(where.logs)
        patience = Patience()
        opened = open_window(where, open_course(where, course, patience=patience), patience=patience)
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.window.activateWindow()
    hide = opened.window.hideEvent

    def hidden(event: object) -> None:
        opened.window.gone_at = time.monotonic()
        hide(event)

    opened.window.hideEvent = hidden
    work(Hands(opened), pulse, whole=whole)
    application.processEvents()
    order("go")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), whole=sys.argv[3] == "whole")
