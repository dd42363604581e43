"""The settings file of the window: read within a moment, saved in the background. A slow disk never holds the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from tutor.errors import Fault
from tutor.patience import Patience
from tutor.progress.saver import Saver, SaveState, Saving
from tutor.session.events import Trouble
from tutor.settings import Policy, SettingsFile

#: Dragging a border changes a setting many times a second.
WITHIN = 0.5


class SettingsSaving(QObject):
    """Reads and saves one settings file.

    Args:
        file: the person's settings file.
        policy: what is fixed on this PC.
        patience: for how long to wait for the file.

    Attributes:
        settings: the settings; the defaults, where the file cannot be read by then.

    `read_late`: the file was read after all. `trouble` brings a Trouble when it cannot be saved; that is tried again.
    """

    trouble = Signal(object)
    read_late = Signal()
    _heard_late = Signal()
    _reported = Signal(object)

    def __init__(self, file: Path, policy: Policy, patience: Patience) -> None:
        super().__init__()
        queued = Qt.ConnectionType.QueuedConnection  # both are said on other threads
        self._heard_late.connect(self.read_late, queued)
        self._reported.connect(self.trouble, queued)
        self.settings = SettingsFile(file, policy, patience=patience, late=self._heard_late.emit)
        self._saver = Saver(file.parent, self._report)

    def save_soon(self) -> None:
        """What was changed is on disk within a second. Returns at once."""
        self._saver.put("settings", self.settings.save, within=WITHIN)

    def close(self, timeout: float) -> bool:
        """Save what is left, and take nothing more; False when that takes longer than so many seconds."""
        return self._saver.close(timeout)

    def _report(self, saving: Saving) -> None:
        if saving.state is SaveState.FAILED:
            self._reported.emit(Trouble(Fault.PC, saving.what, saving.do))
