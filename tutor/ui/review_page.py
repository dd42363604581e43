"""Looking back: review cards, one after the other, in place of the lesson; each can be skipped."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tutor.lessons.model import ChooseStep
from tutor.session.events import ReviewJudged, ReviewOffered
from tutor.ui.document import document_style, lesson_html
from tutor.ui.editor import CodeView
from tutor.ui.halves import NARROW
from tutor.ui.labels import button, text_label
from tutor.ui.lesson_pane import LessonText
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_primary, set_role
from tutor.ui.work.choose_work import ChooseWork
from tutor.ui.work.predict_work import PredictWork

#: Qt's own bound of a widget's height, which PySide does not name.
QWIDGETSIZE_MAX = 16777215


class ReviewPage(QWidget):
    """The question on the left, the answers on the right, as in the step that it comes from.

    `chosen` and `predicted` bring the card's number, from 0, and the answer.
    """

    chosen = Signal(int, list)
    predicted = Signal(int, str)
    finished = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._look = look
        self._offered = ReviewOffered(())
        self.number = 0
        self._answered = False
        self._title = text_label("", "title")
        self._from = text_label("", "small")
        self.text = LessonText()
        self.text.setAccessibleName(self.tr("Question"))
        self.choose = ChooseWork(look)
        self.predict = PredictWork(look, CodeView())
        self._answers = QStackedWidget()
        self._answers.addWidget(self.choose)
        self._answers.addWidget(self.predict)
        self.next = button(self.tr("Skip this one"))
        self.next.clicked.connect(self._next)
        self.leave = button(self.tr("Back to the lesson"), self.tr("The questions come again another day"))
        self.leave.clicked.connect(self.finished)
        self.choose.chosen.connect(lambda numbers: self.chosen.emit(self.number, numbers))
        self.predict.predicted.connect(lambda text: self.predicted.emit(self.number, text))
        self._left = QVBoxLayout()
        for widget, stretch in ((self._title, 0), (self._from, 0), (self.text, 1)):
            self._left.addWidget(widget, stretch)
        self._row = QHBoxLayout()
        self._row.addWidget(self.next)
        self._row.addWidget(self.leave)
        self._row.addStretch(1)
        self._left.addLayout(self._row)
        self._box = QHBoxLayout(self)
        self._box.addLayout(self._left, 1)
        self._box.addWidget(self._answers, 1)
        self.setAccessibleName(self.tr("Looking back"))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        # The question begins as high, and as far from the edge, as the answers do on their own page.
        self._box.setContentsMargins(0, 0, 0, look.px(12))
        self._left.setContentsMargins(look.px(24), look.px(20), 0, 0)
        self._left.setSpacing(look.px(12))
        self._row.setSpacing(look.px(8))
        self.text.document().setDefaultStyleSheet(document_style(look))
        self.text.setFont(look.font())
        self.choose.set_look(look)
        self.predict.set_look(look)
        self._turn()
        if self._offered.questions:
            self._show_text()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room side by side, the answers stand below their question."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        low = self._look.is_narrow(self.width(), NARROW)
        way = QBoxLayout.Direction.TopToBottom if low else QBoxLayout.Direction.LeftToRight
        if way != self._box.direction():
            self._box.setDirection(way)
            before, after = (self._left, self._box) if low else (self._box, self._left)
            before.removeItem(self._row)
            self._row.setParent(None)
            after.addLayout(self._row)
            self._box.setStretch(0, 0 if low else 1)
        self._row.setContentsMargins(self._look.px(24) if low else 0, 0, 0, 0)
        if low:  # the question takes what it needs, so that the answers have the rest
            needed = round(self.text.document().size().height()) + self._look.px(8)
            self.text.setFixedHeight(min(needed, self.height() // 3))
        else:
            self.text.setMinimumHeight(0)
            self.text.setMaximumHeight(QWIDGETSIZE_MAX)

    def begin(self, offered: ReviewOffered) -> None:
        """Ask the first."""
        self._offered, self.number = offered, 0
        self._ask()

    def submit(self) -> None:
        """Ctrl+Enter: answer; once it is answered, the next."""
        if self._answered and not self.choose.isVisible():
            self._next()
        elif self._answers.currentWidget() is self.choose:
            self.choose.submit()
        else:
            self.predict.submit()

    def show_judged(self, judged: ReviewJudged) -> None:
        """Show what is right, and why."""
        if judged.number != self.number:
            return
        self._answered = True
        if judged.choice is not None:
            self.choose.show_judged(judged.choice)
        elif judged.prediction is not None:
            self.predict.show_judged(judged.prediction)
        passed = judged.choice is None or judged.choice.passed
        self.next.setText(self.tr("Next question") if self._more else self.tr("Done"))
        self._fill_button(answered=passed)
        if passed:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to the answers."""
        (self.choose if self._answers.currentWidget() is self.choose else self.predict).focus_first()

    @property
    def _more(self) -> bool:
        return self.number + 1 < len(self._offered.questions)

    def _next(self) -> None:
        if not self._more:
            self.finished.emit()
            return
        self.number += 1
        self._ask()

    def _ask(self) -> None:
        self._answered = False
        view = self._offered.questions[self.number].view
        self._title.setText(
            self.tr("Looking back: {number} of {count}").format(
                number=self.number + 1, count=len(self._offered.questions)
            )
        )
        self._from.setText(self.tr("From the lesson: {title}").format(title=view.lesson.title))
        self._show_text()
        page = self.choose if isinstance(view.step, ChooseStep) else self.predict
        page.show_step(view)
        self._answers.setCurrentWidget(page)
        self.next.setText(self.tr("Skip this one"))
        self._fill_button(answered=False)
        self.focus_first()

    def _show_text(self) -> None:
        view = self._offered.questions[self.number].view
        shown = lesson_html(view.step.text, self._look, pictures=view.pictures)
        self.text.show_html(f"<body>{shown}</body>", view.pictures)
        self._turn()

    def _fill_button(self, *, answered: bool) -> None:
        set_primary(self.next, answered)
        self.choose.set_primary(not answered)
        self.predict.set_primary(not answered)
