"""The tutor's own log: for the people who look after it. Holds no learner's program and no learner's name."""

from __future__ import annotations

import atexit
import logging
import sys
import threading
from logging.handlers import QueueHandler, RotatingFileHandler
from pathlib import Path
from queue import SimpleQueue
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


#: Seconds that the end of the process waits for the last lines.
LAST_LINES = 1.0


def set_up(folder: Path, *, debug: bool = False) -> Path | None:
    """Log to `tutor.log` in the folder (three files of 500 kB at most), at once.

    Returns:
        The file, or None when nothing can be written there: a tutor without a log still works.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        _log_to(logging.NullHandler(), debug)
        return None
    _log_to(_file_handler(folder), debug)
    return folder / "tutor.log"


def set_up_in_background(folder: Path, *, debug: bool = False) -> None:
    """The same, but on a thread of its own: a folder that stalls holds nobody who has something to log."""
    waiting: SimpleQueue[Any] = SimpleQueue()
    handler = _file_handler(folder)

    def work() -> None:
        while (record := waiting.get()) is not None:
            handler.handle(record)

    thread = threading.Thread(target=work, name="log", daemon=True)
    thread.start()
    _log_to(QueueHandler(waiting), debug)

    def finish() -> None:
        waiting.put(None)
        thread.join(LAST_LINES)

    atexit.register(finish)


class _ShortlyOpen(RotatingFileHandler):
    """Holds the file open only while a line is written.

    An open file is inherited by each process that is started, for a moment, and its closing there waits for a folder
    that stalls: a program would start late because of the log.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)
        self.close()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not turn each log line into a traceback on standard error."""


def _file_handler(folder: Path) -> logging.Handler:
    handler = _ShortlyOpen(
        folder / "tutor.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler


def _log_to(handler: logging.Handler, debug: bool) -> None:
    root = logging.getLogger("tutor")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for before in list(root.handlers):
        root.removeHandler(before)
        before.close()
    root.propagate = False
    root.addHandler(handler)
    root.info("start: Python %s on %s", sys.version.split()[0], sys.platform)
