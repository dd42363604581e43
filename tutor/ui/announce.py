"""Say a result aloud through the screen reader, where one listens."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have assistive technology speak `text` without moving the focus; a Qt without announcements stays silent."""
    kind = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if kind is None or not text or not QAccessible.isActive():
        return
    QAccessible.updateAccessibility(kind(widget, text))
