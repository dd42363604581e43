"""Programs kept from runs and checks: to look at, and to bring back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tutor.session.events import KeptProgram
from tutor.ui.document import program_html
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.side_panel import SidePanel
from tutor.ui.stylesheet import set_role

#: So many are listed; older ones stay on disk.
MOST = 40


class HistoryPanel(SidePanel):
    """Newest first; each with when it ran, how that went, and its text."""

    restore_requested = Signal(object)

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", right=True, width=560)
        self.set_title(self.tr("Programs from your runs and checks"))
        self.setAccessibleName(self.tr("Programs from your runs and checks"))
        self._kept: tuple[KeptProgram, ...] = ()
        self._undoable = True
        self._buttons: list[QPushButton] = []
        self.set_look(look)

    def show_history(self, kept: Sequence[KeptProgram], *, undoable: bool = True) -> None:
        """Slide in over the program; `undoable`: Ctrl+Z takes back what was brought back."""
        self._undoable = undoable
        self._kept = tuple(kept)
        self.open_panel()

    @property
    def programs(self) -> tuple[KeptProgram, ...]:
        """The programs on show, newest first."""
        return self._kept

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons that bring a program back, newest first."""
        return list(self._buttons)

    def focus_first(self) -> None:
        """Give the keyboard to the newest."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            super().focus_first()

    def build(self) -> None:
        """List the programs; equal neighbours are listed once."""
        box = self.new_page()
        self._buttons = []
        if not self._kept:
            words = self.tr(
                "Nothing is kept yet. Each run and each check of this step keeps the program as it was."
            )
            box.addWidget(text_label(words, "muted"))
        shown = 0
        for number, program in enumerate(self._kept):
            newer = self._kept[number - 1] if number else None
            if newer is not None and newer.text == program.text and newer.outcome == program.outcome:
                continue
            shown += 1
            box.addWidget(self._entry(shown, program))
            if shown >= MOST:
                break
        box.addStretch(1)

    def _entry(self, number: int, program: KeptProgram) -> QFrame:
        look = self.look
        frame = QFrame()
        set_role(frame, "card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(look.px(14), look.px(8), look.px(10), look.px(12))
        box.setSpacing(look.px(8))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        sign = QLabel()
        colour = look.theme.good if program.passed else look.theme.muted
        sign.setPixmap(look.picture("check" if program.passed else "history", colour, 18))
        head.addWidget(sign)
        when = spoken_time(program.when)
        head.addWidget(text_label(when, "strong", wrap=False))
        head.addWidget(text_label(self._outcome(program.outcome), "muted", wrap=False), 1)
        what = (
            self.tr("Put this program into the editor. Ctrl+Z undoes it.")
            if self._undoable
            else self.tr("Put the lines as they were then.")
        )
        back = button(self.tr("Bring back"), what, "quiet")
        back.setAccessibleName(
            self.tr("Bring back program {number}, from {when}: {outcome}").format(
                number=number, when=when, outcome=self._outcome(program.outcome)
            )
        )
        back.clicked.connect(lambda: self.restore_requested.emit(program))
        self._buttons.append(back)
        head.addWidget(back)
        box.addLayout(head)
        code = QLabel(program_html(program.text, look))
        code.setFont(look.code_font(13))
        code.setTextFormat(Qt.TextFormat.RichText)
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        code.setWordWrap(True)
        box.addWidget(code)
        return frame

    def _outcome(self, outcome: str) -> str:
        known = {
            "": self.tr("typed, not run"),
            "passed": self.tr("passed its checks"),
            "refused": self.tr("checked, not yet right"),
            "finished": self.tr("ran to its end"),
            "error": self.tr("stopped by an error"),
            "stopped": self.tr("stopped by you"),
            "time-limit": self.tr("stopped at the time limit"),
            "output-limit": self.tr("stopped: it printed too much"),
            "memory-limit": self.tr("stopped: it needed too much memory"),
            "exited": self.tr("ended itself"),
            "needs-input": self.tr("asked for more input"),
            "blocked": self.tr("stopped: it tried what it may not"),
        }
        return known.get(outcome, self.tr("did not run to its end"))


def spoken_time(when: str) -> str:
    """An ISO time as people say it: the time alone for today, else with the day."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    time = f"{moment:%H:%M}"
    if moment.date() == date.today():
        return time
    day = QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.ShortFormat)
    return f"{day} {time}"
