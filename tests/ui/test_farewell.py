"""The line on closing: whether the work stays on this PC or follows the sign-in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.lessons.model import Course
from tutor.progress import whereabouts
from tutor.ui.app import farewell
from tutor.ui.hands import Hands

#: Opens the tutor as `python -m tutor` does, closes its window by the window's own close button's way, prints what is said.
START = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import tutor.ui.app as app
from tutor.ui.farewell import Farewell
from tutor.ui.main_window import MainWindow

make = app.make_application

def look():
    found = {type(each): each for each in QApplication.topLevelWidgets() if each.isVisible()}
    if Farewell in found:
        print(found[Farewell].words.text(), flush=True)
        found[Farewell].close()
    elif MainWindow in found and found[MainWindow].windowTitle() != "Code4Health Tutor":
        found[MainWindow].close()

def made():
    application = make()
    application.timer = QTimer()
    application.timer.timeout.connect(look)
    application.timer.start(50)
    return application

app.make_application = made
sys.exit(app.main(lesson=None, course=None, author=False, data_dir=Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("filesystem", "said"),
    [
        ("ext4", "Your work stays on this PC, in {folder}. A place code or an export takes it to another."),
        ("cifs", "Your work follows your sign-in. It is kept in {folder}."),
    ],
)
def test_the_line_on_closing_says_whether_work_stays_on_this_pc_or_follows_the_sign_in(
    open_on: Callable[..., Hands],
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    filesystem: str,
    said: str,
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\n//server/home {tmp_path} {filesystem} rw 0 0\n", encoding="utf-8"
    )
    monkeypatch.setattr(whereabouts, "_ask", lambda folder: whereabouts.by_mount(folder, mounts))
    hands = open_on(course)
    hands.open("every-kind", "writing")
    hands.window.close()
    line = farewell(hands.opened)
    assert line.words.text() == said.format(folder=tmp_path / "data")
    assert line.accessibleName() == line.words.text()
    line.deleteLater()


def test_the_tutor_says_it_when_its_window_is_closed_and_then_ends(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "data")],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "data"
    assert done.stdout.splitlines()[0] in {
        whereabouts.sentence(kept, folder) for kept in (whereabouts.Kept.THIS_PC, whereabouts.Kept.FOLLOWS)
    }
