"""Connects the window to the session: intents become verbs, events become what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tutor.errors import Fault
from tutor.session.events import (
    Checked,
    ChoiceJudged,
    HintShown,
    InputWanted,
    LessonBroken,
    Offer,
    OutputWaiting,
    PredictionJudged,
    ProgressChanged,
    ReviewJudged,
    ReviewOffered,
    RunEnded,
    RunStarted,
    SaveState,
    SavingChanged,
    SessionEvent,
    SolutionShown,
    StepOpened,
    StepView,
    Trouble,
)
from tutor.session.session import Session
from tutor.ui.bridge import SessionBridge
from tutor.ui.lesson_end import ends_by_reading, lesson_end
from tutor.ui.main_window import MainWindow
from tutor.ui.results.output_pump import OutputPump
from tutor.ui.work.next_action import Primary, Progress, primary

if TYPE_CHECKING:
    from tutor.ui.broken_lesson import BrokenLesson
    from tutor.ui.review_page import ReviewPage

#: Milliseconds that a step is on show before the next lesson is read: longer than its last painting takes.
READ_AHEAD_AFTER = 2000


class Wiring(QObject):
    """The one place where window and session meet.

    `acts` holds what the commands of the keyboard do; `step_opened` tells each step that is shown. `steps_shown`,
    `verdicts_shown` and `runs_started` count what has been put on the window, for whoever waits for the next.
    """

    step_opened = Signal(object)

    def __init__(self, window: MainWindow, session: Session, bridge: SessionBridge) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.view: StepView | None = None
        self.offer_reviews: Callable[[], bool] = lambda: True
        # While a lesson's file is being written: the keyboard stays there, and its problems are shown there.
        self.keeps_keyboard: Callable[[], bool] = lambda: False
        self.shows_problems: Callable[[LessonBroken], bool] = lambda _broken: False
        self._resuming = False
        self.steps_shown = 0
        self.verdicts_shown = 0
        self.runs_started = 0
        self._progress: Progress | None = None
        self._unsaved: Trouble | None = None
        self._offered = ReviewOffered(())
        # The next lesson is read while this one is: the page is not to wait for its file.
        self._ahead = QTimer(self, singleShot=True, interval=READ_AHEAD_AFTER)
        self._ahead.timeout.connect(session.read_ahead)
        self._pump = OutputPump(session.take_output, window.work.append_output, window.work.skip_output, self)
        bridge.arrived.connect(self.show_event)
        self._connect_lesson()
        self._connect_work()
        self._connect_frame()
        self.acts: dict[str, Callable[[], object]] = {
            "run": self._run,
            "stop": self._stop,
            "check": self._submit,
            "hint": session.hint,
            "next": session.next,
            "previous": session.previous,
            "scratch": self._scratch,
            "next-pane": lambda: window.next_pane(+1),
            "previous-pane": lambda: window.next_pane(-1),
        }

    def start(self, lesson_id: str | None = None) -> None:
        """Open where the learner left off, with a card that says so; or this lesson."""
        self._resuming = lesson_id is None
        self._session.open(lesson_id)

    # -- intents to verbs

    def _connect_lesson(self) -> None:
        lesson, session = self._window.lesson, self._session
        lesson.hint_requested.connect(session.hint)
        lesson.solution_requested.connect(session.show_solution)
        lesson.step_chosen.connect(session.go_to)
        lesson.review_requested.connect(self._look_back)
        MainWindow.review.then(self._window, self._connect_review)

    def _connect_review(self, review: ReviewPage) -> None:
        review.chosen.connect(self._session.reviews.choose)
        review.predicted.connect(self._session.reviews.predict)
        review.finished.connect(self._back_from_review)

    def _connect_work(self) -> None:
        work, session = self._window.work, self._session
        work.run_requested.connect(self._run)
        work.stop_requested.connect(self._stop)
        work.check_requested.connect(self._check)
        work.reset_requested.connect(self._reset)
        work.edited.connect(session.edit)
        work.filled.connect(session.fill)
        work.arranged.connect(session.arrange)
        work.line_entered.connect(session.send_line)
        work.input_ended.connect(session.end_input)
        work.predicted.connect(session.predict)
        work.chosen.connect(session.choose)
        work.help_requested.connect(self._help)
        work.writing_requested.connect(self._write_instead)

    def _connect_frame(self) -> None:
        window, session = self._window, self._session
        window.footer.next_requested.connect(session.next)
        window.footer.previous_requested.connect(session.previous)
        MainWindow.broken.then(window, self._connect_broken)

    def _connect_broken(self, broken: BrokenLesson) -> None:
        broken.retry_requested.connect(self._retry)
        broken.next_requested.connect(self._session.next)
        broken.back_requested.connect(self._back_from_broken)

    def _back_from_broken(self) -> None:
        self._window.body.setCurrentWidget(self._window.halves)
        self._show_primary()

    def _scratch(self) -> None:
        """To the scratch program, or back from it."""
        if self.view is not None and self.view.is_scratch:
            self._session.open()
        else:
            self._session.open_scratch()

    def _run(self) -> None:
        window = self._window
        if self.view is None or not window.work.has_results or not window.work.is_needed:
            return
        if window.body.currentWidget() is not window.halves:
            return
        self._window.show_work()
        self._window.work.tell_all()
        self._session.run()

    def _stop(self) -> None:
        if self._progress is not None and self._progress.running:
            self._pump.hold()
        self._session.stop()

    def _check(self) -> None:
        self._window.show_work()
        self._window.work.tell_all()
        self._session.check()

    def _submit(self) -> None:
        """Ctrl+Enter answers what is on show."""
        review = MainWindow.review.made(self._window)
        if review is not None and self._window.body.currentWidget() is review:
            review.submit()
        else:
            self._window.work.submit()

    def _look_back(self) -> None:
        self._window.lesson.resume.hide()
        self._window.body.setCurrentWidget(self._window.review)
        self._window.set_primary(Primary.NONE)  # the one next action is on the page of questions
        self._window.review.begin(self._offered)

    def _back_from_review(self) -> None:
        self._window.body.setCurrentWidget(self._window.halves)
        self._show_primary()
        if self._window.work.is_needed:
            self._window.work.focus_first()

    def _reset(self) -> None:
        self._window.work.reset_to(self._session.reset())

    def _help(self, offer: Offer) -> None:
        if offer is Offer.HINT:
            self._session.hint()
        elif offer is Offer.ARRANGE:
            self._session.try_arranging()
        elif offer is Offer.SOLUTION:
            self._session.show_solution()

    def _write_instead(self) -> None:
        if self.view is not None:
            self._session.open(self.view.lesson.id, self.view.step.id)

    def _retry(self) -> None:
        shown = self._window.broken.lesson_id
        if shown:
            self._session.open(shown)

    def forget(self) -> None:
        """Somebody else's work comes."""
        self.view = self._progress = None

    # -- events to what is shown

    def show_event(self, event: SessionEvent) -> None:
        """Show one event of the session."""
        window, work, session = self._window, self._window.work, self._session
        match event:
            case StepOpened(view):
                self._open(view)
            case LessonBroken():
                if not self.shows_problems(event):
                    window.set_primary(Primary.NONE)  # the one next action is on the page of problems
                    window.show_broken(
                        event, take_keyboard=not (self.keeps_keyboard() or window.panel_has_keyboard)
                    )
            case RunStarted(purpose):
                self._begin(purpose)
            case OutputWaiting():
                self._pump.wake()
            case InputWanted(prompt):
                self._pump.drain()
                window.show_work()
                work.ask(prompt)
            case RunEnded():
                self._pump.drain()
                work.show_run(event)
                self._happened(ran=True)
            case Checked(verdict=verdict):
                work.show_checked(event)
                self.verdicts_shown += 1
                self._happened(ran=True, passed=verdict.passed)
            case ChoiceJudged(passed=passed):
                work.show_choice(event)
                self.verdicts_shown += 1
                if passed:
                    window.footer.next.setFocus()
                self._happened(answered=True, passed=passed)
            case PredictionJudged():
                work.end_running()
                work.show_prediction(event)
                self.verdicts_shown += 1
                window.footer.next.setFocus()
                self._happened(answered=True, passed=True)
            case HintShown():
                window.show_lesson()
                window.lesson.show_hint(event)
            case SolutionShown(program):
                window.show_lesson()
                window.lesson.show_solution(program)
            case ProgressChanged(states=states, step_passed=step_passed, lesson_done=done):
                window.lesson.show_states(states, passed=bool(step_passed))
                if done and step_passed and self.view is not None and not ends_by_reading(self.view):
                    window.lesson.show_lesson_end(lesson_end(self.view, session.course))
            case ReviewOffered():
                self._offered = event
                window.lesson.show_review(len(event.questions))
            case ReviewJudged():
                window.review.show_judged(event)
                self.verdicts_shown += 1
            case SavingChanged():
                self._show_saving(event)
            case Trouble():
                self._happened()
                work.end_running()
                window.trouble.show_trouble(event)

    def _show_saving(self, event: SavingChanged) -> None:
        """In the footer always; what keeps work from being saved also in its own line, until it is over."""
        window = self._window
        window.footer.show_saving(event)
        if event.state is SaveState.FAILED:
            self._unsaved = Trouble(Fault.PC, event.what, event.do)
            window.trouble.show_trouble(self._unsaved)
        elif event.state is SaveState.SAVED:
            if self._unsaved is not None and window.trouble.shown is self._unsaved:
                window.trouble.clear()
            self._unsaved = None

    def _open(self, view: StepView) -> None:
        before = self.view
        same_step = before is not None and before.place == view.place
        self.view = view
        if view.goes_on and same_step and self._progress is not None:
            self._progress.step = view.step
        else:
            self._progress = Progress(view.step, passed=view.passed, ran=view.passed)
        shown = self._window.trouble.shown
        if shown is not None and shown.fault is not Fault.PC:
            self._window.trouble.clear()  # it was about the step before; what this PC cannot do stays on show
        self._window.show_step(view)
        if ends_by_reading(view) and not view.goes_on:
            self._window.lesson.show_lesson_end(lesson_end(view, view.course), go_there=False)
        if self._resuming:
            self._show_resume(view)
        self.steps_shown += 1
        self.step_opened.emit(view)
        self._show_primary()
        self._ahead.start()
        if not same_step and not self.keeps_keyboard() and not self._window.panel_has_keyboard:
            if self._window.halves.work_hidden:
                self._window.lesson.to_work.setFocus()
            elif self._window.work.is_needed:
                self._window.work.focus_first()
            else:
                self._window.footer.next.setFocus()

    def _show_resume(self, view: StepView) -> None:
        """Once, at start: where the learner left off; somebody who was never here needs no such card."""
        self._resuming = False
        if self.offer_reviews() and not view.first_ever:
            self._session.reviews.offer()
        card = None if view.first_ever else self._session.resume_card()
        if card is not None and card.lesson.id == view.lesson.id:
            self._window.lesson.show_resume(card)

    def _begin(self, purpose: str) -> None:
        self.runs_started += 1
        self._pump.begin()
        if self._progress is not None:
            self._progress.running = True
        self._window.work.begin(purpose)
        self._show_primary()

    def _happened(self, *, ran: bool = False, answered: bool = False, passed: bool = False) -> None:
        progress = self._progress
        if progress is None:
            return
        progress.running = False
        progress.ran = progress.ran or ran
        progress.answered = progress.answered or answered
        progress.passed = progress.passed or passed
        self._show_primary()

    def _show_primary(self) -> None:
        self._window.set_primary(primary(self._progress) if self._progress else Primary.NONE)
