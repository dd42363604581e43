"""Reads the editor as a screen reader does, and types real X keys; prints what it found as JSON.

read_editor.py PYTHON-OF-THE-TUTOR editor_window.py
"""

from __future__ import annotations

import json
import subprocess
import sys

from reader import PATIENCE, Atspi, focus_window, named, until, whole


def main():
    """Look, act, listen, report."""
    app = subprocess.Popen([sys.argv[1], sys.argv[2]], stdin=subprocess.PIPE)
    events = []
    listener = Atspi.EventListener.new(
        lambda event: events.append((event.type, event.detail1, str(event.any_data)))
    )
    for kind in ("object:text-changed", "object:text-caret-moved"):
        listener.register(kind)
    text = until(lambda: named("Your program", Atspi.Role.TEXT), "the editor")
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
    focus_window(app)
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
