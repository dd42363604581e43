"""A course folder or pack that is dropped onto the window, wherever in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from tutor.ui.qt_calls import called_by_qt


class CourseDrop(QObject):
    """Takes one folder or file from another program; text that is dragged into an editor is left to the editor."""

    dropped = Signal(object)

    def __init__(self, window: QWidget, editors: list[QWidget]) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        for widget in (window, *editors):  # an editor takes what is dropped on it before the window sees it
            widget.installEventFilter(self)

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a file or folder of this PC."""
        kinds = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        chosen = _one_file(event.mimeData())
        if chosen is None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)  # never a move: nothing of it is taken away
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(chosen)
        return True


def _one_file(data: QMimeData) -> Path | None:
    urls = data.urls() if data.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
