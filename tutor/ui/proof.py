"""`tutor --prove-window FILE`: the window's part of the self-test, in the program that has Qt; and its start, for `make bench`.
Not for people.

Writes what it found as JSON: `[{"name", "passed", "detail"}]`. Run on Qt's offscreen platform by `tutor/selftest/window.py`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from PySide6.QtCore import QTimer, qVersion

from tutor.paths import folders, resources_folder
from tutor.selftest.report import Trial, carry_out
from tutor.ui.app import OpenWindow, make_application, open_window
from tutor.ui.editor.proof import kinds_of

PROGRAM = 'beds = 4  # in bay 2\nprint("Beech ward", beds)\n'


def prove(answer: Path, data_dir: Path | None) -> int:
    """Try the window, the editor and the icons; 0 when all holds.

    Args:
        answer: the file that the findings are written to.
        data_dir: where the window may keep things.
    """
    application = make_application([])
    opened: list[OpenWindow] = []

    def the_window_opens() -> tuple[bool, str]:
        window = open_window(folders(data_dir))
        opened.append(window)
        window.window.show()
        application.processEvents()
        shown = window.window.grab()
        return not shown.isNull(), f"Qt {qVersion()}, {shown.width()} by {shown.height()}"

    def the_editor_colours() -> tuple[bool, str]:
        kinds = kinds_of(PROGRAM)
        return len(kinds) >= 4, f"{len(kinds)} kinds of words in two lines"

    def an_icon_is_drawn() -> tuple[bool, str]:
        names = sorted(file.stem for file in (resources_folder() / "icons").glob("*.svg"))
        empty = [name for name in names if is_empty(name)]
        return bool(names) and not empty, f"{len(names)} icons" if not empty else f"empty: {', '.join(empty)}"

    def is_empty(name: str) -> bool:
        picture = opened[0].appearance.look().picture(name, "#000000").toImage()
        return not any(
            picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height())
        )

    found = carry_out(
        (
            Trial("the window opens", the_window_opens),
            Trial("the editor colours a program", the_editor_colours),
            Trial("an icon is drawn", an_icon_is_drawn),
        )
    )
    answer.write_text(
        json.dumps([{"name": one.name, "passed": one.passed, "detail": one.detail} for one in found]),
        encoding="utf-8",
    )
    for window in opened:
        window.window.close()
        application.processEvents()
    return 0 if all(one.passed for one in found) else 1


def open_until_usable(data_dir: Path | None) -> None:
    """`tutor --until-usable`: opens the window as ever, and ends as soon as the first step is on show. For `make bench`."""
    application = make_application([])
    opened = open_window(folders(data_dir))
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.session.open()
    watch = QTimer()
    watch.timeout.connect(lambda: opened.wiring.steps_shown and QTimer.singleShot(0, application.quit))
    watch.start(1)
    application.exec()
    os._exit(0)  # what closing costs is not measured
