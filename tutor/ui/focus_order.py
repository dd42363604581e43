"""Tab goes through the window as one reads it: what is made late would come last of all, behind the header."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(before: QWidget, part: QWidget) -> QWidget:
    """Have Tab go from `before` to `part` and what is inside it, in the order in which that was put there.

    Returns:
        The last of these; `before`, where Tab stops at none of them.
    """
    last, taken_with = before, set[QWidget]()
    for widget in (part, *part.findChildren(QWidget)):
        if widget is not last and widget not in taken_with and _is_stop(widget):
            QWidget.setTabOrder(last, widget)
            last = widget
            if widget.focusProxy() is not None:  # Qt moves the whole, with what takes the keyboard inside it
                taken_with.update(widget.findChildren(QWidget))
    return last


def put_before(after: QWidget, part: QWidget) -> None:
    """Have Tab go through what is inside `part` right before `after`."""
    inside = {part, *part.findChildren(QWidget)}
    before = after.previousInFocusChain()
    while before is not None and before is not after:
        if (
            before not in inside and before.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):  # Qt puts nothing after others
            put_after(before, part)
            return
        before = before.previousInFocusChain()


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
