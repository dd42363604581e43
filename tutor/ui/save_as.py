"""Saving a program, its output or a file somewhere else: the system's own dialog, and a calm word if it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from tutor.errors import Fault, MachineError
from tutor.files import why_not_written, write_whole
from tutor.session.events import Trouble


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

    def write(chosen: str) -> None:
        target = Path(chosen)
        try:
            write_whole(target, content)
        except OSError as error:
            trouble: MachineError = why_not_written(error, target.parent, "file")
            tell(Trouble(Fault.PC, trouble.what, trouble.do))

    dialog.fileSelected.connect(write)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
