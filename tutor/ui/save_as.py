"""Saving a program, its output or a file somewhere else: the system's own dialog, and a calm word if it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tutor.errors import Fault
from tutor.files import why_not_written, write_whole
from tutor.session.events import Trouble


class _Writing(QObject):
    """Writes one file on a thread of its own: it may go to a network that stalls."""

    failed = Signal(object)
    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.done.connect(self.deleteLater, Qt.ConnectionType.QueuedConnection)

    def write(self, target: Path, content: bytes) -> None:
        def work() -> None:
            try:
                write_whole(target, content)
            except OSError as error:
                trouble = why_not_written(error, target.parent, "file")
                self.failed.emit(Trouble(Fault.PC, trouble.what, trouble.do))
            self.done.emit()

        threading.Thread(target=work, name="save-as").start()


def save_as(parent: QWidget, name: str, content: bytes, tell: Callable[[Trouble], None]) -> QFileDialog:
    """Ask where, then write the file whole or not at all.

    Args:
        parent: the window.
        name: the file name that is offered.
        content: what to write.
        tell: is told when it could not be written.

    Returns:
        The dialog, which is open and does not hold the window up.
    """
    title = QCoreApplication.translate("SaveAs", "Save {name}").format(name=name)
    dialog = QFileDialog(parent, title, name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)

    writing = _Writing(parent)
    writing.failed.connect(tell)
    dialog.fileSelected.connect(lambda chosen: writing.write(Path(chosen), content))
    dialog.finished.connect(lambda result: None if result else writing.deleteLater())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
