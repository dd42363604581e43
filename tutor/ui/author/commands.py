"""What a writer can do, by name and key: for the palette and the keyboard."""

from __future__ import annotations

from tutor.translation import tr
from tutor.ui.shortcuts import Command


def author_commands() -> tuple[Command, ...]:
    """All commands of the author bar."""

    return (
        Command("author-edit", tr("Edit the lesson's file"), ("Ctrl+E",)),
        Command("author-change", tr("Change this lesson in my course"), ()),
        Command("author-step", tr("New step"), ("Ctrl+Shift+A",)),
        Command("author-lesson", tr("New lesson"), ()),
        Command("author-test", tr("Test this lesson"), ("Ctrl+Shift+T",)),
        Command("author-test-course", tr("Test the whole course"), ()),
        Command("author-checks", tr("Show the checks of this step"), ("Ctrl+Shift+I",)),
        Command("author-cases", tr("Cases that learners sent"), ()),
        Command("author-pack", tr("Pack the course into one file"), ()),
        Command("author-book", tr("Save the course as a book for reviewers"), ()),
        Command("author-learner", tr("Try as a learner, and back"), ("Ctrl+Shift+L",)),
    )
