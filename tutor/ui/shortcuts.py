"""Every keyboard command of the window, in one place: Help lists them from here."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from tutor.translation import tr


class Command(Struct, frozen=True):
    """A command: its name for people, and the keys that call it; those without any are found by searching."""

    name: str
    text: str
    keys: tuple[str, ...]


def commands() -> tuple[Command, ...]:
    """All commands, in the order in which Help lists them."""

    return (
        Command("run", tr("Run the program"), ("F5",)),
        Command("stop", tr("Stop the program"), ("Shift+F5",)),
        Command("check", tr("Check, or give the answer"), ("Ctrl+Return", "Ctrl+Enter")),
        Command("hint", tr("Show the next hint"), ("Ctrl+Shift+H",)),
        Command("next", tr("Next step"), ("Ctrl+PgDown",)),
        Command("previous", tr("Step before"), ("Ctrl+PgUp",)),
        Command("back", tr("Back to where you were before"), ("Alt+Left",)),
        Command("forward", tr("Forward again"), ("Alt+Right",)),
        Command("search", tr("Search or jump"), ("Ctrl+K",)),
        Command("outline", tr("Course outline"), ("Ctrl+O",)),
        Command("courses", tr("Open another course"), ("Ctrl+Shift+O",)),
        Command("open-course-folder", tr("Open a course folder"), ()),
        Command("open-course-pack", tr("Open a course pack (.c4h)"), ()),
        Command("own-copy", tr("Make my own copy of this course"), ()),
        Command("scratch", tr("Scratch program, outside any lesson"), ("Ctrl+Shift+N",)),
        Command("history", tr("Programs from your runs"), ("Ctrl+Shift+Y",)),
        Command("save", tr("Save the program as a file"), ("Ctrl+S",)),
        Command("people", tr("Whose work is it?"), ("Ctrl+Shift+U",)),
        Command("settings", tr("Settings"), ("Ctrl+,",)),
        Command("help", tr("Help and about"), ("F1",)),
        Command("next-pane", tr("Go to the next part of the window"), ("F6",)),
        Command("previous-pane", tr("Go to the part before"), ("Shift+F6",)),
        Command("larger", tr("Larger text"), ("Ctrl+Shift+=", "Ctrl+Shift++")),
        Command("smaller", tr("Smaller text"), ("Ctrl+Shift+-", "Ctrl+Shift+_")),
    )


def add_commands(window: QWidget, acts: dict[str, Callable[[], object]]) -> dict[str, QAction]:
    """Give the window an action for each command that it can carry out."""
    made = {}
    for command in commands():
        if command.name not in acts:
            continue
        action = QAction(command.text, window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        act = acts[command.name]
        action.triggered.connect(lambda _checked=False, act=act: act())
        window.addAction(action)
        made[command.name] = action
    return made
