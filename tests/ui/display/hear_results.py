"""Hears the results of a run and of a check as a screen reader does, and presses real X keys; prints JSON.

hear_results.py PYTHON-OF-THE-TUTOR tutor_window.py DATA COURSE
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from reader import PATIENCE, Atspi, focus_window, named, press, until, whole

pressed = 0.0


def checked():
    """What was expected, once it is on show; until then Check is pressed again: the run may not have ended yet."""
    global pressed
    found = named("Expected: 8")
    if found is None and time.monotonic() > pressed + 3:
        pressed = time.monotonic()
        press("ctrl+Return")
    return found


def main():
    """Look, act, listen, report."""
    python, script, data, course = sys.argv[1:]
    app = subprocess.Popen(
        [python, script, data, course, "writing"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    heard = []
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    editor = until(lambda: named("Your program", Atspi.Role.TEXT), "the editor")
    focus_window(app)
    Atspi.EditableText.set_text_contents(
        editor, "def double(number):\n    return number + 2\nprint(double(4))\n"
    )
    press("F5")
    output = until(
        lambda: named("Output", Atspi.Role.TEXT) or named("Output", Atspi.Role.ENTRY), "the output"
    )
    until(lambda: whole(output) == "6", "what was printed")
    report = {
        "output": whole(output),
        "read-only": not output.get_state_set().contains(Atspi.StateType.EDITABLE),
    }
    until(lambda: any("ran to its end" in words for words in heard) or not hears(heard), "the ending")
    report["expected"] = until(checked, "the verdict").get_role_name()
    report["got"] = until(lambda: named("Got: 6"), "what came").get_role_name()
    report["tabs"] = [name for name in ("Output", "Checks") if named(name, Atspi.Role.PAGE_TAB)]
    report["heard"] = heard
    app.stdin.close()
    report["app ended with"] = app.wait(timeout=PATIENCE)
    print(json.dumps(report))


def hears(heard):
    """Whether this Qt tells announcements at all (since 6.8)."""
    return bool(heard)


main()
