"""The tutor's own log: for the people who look after it. Holds no learner's program and no learner's name."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up(folder: Path, *, debug: bool = False) -> Path | None:
    """Log to `tutor.log` in the folder (three files of 500 kB at most).

    Returns:
        The file, or None when nothing can be written there: a tutor without a log still works.
    """
    root = logging.getLogger("tutor")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "tutor.log"
        handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    except OSError:
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    # A full disk must not turn each log line into a traceback on standard error.
    handler.handleError = lambda record: None  # type: ignore[method-assign]
    root.addHandler(handler)
    root.info("start: Python %s on %s", sys.version.split()[0], sys.platform)
    return file
