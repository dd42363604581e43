"""One learner at work: the tutor without a face. Verbs in, events out, one subscriber."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tutor.lessons.model import Course
from tutor.lessons.opening import kept_in
from tutor.progress.store import Closed, Store
from tutor.runner.limits import FREE_RUN
from tutor.runner.runner import Runner
from tutor.session.attempts import Attempts
from tutor.session.courses import Courses, CourseSource, OnlyFolders
from tutor.session.desk import Desk
from tutor.session.events import ChapterOutline, KeptProgram, Openable, ResumeCard, SessionEvent
from tutor.session.judging import warm_up
from tutor.session.library import Library
from tutor.session.navigation import Navigation
from tutor.session.outline import outline_of, resume_card_of
from tutor.session.pages import Pages
from tutor.session.people import LearnerStores, People
from tutor.session.reviewing import Reviews
from tutor.session.telling_opening import TellingOpening
from tutor.session.trouble import trouble_of
from tutor.session.worker import Worker


class Session:
    """What the window (or a test) drives.

    Verbs return at once and are done in order on one thread; what comes of them arrives as events, from any thread, at
    the one subscriber. Nothing here raises because of what a learner did.

    It only hands over: what is open lies on one desk, and each of its parts does on that thread what it is named for.

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
        self.free_run = FREE_RUN
        self._runner = runner
        self._worker = Worker(lambda error: emit(trouble_of(error)))
        do = self._worker.do
        self._desk = Desk(Library(course, kept_in(stores.folders)))
        self._opening = TellingOpening(do, emit)
        self._attempts = Attempts(self._desk, runner, do, emit)
        self._navigation = Navigation(self._desk, self._attempts, emit)
        self.courses = Courses(self._desk, self._navigation, source or OnlyFolders(stores.folders), do, emit)
        self.courses.follow_last = follow_last
        self.people = People(self._desk, self._navigation, self.courses, stores, do, emit)
        self.pages = Pages(self._desk, do, emit)
        self.reviews = Reviews(self._desk, runner, do, emit)
        do(self.people.begin)
        do(self.people.ask_where)

    @property
    def course(self) -> Course:
        """The course that is open."""
        return self._desk.course

    @property
    def work(self) -> Store | None:
        """The work that is open; None while nobody has said who is here."""
        return self._desk.work

    # -- finding one's way

    def open(self, lesson_id: str | None = None, step_id: str | None = None) -> None:
        """Open a step; without ids where the learner left off. -> StepOpened or LessonBroken."""
        heading, bench = self.course.heading(lesson_id) if lesson_id else None, self._desk.bench
        if heading is None:
            what = Openable.PLACE
        else:
            what = Openable.STEP if bench and bench.lesson.id == lesson_id else Openable.LESSON
        self._opening(
            lambda: self._navigation.open(lesson_id, step_id), what, heading.title if heading else ""
        )

    def next(self) -> None:
        """The next step, or the first of the next lesson; a read step counts as read. Never locked. -> StepOpened."""
        self._opening(lambda: self._navigation.move(+1), Openable.STEP)

    def previous(self) -> None:
        """The step before. -> StepOpened."""
        self._opening(lambda: self._navigation.move(-1), Openable.STEP)

    def go_to(self, number: int) -> None:
        """The step of that number (from 1) of the open lesson. -> StepOpened."""
        self._opening(lambda: self._navigation.go_to(number), Openable.STEP)

    def outline(self) -> tuple[ChapterOutline, ...]:
        """The course with what is done."""
        return outline_of(self._desk)

    def resume_card(self) -> ResumeCard | None:
        """Where the learner left off, or None on the very first start."""
        return resume_card_of(self._desk)

    def version_read(self, lesson_id: str) -> tuple[int, int] | None:
        """What a lesson's file was when it was read last (nanoseconds of its change, size); None where it was not."""
        return self._desk.library.version(lesson_id)

    def open_scratch(self) -> None:
        """Open the scratch program, outside any lesson; `next` and `previous` go back to the lesson. -> StepOpened."""
        self._opening(self._navigation.open_scratch, Openable.STEP)

    def reload(self) -> None:
        """Read the open lesson's file again (it was saved). -> StepOpened, or LessonBroken with `kept`."""
        self._worker.do(self._navigation.reload)

    def renew(self, course: Course) -> None:
        """Files of the course were changed: this is what it is now, with the same step open. -> as `reload`."""
        self._desk.library.course = course
        self._worker.do(self._navigation.renew)

    # -- working

    def edit(self, text: str, place: str | None = None) -> None:
        """The learner typed: keep the draft (saved within a second).

        `place` (that of the view) names the step that the text belongs to: what was typed while another step was being
        opened goes to the step that it was typed into.
        """
        self._desk.typed(place, text=text)

    def run(self) -> None:
        """Run the program with a person at the keyboard. -> RunStarted ... RunEnded."""
        self._worker.do(lambda: self._attempts.run(self.free_run))

    def stop(self) -> None:
        """Stop what runs, a run or a check, at once."""
        activity = self._desk.activity
        if activity:
            activity.stop()

    def send_line(self, line: str) -> None:
        """Answer the program's input()."""
        activity = self._desk.activity
        if activity:
            activity.send_line(line)

    def end_input(self) -> None:
        """Tell the program that there is no more input."""
        activity = self._desk.activity
        if activity:
            activity.end_input()

    def take_output(self, most: int = 16_384) -> list[tuple[str, str]]:
        """Output that has not been taken yet: (stream, text) in order, at most that many characters."""
        shown = self._desk.shown
        return shown.take_output(most) if shown else []

    @property
    def running(self) -> bool:
        """Whether a program is running, for a run or a check."""
        return self._desk.activity is not None

    def check(self) -> None:
        """Judge the program (exercise, fix, project, fill, arrange). -> RunStarted("check") ... Checked."""
        self._worker.do(self._attempts.check)

    def predict(self, prediction: str) -> None:
        """Answer a predict step: the text of an option, or what was typed. -> PredictionJudged."""
        self._worker.do(lambda: self._attempts.predict(prediction))

    def choose(self, numbers: Sequence[int]) -> None:
        """Answer a choose step with the numbers (from 0) of the chosen options. -> ChoiceJudged."""
        self._worker.do(lambda: self._attempts.choose(tuple(numbers)))

    def fill(self, answers: Mapping[str, str], place: str | None = None) -> None:
        """The gaps of a fill step as they stand now: keeps the draft; `check` judges it."""
        self._desk.typed(place, answer=dict(answers))

    def arrange(self, lines: Sequence[str], place: str | None = None) -> None:
        """The lines of an arrange step, with indentation, as they stand now: keeps the draft; `check` judges it."""
        self.edit("\n".join(lines) + ("\n" if lines else ""), place)

    def mark_read(self) -> None:
        """A read step was read."""
        self._worker.do(self._attempts.mark_read)

    # -- help

    def hint(self) -> None:
        """Show the next hint. -> HintShown."""
        self._worker.do(self._attempts.hint)

    def try_arranging(self) -> None:
        """Open the Parsons version of the exercise, where it has one. -> StepOpened; `open` goes back to writing."""
        self._opening(self._navigation.try_arranging, Openable.STEP)

    def show_solution(self) -> None:
        """Show the official solution, where it is open. -> SolutionShown."""
        self._worker.do(self._attempts.show_solution)

    def reset(self) -> str:
        """What Reset to starter puts into the editor (the editor makes it one undoable change)."""
        bench = self._desk.bench
        if bench is None:
            return ""
        self._worker.do(lambda: self._attempts.starter_restored(bench))
        return bench.starter

    def history(self) -> tuple[KeptProgram, ...]:
        """Programs kept from this step's runs and checks, newest first."""
        bench = self._desk.bench
        return bench.kept if bench else ()

    def warm_up(self) -> None:
        """Get ready to run, to judge and to explain, so that nobody waits for it at the first Run: for a quiet moment."""
        self._worker.do(self._runner.warm_up)
        self._worker.do(warm_up)

    def read_ahead(self) -> None:
        """Read the lesson after the open one, so that nobody waits for it: for a quiet moment."""
        self._worker.do(self._navigation.read_ahead)

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
        return self.work.close(timeout, fallback) if self.work else Closed(saved=True)
