"""The self-test in Help: the same verb that IT runs, in a process of its own, with what it says as it says it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from tutor.runner.launch import verb_command
from tutor.translation import tr
from tutor.ui.announce import announce
from tutor.ui.labels import button, text_label
from tutor.ui.stylesheet import set_role

#: Milliseconds for a process that was ended to be gone.
_PATIENCE = 3000


class SelfTestPage(QWidget):
    """Runs from its making on; goes with the page, or ends by itself.

    Args:
        data_dir: the folder whose writability is proved.
    """

    #: It has ended; whether all is well.
    ended = Signal(bool)

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self.passed: bool | None = None
        self.summary = text_label(
            tr("The tutor is testing itself on this PC. This takes half a minute or so."), "strong"
        )
        self.report = QPlainTextEdit()
        set_role(self.report, "output")
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.report.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.report.setAccessibleName(tr("Report of the test"))
        self.copy = button(tr("Copy the report"), tr("Copy these lines, for somebody who helps"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.summary.setContentsMargins(
            0, self.fontMetrics().height() // 3, 0, 0
        )  # below the ring of the way back
        box.addWidget(self.summary)
        box.addWidget(self.report, 1)
        box.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(lambda status, _how: self._end(status == 0))
        self._process.errorOccurred.connect(self._not_started)
        process = self._process
        self.destroyed.connect(lambda: _stop(process))
        program, *arguments = verb_command("self-test", "--data-dir", str(data_dir))
        self._process.start(program, arguments)

    def stop(self) -> None:
        """End it where it stands."""
        self._process.blockSignals(True)
        _stop(self._process)

    def _read(self) -> None:
        said = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        for line in said.splitlines():
            self.report.appendPlainText(line)

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.report.appendPlainText(self._process.errorString())
            self._end(False)

    def _end(self, passed: bool) -> None:
        self._read()
        self.passed = passed
        words = (
            tr("All is well on this PC.")
            if passed
            else tr(
                "Not all is well. The lines with ✗ say what was found; copy them for whoever looks after this PC."
            )
        )
        self.summary.setText(words)
        announce(self.summary, words)
        self.ended.emit(passed)


def _stop(process: QProcess) -> None:
    if process.state() is not QProcess.ProcessState.NotRunning:
        process.kill()
        process.waitForFinished(_PATIENCE)
