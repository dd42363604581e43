"""What a writer can do, by name and key: for the palette and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tutor.ui.shortcuts import Command


def author_commands() -> tuple[Command, ...]:
    """All commands of the author bar."""

    def said(text: str) -> str:
        return QCoreApplication.translate("Command", text)

    return (
        Command("author-edit", said("Edit the lesson's file"), ("Ctrl+E",)),
        Command("author-change", said("Change this lesson in my course"), ()),
        Command("author-step", said("New step"), ("Ctrl+Shift+A",)),
        Command("author-lesson", said("New lesson"), ()),
        Command("author-test", said("Test this lesson"), ("Ctrl+Shift+T",)),
        Command("author-test-course", said("Test the whole course"), ()),
        Command("author-checks", said("Show the checks of this step"), ("Ctrl+Shift+I",)),
        Command("author-cases", said("Cases that learners sent"), ()),
        Command("author-pack", said("Pack the course into one file"), ()),
        Command("author-book", said("Save the course as a book for reviewers"), ()),
        Command("author-learner", said("Try as a learner, and back"), ("Ctrl+Shift+L",)),
    )
