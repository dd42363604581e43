"""The real window on a course whose folder stalls: how long is its event loop held while the open lesson is watched?

Run by `stalling_folder.py`; prints what `stalled_window.py` prints.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from stalled_window import Pulse, order

from tutor.lessons.opening import open_course
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands
from tutor.ui.lesson_watch import LessonWatch


def main(share: Path, data: Path, course: Path) -> None:
    application = make_application(["tutor"])
    pulse = Pulse()
    where = folders(data)
    opened = open_window(where, open_course(where, Path(shutil.copytree(course, share / "course"))))
    opened.window.resize(1366, 768)
    opened.window.show()
    hands = Hands(opened)
    hands.open("every-kind", "writing")
    with pulse.during("opening another lesson"):
        shown = opened.wiring.steps_shown
        opened.session.open("the-end")
        hands.wait(lambda: opened.wiring.steps_shown > shown, "the lesson opens", 120)
    with pulse.during("reading it"):
        QTest.qWait(3000)
    with pulse.during("watching a file that was not asked for yet"):
        watch = LessonWatch(opened.window)
        QTest.qWait(200)
        watch.watch(share / "course" / "first" / "unseen.yaml")
        QTest.qWait(3000)
    order("go")
    file = share / "course" / "first" / "03-the-end.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("The end", "Another end"), encoding="utf-8")
    hands.wait(lambda: "Another end" in opened.window.windowTitle(), "the lesson follows its file", 120)
    opened.window.close()
    application.processEvents()


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
