"""The head of a pane that shows a long task: what can be asked for, Cancel, how far it is, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tutor.ui.labels import text_label
from tutor.ui.look import Look


class TaskHead(QWidget):
    """Buttons in a row, a bar and words below it; Cancel and the bar are there while the task runs.

    Args:
        asks: the buttons that ask for a task; not while one runs.
        cancel: ends it.
        counts: what the bar counts, for those who hear it.
        words: what is said before anything was asked for.
    """

    def __init__(self, asks: Sequence[QPushButton], cancel: QPushButton, counts: str, words: str) -> None:
        super().__init__()
        self._asks, self._cancel = asks, cancel
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(counts)
        self.words = text_label(words)
        self._row = QHBoxLayout()
        for made in (*asks, cancel):
            self._row.addWidget(made)
        self._row.addStretch(1)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._row)
        self._box.addWidget(self.bar)
        self._box.addWidget(self.words)
        self._cancel.hide()
        self.bar.hide()

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._box.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._box.setSpacing(look.px(8))
        self._row.setSpacing(look.px(8))

    def begin(self, words: str) -> None:
        """The task has begun; how far it will go is not known yet."""
        self._running(True)
        self.bar.setRange(0, 0)
        self.words.setText(words)

    def show_progress(self, done: int, total: int, what: str) -> None:
        """How far it is."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.words.setText(self.tr("{done} of {total}: {what}").format(done=done, total=total, what=what))

    def end(self, words: str) -> None:
        """The task is over, and this came of it."""
        self._running(False)
        self.words.setText(words)

    def _running(self, running: bool) -> None:
        self._cancel.setVisible(running)
        self.bar.setVisible(running)
        for ask in self._asks:
            ask.setEnabled(not running)
