"""One learner at work: the tutor without a face. Verbs in, events out, one subscriber."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tutor.checks.escalation import message_of
from tutor.errors import Fault, MachineError, TutorError
from tutor.lessons.model import ChooseStep, Course, LessonHeading, PredictStep, ReadStep
from tutor.lessons.opening import kept_in
from tutor.progress import events as journal
from tutor.progress.state import StepState
from tutor.progress.store import Closed, Store
from tutor.runner.limits import FREE_RUN
from tutor.runner.result import RunResult
from tutor.runner.runner import Runner
from tutor.session.activity import Activity
from tutor.session.bench import Bench
from tutor.session.courses import Courses, CourseSource, OnlyFolders
from tutor.session.events import (
    ChapterOutline,
    Checked,
    ChoiceJudged,
    HintShown,
    InputWanted,
    KeptProgram,
    LessonBroken,
    LessonOutline,
    Offer,
    Openable,
    OutputWaiting,
    PredictionJudged,
    ProgressChanged,
    ResumeCard,
    RunEnded,
    RunStarted,
    SessionEvent,
    SolutionShown,
    StepOpened,
    Trouble,
)
from tutor.session.helping import arranged, offer_after
from tutor.session.judging import Judged, ProgramStep, warm_up
from tutor.session.library import Library
from tutor.session.options import judge_choice, judge_prediction
from tutor.session.pages import Pages
from tutor.session.people import LearnerStores, People
from tutor.session.reviewing import Reviews
from tutor.session.starting_points import hints_of, program_of
from tutor.session.telling_opening import TellingOpening
from tutor.session.worker import Worker
from tutor.translation import tr

_log = logging.getLogger(__name__)

#: Longest wait for the disk before a run or a check; the draft is written all the same, only later.
FLUSH_SECONDS = 0.2

#: So often work is saved before it is put away: what is typed while it is being saved waits for the next time.
SAVE_TRIES = 3


class Session:
    """What the window (or a test) drives.

    Verbs return at once and are done in order on one thread; what comes of them arrives as events, from any thread, at
    the one subscriber. Nothing here raises because of what a learner did.

    Args:
        course: the course.
        stores: opens what learners have done; used on the session's thread, because a disk may be slow.
        runner: runs programs.
        emit: the one subscriber.
        source: finds and copies other courses; by default it reads course folders alone.
        follow_last: opening somebody's work opens the course that they had open last.

    Attributes:
        people: the verbs about whose work is open.
        courses: the verbs about which course is open.
        pages: the verb about reference pages.
        reviews: the verbs about review cards.
        free_run: what a program that a person runs may use (checks have limits of their own); counts from the next run.
    """

    def __init__(
        self,
        course: Course,
        stores: LearnerStores,
        runner: Runner,
        emit: Callable[[SessionEvent], None],
        source: CourseSource | None = None,
        *,
        follow_last: bool = False,
    ) -> None:
        self.course = course
        self.free_run = FREE_RUN
        self._opened_store: Store | None = None
        self._runner = runner
        self._emit = emit
        self._bench: Bench | None = None
        self._left: Bench | None = None  # the step before: late keystrokes still find it
        self._stuck_at = ""  # the lesson that was asked for and cannot be used: one goes on from there
        self._activity: Activity | None = None
        self._shown: Activity | None = None  # whose output is being taken
        self._lock = threading.Lock()
        self._worker = Worker(self._failed)
        self._library = Library(course, kept_in(stores.folders), self._worker.do)
        self._opening = TellingOpening(self._worker.do, emit)
        self._wanted: tuple[str | None, str | None] = (
            None,
            None,
        )  # what to open once somebody says who is here
        self.people = People(self, stores, self._worker.do, emit)
        self.courses = Courses(self, source or OnlyFolders(stores.folders), self._worker.do, emit)
        self.courses.follow_last = follow_last
        self.pages = Pages(self, self._worker.do, emit)
        self.reviews = Reviews(self, self._library, runner, self._worker.do, emit)
        self._worker.do(lambda: self._begin_with(stores.open_last()))
        self._worker.do(self.people.ask_where)

    @property
    def _store(self) -> Store:
        if self._opened_store is None:
            raise MachineError(
                tr("Your work could not be opened."), tr("Close this window and open it again.")
            )
        return self._opened_store

    def _begin_with(self, store: Store | None) -> None:
        if store is None:
            self.people.ask_who()
        else:
            self._use(store)

    def _use(self, store: Store) -> None:
        self._opened_store = store
        if store.trouble:
            self._emit(Trouble(store.trouble.fault, store.trouble.what, store.trouble.do))
        self.courses.follow()

    # -- what `people` do with the work, on the worker's thread

    @property
    def work(self) -> Store | None:
        """The work that is open; None while nobody has said who is here."""
        return self._opened_store

    def take_up(self, store: Store) -> None:
        """This is the work that is open."""
        self._use(store)

    def open_wanted(self) -> None:
        """Show the step that was asked for while nobody's work was open, else where the learner is."""
        wanted, self._wanted = self._wanted, (None, None)
        self._open(*wanted)

    def put_away(self, timeout: float) -> None:
        """Close the work that is open.

        Raises:
            MachineError: it is not on the disk yet; it stays open.
        """
        store = self._store
        until = time.monotonic() + timeout
        if not any(store.flush(max(0.0, until - time.monotonic())) for _try in range(SAVE_TRIES)):
            raise MachineError(
                tr("Your work is not saved yet, so it stays open."), tr("Try again in a moment.")
            )
        self._leave()
        self.reviews.forget()
        with self._lock:
            self._bench = self._left = None
            self._opened_store = None
        closed = store.close(timeout, self.people.rescue_folder)
        if not closed.saved:
            self._emit(self.people.not_saved(closed.rescued))

    def change_course(self, course: Course) -> None:
        """Another course is open from now on; nothing of it is shown yet."""
        self._leave()
        self.reviews.forget()
        with self._lock:
            self._left, self._bench = self._bench or self._left, None
        self.course = course
        self._library.change(course)

    def open_here(self, lesson_id: str | None = None, step_id: str | None = None) -> None:
        """Show this step, else where the learner is now, with the drafts as they are now."""
        self._open(lesson_id, step_id)

    # -- finding one's way

    def open(self, lesson_id: str | None = None, step_id: str | None = None) -> None:
        """Open a step; without ids where the learner left off. -> StepOpened or LessonBroken."""
        heading, bench = self.course.heading(lesson_id) if lesson_id else None, self._bench
        if heading is None:
            what = Openable.PLACE
        else:
            what = Openable.STEP if bench and bench.lesson.id == lesson_id else Openable.LESSON
        self._opening(lambda: self._open(lesson_id, step_id), what, heading.title if heading else "")

    def next(self) -> None:
        """The next step, or the first of the next lesson; a read step counts as read. Never locked. -> StepOpened."""
        self._opening(lambda: self._move(+1), Openable.STEP)

    def previous(self) -> None:
        """The step before. -> StepOpened."""
        self._opening(lambda: self._move(-1), Openable.STEP)

    def go_to(self, number: int) -> None:
        """The step of that number (from 1) of the open lesson. -> StepOpened."""
        self._opening(lambda: self._go_to(number), Openable.STEP)

    def outline(self) -> tuple[ChapterOutline, ...]:
        """The course with what is done."""
        return tuple(
            ChapterOutline(chapter, tuple(self._lesson_outline(heading) for heading in chapter.lessons))
            for chapter in self.course.chapters
        )

    def _lesson_outline(self, heading: LessonHeading) -> LessonOutline:
        store, bench = self._opened_store, self._bench
        done = store.progress.lesson(self.course.progress_id, heading).passed if store else 0
        here = bench.lesson.id if bench else ""
        if bench is not None and bench.is_scratch and store is not None:
            position = store.progress.place_in(self.course)
            here = position.lesson if position else ""
        current = heading.id == here
        return LessonOutline(heading, done, len(heading.steps), current)

    def resume_card(self) -> ResumeCard | None:
        """Where the learner left off, or None on the very first start."""
        store = self._opened_store
        position = store.progress.place_in(self.course) if store else None
        heading = self.course.heading(position.lesson) if position else None
        if position is None or heading is None:
            return None
        ids = [step.id for step in heading.steps]
        number = ids.index(position.step) + 1 if position.step in ids else 1
        left = round(heading.minutes * (len(ids) - number + 1) / max(1, len(ids)))
        return ResumeCard(heading, number, len(ids), max(1, left))

    def version_read(self, lesson_id: str) -> tuple[int, int] | None:
        """What a lesson's file was when it was read last (nanoseconds of its change, size); None where it was not."""
        return self._library.version(lesson_id)

    def open_scratch(self) -> None:
        """Open the scratch program, outside any lesson; `next` and `previous` go back to the lesson. -> StepOpened."""
        self._opening(self._open_scratch, Openable.STEP)

    def reload(self) -> None:
        """Read the open lesson's file again (it was saved). -> StepOpened, or LessonBroken with `kept`."""
        self._worker.do(self._reload)

    def renew(self, course: Course) -> None:
        """Files of the course were changed: this is what it is now, with the same step open. -> as `reload`."""
        self.course = self._library.course = course
        self._worker.do(self._renew)

    # -- working

    def edit(self, text: str, place: str | None = None) -> None:
        """The learner typed: keep the draft (saved within a second).

        `place` (that of the view) names the step that the text belongs to: what was typed while another step was being
        opened goes to the step that it was typed into.
        """
        with self._lock:
            bench = self._typed_into(place)
            if bench:
                bench.text = text
                bench.keep_draft(self._store.drafts)

    def _typed_into(self, place: str | None) -> Bench | None:
        for bench in (self._bench, self._left):
            if bench and place in (None, bench.place):
                return bench
        return None

    def run(self) -> None:
        """Run the program with a person at the keyboard. -> RunStarted ... RunEnded."""
        self._worker.do(self._run)

    def stop(self) -> None:
        """Stop what runs, a run or a check, at once."""
        activity = self._activity
        if activity:
            activity.stop()

    def send_line(self, line: str) -> None:
        """Answer the program's input()."""
        if self._activity:
            self._activity.send_line(line)

    def end_input(self) -> None:
        """Tell the program that there is no more input."""
        if self._activity:
            self._activity.end_input()

    def take_output(self, most: int = 16_384) -> list[tuple[str, str]]:
        """Output that has not been taken yet: (stream, text) in order, at most that many characters."""
        return self._shown.take_output(most) if self._shown else []

    @property
    def running(self) -> bool:
        """Whether a program is running, for a run or a check."""
        return self._activity is not None

    def check(self) -> None:
        """Judge the program (exercise, fix, project, fill, arrange). -> RunStarted("check") ... Checked."""
        self._worker.do(self._check)

    def predict(self, prediction: str) -> None:
        """Answer a predict step: the text of an option, or what was typed. -> PredictionJudged."""
        self._worker.do(lambda: self._predict(prediction))

    def choose(self, numbers: Sequence[int]) -> None:
        """Answer a choose step with the numbers (from 0) of the chosen options. -> ChoiceJudged."""
        self._worker.do(lambda: self._choose(tuple(numbers)))

    def fill(self, answers: Mapping[str, str], place: str | None = None) -> None:
        """The gaps of a fill step as they stand now: keeps the draft; `check` judges it."""
        with self._lock:
            bench = self._typed_into(place)
            if bench:
                bench.answer = dict(answers)
                bench.keep_draft(self._store.drafts)

    def arrange(self, lines: Sequence[str], place: str | None = None) -> None:
        """The lines of an arrange step, with indentation, as they stand now: keeps the draft; `check` judges it."""
        self.edit("\n".join(lines) + ("\n" if lines else ""), place)

    def mark_read(self) -> None:
        """A read step was read."""
        self._worker.do(self._mark_read)

    # -- help

    def hint(self) -> None:
        """Show the next hint. -> HintShown."""
        self._worker.do(self._hint)

    def try_arranging(self) -> None:
        """Open the Parsons version of the exercise, where it has one. -> StepOpened; `open` goes back to writing."""
        self._opening(self._try_arranging, Openable.STEP)

    def show_solution(self) -> None:
        """Show the official solution, where it is open. -> SolutionShown."""
        self._worker.do(self._show_solution)

    def reset(self) -> str:
        """What Reset to starter puts into the editor (the editor makes it one undoable change)."""
        bench = self._bench
        if bench is None:
            return ""
        self._worker.do(lambda: self._record(journal.StarterRestored(about=bench.about)))
        return bench.starter

    def history(self) -> tuple[KeptProgram, ...]:
        """Programs kept from this step's runs and checks, newest first."""
        return self._bench.kept if self._bench else ()

    def warm_up(self) -> None:
        """Get ready to run, to judge and to explain, so that nobody waits for it at the first Run: for a quiet moment."""
        self._worker.do(self._runner.warm_up)
        self._worker.do(warm_up)

    def read_ahead(self) -> None:
        """Read the lesson after the open one, so that nobody waits for it: for a quiet moment."""
        self._worker.do(self._read_ahead)

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until all verbs so far are done (not what they started); False when that takes longer."""
        return self._worker.settle(timeout)

    def close(self, timeout: float = 5.0, fallback: Path | None = None) -> Closed:
        """Stop everything and save everything. Afterwards no process and no thread of ours is left.

        Args:
            timeout: seconds to wait for the disk.
            fallback: a folder for what cannot be saved in its place.
        """
        self.stop()
        self._worker.close(timeout)
        self._runner.close()
        return self._opened_store.close(timeout, fallback) if self._opened_store else Closed(saved=True)

    # -- on the worker's thread: finding one's way

    def _open(self, lesson_id: str | None, step_id: str | None) -> None:
        if self._opened_store is None and self.people.asked:
            self._wanted = (lesson_id, step_id)
            return
        position = self._store.progress.place_in(self.course)
        if lesson_id is None and position and self.course.heading(position.lesson):
            lesson_id, step_id = position.lesson, position.step
        headings = self.course.lessons
        if not headings:
            self._emit(Trouble(Fault.LESSON, tr("This course has no lessons yet.")))
            return
        first = next((one for one in headings if not one.broken), headings[0])
        heading = self.course.heading(lesson_id) if lesson_id else first
        if heading is None:
            self._emit(
                Trouble(
                    Fault.LESSON,
                    tr("This course has no lesson {id}.", id=lesson_id),
                    tr("Choose one from the outline."),
                )
            )
            heading = first
        opened = self._library.open(heading)
        if opened.problems:
            self._emit(LessonBroken(heading.id, opened.problems, kept=opened.lesson is not None))
        if opened.lesson is None:
            self._stuck_at = heading.id
            return
        step = (opened.lesson.step(step_id) if step_id else None) or opened.lesson.steps[0]
        self._put_on_bench(Bench.of(self.course, opened.lesson, step, self._store))
        self._record(journal.StepOpened(about=self._open_bench().about))

    def _open_scratch(self) -> None:
        if self._opened_store is not None:
            self._put_on_bench(Bench.of_scratch(self.course, self._store))

    def _put_on_bench(self, bench: Bench, *, reloaded: bool = False) -> None:
        self._leave()
        self._stuck_at = ""
        with self._lock:
            self._left, self._bench = self._bench or self._left, bench
        self._emit(StepOpened(bench.view(self._store.progress, reloaded=reloaded)))

    def _leave(self) -> None:
        """End what runs for the step that is left; what it still says is not heard."""
        activity, self._activity, self._shown = self._activity, None, None
        if activity:
            activity.abandon()

    def _open_bench(self) -> Bench:
        if self._bench is None:
            raise TutorError(tr("No step is open."), tr("Choose a lesson from the outline."))
        return self._bench

    def _move(self, by: int) -> None:
        if self._stuck_at:
            if not self._move_on_from(self._stuck_at, by) and self._bench:
                self._open(self._bench.lesson.id, self._bench.step.id)
            return
        bench = self._open_bench()
        if bench.is_scratch:
            self._open(None, None)
            return
        if by > 0:
            self._mark_read()
        steps = bench.lesson.steps
        at = bench.number - 1 + by
        if 0 <= at < len(steps):
            self._open(bench.lesson.id, steps[at].id)
            return
        self._move_on_from(bench.lesson.id, by)

    def _move_on_from(self, lesson_id: str, by: int) -> bool:
        """To the lesson after (or before) this one; False where there is none."""
        ids = [heading.id for heading in self.course.lessons]
        where = ids.index(lesson_id) + by if lesson_id in ids else -1
        if not 0 <= where < len(ids):
            return False
        heading = self.course.lessons[where]
        last = heading.steps[-1].id if by < 0 and heading.steps else None
        self._open(heading.id, last)
        return True

    def _read_ahead(self) -> None:
        bench, lessons = self._bench, self.course.lessons
        if bench is None:
            return
        at = next((n for n, heading in enumerate(lessons) if heading.id == bench.lesson.id), len(lessons))
        for heading in lessons[at + 1 : at + 2]:
            self._library.open(heading)

    def _go_to(self, number: int) -> None:
        bench = self._open_bench()
        if not bench.is_scratch and 1 <= number <= len(bench.lesson.steps):
            self._open(bench.lesson.id, bench.lesson.steps[number - 1].id)

    def _reload(self) -> None:
        bench = self._open_bench()
        heading = self.course.heading(bench.lesson.id)
        if heading is None:
            return
        opened = self._library.open(heading)
        if opened.problems:
            self._emit(LessonBroken(heading.id, opened.problems, kept=opened.lesson is not None))
        elif opened.lesson is not None and opened.lesson is not bench.lesson:
            if bench.take_over(self.course, opened.lesson):
                self._emit(StepOpened(bench.view(self._store.progress, reloaded=True, goes_on=True)))
                return
            at = min(bench.number, len(opened.lesson.steps)) - 1  # where its id was changed
            step = opened.lesson.step(bench.step.id) or opened.lesson.steps[at]
            self._put_on_bench(Bench.of(self.course, opened.lesson, step, self._store), reloaded=True)

    def _renew(self) -> None:
        course, bench = self.course, self._bench
        if bench is None:
            return
        if course.heading(bench.lesson.id) is None:  # its id was changed
            same = next((one for one in course.lessons if one.path == bench.lesson.path), None)
            if same is not None:
                at = min(bench.number, max(1, len(same.steps))) - 1
                self._open(same.id, same.steps[at].id if same.steps else None)
            return
        self._reload()

    # -- on the worker's thread: running and judging

    def _begin(self, purpose: str, bench: Bench) -> Activity | None:
        """Start an activity, unless one is under way."""
        if self._activity is not None:
            return None
        self._store.drafts.flush(FLUSH_SECONDS)
        activity = Activity(self._runner, self._worker.do)
        self._activity = self._shown = activity
        self._emit(RunStarted(purpose))
        return activity

    def _end(self, activity: Activity) -> bool:
        """An activity is over; False when its step has been left meanwhile."""
        if self._activity is not activity:
            return False
        self._activity = None
        return True

    def _run(self) -> None:
        bench = self._open_bench()
        program = program_of(bench.step, bench.text, bench.answer)
        activity = self._begin("run", bench)
        if activity is None:
            return

        def ended(result: RunResult) -> None:
            if not self._end(activity):
                return
            self._record(
                journal.Ran(about=bench.about, outcome=str(result.outcome), seconds=round(result.seconds, 3))
            )
            bench.keep(self._store.drafts, str(result.outcome))
            self._emit(RunEnded(result, bench.explain(program, result)))

        activity.run_free(
            bench.free_program(program, self.free_run),
            output=lambda: self._emit(OutputWaiting()),
            wants_input=lambda prompt: self._emit(InputWanted(prompt)),
            ended=ended,
        )

    def _check(self) -> None:
        bench = self._open_bench()
        step = bench.judge_step
        if not isinstance(step, ProgramStep):
            return
        program = program_of(step, bench.text, bench.answer)
        activity = self._begin("check", bench)
        if activity is None:
            return
        activity.judge(
            step,
            program,
            self.course.rules,
            judged=lambda judged: self._judged(activity, bench, judged),
            failed=lambda error: self._check_failed(activity, error),
            stopped=lambda: self._check_stopped(activity),
        )

    def _judged(self, activity: Activity, bench: Bench, judged: Judged) -> None:
        if not self._end(activity):
            return
        verdict = judged.verdict
        before = self._store.progress.step(self.course.progress_id, bench.lesson.id, bench.step.id)
        counted = not verdict.passed and verdict.fault is Fault.PROGRAM and not verdict.not_started
        tries = before.tries + 1 if counted else before.tries
        if counted or verdict.passed:
            failed = tuple(check.name for check in verdict.checks if not check.passed)
            mistake = verdict.mistake.name if verdict.mistake else ""
            event = journal.Checked(
                about=bench.about, passed=verdict.passed, mistake=mistake, failed=failed, tries=tries
            )
            self._record(event)
        bench.keep(self._store.drafts, "passed" if verdict.passed else "refused")
        if counted:
            bench.messages.append(message_of(verdict))
        offer, words = Offer.NONE, ""
        if not verdict.passed:
            offer, words = offer_after(bench.step, bench.messages, hints_shown=bench.hints_shown, tries=tries)
        self._emit(Checked(verdict, judged.advice, offer, tries, words))
        if verdict.passed:
            self._passed(bench, journal.Passed(about=bench.about, by=bench.by))

    def _check_failed(self, activity: Activity, error: Exception) -> None:
        if self._end(activity):
            self._failed(error)

    def _check_stopped(self, activity: Activity) -> None:
        if self._end(activity):
            self._emit(RunEnded(activity.stopped_result()))

    def _predict(self, prediction: str) -> None:
        bench = self._open_bench()
        step = bench.step
        if not isinstance(step, PredictStep):
            return
        activity = self._begin("predict", bench)
        if activity is None:
            return

        def ended(result: RunResult) -> None:
            if not self._end(activity):
                return
            judged: PredictionJudged = judge_prediction(step, prediction, result)
            self._emit(judged)
            self._passed(bench, journal.Predicted(about=bench.about, right=judged.right))

        activity.run_quietly(bench.predicted_program(), ended)

    def _choose(self, numbers: tuple[int, ...]) -> None:
        bench = self._open_bench()
        if not isinstance(bench.step, ChooseStep):
            return
        judged: ChoiceJudged = judge_choice(bench.step, numbers)
        bench.answer = {"chosen": ",".join(str(number) for number in numbers)}
        bench.keep_draft(self._store.drafts)
        self._emit(judged)
        written = tuple(bench.order[number] for number in numbers)  # as the lesson numbers them
        event = journal.Chosen(about=bench.about, right=judged.passed, numbers=written)
        if judged.passed:
            self._passed(bench, event)
        else:
            self._record(event)

    def _mark_read(self) -> None:
        bench = self._open_bench()
        if isinstance(bench.step, ReadStep) and self._state_of(bench) is not StepState.DONE:
            self._passed(bench, journal.Read(about=bench.about))

    # -- on the worker's thread: help

    def _hint(self) -> None:
        bench = self._open_bench()
        hints = hints_of(bench.step)
        if bench.hints_shown >= len(hints):
            return
        bench.hints_shown += 1
        self._record(journal.HintShown(about=bench.about, number=bench.hints_shown))
        self._emit(HintShown(bench.hints_shown, len(hints), hints[bench.hints_shown - 1]))

    def _try_arranging(self) -> None:
        bench = self._open_bench()
        step = arranged(bench.step)
        if step:
            arranging = Bench.of(self.course, bench.lesson, step, self._store, by="arrange")
            arranging.judged_as = bench.step
            self._put_on_bench(arranging)

    def _show_solution(self) -> None:
        bench = self._open_bench()
        step = bench.step
        if not isinstance(step, ProgramStep):
            return
        if not bench.solution_open(self._store.progress):
            return
        self._record(journal.SolutionShown(about=bench.about))
        self._emit(SolutionShown(step.solution))

    # -- remembering

    def _state_of(self, bench: Bench) -> StepState:
        return self._store.progress.step(self.course.progress_id, bench.lesson.id, bench.step.id).state

    def _passed(self, bench: Bench, event: journal.Event) -> None:
        """The step is done: remember it, and tell."""
        self._record(event)
        states = bench.states(self._store.progress)
        done = all(state is StepState.DONE for state in states)
        self._emit(ProgressChanged(states, step_passed=bench.step.id, lesson_done=done))

    def _record(self, event: journal.Event) -> None:
        self._store.record(event)

    def _failed(self, error: Exception) -> None:
        """Our own trouble, caught at this one edge."""
        if isinstance(error, TutorError):
            self._emit(Trouble(error.fault, error.what, error.do))
        else:
            _log.error("unexpected", exc_info=error)
            self._emit(
                Trouble(
                    Fault.PC,
                    tr("The tutor itself has a fault; your work is kept."),
                    tr("Its log says more: see Help, About."),
                )
            )
