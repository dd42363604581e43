"""The tutor's own log: for the people who look after it. Holds no learner's program and no learner's name."""

from __future__ import annotations

import atexit
import logging
import sys
import threading
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

    def work() -> None:
        handler = _file_handler(folder)
        while (record := waiting.get()) is not None:
            handler.handle(record)

    thread = threading.Thread(target=work, name="log", daemon=True)
    thread.start()
    _log_to(_ToThread(waiting), debug)

    def finish() -> None:
        waiting.put(None)
        thread.join(LAST_LINES)

    atexit.register(finish)


class _ToThread(logging.Handler):
    """Hands each record over, its words made up already: what they are made from may change."""

    def __init__(self, waiting: SimpleQueue[Any]) -> None:
        super().__init__()
        self._waiting = waiting

    def emit(self, record: logging.LogRecord) -> None:
        """Never waits."""
        record.msg, record.args = record.getMessage(), None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            # It holds on to what it passed through: widgets must not end on another thread.
            record.exc_info = None
        self._waiting.put(record)


def _file_handler(folder: Path) -> logging.Handler:
    from tutor.log_file import ShortlyOpen  # noqa: PLC0415  (a slow import, on the log's thread where there is one)

    handler = ShortlyOpen(folder / "tutor.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
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
