"""The tutor's own window on a step, to be worked from outside with a real mouse and real keys. Run by path.

    tutor_window.py DATA COURSE STEP

Each line on standard input is answered by one of JSON: `lines` says where the lines to arrange are on the screen, and in
which order; `done` how many runs and checks are on show. It ends when its input does.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from tutor.lessons.loader import load_course
from tutor.paths import folders
from tutor.ui.app import make_application, open_window


class Orders(QObject):
    """Reads orders on a thread of its own, and has them carried out on the window's."""

    given = Signal(str)
    over = Signal()

    def listen(self) -> None:
        for line in sys.stdin:
            self.given.emit(line.strip())
        self.over.emit()


application = make_application(["tutor-under-test"])
loaded = load_course(Path(sys.argv[2])).value
assert loaded is not None
opened = open_window(folders(Path(sys.argv[1])), loaded)
window = opened.window
window.move(0, 0)
window.resize(1180, 740)
window.show()
opened.session.open("every-kind", sys.argv[3])


def answer(order: str) -> None:
    """Carry an order out."""
    work = window.work
    told: object
    if order == "lines" and opened.wiring.steps_shown:
        program = work.arrange.program
        view = program.viewport()
        boxes = [program.visualItemRect(program.item(row)).center() for row in range(program.count())]
        places = [view.mapToGlobal(point) for point in boxes]
        told = {
            "texts": work.arrange.texts,
            "at": [[place.x(), place.y()] for place in places],
            "indent": program.indent_width,
        }
    else:
        told = {"runs": int(work.panel.output.ended), "verdicts": opened.wiring.verdicts_shown}
    print(json.dumps(told), flush=True)


orders = Orders()
orders.given.connect(answer, Qt.ConnectionType.QueuedConnection)
orders.over.connect(window.close, Qt.ConnectionType.QueuedConnection)
threading.Thread(target=orders.listen, daemon=True).start()
QApplication.exec()
