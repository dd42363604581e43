"""Expected and got, side by side in the code font, with what differs marked."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from tutor.checks.result import CheckResult
from tutor.ui.labels import TextLabel, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


def marked_html(text: str, marks: Sequence[tuple[int, int]], colour: str, ground: str) -> str:
    """Text as HTML in which the ranges of `marks` (start, end) are bold and underlined on a ground of their own."""
    parts, place = [], 0
    for start, end in sorted(marks):
        start, end = max(start, place), min(end, len(text))
        if start >= end:
            continue
        parts.append(html.escape(text[place:start]))
        style = f"color: {colour}; background-color: {ground}; font-weight: 600; text-decoration: underline;"
        parts.append(f'<span style="{style}">{html.escape(text[start:end])}</span>')
        place = end
    parts.append(html.escape(text[place:]))
    return '<pre style="margin: 0px; white-space: pre-wrap;">' + "".join(parts) + "</pre>"


class Comparison(QWidget):
    """Two columns where there is room for them, else one above the other, so that equal characters stand in line."""

    def __init__(self, check: CheckResult, look: Look) -> None:
        super().__init__()
        self._look = look
        self.check = check
        theme = look.theme
        self.expected = self._side(check.expected or "", check.marks_expected, theme.good, theme.good_soft)
        self.got = self._side(check.got or "", check.marks_got, theme.wrong, theme.wrong_soft)
        self._heads = (
            text_label(self.tr("expected"), "small", wrap=False),
            text_label(self.tr("got"), "small", wrap=False),
        )
        self.expected.setAccessibleName(self.tr("Expected: {text}").format(text=check.expected))
        self.got.setAccessibleName(self.tr("Got: {text}").format(text=check.got))
        metrics = QFontMetrics(look.code_font())
        lines = [*(check.expected or "").splitlines(), *(check.got or "").splitlines()]
        self._widest = max((metrics.horizontalAdvance(line) for line in lines), default=0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        self._beside: bool | None = None
        self._arrange(beside=True)

    def _side(self, text: str, marks: Sequence[tuple[int, int]], colour: str, ground: str) -> QLabel:
        look = self._look
        label = TextLabel(marked_html(text, marks, colour, ground))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setFont(look.code_font())
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setContentsMargins(look.px(10), look.px(8), look.px(10), look.px(8))
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        set_role(label, "sunken")
        label.setFrameShape(QFrame.Shape.StyledPanel)
        return label

    def _arrange(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for widget in (*self._heads, self.expected, self.got):
            self._grid.removeWidget(widget)
        for number, (head, side) in enumerate(zip(self._heads, (self.expected, self.got), strict=True)):
            if beside:
                self._grid.addWidget(head, 0, number)
                self._grid.addWidget(side, 1, number)
            else:
                self._grid.addWidget(head, number, 0, Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(side, number, 1)
        self._grid.setColumnStretch(0, 1 if beside else 0)
        self._grid.setColumnStretch(1, 1)

    @called_by_qt(None)
    def resizeEvent(self, event: object) -> None:
        """Choose between side by side and one above the other."""
        room = (self.width() - self._look.px(8)) // 2 - 2 * self._look.px(12)
        self._arrange(beside=self._widest <= room)
