"""Review cards: questions of earlier steps, asked again at the start when their concept is due; always skippable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tutor.lessons.model import ChooseStep, PredictStep
from tutor.progress import events as journal
from tutor.progress.review import ReviewCard
from tutor.runner.result import RunResult
from tutor.runner.runner import Runner
from tutor.session.activity import Activity
from tutor.session.bench import Bench
from tutor.session.desk import Desk
from tutor.session.events import ReviewJudged, ReviewOffered, ReviewQuestion, SessionEvent
from tutor.session.options import judge_choice, judge_prediction


class Reviews:
    """The verbs. Each returns at once; what comes of it arrives as an event.

    Only the first answer to a card counts: it is recorded as Reviewed, right or not, for the concept that was due.
    """

    def __init__(
        self,
        desk: Desk,
        runner: Runner,
        do: Callable[[Callable[[], None]], None],
        emit: Callable[[SessionEvent], None],
    ) -> None:
        self._desk, self._runner, self._do, self._emit = desk, runner, do, emit
        self._answered: set[int] = set()

    def offer(self) -> None:
        """What is due today, at most three. -> ReviewOffered, where there is anything."""
        self._do(self._offer)

    def choose(self, number: int, chosen: Sequence[int]) -> None:
        """Answer the card of that number (from 0) with the numbers of options. -> ReviewJudged."""
        self._do(lambda: self._choose(number, tuple(chosen)))

    def predict(self, number: int, prediction: str) -> None:
        """Answer the card of that number (from 0) with a prediction. -> ReviewJudged."""
        self._do(lambda: self._predict(number, prediction))

    # -- on the session's thread

    def _offer(self) -> None:
        work = self._desk.work
        if work is None:
            return
        self._desk.cards, self._answered = [], set()
        for card in work.review_cards(self._desk.course):
            lesson = self._desk.library.open(card.lesson).lesson
            step = lesson.step(card.step.id) if lesson else None
            if lesson is not None and isinstance(step, ChooseStep | PredictStep):
                bench = Bench.of(self._desk.course, lesson, step, work)
                bench.answer = {}  # asked afresh
                self._desk.cards.append((card, bench))
        if self._desk.cards:
            questions = tuple(
                ReviewQuestion(card.concept, bench.view(work.progress)) for card, bench in self._desk.cards
            )
            self._emit(ReviewOffered(questions))

    def _choose(self, number: int, chosen: tuple[int, ...]) -> None:
        card, bench = self._desk.cards[number]
        if isinstance(bench.step, ChooseStep):
            judged = judge_choice(bench.step, chosen)
            self._record(number, card, bench, judged.passed)
            self._emit(ReviewJudged(number, choice=judged))

    def _predict(self, number: int, prediction: str) -> None:
        card, bench = self._desk.cards[number]
        step, asked = bench.step, self._desk.cards
        if not isinstance(step, PredictStep):
            return

        def ended(result: RunResult) -> None:
            if asked is not self._desk.cards:
                return  # another person's work is open by now
            judged = judge_prediction(step, prediction, result)
            self._record(number, card, bench, judged.right)
            self._emit(ReviewJudged(number, prediction=judged))

        Activity(self._runner, self._do).run_quietly(bench.predicted_program(), ended)

    def _record(self, number: int, card: ReviewCard, bench: Bench, right: bool) -> None:
        work = self._desk.work
        if work is not None and number not in self._answered:
            self._answered.add(number)
            work.record(journal.Reviewed(about=bench.about, right=right, concept=card.concept))
