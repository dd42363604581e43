"""The window: until it can be used, while programs flood it, per keystroke, per lesson opened.

Start-up is shown against a floor: a bare PySide6 window with a Scintilla editor, started in the same run; by the clock, and
by the processor time of the process, which a busy machine changes less. Modules are compiled, as they are when installed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

STARTS = 7

FLOOR = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import pyside6_scintilla
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(pyside6_scintilla.ScintillaEdit())
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, lambda: app.exit(0))
app.exec()
print(time.process_time(), flush=True)
import os
os._exit(0)
"""

TUTOR = """
import gc, sys, time
gc.disable()  # as tutor/__main__.py does until the window is shown
from pathlib import Path
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
from PySide6.QtCore import QTimer
app = make_application(sys.argv)
opened = open_window(folders(Path(sys.argv[1])))
opened.window.resize(1366, 768)
opened.window.show()
opened.session.open()
watch = QTimer()
watch.timeout.connect(lambda: opened.wiring.steps_shown and QTimer.singleShot(0, lambda: app.exit(0)))  # closes nothing
watch.start(1)
app.exec()
print(time.process_time(), flush=True)
if sys.argv[2:]:  # not measured: what the next start finds is kept in a quiet moment
    opened.session.read_ahead()
    assert opened.session.settle(30)
import os
os._exit(0)
"""


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(command: list[str], compiled: str) -> tuple[float, float]:
    """Seconds by the clock, and of processor time, as the process itself says at its end."""
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    done = subprocess.run(command, check=True, env=settings, capture_output=True, text=True)
    return time.perf_counter() - begun, float(done.stdout.split()[-1])


def startup() -> None:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled:
        bare = [sys.executable, "-c", FLOOR]
        whole = [sys.executable, "-c", TUTOR, folder]
        timed(bare, compiled)
        timed([*whole, "keep"], compiled)  # files into the cache, modules compiled, and the course's index
        floor, tutor = [], []
        for _turn in range(STARTS):
            floor.append(timed(bare, compiled))
            tutor.append(timed(whole, compiled))
    for number, what in enumerate(("by the clock", "of processor time")):
        window = statistics.median(taken[number] for taken in tutor)
        least = statistics.median(taken[number] for taken in floor)
        print(
            f"usable window: {window:.3f} s {what}, bare window with an editor {least:.3f} s: "
            f"{window / least:.2f} times (goal 1.5)"
        )


class Gaps:
    """How long the event loop was held: the gaps between ticks of a 5 ms timer."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def during(self, wait: Callable[[], None]) -> list[float]:
        self.gaps = []
        self._last = time.perf_counter()
        self._timer.start(5)
        wait()
        self._timer.stop()
        return self.gaps


def memory_mb() -> float:
    import psutil

    return psutil.Process().memory_info().rss / 1e6


def floods() -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tutor.paths import folders
    from tutor.runner.limits import FREE_RUN
    from tutor.ui.app import make_application, open_window
    from tutor.ui.hands import Hands

    application = make_application([])
    with tempfile.TemporaryDirectory() as folder:
        opened = open_window(folders(Path(folder)))
        opened.window.resize(1366, 768)
        opened.window.show()
        hands = Hands(opened)
        hands.open("your-first-program", "write-a-board")
        # No limit of output or time is to end what is measured.
        opened.session.free_run = replace(FREE_RUN, seconds=60.0, output_kb=None, output_lines=None)
        opened.session.warm_up()  # as the window does in its first quiet moment
        opened.session.settle(60)
        gaps = Gaps()
        for name, program, seconds in (
            ("while True: pass", "while True:\n    pass\n", 4),
            ("while True: print", 'while True:\n    print("x" * 80)\n', 10),
            ("one endless line", 'while True:\n    print("x" * 80, end="")\n', 4),
        ):
            hands.work.editor.set_text(program)
            opened.session.edit(program)
            opened.session.settle()
            before = memory_mb()
            hands.run()
            found = gaps.during(lambda seconds=seconds: QTest.qWait(int(seconds * 1000)))
            begun = time.perf_counter()
            hands.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
            hands.wait_for_end()
            print(
                f"{name}: event loop held p50 {percentile(found, 0.5) * 1e3:.0f}, p99 {percentile(found, 0.99) * 1e3:.0f}, "
                f"most {max(found) * 1e3:.0f} ms (goal p99 50); memory +{memory_mb() - before:.0f} MB; "
                f"Stop to result on show {(time.perf_counter() - begun) * 1e3:.0f} ms"
            )
        keystrokes(hands)
        lessons(hands)
        opened.window.close()
        application.processEvents()


def keystrokes(hands: object) -> None:
    from PySide6.QtWidgets import QApplication

    editor = hands.work.editor  # type: ignore[attr-defined]
    editor.set_text(
        "".join(f"value_{number} = {number} * 2  # a line of the program\n" for number in range(500))
    )
    editor.go_to(250)
    editor.setFocus()
    taken = []
    for letter in "pulse = 72 + other_value " * 8:
        begun = time.perf_counter()
        hands.type(letter)  # type: ignore[attr-defined]
        QApplication.processEvents()
        taken.append(time.perf_counter() - begun)
    print(
        f"keystroke to painted in 500 lines: p50 {percentile(taken, 0.5) * 1e3:.1f}, p99 {percentile(taken, 0.99) * 1e3:.1f} ms "
        "(goal p99 16)"
    )


def lessons(hands: object) -> None:
    """From asking for a lesson that was never read to its first step painted, by the clock and of processor time."""
    from PySide6.QtWidgets import QApplication

    opened = hands.opened  # type: ignore[attr-defined]
    clock, processor = [], []
    for heading in opened.session.course.lessons:
        shown = opened.wiring.steps_shown
        begun, used = time.perf_counter(), time.process_time()
        opened.session.open(heading.id)
        while opened.wiring.steps_shown == shown:
            QApplication.processEvents()
            time.sleep(0.0005)  # noqa: TID251 - the session's thread is to have the processor meanwhile
        QApplication.processEvents()
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
        settle = time.perf_counter() + 0.02
        while time.perf_counter() < settle:
            QApplication.processEvents()
    print(
        f"opening a lesson for the first time: p50 {percentile(clock, 0.5) * 1e3:.0f}, most {max(clock) * 1e3:.0f} ms "
        f"by the clock, p50 {percentile(processor, 0.5) * 1e3:.0f} ms of processor time (goal 50)"
    )


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    startup()
    floods()


if __name__ == "__main__":
    main()
