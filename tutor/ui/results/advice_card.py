"""What went wrong in a run, in plain words, with Python's own words folded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from tutor.explain.advice import Advice
from tutor.ui.fold import Fold
from tutor.ui.labels import button, prose_label, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_role


class AdviceCard(QFrame):
    """One piece of advice; `line_chosen` asks to be shown its line (from 1) in the program."""

    line_chosen = Signal(int)

    def __init__(self, advice: Advice, look: Look, python: str = "") -> None:
        super().__init__()
        self.advice = advice
        silent = advice.silent
        set_role(self, "caution-card" if silent else "wrong-card")
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        box.setSpacing(look.px(6))
        box.addLayout(self._heading(look))
        box.addWidget(prose_label(advice.text, look))
        if advice.code:
            code = text_label(advice.code, "code")
            code.setAccessibleName(self.tr("A line to type instead"))
            box.addWidget(code)
        words = python or advice.python or ""
        self.python: Fold | None = None
        if words:
            theirs = text_label(words, "code")
            theirs.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.python = Fold(self.tr("Python's own words"), theirs, look)
            box.addWidget(self.python)
        self.setAccessibleName(advice.title)
        self.setAccessibleDescription(advice.text)

    def _heading(self, look: Look) -> QHBoxLayout:
        advice = self.advice
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        icon = QLabel()
        colour = look.theme.caution if advice.silent else look.theme.wrong
        icon.setPixmap(look.picture("info" if advice.silent else "cross", colour, 18))
        row.addWidget(icon)
        row.addWidget(text_label(advice.title, "caution" if advice.silent else "wrong", wrap=False))
        row.addStretch(1)
        if advice.line is not None:
            line = button(
                self.tr("Line {number}").format(number=advice.line), self.tr("Go to this line"), "link"
            )
            line.clicked.connect(lambda: self.line_chosen.emit(advice.line))
            row.addWidget(line)
        return row
