"""Switches author mode on and off. What writers need is loaded when it is first switched on: learners never wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tutor.ui.author.commands import author_commands
from tutor.ui.author.window_parts import WindowParts
from tutor.ui.editor import EditorTheme
from tutor.ui.look import Look
from tutor.ui.shortcuts import Command

if TYPE_CHECKING:
    from tutor.ui.author.author import Author


class AuthorSwitch(QObject):
    """Attributes:
    author: what there is once it has been switched on; None before.
    acts: what each command does.
    """

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._dressed: tuple[Look, EditorTheme, float] | None = None
        self.author: Author | None = None
        self.acts: dict[str, Callable[[], object]] = {
            command.name: lambda name=command.name: self._act(name)  # type: ignore[misc]
            for command in author_commands()
        }

    def switch(self, on: bool) -> None:
        """Show what lesson writers need, or put it away."""
        if self.author is None and on:
            from tutor.ui.author.author import Author  # noqa: PLC0415  (learners never load it)

            self.author = Author(self._parts)
            if self._dressed is not None:
                self.author.set_look(*self._dressed)
        if self.author is not None:
            self.author.switch(on)

    @property
    def is_on(self) -> bool:
        """Whether author mode is on."""
        return self.author is not None and self.author.is_on

    def commands(self) -> tuple[Command, ...]:
        """What can be found by searching now."""
        return author_commands() if self.is_on else ()

    def set_look(self, look: Look, theme: EditorTheme, points: float) -> None:
        """Draw in this look."""
        self._dressed = (look, theme, points)
        if self.author is not None:
            self.author.set_look(look, theme, points)

    def save_or(self, otherwise: Callable[[], object]) -> Callable[[], None]:
        """Ctrl+S: the file, while the keyboard is in it; else something else."""

        def save() -> None:
            if self.author is None or not self.author.save_here():
                otherwise()

        return save

    def stop(self) -> None:
        """The window is going away: keep what is not saved, and cancel what runs; returns at once."""
        if self.author is not None:
            self.author.stop()

    def finish(self) -> None:
        """After `stop`: wait until all is on the disk and nothing runs any more; from any thread."""
        if self.author is not None:
            self.author.finish()

    def _act(self, name: str) -> None:
        if self.author is not None:
            self.author.acts[name]()
