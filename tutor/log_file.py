"""The file of the tutor's own log."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


class ShortlyOpen(RotatingFileHandler):
    """Holds the file open only while a line is written.

    An open file is inherited by each process that is started, for a moment, and its closing there waits for a folder
    that stalls: a program would start late because of the log.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a folder that cannot be made is no trouble."""
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)
        self.close()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not turn each log line into a traceback on standard error."""
