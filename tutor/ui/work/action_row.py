"""Run, Check and what runs now: one row, always in the same place."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tutor.ui.labels import button, dress, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_primary
from tutor.ui.work.next_action import Primary


class ActionRow(QWidget):
    """While a program runs, Run becomes Stop, a thin bar moves, and the seconds count after the first."""

    run_requested = Signal()
    stop_requested = Signal()
    check_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._primary = Primary.NONE
        self._running = False
        self.run = button("", self.tr("Run the program (F5)"))
        self.check = button(
            self.tr("Check  Ctrl+Enter"), self.tr("See whether the program does what the step asks")
        )
        self.run.clicked.connect(self._run_or_stop)
        self.check.clicked.connect(self.check_requested)
        self._doing = text_label("", "small", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self.tr("A program is running"))
        self._clock = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count)
        self._row = QHBoxLayout()
        for made in (self.run, self.check, self._doing):
            self._row.addWidget(made)
        self._row.addStretch(1)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addLayout(self._row)
        self._box.addWidget(self._bar)
        keep = self._bar.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(keep)
        self._bar.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._row.setSpacing(look.px(8))
        self.set_low(False)
        self._show()

    def widest(self) -> int:
        """The width that the buttons need while a program runs, without the seconds, which may go."""
        stop = self.run.fontMetrics().horizontalAdvance(self._stop_words())
        more = max(0, stop - self.run.fontMetrics().horizontalAdvance(self.run.text()))
        around = self._row.contentsMargins()
        width = self.run.sizeHint().width() + more + around.left() + around.right()
        if self.check.isVisibleTo(self):
            width += self._row.spacing() + self.check.sizeHint().width()
        return width

    def _stop_words(self) -> str:
        return self.tr("Stop  Shift+F5")

    def _say(self, words: str) -> None:
        """Say what is going on, where there is room: the row never gets wider for it."""
        self._doing.setText(words)
        room = self.width() - self.widest() - self._row.spacing()
        self._doing.setVisible(self._doing.sizeHint().width() <= room)

    def set_low(self, low: bool) -> None:
        """Whether each line of the window counts."""
        look = self._look
        above = look.px(4 if low else 8)
        self._row.setContentsMargins(look.px(16), above, look.px(16), above)

    def set_animated(self, animated: bool) -> None:
        """Whether the bar may move: in a remote session each movement travels over the network."""
        self._bar.setRange(0, 0 if animated else 1)
        self._bar.setValue(0 if animated else 1)

    def set_abilities(self, *, run: bool, check: bool) -> None:
        """Which of the two this step has."""
        self.run.setVisible(run)
        self.check.setVisible(check)

    def set_primary(self, primary: Primary) -> None:
        """Fill the button that is the next thing to do."""
        self._primary = primary
        self._show()

    def begin(self, purpose: str) -> None:
        """A program runs, for "run" or "check"."""
        self._running = True
        self._say(self.tr("Checking") if purpose == "check" else "")
        self._bar.show()
        self._clock.start()
        self._tick.start()
        self._show()

    def end(self) -> None:
        """It has ended."""
        self._running = False
        self._tick.stop()
        self._doing.clear()
        self._bar.hide()
        self._show()

    @property
    def running(self) -> bool:
        """Whether the row shows that a program runs."""
        return self._running

    def _count(self) -> None:
        seconds = self._clock.elapsed() // 1000
        self._say(self.tr("Running for {seconds} s").format(seconds=seconds))

    def _run_or_stop(self) -> None:
        if self._running:
            self.stop_requested.emit()
        else:
            self.run_requested.emit()

    def _show(self) -> None:
        look, theme = self._look, self._look.theme
        filled_run = self._primary is Primary.RUN and not self._running
        filled_check = self._primary is Primary.CHECK and not self._running
        set_primary(self.run, filled_run)
        set_primary(self.check, filled_check)
        if self._running:
            self.run.setText(self._stop_words())
            self.run.setAccessibleDescription(self.tr("Stop the program"))
            self.run.setToolTip(self.tr("Stop the program"))
        else:
            self.run.setText(self.tr("Run  F5"))
            self.run.setAccessibleDescription(self.tr("Run the program"))
            self.run.setToolTip(self.tr("Run the program"))
        self.check.setEnabled(not self._running)
        dress(self.run, look, "stop" if self._running else "run", theme.on_accent if filled_run else None)
        dress(self.check, look, "check", theme.on_accent if filled_check else None)
