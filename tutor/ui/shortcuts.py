"""Every keyboard command of the window, in one place: Help lists them from here."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Command(Struct, frozen=True):
    """A command: its name for people, and the keys that call it; those without any are found by searching."""

    name: str
    text: str
    keys: tuple[str, ...]


def commands() -> tuple[Command, ...]:
    """All commands, in the order in which Help lists them."""

    def said(text: str) -> str:
        return QCoreApplication.translate("Command", text)

    return (
        Command("run", said("Run the program"), ("F5",)),
        Command("stop", said("Stop the program"), ("Shift+F5",)),
        Command("check", said("Check, or give the answer"), ("Ctrl+Return", "Ctrl+Enter")),
        Command("hint", said("Show the next hint"), ("Ctrl+Shift+H",)),
        Command("next", said("Next step"), ("Ctrl+PgDown",)),
        Command("previous", said("Step before"), ("Ctrl+PgUp",)),
        Command("back", said("Back to where you were before"), ("Alt+Left",)),
        Command("forward", said("Forward again"), ("Alt+Right",)),
        Command("search", said("Search or jump"), ("Ctrl+K",)),
        Command("outline", said("Course outline"), ("Ctrl+O",)),
        Command("courses", said("Open another course"), ("Ctrl+Shift+O",)),
        Command("open-course-folder", said("Open a course folder"), ()),
        Command("open-course-pack", said("Open a course pack (.c4h)"), ()),
        Command("own-copy", said("Make my own copy of this course"), ()),
        Command("scratch", said("Scratch program, outside any lesson"), ("Ctrl+Shift+N",)),
        Command("history", said("Programs from your runs"), ("Ctrl+Shift+Y",)),
        Command("save", said("Save the program as a file"), ("Ctrl+S",)),
        Command("people", said("Whose work is it?"), ("Ctrl+Shift+U",)),
        Command("settings", said("Settings"), ("Ctrl+,",)),
        Command("help", said("Help and about"), ("F1",)),
        Command("next-pane", said("Go to the next part of the window"), ("F6",)),
        Command("previous-pane", said("Go to the part before"), ("Shift+F6",)),
        Command("larger", said("Larger text"), ("Ctrl+Shift+=", "Ctrl+Shift++")),
        Command("smaller", said("Smaller text"), ("Ctrl+Shift+-", "Ctrl+Shift+_")),
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
