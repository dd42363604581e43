"""What a screen reader does, over AT-SPI, and a hand on real X keys: for the scripts beside this one.

They are run by path with a Python that has PyGObject, inside a session bus.
"""

from __future__ import annotations

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
    """A thing of the tree and all below it."""
    if thing is None:
        return
    yield thing
    for index in range(thing.get_child_count()):
        yield from below(thing.get_child_at_index(index))


def named(name, role=None):
    """The first thing on show with this name (and role), in any application."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        for thing in below(desktop.get_child_at_index(index)):
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


def focus_window(process):
    """Give the keyboard to the window of this process, once it has one."""
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
    found = until(lambda: subprocess.run(search, capture_output=True, text=True).stdout.split(), "a window")
    subprocess.run(["xdotool", "windowfocus", found[-1]], check=True)


def press(*keys):
    """Real X keys."""
    subprocess.run(["xdotool", "key", *keys], check=True)
