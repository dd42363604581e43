"""A choose step: pick one answer or several, and hear why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tutor.lessons.model import ChooseStep
from tutor.session.events import ChoiceJudged, StepView
from tutor.ui.announce import announce
from tutor.ui.focus_order import put_before
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_primary, set_role
from tutor.ui.work.options import Options


class ChooseWork(QScrollArea):
    """The answers, and one button."""

    chosen = Signal(list)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._view: StepView | None = None
        self._judged: ChoiceJudged | None = None
        self.options: Options | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        set_role(page, "pane")
        self._question = text_label("", "heading")
        self._place = QVBoxLayout()
        self.answer = button(self.tr("Answer"), self.tr("Give this answer (Ctrl+Enter)"))
        self.answer.clicked.connect(self.submit)
        self._sign = QLabel()
        self._verdict = text_label()
        self._row = QHBoxLayout()
        self._row.addWidget(self.answer)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._verdict, 1)
        self._box = QVBoxLayout(page)
        self._box.addWidget(self._question)
        self._box.addLayout(self._place)
        self._box.addLayout(self._row)
        self._box.addStretch(1)
        self.setWidget(page)
        self.setAccessibleName(self.tr("Your answer"))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(24))
        self._box.setSpacing(look.px(16))
        self._row.setSpacing(look.px(10))
        if self._view is not None:
            chosen = self.options.chosen if self.options else []
            judged = self._judged
            self.show_step(self._view)
            if self.options:
                self.options.choose(chosen)
            if judged is not None:
                self.show_judged(judged)

    def show_step(self, view: StepView) -> None:
        """Show the answers of a choose step."""
        step = view.step
        if not isinstance(step, ChooseStep):
            return
        self._view, self._judged = view, None
        if self.options is not None:
            self._place.removeWidget(self.options)
            self.options.hide()
            self.options.deleteLater()
        self._question.setText(
            self.tr("Pick every right answer") if step.several else self.tr("Pick one answer")
        )
        self.options = Options([c.text for c in step.choices], self._look, several=step.several, code=False)
        self.options.picked.connect(self._picked)
        self._place.addWidget(self.options)
        put_before(self.answer, self.options)
        before = view.answer.get("chosen", "").split(",")
        self.options.choose([number for number in range(len(step.choices)) if str(number) in before])
        self._verdict.setText("")
        self._sign.clear()
        self._picked()

    def _picked(self) -> None:
        self.answer.setEnabled(bool(self.options and self.options.chosen))
        self._verdict.setText("")
        self._sign.clear()

    def set_primary(self, primary: bool) -> None:
        """Fill the button: it is the next thing to do."""
        set_primary(self.answer, primary)

    def submit(self) -> None:
        """Give the picked answer."""
        if self.options and self.options.chosen:
            self.chosen.emit(self.options.chosen)

    def show_judged(self, judged: ChoiceJudged) -> None:
        """Show what is right, and why. After a wrong answer the right one is not given away: one tries again."""
        self._judged = judged
        if self.options is None:
            return
        shown = judged.options
        if not judged.passed:
            shown = tuple(option for option in shown)
        self.options.show_judged(
            [o if judged.passed or o.chosen else type(o)(o.text, False, False) for o in shown]
        )
        several = len([o for o in judged.options if o.correct]) > 1
        theme = self._look.theme
        if judged.passed:
            words = self.tr("That is right.")
        elif several and all(o.correct for o in judged.options if o.chosen):
            words = self.tr("Right so far. There is at least one more.")
        else:
            words = self.tr("Not this one. Read the reason, then pick again.")
        self._verdict.setText(words)
        set_role(self._verdict, "good" if judged.passed else "wrong")
        self._sign.setPixmap(
            self._look.picture(
                "check" if judged.passed else "cross", theme.good if judged.passed else theme.wrong, 18
            )
        )
        reasons = " ".join(o.because for o in judged.options if o.chosen)
        announce(self.answer, f"{words} {reasons}".strip())

    @property
    def verdict(self) -> str:
        """What is said about the answer."""
        return self._verdict.text()

    def focus_first(self) -> None:
        """Give the keyboard to the answers."""
        if self.options:
            self.options.focus_first()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
