"""The open step with the learner's work on it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tutor.explain.advice import Advice
from tutor.lessons.model import AnyStep, Course, ExerciseStep, Lesson, Pictures, PredictStep
from tutor.lessons.pictures import media_of, read_pictures
from tutor.progress.drafts import DraftKey, Drafts
from tutor.progress.events import About
from tutor.progress.state import Progress, StepState
from tutor.progress.store import Store
from tutor.progress.versions import Version
from tutor.runner.limits import FREE_RUN, Limits
from tutor.runner.result import Program, RunResult
from tutor.session import scratch
from tutor.session.events import KeptProgram, StepView, place_of
from tutor.session.helping import SOLUTION_AFTER, arranged
from tutor.session.judging import explain
from tutor.session.starting_points import (
    filename_of,
    given_files,
    mixed_choices,
    program_of,
    shuffled_lines,
    starter_of,
)


class Bench(Struct):
    """The open step, and what changes while a learner works on it.

    Args:
        course, lesson, step: what is open.
        key: under which drafts of it are kept.
        starter: what Reset goes back to.
        text: the program, or the arranged lines.
        answer: gaps by name, or what was chosen.
        hints_shown: how many hints have been shown, in this or an earlier session.
        kept: programs kept from runs and checks, newest first.
        draft_restored: the text is the learner's own from before.
        first_ever: nothing had been done on this data folder when the step was opened.
        messages: what was said of each refused try since the step was opened.
        by: how the step is done where that is not the ordinary way: "arrange".
        order: for each choice as it is shown, its number in the lesson.
        pictures: those of the step's text.
        judged_as: the step that the program is judged by, where that is not `step` (the exercise behind its Parsons
            version, with its files and limits).
    """

    course: Course
    lesson: Lesson
    step: AnyStep
    key: DraftKey
    starter: str
    text: str
    answer: Mapping[str, str] = field(default_factory=dict)
    hints_shown: int = 0
    kept: tuple[KeptProgram, ...] = ()
    draft_restored: bool = False
    first_ever: bool = False
    messages: list[str] = field(default_factory=list)
    by: str = ""
    order: tuple[int, ...] = ()
    judged_as: AnyStep | None = None
    pictures: Pictures = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        course: Course,
        lesson: Lesson,
        step: AnyStep,
        store: Store,
        *,
        by: str = "",
        key: DraftKey | None = None,
    ) -> Bench:
        """The step with the newest draft of it; with `by` another way to do the step, with drafts of its own."""
        key = key or DraftKey(course.progress_id, lesson.id, f"{step.id}.{by}" if by else step.id)
        starter = _continued(course, lesson, step, store) or starter_of(step)
        draft = store.drafts.load(key)
        step, order = mixed_choices(step)
        return cls(
            course=course,
            lesson=lesson,
            step=step,
            key=key,
            starter=starter,
            text=draft.text if draft else starter,
            answer=dict(draft.answer) if draft else {},
            hints_shown=store.progress.step(course.progress_id, lesson.id, step.id).hints,
            kept=_kept(
                store.drafts,
                key,
                step,
                shown=program_of(step, draft.text if draft else starter, draft.answer if draft else {}),
            ),
            draft_restored=draft is not None and draft.text != starter,
            first_ever=store.progress.first_ever,
            by=by,
            order=order,
            pictures=_pictures(course, lesson, step),
        )

    @classmethod
    def of_scratch(cls, course: Course, store: Store) -> Bench:
        """The scratch program, with its newest draft; the course beside it gives the glossary alone."""
        bench = cls.of(course, scratch.LESSON, scratch.STEP, store, key=scratch.KEY)
        bench.first_ever = False
        return bench

    @property
    def is_scratch(self) -> bool:
        """Whether this is the scratch program."""
        return self.key == scratch.KEY

    @property
    def place(self) -> str:
        """As in the view: what is typed names the step that it belongs to."""
        return place_of(self.course, self.lesson, self.step)

    @property
    def about(self) -> About:
        """What journal events of this step are about."""
        if self.is_scratch:
            return About(step=self.step.id)
        return About.of(self.course, self.lesson, self.step)

    @property
    def judge_step(self) -> AnyStep:
        """The step that the program is judged by."""
        return self.judged_as or self.step

    @property
    def number(self) -> int:
        """The step's number in the lesson, from 1."""
        return [step.id for step in self.lesson.steps].index(self.step.id) + 1

    def states(self, progress: Progress) -> tuple[StepState, ...]:
        """How far the learner is with each step of the lesson."""
        return tuple(
            progress.step(self.course.progress_id, self.lesson.id, step.id).state
            for step in self.lesson.steps
        )

    def solution_open(self, progress: Progress) -> bool:
        """Whether the official solution may be shown: after a pass, or when help has been used up."""
        done = progress.step(self.course.progress_id, self.lesson.id, self.step.id)
        return done.passed or done.solution_shown or done.tries >= SOLUTION_AFTER

    def take_over(self, course: Course, lesson: Lesson) -> bool:
        """The lesson's file was read again: go on in it; False, and all as it was, where the step is another one now."""
        step = lesson.step(self.step.id)
        if step is None or step.content_hash != self.judge_step.content_hash:
            return False
        if self.judged_as is not None:
            made = arranged(step)
            if made is None:
                return False
            self.judged_as, self.step = step, made
        else:
            self.step, self.order = mixed_choices(step)
        self.course, self.lesson = course, lesson
        self.pictures = _pictures(course, lesson, step)
        return True

    def view(self, progress: Progress, *, reloaded: bool = False, goes_on: bool = False) -> StepView:
        """All that a window needs."""
        return StepView(
            course=self.course,
            lesson=self.lesson,
            step=self.step,
            number=self.number,
            count=len(self.lesson.steps),
            states=self.states(progress),
            program=self.text,
            starter=self.starter,
            filename=filename_of(self.step),
            hints_shown=self.hints_shown,
            passed=progress.step(self.course.progress_id, self.lesson.id, self.step.id).passed,
            draft_restored=self.draft_restored,
            lines=shuffled_lines(self.step),
            files=given_files(self.judge_step),
            answer=dict(self.answer),
            solution_open=self.solution_open(progress),
            first_ever=self.first_ever,
            pictures=self.pictures,
            reloaded=reloaded,
            goes_on=goes_on,
        )

    # -- keeping

    def keep_draft(self, drafts: Drafts) -> None:
        """What was typed, within a second."""
        drafts.save(self.key, self.text, self.answer, content_hash=self.step.content_hash)

    def keep(self, drafts: Drafts, outcome: str) -> None:
        """What was run or checked, as a version to go back to."""
        version = drafts.keep(self.key, self.text, outcome, self.answer, content_hash=self.step.content_hash)
        new = _kept_program(version, self.step)  # not read from the disk again: somebody waits for the result
        before = (one for one in self.kept if (one.text, one.outcome) != (new.text, new.outcome))
        self.kept = (new, *before)

    # -- running

    def free_program(self, source: str, limits: Limits = FREE_RUN) -> Program:
        """The program as a person runs it: they answer its input(), and it may run for a while."""
        step = self.judge_step
        files = {path.name: path for path in step.files} if isinstance(step, ExerciseStep) else {}
        return Program(
            source=source,
            filename=filename_of(step),
            files=files,
            stdin=None,
            limits=limits,
            keep_written=True,
        )

    def predicted_program(self) -> Program:
        """The program of a predict step, with the input that the lesson gives."""
        stdin = self.step.stdin if isinstance(self.step, PredictStep) else ()
        return Program(source=starter_of(self.step), stdin=stdin)

    def explain(self, source: str, result: RunResult) -> tuple[Advice, ...]:
        """What there is to say about a run, best first."""
        return explain(source, result, filename=filename_of(self.judge_step))


def _pictures(course: Course, lesson: Lesson, step: AnyStep) -> Pictures:
    return read_pictures(step.text, media_of(lesson.path, course.folder)) if "media/" in step.text else {}


def _continued(course: Course, lesson: Lesson, step: AnyStep, store: Store) -> str:
    """For a project that goes on from another step: the learner's own program of that step that passed last."""
    if not isinstance(step, ExerciseStep) or step.continues is None:
        return ""
    lesson_id, step_id = step.continues
    key = DraftKey(course.progress_id, lesson_id or lesson.id, step_id)
    passed = [version for version in store.drafts.history(key) if version.outcome == "passed"]
    return passed[0].text if passed else ""


def _kept(drafts: Drafts, key: DraftKey, step: AnyStep, *, shown: str) -> tuple[KeptProgram, ...]:
    """Programs of runs and checks, and what was typed last in other sessions: another window's, another PC's."""
    found: list[KeptProgram] = []
    ran: set[str] = set()
    for version in drafts.history(key):
        kept = _kept_program(version, step)
        if version.outcome:
            ran.add(kept.text)
        found.append(kept)
    return tuple(one for one in found if one.outcome or (one.text not in ran and one.text not in ("", shown)))


def _kept_program(version: Version, step: AnyStep) -> KeptProgram:
    return KeptProgram(
        version.time.astimezone().isoformat(timespec="seconds"),
        version.outcome,
        program_of(step, version.text, version.answer),
        passed=version.outcome == "passed",
        answer=version.answer,
    )
