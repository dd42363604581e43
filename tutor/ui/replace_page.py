"""Putting another page into a scroll area."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget


def replace_page(area: QScrollArea, page: QWidget) -> None:
    """Show `page`; the one before is deleted when control has returned to the event loop.

    Never at once: the change may come from a key pressed in one of its own fields.
    """
    old = area.widget()
    if old is not None:
        old.hide()
        old = area.takeWidget()
        old.setParent(area)  # until it is deleted it must not be a window of its own
        old.deleteLater()
    area.setWidget(page)
    page.show()
