"""Answers to pick from: radio buttons or boxes, each with its reason once it has been judged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tutor.session.events import OptionJudged
from tutor.ui.document import inline_html
from tutor.ui.labels import prose_label, text_label
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role


class Option(QFrame):
    """One answer on a card; the whole card can be clicked."""

    def __init__(self, text: str, look: Look, *, several: bool, code: bool) -> None:
        super().__init__()
        self._look = look
        self.text = text
        set_role(self, "card")
        self.mark: QAbstractButton = QCheckBox() if several else QRadioButton()
        self.mark.setAccessibleName(text.replace("`", "") if not code else text)
        self.mark.setProperty("focusRingOn", "parent")
        self._words = text_label(text.rstrip("\n"), "code") if code else prose_label(text, look)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._sign = QLabel()
        self._verdict = text_label("", "small", wrap=False)
        self._said = QWidget()
        said = QHBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(look.px(10))
        said.addWidget(self._sign)
        said.addWidget(self._verdict)
        said.addStretch(1)
        self._because = prose_label("", look)
        self._because.hide()
        self._said.hide()
        self._top = QHBoxLayout()
        self._top.setSpacing(look.px(10))
        for part, stretch in ((self.mark, 0), (self._words, 1), (self._said, 0)):
            self._top.addWidget(part, stretch, Qt.AlignmentFlag.AlignVCenter)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        box.setSpacing(look.px(4))
        box.addLayout(self._top)
        self._under = QVBoxLayout()
        self._under.setSpacing(look.px(4))
        self._under.addWidget(self._because)
        box.addLayout(self._under)

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the answer and its verdict do not fit on one line, the verdict stands under it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What stands under the answer begins where the answer does."""
        margins, gap = self._box.contentsMargins(), self._top.spacing()
        begin = self.mark.sizeHint().width() + gap
        self._under.setContentsMargins(begin, 0, 0, 0)
        metrics = self._words.fontMetrics()
        words = max((metrics.horizontalAdvance(line) for line in self.text.splitlines()), default=0)
        room = self.width() - margins.left() - margins.right() - begin - self._look.px(8)
        beside = words + gap + self._said.sizeHint().width() <= room
        if beside != (self._top.indexOf(self._said) >= 0):
            (self._under if beside else self._top).removeWidget(self._said)
            if beside:
                self._top.addWidget(self._said, 0, Qt.AlignmentFlag.AlignVCenter)
            else:
                self._under.insertWidget(0, self._said)

    @called_by_qt(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card picks it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.mark.click()

    def show_judged(self, judged: OptionJudged) -> None:
        """Say whether this answer is right, and why, where it was chosen or is the right one."""
        theme = self._look.theme
        tell = judged.chosen or judged.correct
        if not tell:
            self.clear_verdict()
            return
        good = judged.correct
        words = self.tr("right") if good else self.tr("not this one")
        if good and judged.chosen:
            words = self.tr("your answer, right")
        elif judged.chosen:
            words = self.tr("your answer, not right")
        set_role(self, "good-card" if good else "wrong-card")
        self._sign.setPixmap(
            self._look.picture("check" if good else "cross", theme.good if good else theme.wrong, 18)
        )
        self._verdict.setText(words)
        set_role(self._verdict, "good" if good else "wrong")
        self._because.setText(inline_html(judged.because, self._look))
        self._because.setVisible(bool(judged.because))
        self._said.show()
        self._fit()
        heard = f"{words} {judged.because}".strip().replace("`", "")
        self.mark.setAccessibleDescription(heard)

    @property
    def spoken(self) -> str:
        """The verdict as it is read aloud with the answer; "" without one."""
        return self.mark.accessibleDescription()

    def clear_verdict(self) -> None:
        """Take the verdict away: another answer is being given."""
        set_role(self, "card")
        self._sign.clear()
        self._verdict.setText("")
        self._said.hide()
        self._because.hide()
        self.mark.setAccessibleDescription("")


class Options(QWidget):
    """A list of options. Arrow keys move along radio buttons, Space picks, digits 1 to 9 pick by number."""

    picked = Signal()

    def __init__(self, texts: Sequence[str], look: Look, *, several: bool, code: bool) -> None:
        super().__init__()
        self.options = [Option(text, look, several=several, code=code) for text in texts]
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(8))
        for number, option in enumerate(self.options):
            self._group.addButton(option.mark, number)
            box.addWidget(option)
        self._group.buttonClicked.connect(self._clicked)
        self.setAccessibleName(self.tr("Answers"))

    def _clicked(self, _mark: QAbstractButton) -> None:
        for option in self.options:
            option.clear_verdict()
        self.picked.emit()

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 pick an answer."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self.options) and not event.modifiers():
            self.options[number].mark.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.options[number].mark.click()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> list[int]:
        """The numbers (from 0) of the picked options."""
        return [number for number, option in enumerate(self.options) if option.mark.isChecked()]

    def choose(self, numbers: Sequence[int]) -> None:
        """Pick these."""
        for number, option in enumerate(self.options):
            option.mark.setChecked(number in numbers)

    def named(self, text: str) -> Option:
        """The option with this text."""
        return next(option for option in self.options if option.text == text)

    def show_judged(self, judged: Sequence[OptionJudged]) -> None:
        """Show the verdict on each option, in order."""
        for option, verdict in zip(self.options, judged, strict=False):
            option.show_judged(verdict)

    def lock(self, locked: bool) -> None:
        """Whether the answer can still be changed."""
        for option in self.options:
            option.mark.setEnabled(not locked)

    def focus_first(self) -> None:
        """Give the keyboard to the chosen option, else the first."""
        chosen = self.chosen
        if self.options:
            self.options[chosen[0] if chosen else 0].mark.setFocus(Qt.FocusReason.OtherFocusReason)
