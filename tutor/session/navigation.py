"""Finding one's way: opening lessons and steps, moving on, and reading again what was changed."""

from __future__ import annotations

from collections.abc import Callable

from tutor.errors import Fault
from tutor.progress import events as journal
from tutor.session.attempts import Attempts
from tutor.session.bench import Bench
from tutor.session.desk import Desk
from tutor.session.events import LessonBroken, SessionEvent, StepOpened, Trouble
from tutor.session.helping import arranged
from tutor.translation import tr


class Navigation:
    """Puts steps on the desk, on the session's thread. -> StepOpened, or LessonBroken where a lesson cannot be used.

    Args:
        desk: what is open.
        attempts: told when a read step is left forwards, which is how one reads it.
        emit: the one subscriber.
    """

    def __init__(self, desk: Desk, attempts: Attempts, emit: Callable[[SessionEvent], None]) -> None:
        self._desk, self._attempts, self._emit = desk, attempts, emit
        self._stuck_at = ""  # the lesson that was asked for and cannot be used: one goes on from there
        #: What to open once somebody says who is here.
        self._wanted: tuple[str | None, str | None] = (None, None)

    # -- opening

    def open(self, lesson_id: str | None = None, step_id: str | None = None) -> None:
        """Open this step, else where the learner left off, with the drafts as they are now."""
        if self._desk.work is None and self._desk.asked:
            self._wanted = (lesson_id, step_id)
            return
        course, work = self._desk.course, self._desk.opened_work
        position = work.progress.place_in(course)
        if lesson_id is None and position and course.heading(position.lesson):
            lesson_id, step_id = position.lesson, position.step
        headings = course.lessons
        if not headings:
            self._emit(Trouble(Fault.LESSON, tr("This course has no lessons yet.")))
            return
        first = next((one for one in headings if not one.broken), headings[0])
        heading = course.heading(lesson_id) if lesson_id else first
        if heading is None:
            self._emit(
                Trouble(
                    Fault.LESSON,
                    tr("This course has no lesson {id}.", id=lesson_id),
                    tr("Choose one from the outline."),
                )
            )
            heading = first
        opened = self._desk.library.open(heading)
        if opened.problems:
            self._emit(LessonBroken(heading.id, opened.problems, kept=opened.lesson is not None))
        if opened.lesson is None:
            self._stuck_at = heading.id
            return
        step = (opened.lesson.step(step_id) if step_id else None) or opened.lesson.steps[0]
        bench = Bench.of(self._desk.course, opened.lesson, step, work)
        self._put_on(bench)
        work.record(journal.StepOpened(about=bench.about))

    def open_wanted(self) -> None:
        """Open the step that was asked for while nobody's work was open, else where the learner is."""
        wanted, self._wanted = self._wanted, (None, None)
        self.open(*wanted)

    def open_scratch(self) -> None:
        """Open the scratch program."""
        if self._desk.work is not None:
            self._put_on(Bench.of_scratch(self._desk.course, self._desk.work))

    def try_arranging(self) -> None:
        """Open the Parsons version of the exercise, where it has one."""
        bench = self._desk.opened_bench
        step = arranged(bench.step)
        if step:
            arranging = Bench.of(self._desk.course, bench.lesson, step, self._desk.opened_work, by="arrange")
            arranging.judged_as = bench.step
            self._put_on(arranging)

    def _put_on(self, bench: Bench, *, reloaded: bool = False) -> None:
        self._stuck_at = ""
        self._desk.put_on(bench)
        self._emit(StepOpened(bench.view(self._desk.opened_work.progress, reloaded=reloaded)))

    # -- moving

    def move(self, by: int) -> None:
        """So many steps on (or back), into the next lesson (or the one before) where this one ends."""
        if self._stuck_at:
            here = self._desk.bench
            if not self._move_on_from(self._stuck_at, by) and here:
                self.open(here.lesson.id, here.step.id)
            return
        bench = self._desk.opened_bench
        if bench.is_scratch:
            self.open()
            return
        if by > 0:
            self._attempts.mark_read()
        steps = bench.lesson.steps
        at = bench.number - 1 + by
        if 0 <= at < len(steps):
            self.open(bench.lesson.id, steps[at].id)
            return
        self._move_on_from(bench.lesson.id, by)

    def _move_on_from(self, lesson_id: str, by: int) -> bool:
        """To the lesson after (or before) this one; False where there is none."""
        ids = [heading.id for heading in self._desk.course.lessons]
        where = ids.index(lesson_id) + by if lesson_id in ids else -1
        if not 0 <= where < len(ids):
            return False
        heading = self._desk.course.lessons[where]
        last = heading.steps[-1].id if by < 0 and heading.steps else None
        self.open(heading.id, last)
        return True

    def go_to(self, number: int) -> None:
        """To the step of that number (from 1) of the open lesson."""
        bench = self._desk.opened_bench
        if not bench.is_scratch and 1 <= number <= len(bench.lesson.steps):
            self.open(bench.lesson.id, bench.lesson.steps[number - 1].id)

    def read_ahead(self) -> None:
        """Read the lesson after the open one, and keep what was read for the next start."""
        bench, lessons = self._desk.bench, self._desk.course.lessons
        if bench is None:
            return
        at = next((n for n, heading in enumerate(lessons) if heading.id == bench.lesson.id), len(lessons))
        for heading in lessons[at + 1 : at + 2]:
            self._desk.library.open(heading)
        self._desk.library.keep()

    # -- what was changed meanwhile

    def reload(self) -> None:
        """Read the open lesson's file again, and go on in it."""
        bench = self._desk.opened_bench
        heading = self._desk.course.heading(bench.lesson.id)
        if heading is None:
            return
        opened = self._desk.library.open(heading)
        if opened.problems:
            self._emit(LessonBroken(heading.id, opened.problems, kept=opened.lesson is not None))
        elif opened.lesson is not None and opened.lesson is not bench.lesson:
            work = self._desk.opened_work
            if bench.take_over(self._desk.course, opened.lesson):
                self._emit(StepOpened(bench.view(work.progress, reloaded=True, goes_on=True)))
                return
            at = min(bench.number, len(opened.lesson.steps)) - 1  # where its id was changed
            step = opened.lesson.step(bench.step.id) or opened.lesson.steps[at]
            self._put_on(Bench.of(self._desk.course, opened.lesson, step, work), reloaded=True)

    def renew(self) -> None:
        """The course is another one after a change of its files: go on in it, with the same step."""
        course, bench = self._desk.course, self._desk.bench
        if bench is None:
            return
        if course.heading(bench.lesson.id) is None:  # its id was changed
            same = next((one for one in course.lessons if one.path == bench.lesson.path), None)
            if same is not None:
                at = min(bench.number, max(1, len(same.steps))) - 1
                self.open(same.id, same.steps[at].id if same.steps else None)
            return
        self.reload()
