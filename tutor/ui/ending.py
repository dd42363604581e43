"""What the window still has to do when it is gone from sight: done on another thread, and waited for without a standstill."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

#: Milliseconds after which somebody who closed the window is told that it is still saving.
SLOW_AFTER = 400


class _Done(QObject):
    told = Signal()


def end_with(task: Callable[[], None], slow: Callable[[], object]) -> None:
    """Do this on another thread, and go on drawing until it is done.

    Args:
        task: saves and ends; must not touch what is on the screen.
        slow: called when it takes long enough for somebody to wonder.
    """
    done, loop = _Done(), QEventLoop()
    done.told.connect(loop.quit)
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(slow)

    def work() -> None:
        try:
            task()
        finally:
            done.told.emit()

    thread = threading.Thread(target=work, name="ending")
    timer.start(SLOW_AFTER)
    thread.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    timer.stop()
    thread.join()
