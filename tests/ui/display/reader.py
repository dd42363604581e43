"""Hears the results of a run and of a check as a screen reader does, over AT-SPI, and presses real X keys; prints JSON.

Run by path with a Python that has PyGObject, inside a session bus: `reader.py PYTHON-OF-THE-TUTOR tutor_window.py DATA COURSE`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60.0  # seconds for any one fact


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
    """A thing of the tree and all below it that is on show."""
    if thing is None:
        return
    yield thing
    for index in range(thing.get_child_count()):
        yield from below(thing.get_child_at_index(index))


def named(name, role=None):
    """The first thing on show with this name."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(index)
        for thing in below(app):
            try:
                fits = thing.get_name() == name and (role is None or thing.get_role() == role)
                if fits and thing.get_state_set().contains(Atspi.StateType.SHOWING):
                    return thing
            except GLib.Error:  # gone meanwhile
                continue
    return None


def whole(text):
    """All of a text."""
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def press(*keys):
    """Real X keys."""
    subprocess.run(["xdotool", "key", *keys], check=True)


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
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(app.pid)]
    window = until(lambda: subprocess.run(search, capture_output=True, text=True).stdout.split(), "a window")
    subprocess.run(["xdotool", "windowfocus", window[-1]], check=True)
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
