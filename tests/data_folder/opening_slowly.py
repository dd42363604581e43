"""The real window on a data folder that stalls: what it says while a step and another person's work are being opened.

Run by `stalling_folder.py`. Prints a line of JSON for each thing that is opened: what stood in the header while it was
being opened, whether the step before could still be worked on, what was spoken, and what stood there once it was open.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest

from tutor.lessons.opening import open_course
from tutor.paths import folders
from tutor.ui import opening_line
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands

PATIENCE = 120.0


def order(words: str) -> None:
    """Tell the folder how it is to be."""
    os.write(int(os.environ["STALLING_FOLDER_CONTROL"]), f"{words}\n".encode())


def put_away(hands: Hands) -> None:
    """ "Not me", pressed three times on a folder that stalls; prints what was said, and what came of it."""
    window, header, session = hands.window, hands.window.header, hands.opened.session
    while True:  # as above
        shown = hands.opened.wiring.steps_shown
        session.people.start_fresh("Sam")
        hands.wait(lambda shown=shown: hands.opened.wiring.steps_shown > shown, "their work opens", PATIENCE)
        hands.open("every-kind", "writing")
        hands.wait(lambda: not header.opening, "nothing is being opened", PATIENCE)
        hands.opened.people.toggle()
        hands.wait(window.people_panel.isVisible, "the panel is open")
        order("stall")
        QTest.qWait(200)
        hands.work.editor.replace_all("kept = 1\n")
        park = window.people_panel.buttons["park"]
        for _press in range(3):
            hands.click(park)
        hands.wait(
            lambda: header.opening or window.body.currentWidget() is window.who, "said, or done", PATIENCE
        )
        if header.opening:
            break
        order("go")
    said, message = header.opening, window.people_panel.message("people")
    usable = hands.work.editor.isEnabled() and window.body.currentWidget() is window.halves
    hands.wait(lambda: window.body.currentWidget() is window.who, "who is here", PATIENCE)
    hands.wait(lambda: not header.opening, "it is no more said", PATIENCE)
    order("go")
    told = {"said": said, "message": message, "usable": usable, "trouble": window.trouble.isVisible()}
    print(json.dumps({"what": "away", **told}), flush=True)


def main(data: Path, course: Path, pictures: Path | None) -> None:
    application = make_application(["tutor"])
    spoken: list[str] = []
    opening_line.announce = lambda _widget, words: spoken.append(words)  # type: ignore[assignment]
    where = folders(data)
    opened = open_window(where, open_course(where, course))
    opened.window.resize(1366, 768)
    opened.window.show()
    hands = Hands(opened)
    hands.open("every-kind", "writing")
    first = opened.session.work.learner.id if opened.session.work else ""

    def open_work(go: Callable[[], object]) -> None:
        shown = opened.wiring.steps_shown
        go()
        hands.wait(lambda: opened.wiring.steps_shown > shown, "their work opens", PATIENCE)

    def slowly(what: str, before: Callable[[], object], go: Callable[[], object]) -> None:
        header, wiring = opened.window.header, opened.wiring
        while (
            True
        ):  # on a busy machine the folder stalls too late: then it was open before anything was to be said
            before()
            hands.wait(lambda: not header.opening, f"{what}: from the beginning", PATIENCE)
            spoken.clear()
            shown = wiring.steps_shown
            order("stall")
            QTest.qWait(200)
            go()
            at_once = header.opening
            hands.wait(
                lambda shown=shown: header.opening or wiring.steps_shown > shown,
                f"{what}: said or open",
                PATIENCE,
            )
            if header.opening:
                break
            order("go")
        said, seen = header.opening, header._breadcrumb.text()
        if pictures:
            opened.window.grab().save(str(pictures / f"{what}.png"))
        still = wiring.steps_shown == shown and opened.window.body.isEnabled()
        hands.wait(lambda: wiring.steps_shown > shown, f"{what}: it opens", PATIENCE)
        hands.wait(lambda: not header.opening, f"{what}: it is no more said", PATIENCE)
        order("go")
        told = {"at_once": at_once, "said": said, "seen": seen, "spoken": list(spoken), "before": still}
        print(json.dumps({"what": what, **told, "then": header._breadcrumb.text()}), flush=True)

    people = opened.session.people
    slowly("lesson", lambda: hands.open("every-kind", "writing"), lambda: opened.session.open("the-end"))
    slowly("step", lambda: hands.open("every-kind", "arranging"), opened.session.next)
    slowly("person", lambda: None, lambda: people.start_fresh("Mei"))
    new = lambda: open_work(lambda: people.start_fresh("Tom"))  # noqa: E731
    slowly("back", new, lambda: people.choose(first))
    put_away(hands)
    opened.window.close()
    application.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
