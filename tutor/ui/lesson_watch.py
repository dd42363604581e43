"""Tells when the open lesson's file was saved: the lesson writer's live preview."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

#: Milliseconds of quiet before a file counts as saved: editors write in several goes, or replace the file.
QUIET = 250


class LessonWatch(QObject):
    """Watches one file, also through editors that save by replacing it."""

    saved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self._stamp: tuple[int, int] | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _path: self._quiet.start())
        self._watcher.directoryChanged.connect(lambda _path: self._quiet.start())

    def watch(self, file: Path) -> None:
        """Watch this file from now on."""
        if file == self._file:
            return
        old = [*self._watcher.files(), *self._watcher.directories()]
        if old:
            self._watcher.removePaths(old)
        self._file = file
        self._stamp = self._stamp_of(file)
        # The folder too: a file that is replaced is a new file, and the old watch dies with the old one.
        for path in (file, file.parent):
            if path.exists():
                self._watcher.addPath(str(path))

    @staticmethod
    def _stamp_of(file: Path) -> tuple[int, int] | None:
        try:
            state = file.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size

    def _look(self) -> None:
        if self._file is None:
            return
        stamp = self._stamp_of(self._file)
        if stamp is not None and str(self._file) not in self._watcher.files():
            self._watcher.addPath(str(self._file))
        if stamp is not None and stamp != self._stamp:
            self._stamp = stamp
            self.saved.emit()
