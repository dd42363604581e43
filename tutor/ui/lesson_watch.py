"""Tells when the open lesson's file was saved: the lesson writer's live preview."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

#: Milliseconds between two looks. A file that is the same in two of them counts as saved: editors write in several goes.
EVERY = 250

#: What a file is known by without reading it: when it was changed, in nanoseconds, and its size.
Stamp = tuple[int, int]


class LessonWatch(QObject):
    """Watches one file, also through editors that save by replacing it.

    The folder may be on a network that stalls, or tells nothing of changes: so the file is looked at, again and again, on
    a thread of its own, and the window's thread asks the disk for nothing.
    """

    saved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._looker: _Looker | None = None
        self._known: Stamp | None = None
        self._before: Stamp | None = None
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._compare)

    def watch(self, file: Path, known: Stamp | None = None) -> None:
        """Watch this file from now on.

        Args:
            file: the file.
            known: what it was when it was read; None where that is not known: `saved` then comes once to begin with.
        """
        if self._looker is not None:
            if self._looker.file == file:
                return
            self._looker.stop()
        looker = _Looker(file)
        self._looker, self._known, self._before = looker, known, None
        self.destroyed.connect(looker.stop)
        self._timer.start()

    def _compare(self) -> None:
        looker = self._looker
        if looker is None:
            return
        stamp, before = looker.seen, self._before
        self._before = stamp
        if stamp is not None and stamp == before and stamp != self._known:
            self._known = stamp
            self.saved.emit()


class _Looker:
    """Looks at a file until it is stopped. It knows no Qt: the disk may hold it longer than the window lives."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.seen: Stamp | None = None
        self._stopped = threading.Event()
        threading.Thread(target=self._look, name="lesson-watch", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _look(self) -> None:
        while True:
            try:
                state = self.file.stat()
                self.seen = (state.st_mtime_ns, state.st_size)
            except OSError:
                self.seen = None  # gone, or being replaced
            if self._stopped.wait(EVERY / 1000):
                return
