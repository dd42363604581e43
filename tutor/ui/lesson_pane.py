"""The left half: where one is, what the step asks, and the hints."""

from __future__ import annotations

import html
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from tutor.lessons.markup import PICTURE
from tutor.lessons.model import Pictures
from tutor.session.events import HintShown, ResumeCard, StepState, StepView
from tutor.ui.about_lesson import about_lesson_html
from tutor.ui.announce import announce
from tutor.ui.document import card, document_style, lesson_html, program_html
from tutor.ui.focus_order import put_before
from tutor.ui.focus_ring import RING_GAP
from tutor.ui.labels import button, dress, icon_button, text_label
from tutor.ui.lesson_end import LessonEnd
from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.scratch_words import scratch_text, scratch_title
from tutor.ui.step_bar import StepBar
from tutor.ui.stylesheet import set_primary, set_role


class LessonText(QTextBrowser):
    """Text in a column of readable width; links are told, never followed, and no file is read for it."""

    #: Characters of a full line, at most.
    LINE = 72

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty(RING_GAP, 4)
        self._centred = False
        self._pictures: Pictures = {}

    def set_centred(self, centred: bool) -> None:
        """Stand in the middle of a wide window, rather than at its left edge."""
        self._centred = centred
        self._column()

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short."""
        super().resizeEvent(event)
        self._column()

    def _column(self) -> None:
        widest = self.fontMetrics().averageCharWidth() * self.LINE
        room = self.viewport().width()
        spare = max(0, room - widest)
        left = spare // 2 if self._centred else 0
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        gap = min(room // 20, self.fontMetrics().averageCharWidth())
        if (shape.leftMargin(), shape.rightMargin()) != (left, max(gap, spare - left)):
            shape.setLeftMargin(left)
            shape.setRightMargin(max(gap, spare - left))
            shape.setTopMargin(0)
            shape.setBottomMargin(0)
            frame.setFrameFormat(shape)

    @called_by_qt(None)
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Qt wants a picture: one of those that were given with the document."""
        name = QUrl(name)
        if name.scheme() != PICTURE or kind != QTextDocument.ResourceType.ImageResource:
            return None
        known = self._pictures.get(name.path(QUrl.ComponentFormattingOption.FullyDecoded))
        return QImage.fromData(known) if known is not None else None

    def show_html(self, text: str, pictures: Pictures | None = None) -> None:
        """Show a document; the place on the page stays where it was. `pictures`: those in the document."""
        self._pictures = pictures or {}
        place = self.verticalScrollBar().value()
        self.setHtml(text)
        self._column()
        self.verticalScrollBar().setValue(place)


class LessonPane(QWidget):
    """Step bar, text, hints."""

    hint_requested = Signal()
    solution_requested = Signal()
    step_chosen = Signal(int)
    link_followed = Signal(str)
    work_requested = Signal()
    review_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._look = look
        self._view: StepView | None = None
        self._hints: tuple[str, ...] = ()
        self._solution = ""
        self._done: LessonEnd | None = None
        self.steps = StepBar(look)
        self.steps.step_chosen.connect(self.step_chosen)
        self.resume = QFrame()
        set_role(self.resume, "info-card")
        self._resume_words = text_label()
        self._resume_close = icon_button(look, "cross", self.tr("Close this message"))
        self._resume_close.clicked.connect(self.resume.hide)
        self._resume_row = QHBoxLayout(self.resume)
        self._resume_row.addWidget(self._resume_words, 1)
        self.look_back = button(
            self.tr("Look back"), self.tr("Questions from earlier lessons; each can be skipped")
        )
        self.look_back.clicked.connect(self.review_requested)
        self.look_back.hide()
        self._resume_row.addWidget(self.look_back)
        self._resume_row.addWidget(self._resume_close)
        self.resume.hide()
        self.text = LessonText()
        self.text.setAccessibleName(self.tr("Lesson"))
        self.text.anchorClicked.connect(lambda url: self.link_followed.emit(url.toString()))
        self.hint = button(self.tr("Hint"), self.tr("Show the next hint (Ctrl+Shift+H)"))
        self.hint.clicked.connect(self.hint_requested)
        self.solution = button(self.tr("Compare with our solution"))
        self.solution.clicked.connect(self.solution_requested)
        self.to_work = button(self.tr("To the work"), self.tr("Show where this step is done (F6)"))
        self.to_work.clicked.connect(self.work_requested)
        set_primary(self.to_work, True)
        self.to_work.hide()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.to_work)
        self._foot.addWidget(self.hint)
        self._foot.addWidget(self.solution)
        self._foot.addStretch(1)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self.steps)
        self._box.addWidget(self.resume)
        self._box.addWidget(self.text, 1)
        self._box.addLayout(self._foot)
        self.setAccessibleName(self.tr("Lesson"))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(look.px(24), look.px(16), look.px(12), look.px(12))
        self._box.setSpacing(look.px(16))
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setSpacing(look.px(8))
        self._resume_row.setContentsMargins(look.px(14), look.px(6), look.px(6), look.px(6))
        self._resume_close.setIcon(look.icon("cross", None, 16))
        self._resume_close.setIconSize(look.size(16))
        self.steps.set_look(look)
        self.text.setFont(look.font())
        dress(self.hint, look, "hint")
        dress(self.solution, look, "book")
        self.text.document().setDocumentMargin(0)
        self.text.document().setDefaultStyleSheet(document_style(look))
        self._render()

    def set_centred(self, centred: bool) -> None:
        """This pane is alone in the window."""
        self.text.set_centred(centred)

    def show_way_to_work(self, shown: bool) -> None:
        """The work is behind another tab: offer the way there."""
        self.to_work.setVisible(shown)

    def show_step(self, view: StepView) -> None:
        """Show what the step asks."""
        same = (
            self._view is not None
            and self._view.step.id == view.step.id
            and self._view.lesson.id == view.lesson.id
            and self._view.course.folder == view.course.folder
        )
        self._view = view
        if not same:
            self._solution, self._done = "", None
            self.resume.hide()
        self._hints = tuple(getattr(view.step, "hints", ()))[: view.hints_shown]
        titles = [
            step.title or self.tr("Step {number}").format(number=n)
            for n, step in enumerate(view.lesson.steps, 1)
        ]
        self.steps.show_steps(view.states, titles, view.number)
        put_before(self.look_back, self.steps)
        self.steps.setVisible(not view.is_scratch)
        self._render()
        if not same:
            self.text.verticalScrollBar().setValue(0)
        self._show_help()

    def show_states(self, states: tuple[StepState, ...], *, passed: bool = False) -> None:
        """The states of the steps changed; `passed`: the open step was passed just now."""
        if self._view is None:
            return
        self._view = replace(self._view, states=states, solution_open=self._view.solution_open or passed)
        titles = [
            step.title or self.tr("Step {number}").format(number=n)
            for n, step in enumerate(self._view.lesson.steps, 1)
        ]
        self.steps.show_steps(states, titles, self._view.number)
        put_before(self.look_back, self.steps)
        self._show_help()

    def show_hint(self, hint: HintShown) -> None:
        """Add a hint under the text, and bring it into sight."""
        self._hints = (*self._hints[: hint.number - 1], hint.text)
        self._render()
        self._show_help()
        # The document is laid out when control returns: only then is its end known.
        QTimer.singleShot(0, self, lambda: self.text.scrollToAnchor(f"hint-{hint.number}"))
        announce(self.text, self.tr("Hint {number} of {count}. {text}").format(
            number=hint.number, count=hint.count, text=hint.text))  # fmt: skip

    def show_solution(self, program: str) -> None:
        """Show the official solution under the text."""
        self._solution = program
        self._render()
        self._show_help()
        QTimer.singleShot(0, self, lambda: self.text.scrollToAnchor("solution"))
        announce(self.text, self.tr("Our solution is shown under the lesson."))

    def show_lesson_end(self, end: LessonEnd, *, go_there: bool = True) -> None:
        """The end of the lesson: a natural place to stop. `go_there`: bring these words into sight."""
        self._done = end
        self._render()
        if go_there:
            QTimer.singleShot(0, self, lambda: self.text.scrollToAnchor("done"))
        announce(self.text, f"{end.here} {end.onward}".strip())

    @property
    def resume_words(self) -> str:
        """What the card at start says."""
        return self._resume_words.text()

    def show_resume(self, card: ResumeCard) -> None:
        """At start: say where one was, and how long the rest takes."""
        words = self.tr("You were here: step {number} of {count}.").format(
            number=card.step_number, count=card.step_count
        )
        words += " " + self.tr("To the end of the lesson: about %n min.", "", card.minutes_left)
        self._resume_words.setText(words)
        self.look_back.hide()
        self.resume.show()
        announce(self.resume, words)

    def show_note(self, words: str) -> None:
        """Something to know about what was opened just now; it goes with the next step."""
        self._resume_words.setText(words)
        self.look_back.hide()
        self.resume.show()

    def show_review(self, count: int) -> None:
        """At start, after where one was: there are questions to look back at."""
        words = self.tr("Questions to look back at, if you like: %n.", "", count)
        before = self._resume_words.text() if not self.resume.isHidden() else ""
        self._resume_words.setText(f"{before} {words}".strip())
        self.look_back.show()
        self.resume.show()
        announce(self.resume, words)

    def _show_help(self) -> None:
        count = len(getattr(self._view.step, "hints", ())) if self._view else 0
        shown = len(self._hints)
        self.hint.setVisible(bool(count))
        self.hint.setEnabled(shown < count)
        if shown < count:
            text = self.tr("Hint {number} of {count}").format(number=shown + 1, count=count)
        else:
            text = self.tr("All {count} hints are shown").format(count=count)
        self.hint.setText(text)
        can_compare = bool(
            self._view
            and self._view.solution_open
            and hasattr(self._view.step, "solution")
            and not self._solution
        )
        self.solution.setVisible(can_compare)

    def _render(self) -> None:
        if self._view is None:
            return
        step, look = self._view.step, self._look
        if self._view.is_scratch:
            parts = [f'<p class="h1">{html.escape(scratch_title())}</p>', lesson_html(scratch_text(), look)]
            self.text.show_html(f"<body>{''.join(parts)}</body>")
            return
        title = step.title or self._view.lesson.title
        parts = [
            f'<p class="h1">{html.escape(title)}</p>',
            lesson_html(step.text, look, pictures=self._view.pictures, glossary=self._view.course.glossary),
        ]
        for number, hint in enumerate(self._hints, 1):
            words = html.escape(self.tr("Hint {number}").format(number=number))
            inner = f'<a name="hint-{number}"></a><p class="label">{words}</p>{lesson_html(hint, look)}'
            parts.append(card(inner, look.theme.accent_soft, look))
        if self._solution:
            words = html.escape(self.tr("Our solution"))
            inner = f'<a name="solution"></a><p class="label">{words}</p>{program_html(self._solution, look)}'
            parts.append(card(inner, look.theme.good_soft, look))
        if self._done is not None:
            here, onward, whole = self._done
            margin = "" if onward else " style='margin: 0'"
            inner = f"<a name='done'></a><p class='label'{margin}>{html.escape(here)}</p>"
            inner += f"<p style='margin-bottom: 0'>{html.escape(onward)}</p>" if onward else ""
            parts.append(card(inner, look.theme.good_soft if whole else look.theme.accent_soft, look))
        parts.append(about_lesson_html(self._view.lesson, self._view.number))
        self.text.show_html(f"<body>{''.join(parts)}</body>", self._view.pictures)

    def focus_first(self) -> None:
        """Give the keyboard to the text."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.setFocus()
