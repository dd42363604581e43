"""What the left half says beside the scratch program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def scratch_title() -> str:
    """Its name."""
    return QCoreApplication.translate("Scratch", "Scratch program")


def scratch_text() -> str:
    """What it is for, in Markdown."""
    return "\n\n".join(
        (
            QCoreApplication.translate(
                "Scratch",
                "A place to try things, outside any lesson. Nothing here is checked, and it counts for no lesson.",
            ),
            QCoreApplication.translate(
                "Scratch",
                "What you write is kept and is here again next time. **Ctrl+S** saves it as a file of your own.",
            ),
            QCoreApplication.translate(
                "Scratch",
                "**Back to the lesson** (Ctrl+Page Down) goes on where you were. Your work there waits.",
            ),
        )
    )
