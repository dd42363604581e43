"""Reads the editor as a screen reader does, over AT-SPI, and types real X keys; prints what it found as JSON.

Run by path with a Python that has PyGObject, inside a session bus: `reader.py PYTHON-OF-THE-TUTOR editor_window.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 40.0  # seconds for any one fact


def until(fact, what):
    """Let events come in until `fact()` is true; its value."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = fact()
        if found:
            return found
        GLib.MainContext.default().iteration(False)
    sys.exit(f"gave up waiting for {what}")


def below(thing):
    """A thing of the tree and all below it."""
    if thing is None:
        return
    yield thing
    for index in range(thing.get_child_count()):
        yield from below(thing.get_child_at_index(index))


def find_editor():
    """The text called "Your program", wherever it is."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(index)
        if app is not None and app.get_name() == "editor-under-test":
            for thing in below(app):
                if thing.get_name() == "Your program" and thing.get_role() == Atspi.Role.TEXT:
                    return thing
    return None


def visible_window():
    """The number of the window, once it can take keys."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "editor-under-test"]
    return subprocess.run(search, capture_output=True, text=True).stdout.split()[-1:]


def whole(text):
    """All of a text."""
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def main():
    """Look, act, listen, report."""
    app = subprocess.Popen([sys.argv[1], sys.argv[2]], stdin=subprocess.PIPE)
    events = []
    listener = Atspi.EventListener.new(
        lambda event: events.append((event.type, event.detail1, str(event.any_data)))
    )
    for kind in ("object:text-changed", "object:text-caret-moved"):
        listener.register(kind)
    text = until(find_editor, "the editor")
    states = text.get_state_set()
    report = {
        "role": text.get_role_name(),
        "text": whole(text),
        "editable": states.contains(Atspi.StateType.EDITABLE),
        "multi-line": states.contains(Atspi.StateType.MULTI_LINE),
        "line": Atspi.Text.get_string_at_offset(text, 15, Atspi.TextGranularity.LINE).content,
        "word": Atspi.Text.get_string_at_offset(text, 19, Atspi.TextGranularity.WORD).content,
    }
    box = Atspi.Text.get_character_extents(text, 12, Atspi.CoordType.SCREEN)
    report["extent"] = [box.width, box.height]
    Atspi.Text.set_caret_offset(text, 10)
    report["caret"] = until(lambda: Atspi.Text.get_caret_offset(text) == 10 and 10, "the caret")
    window = until(visible_window, "the window")
    subprocess.run(["xdotool", "windowfocus", *window], check=True)
    subprocess.run(["xdotool", "type", "--delay", "60", " + 2  # £"], check=True)
    until(lambda: "88 + 2  # £\n" in whole(text), "what was typed")
    until(
        lambda: any("text-changed:insert" in kind and "£" in data for kind, _at, data in events), "its event"
    )
    report["typed"] = whole(text).split("\n")[0]
    report["inserts"] = [[at, data] for kind, at, data in events if "text-changed:insert" in kind]
    report["caret moves"] = [at for kind, at, _data in events if "text-caret-moved" in kind]
    Atspi.EditableText.insert_text(text, 0, "é", 1)
    until(lambda: whole(text).startswith("épulse"), "an edit by the reader")
    app.stdin.close()
    report["app ended with"] = app.wait(timeout=PATIENCE)
    print(json.dumps(report))


main()
