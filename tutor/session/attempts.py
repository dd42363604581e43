"""What a learner does with the step that is open: runs it, has it judged, answers it, and takes help."""

from __future__ import annotations

from collections.abc import Callable

from tutor.checks.escalation import message_of
from tutor.errors import Fault
from tutor.lessons.model import ChooseStep, PredictStep, ReadStep
from tutor.progress import events as journal
from tutor.progress.state import StepState
from tutor.runner.limits import Limits
from tutor.runner.result import RunResult
from tutor.runner.runner import Runner
from tutor.session.activity import Activity
from tutor.session.bench import Bench
from tutor.session.desk import Desk
from tutor.session.events import (
    Checked,
    ChoiceJudged,
    HintShown,
    InputWanted,
    Offer,
    OutputWaiting,
    PredictionJudged,
    ProgressChanged,
    RunEnded,
    RunStarted,
    SessionEvent,
    SolutionShown,
)
from tutor.session.helping import offer_after
from tutor.session.judging import Judged, ProgramStep
from tutor.session.options import judge_choice, judge_prediction
from tutor.session.starting_points import hints_of, program_of
from tutor.session.trouble import trouble_of

#: Longest wait for the disk before a run or a check; the draft is written all the same, only later.
FLUSH_SECONDS = 0.2


class Attempts:
    """Each is made on the session's thread, is remembered, and tells what came of it.

    Args:
        desk: what is open.
        runner: runs programs.
        do: does a task on the session's thread: what runs ends there.
        emit: the one subscriber.
    """

    def __init__(
        self,
        desk: Desk,
        runner: Runner,
        do: Callable[[Callable[[], None]], None],
        emit: Callable[[SessionEvent], None],
    ) -> None:
        self._desk, self._runner, self._do, self._emit = desk, runner, do, emit

    # -- running

    def run(self, limits: Limits) -> None:
        """Run the program with a person at the keyboard."""
        bench = self._desk.opened_bench
        program = program_of(bench.step, bench.text, bench.answer)
        activity = self._begin("run")
        if activity is None:
            return

        def ended(result: RunResult) -> None:
            if not self._desk.end(activity):
                return
            self._record(
                journal.Ran(about=bench.about, outcome=str(result.outcome), seconds=round(result.seconds, 3))
            )
            bench.keep(self._desk.opened_work.drafts, str(result.outcome))
            self._emit(RunEnded(result, bench.explain(program, result)))

        activity.run_free(
            bench.free_program(program, limits),
            output=lambda: self._emit(OutputWaiting()),
            wants_input=lambda prompt: self._emit(InputWanted(prompt)),
            ended=ended,
        )

    def _begin(self, purpose: str) -> Activity | None:
        """Start an activity, unless one is under way."""
        if self._desk.activity is not None:
            return None
        self._desk.opened_work.drafts.flush(FLUSH_SECONDS)
        activity = Activity(self._runner, self._do)
        self._desk.begin(activity)
        self._emit(RunStarted(purpose))
        return activity

    # -- judging

    def check(self) -> None:
        """Judge the program, where the step takes one."""
        bench = self._desk.opened_bench
        step = bench.judge_step
        if not isinstance(step, ProgramStep):
            return
        program = program_of(step, bench.text, bench.answer)
        activity = self._begin("check")
        if activity is None:
            return
        activity.judge(
            step,
            program,
            self._desk.course.rules,
            judged=lambda judged: self._judged(activity, bench, judged),
            failed=lambda error: self._check_failed(activity, error),
            stopped=lambda: self._check_stopped(activity),
        )

    def _judged(self, activity: Activity, bench: Bench, judged: Judged) -> None:
        if not self._desk.end(activity):
            return
        verdict, work = judged.verdict, self._desk.opened_work
        before = work.progress.step(self._desk.course.progress_id, bench.lesson.id, bench.step.id)
        counted = not verdict.passed and verdict.fault is Fault.PROGRAM and not verdict.not_started
        tries = before.tries + 1 if counted else before.tries
        if counted or verdict.passed:
            failed = tuple(check.name for check in verdict.checks if not check.passed)
            mistake = verdict.mistake.name if verdict.mistake else ""
            event = journal.Checked(
                about=bench.about, passed=verdict.passed, mistake=mistake, failed=failed, tries=tries
            )
            self._record(event)
        bench.keep(work.drafts, "passed" if verdict.passed else "refused")
        if counted:
            bench.messages.append(message_of(verdict))
        offer, words = Offer.NONE, ""
        if not verdict.passed:
            offer, words = offer_after(bench.step, bench.messages, hints_shown=bench.hints_shown, tries=tries)
        self._emit(Checked(verdict, judged.advice, offer, tries, words))
        if verdict.passed:
            self._passed(bench, journal.Passed(about=bench.about, by=bench.by))

    def _check_failed(self, activity: Activity, error: Exception) -> None:
        if self._desk.end(activity):
            self._emit(trouble_of(error))

    def _check_stopped(self, activity: Activity) -> None:
        if self._desk.end(activity):
            self._emit(RunEnded(activity.stopped_result()))

    # -- answering

    def predict(self, prediction: str) -> None:
        """Answer a predict step: its program is run, and judges the answer."""
        bench = self._desk.opened_bench
        step = bench.step
        if not isinstance(step, PredictStep):
            return
        activity = self._begin("predict")
        if activity is None:
            return

        def ended(result: RunResult) -> None:
            if not self._desk.end(activity):
                return
            judged: PredictionJudged = judge_prediction(step, prediction, result)
            self._emit(judged)
            self._passed(bench, journal.Predicted(about=bench.about, right=judged.right))

        activity.run_quietly(bench.predicted_program(), ended)

    def choose(self, numbers: tuple[int, ...]) -> None:
        """Answer a choose step."""
        bench = self._desk.opened_bench
        if not isinstance(bench.step, ChooseStep):
            return
        judged: ChoiceJudged = judge_choice(bench.step, numbers)
        bench.answer = {"chosen": ",".join(str(number) for number in numbers)}
        bench.keep_draft(self._desk.opened_work.drafts)
        self._emit(judged)
        written = tuple(bench.order[number] for number in numbers)  # as the lesson numbers them
        event = journal.Chosen(about=bench.about, right=judged.passed, numbers=written)
        if judged.passed:
            self._passed(bench, event)
        else:
            self._record(event)

    def mark_read(self) -> None:
        """A read step is done by reading it."""
        bench = self._desk.opened_bench
        if isinstance(bench.step, ReadStep) and self._state_of(bench) is not StepState.DONE:
            self._passed(bench, journal.Read(about=bench.about))

    # -- help

    def hint(self) -> None:
        """Show the next hint, where there is one."""
        bench = self._desk.opened_bench
        hints = hints_of(bench.step)
        if bench.hints_shown >= len(hints):
            return
        bench.hints_shown += 1
        self._record(journal.HintShown(about=bench.about, number=bench.hints_shown))
        self._emit(HintShown(bench.hints_shown, len(hints), hints[bench.hints_shown - 1]))

    def show_solution(self) -> None:
        """Show the official solution, where it is open."""
        bench = self._desk.opened_bench
        step = bench.step
        if not isinstance(step, ProgramStep):
            return
        if not bench.solution_open(self._desk.opened_work.progress):
            return
        self._record(journal.SolutionShown(about=bench.about))
        self._emit(SolutionShown(step.solution))

    def starter_restored(self, bench: Bench) -> None:
        """The editor went back to the step's starter."""
        self._record(journal.StarterRestored(about=bench.about))

    # -- remembering

    def _state_of(self, bench: Bench) -> StepState:
        progress = self._desk.opened_work.progress
        return progress.step(self._desk.course.progress_id, bench.lesson.id, bench.step.id).state

    def _passed(self, bench: Bench, event: journal.Event) -> None:
        """The step is done: remember it, and tell."""
        self._record(event)
        states = bench.states(self._desk.opened_work.progress)
        done = all(state is StepState.DONE for state in states)
        self._emit(ProgressChanged(states, step_passed=bench.step.id, lesson_done=done))

    def _record(self, event: journal.Event) -> None:
        self._desk.opened_work.record(event)
