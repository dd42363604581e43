"""A predict step: say what a program prints, then see it run."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from tutor.lessons.model import PredictStep
from tutor.session.events import PredictionJudged, StepView
from tutor.session.options import option_text
from tutor.ui.announce import announce
from tutor.ui.editor import CodeView
from tutor.ui.focus_order import put_before
from tutor.ui.labels import button, prose_label, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_primary, set_role
from tutor.ui.work.options import Options


class PredictWork(QScrollArea):
    """The program, the question, then the truth."""

    predicted = Signal(str)

    def __init__(self, look: Look, code: CodeView) -> None:
        super().__init__()
        self._look = look
        self._view: StepView | None = None
        self._judged: PredictionJudged | None = None
        self.options: Options | None = None
        self.code = code
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Your prediction"))
        page = QWidget()
        set_role(page, "pane")
        self._stdin = text_label("", "muted")
        self._question = text_label(self.tr("What does this print?"), "heading")
        self._place = QVBoxLayout()
        self.typed = QPlainTextEdit()
        set_role(self.typed, "code-input")
        self.typed.setTabChangesFocus(True)
        self.typed.setAccessibleName(self.tr("What the program prints"))
        self.typed.setPlaceholderText(self.tr("Type what you think it prints"))
        self.typed.textChanged.connect(self._changed)
        self._place.addWidget(self.typed)
        self.answer = button(
            self.tr("Run it and see"), self.tr("Say so, and see what it prints (Ctrl+Enter)")
        )
        self.answer.clicked.connect(self.submit)
        self._row = QHBoxLayout()
        self._row.addWidget(self.answer)
        self._row.addStretch(1)
        self._truth = QFrame()
        self._truth_box = QVBoxLayout(self._truth)
        self._box = QVBoxLayout(page)
        self._frame = QFrame()
        set_role(self._frame, "sunken")
        self._frame_box = QVBoxLayout(self._frame)
        self._frame_box.addWidget(self.code)
        for widget in (self._frame, self._stdin, self._question):
            self._box.addWidget(widget)
        self._box.addLayout(self._place)
        self._box.addLayout(self._row)
        self._box.addWidget(self._truth)
        self._box.addStretch(1)
        self.setWidget(page)
        self._truth_is_new = False
        self.verticalScrollBar().rangeChanged.connect(self._bring_the_truth_into_view)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(24))
        self._box.setSpacing(look.px(14))
        self._frame_box.setContentsMargins(look.px(10), look.px(8), look.px(10), look.px(8))
        self.typed.setFont(look.code_font())
        self.typed.setFixedHeight(self.typed.fontMetrics().lineSpacing() * 4 + look.px(20))
        if self._view is not None:
            prediction, judged = self.prediction, self._judged
            self.show_step(self._view)
            self.bring_back(prediction)
            if judged is not None:
                self.show_judged(judged)

    def show_step(self, view: StepView) -> None:
        """Show a program to be foretold."""
        step = view.step
        if not isinstance(step, PredictStep):
            return
        self._view, self._judged = view, None
        self.code.set_text(step.code.rstrip("\n"))
        self._stdin.setVisible(bool(step.stdin))
        self._stdin.setText(self.tr("Typed in while it runs: {lines}").format(lines=", ".join(step.stdin)))
        if self.options is not None:
            self._place.removeWidget(self.options)
            self.options.hide()
            self.options.deleteLater()
            self.options = None
        self.typed.clear()
        self.typed.setReadOnly(False)
        self.typed.setVisible(not step.choices)
        if step.choices:
            self.options = Options(
                [option_text(choice) for choice in step.choices], self._look, several=False, code=True
            )
            self.options.picked.connect(self._changed)
            self._place.addWidget(self.options)
            put_before(self.answer, self.options)
        self._truth_is_new = False
        self._truth.hide()
        self.answer.show()
        self._changed()

    def bring_back(self, prediction: str) -> None:
        """Choose or type this again, where it can be chosen."""
        if self.options is not None:
            self.options.choose(
                [n for n, option in enumerate(self.options.options) if option.text == prediction]
            )
        else:
            self.typed.setPlainText(prediction)
        self._changed()

    @property
    def prediction(self) -> str:
        """What the learner says, as the session wants it: the text of an option, or what was typed."""
        if self.options is None:
            return self.typed.toPlainText()
        chosen = self.options.chosen
        return self.options.options[chosen[0]].text if chosen else ""

    def _changed(self) -> None:
        ready = (
            bool(self.options.chosen) if self.options is not None else bool(self.typed.toPlainText().strip())
        )
        self.answer.setEnabled(ready)

    def set_primary(self, primary: bool) -> None:
        """Fill the button: it is the next thing to do."""
        set_primary(self.answer, primary)

    def submit(self) -> None:
        """Make the prediction."""
        if self.answer.isEnabled() and self.answer.isVisible():
            self.predicted.emit(self.prediction)

    def show_judged(self, judged: PredictionJudged) -> None:
        """Show the truth, whether it was foretold, and why."""
        self._judged = judged
        look, theme = self._look, self._look.theme
        while self._truth_box.count():
            item = self._truth_box.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        set_role(self._truth, "good-card" if judged.right else "info-card")
        self._truth_box.setContentsMargins(look.px(14), look.px(12), look.px(14), look.px(12))
        self._truth_box.setSpacing(look.px(8))
        words = self.said
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        sign = QLabel()
        sign.setPixmap(
            look.picture(
                "check" if judged.right else "info", theme.good if judged.right else theme.accent, 18
            )
        )
        row.addWidget(sign)
        row.addWidget(text_label(words, "good" if judged.right else "strong"), 1)
        self._truth_box.addWidget(head)
        truth = text_label(judged.truth.rstrip("\n") or self.tr("It prints nothing."), "code")
        truth.setAccessibleName(self.tr("What the program prints: {text}").format(text=judged.truth))
        if judged.options == () and not judged.right:
            self._truth_box.addWidget(text_label(self.tr("It prints:"), "muted"))
        self._truth_box.addWidget(truth)
        if judged.why:
            self._truth_box.addWidget(prose_label(judged.why, look))
        self._truth_is_new = True
        self._truth.show()
        self.answer.hide()
        if self.options is not None:
            self.options.show_judged(judged.options)
            self.options.lock(True)
        self.typed.setReadOnly(True)
        announce(self, f"{words} {judged.truth} {judged.why}".strip())

    def _bring_the_truth_into_view(self, _least: int, most: int) -> None:
        """On a low screen the truth comes below the edge: the page has grown by it, and goes to its end."""
        if self._truth_is_new and most:
            self._truth_is_new = False
            self.verticalScrollBar().setValue(most)

    @property
    def said(self) -> str:
        """Whether it was foretold, in words."""
        if self._judged is None:
            return ""
        return (
            self.tr("You predicted it.") if self._judged.right else self.tr("You predicted something else.")
        )

    @property
    def truth(self) -> str:
        """What the program printed, once that has been seen."""
        return self._judged.truth if self._judged else ""

    def focus_first(self) -> None:
        """Give the keyboard to the answer."""
        if self.options is not None:
            self.options.focus_first()
        else:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
