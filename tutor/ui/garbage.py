"""Python's collector of rubbish, on the window's thread only.

Left to itself it runs on whichever thread happens to allocate. Where that is a thread of the session or the saver, it
may destroy Qt objects there, and a timer or widget that is destroyed off its own thread ends the process.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

#: Milliseconds between two looks at how much rubbish there may be.
INTERVAL = 1000


class Collector(QObject):
    """Collects while the event loop runs; from its making on Python no longer does so by itself.

    Args:
        parent: lives as long as this.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> int:
        """Collect the oldest generation that is due, as Python would; how many things were collected."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                return gc.collect(generation)
        return 0
