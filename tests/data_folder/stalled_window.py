"""The real window on a data folder that stalls: how long is its event loop held while somebody works?

Run by `stalling_folder.py`. Prints a line of JSON for each thing that is done: its name, the longest gap between two
turns of the event loop, the longest lateness of a thread that does nothing (how busy this machine was), and where the
window's thread was when it was held.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from tutor.lessons.loader import load_course
from tutor.log import set_up
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands

#: A longer gap is looked into while it lasts.
LONG = 0.25


class Pulse:
    """Feels the window's event loop, and beside it a thread that only waits."""

    def __init__(self) -> None:
        self._last = self._late = time.monotonic()
        self.longest = self.busy = 0.0
        self.held_by = Counter[str]()
        self._main = threading.main_thread().ident
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self.turn)
        self._timer.start()
        threading.Thread(target=self._watch, daemon=True).start()

    def turn(self) -> None:
        """The event loop has come round."""
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def _watch(self) -> None:
        pause = threading.Event()
        before = time.monotonic()
        while True:
            pause.wait(0.01)
            now = time.monotonic()
            self.busy = max(self.busy, now - before - 0.01)
            before = now
            if now - self._last > max(LONG, self.longest):
                frame = sys._current_frames().get(self._main or 0)
                calls = [call for call in traceback.extract_stack(frame) if f"{os.sep}tutor{os.sep}" in call.filename]
                self.held_by[" < ".join(f"{Path(c.filename).name}:{c.name}" for c in calls[:-6:-1])] += 1

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """Feel while this is done, which begins with a stall, and say it."""
        order("stall")
        self.turn()
        self.longest = self.busy = 0.0
        self.held_by.clear()
        began = time.monotonic()
        yield
        self.turn()
        told = {"did": what, "gap": self.longest, "busy": self.busy, "held_by": self.held_by.most_common(3)}
        print(json.dumps({**told, "seconds": time.monotonic() - began}), flush=True)


def order(words: str) -> None:
    """Tell the folder how it is to be."""
    os.write(int(os.environ["STALLING_FOLDER_CONTROL"]), f"{words}\n".encode())


def work(hands: Hands, pulse: Pulse, do: Callable[[str], object]) -> None:
    """What a learner does in twenty minutes, in one."""
    window, session = hands.window, hands.opened.session
    with pulse.during("opening where one was"):
        hands.opened.wiring.start()
        hands.wait(lambda: hands.opened.wiring.steps_shown, "a step opens", 120)
    with pulse.during("opening a lesson"):
        shown = hands.opened.wiring.steps_shown
        session.open("every-kind", "writing")
        hands.wait(lambda: hands.opened.wiring.steps_shown > shown, "the lesson opens", 120)
    with pulse.during("typing"):
        hands.work.editor.setFocus()
        for _ in range(60):
            hands.type("x")
            hands.wait(lambda: True, "a turn")
    hands.work.editor.replace_all('with open("out.txt", "w") as file:\n    file.write("2 beds")\nprint(2)\n')
    with pulse.during("running"):
        hands.press(Qt.Key.Key_F5)
        hands.wait(lambda: hands.opened.wiring.runs_started, "it starts", 120)
        hands.wait(hands.run_has_ended, "it ends", 120)
    with pulse.during("looking at a written file"):
        hands.click(hands.work.panel.output.to_files)
    with pulse.during("checking"):
        seen = hands.opened.wiring.verdicts_shown
        hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hands.wait(lambda: hands.opened.wiring.verdicts_shown > seen, "the verdict", 120)
    with pulse.during("moving between steps"):
        for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            shown = hands.opened.wiring.steps_shown
            hands.press(key, Qt.KeyboardModifier.ControlModifier)
            hands.wait(lambda shown=shown: hands.opened.wiring.steps_shown > shown, "a step opens", 120)
    with pulse.during("changing a setting"):
        hands.opened.navigation.change_setting("theme", "dark")
        hands.wait(lambda: window.look.theme.dark, "it counts at once")
    with pulse.during("looking into every panel"):
        for act in ("outline", "history", "settings", "help", "people", "search"):
            hands.opened.navigation._acts[act]()
            hands.wait(lambda: True, "a turn")
            hands.press(Qt.Key.Key_Escape)
    for what, go in (
        ("somebody new", lambda: session.people.start_fresh("Mei")),
        ("back to the first", lambda: session.people.choose("first")),
    ):
        with pulse.during(what):
            shown = hands.opened.wiring.steps_shown
            go()
            hands.wait(lambda shown=shown: hands.opened.wiring.steps_shown > shown, "their work opens", 120)
    with pulse.during("closing"):
        began = time.monotonic()
        window.close()
        print(json.dumps({"did": "gone from sight", "gap": window.seconds_to_hide - began}), flush=True)


def main(data: Path, course: Path) -> None:
    loaded = load_course(course).value
    assert loaded is not None
    application = make_application(["tutor"])
    pulse = Pulse()
    where = folders(data)
    with pulse.during("starting"):
        set_up(where.logs)
        opened = open_window(where, loaded)
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.window.activateWindow()
    hide = opened.window.hideEvent

    def hidden(event: object) -> None:
        opened.window.seconds_to_hide = time.monotonic()
        hide(event)

    opened.window.hideEvent = hidden
    work(Hands(opened), pulse, application.processEvents)
    order("go")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
