"""Giving the keyboard back to a widget of any kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def give_back(widget: QWidget | None) -> bool:
    """Give the keyboard back to a widget that had it, where it is still there; whether that was so.

    Through QWidget itself: the editor's surface has a `setFocus` of its own that means something else.
    """
    if widget is None or not widget.isVisible():
        return False
    QWidget.setFocus(widget, Qt.FocusReason.PopupFocusReason)
    return True
