"""What the session tells its one subscriber: frozen values, sent from any thread."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from tutor.checks.result import Verdict
from tutor.errors import Fault
from tutor.explain.advice import Advice
from tutor.lessons.model import AnyStep, Chapter, Course, Lesson, LessonHeading, Page, Pictures, Problem
from tutor.progress.saver import SaveState
from tutor.progress.state import StepState
from tutor.runner.result import FolderFile, RunResult

__all__ = ["SaveState", "StepState"]  # part of these events, made elsewhere


class StepView(Struct, frozen=True):
    """All that a window needs to show a step.

    Args:
        course, lesson, step: what it is.
        number, count: which step of the lesson it is, from 1, and of how many.
        states: the state of each step of the lesson, in order: the step bar.
        program: the text for the editor: the learner's own draft, else what the step starts from; "" where the step
            has no program.
        starter: what Reset goes back to.
        filename: the program's name in messages.
        hints_shown: how many of the step's hints have been shown.
        passed: the learner has passed this step (in this or an earlier session).
        draft_restored: `program` is the learner's own draft from before.
        lines: for an arrange step, the shuffled lines (distractors among them), in the same order each time.
        files: the files that the step gives, with what stands in them.
        answer: what the learner gave before: gap answers by name, chosen numbers, or the arranged lines; else empty.
        solution_open: the official solution may be shown (after a pass, or when help has been used up).
        first_ever: nothing has been done on this data folder yet: this is somebody's first five minutes.
        pictures: those of the step's text.
        reloaded: the lesson's file was read again while it was open; nobody has asked for this step.
        goes_on: it was, and the step is in it as it was: what is being done on it goes on.
    """

    course: Course
    lesson: Lesson
    step: AnyStep
    number: int
    count: int
    states: tuple[StepState, ...]
    program: str
    starter: str
    filename: str = "main.py"
    hints_shown: int = 0
    passed: bool = False
    draft_restored: bool = False
    lines: tuple[str, ...] = ()
    files: tuple[FolderFile, ...] = ()
    answer: Mapping[str, str] = field(default_factory=dict)
    solution_open: bool = False
    first_ever: bool = False
    pictures: Pictures = field(default_factory=dict)
    reloaded: bool = False
    goes_on: bool = False

    @property
    def place(self) -> str:
        """Which step of which lesson of which course it is, in one word: what is typed is told with it."""
        return place_of(self.course, self.lesson, self.step)

    @property
    def is_scratch(self) -> bool:
        """Whether this is the scratch program, which no lesson holds."""
        return not self.lesson.id


def place_of(course: Course, lesson: Lesson, step: AnyStep) -> str:
    """A step's place, unlike that of any other step; the Parsons version of an exercise is a place of its own."""
    return f"{course.id if lesson.id else ''}/{lesson.id}#{step.id}.{step.kind}"


class StepOpened(Struct, frozen=True):
    """A step is open: show it."""

    view: StepView


class CourseOpened(Struct, frozen=True):
    """Another course is open; its step follows.

    `copied`: it is the person's own copy, made just now; `asked`: somebody chose it, it is not the one of last time.
    """

    course: Course
    copied: bool = False
    asked: bool = True


class CourseRefused(Struct, frozen=True):
    """What was to be opened is no course that can be used, or no copy could be made; the course before stays open.

    Args:
        what, do: what it is, and what to do.
        details: the first mistakes in it, each with its line.
        chosen: the folder or file.
    """

    what: str
    do: str = ""
    details: tuple[str, ...] = ()
    chosen: Path | None = None


class KnownCourse(Struct, frozen=True):
    """A course in the list of courses.

    Args:
        title: its title, as it was when it was opened last; "" where it was not read.
        folder: where it is.
        built_in: it comes with the tutor.
        current: it is open.
        found: its folder can be reached now.
    """

    title: str
    folder: Path
    built_in: bool = False
    current: bool = False
    found: bool = True


class CoursesKnown(Struct, frozen=True):
    """The courses that can be opened: the open one, the built-in one, and those that were opened before."""

    courses: tuple[KnownCourse, ...]


class LessonBroken(Struct, frozen=True):
    """A lesson's file cannot be used; `kept` says that the last good one is still open."""

    lesson_id: str
    problems: tuple[Problem, ...]
    kept: bool = False


class RunStarted(Struct, frozen=True):
    """A program is running; `purpose` is "run" or "check"."""

    purpose: str = "run"


class OutputWaiting(Struct, frozen=True):
    """There is output to take with `Session.take_output`."""


class InputWanted(Struct, frozen=True):
    """The program waits for a line; `prompt` is what it asked."""

    prompt: str = ""


class RunEnded(Struct, frozen=True):
    """A free run is over, with what there is to say about it, best first."""

    result: RunResult
    advice: tuple[Advice, ...] = ()


class Offer(StrEnum):
    """Help that is offered after a failed check (content blueprint, section 4)."""

    NONE = ""
    HINT = "hint"
    ARRANGE = "arrange"
    SOLUTION = "solution"


class Checked(Struct, frozen=True):
    """A program was judged.

    `advice` explains a crash; `offer` is the help that is due, in `offer_words`; `tries` counts the refused tries.
    """

    verdict: Verdict
    advice: tuple[Advice, ...] = ()
    offer: Offer = Offer.NONE
    tries: int = 0
    offer_words: str = ""


class OptionJudged(Struct, frozen=True):
    """One option of a choose or predict step, answered."""

    text: str
    correct: bool
    chosen: bool
    because: str = ""


class ChoiceJudged(Struct, frozen=True):
    """A choose step was answered."""

    passed: bool
    options: tuple[OptionJudged, ...]
    message: str = ""


class PredictionJudged(Struct, frozen=True):
    """A prediction was made and the program has run: the truth, whether it was foretold, why, and the options."""

    right: bool
    truth: str
    predicted: str
    why: str
    options: tuple[OptionJudged, ...]
    result: RunResult
    message: str = ""


class Openable(StrEnum):
    """What can take a while to open."""

    PLACE = "place"
    STEP = "step"
    LESSON = "lesson"
    COURSE = "course"
    WORK = "work"
    AWAY = "away"  # put away, rather than opened
    PAGE = "page"
    COPY = "copy"


class Opening(Struct, frozen=True):
    """Something is to be opened, for which a disk may take its time; `name` is "" where it has none."""

    what: Openable
    name: str = ""


class OpeningEnded(Struct, frozen=True):
    """One that was told as Opening is over: it is open, or what kept it from that has been told."""

    what: Openable = Openable.PLACE


class PageOpened(Struct, frozen=True):
    """A reference page was read: its text with its pictures, or why it cannot be read."""

    page: Page
    text: str
    pictures: Pictures = field(default_factory=dict)
    trouble: str = ""


class HintShown(Struct, frozen=True):
    """A hint, of how many; `number` counts from 1."""

    number: int
    count: int
    text: str


class SolutionShown(Struct, frozen=True):
    """The official solution, shown after a pass or once help has been used up."""

    program: str


class ProgressChanged(Struct, frozen=True):
    """The state of the lesson's steps changed; `step_passed` is the id of a step that was passed just now."""

    states: tuple[StepState, ...]
    step_passed: str = ""
    lesson_done: bool = False


class SavingChanged(Struct, frozen=True):
    """The learner's work is saved, is being saved, or cannot be; `what` says why and `do` what to do."""

    state: SaveState
    what: str = ""
    do: str = ""


class Trouble(Struct, frozen=True):
    """Something on our side went wrong and was caught: whose fault, what, and what to do."""

    fault: Fault
    what: str
    do: str = ""


class Person(Struct, frozen=True):
    """Somebody who shares this sign-in: `name` is "" until they choose one, `last` is ISO local time or ""."""

    id: str
    name: str
    last: str = ""
    current: bool = False


class WhoseWork(Struct, frozen=True):
    """Who is at work, and who else has work here.

    Args:
        people: everybody; who is at work comes first.
        name: of who is at work; "" until they choose one.
        at_work: False when the work was parked: nobody's is open, and somebody has to say who is here.
        place_code: takes the place in the course to another PC; "" where there is none.
        place_code_problem: why there is none.
        kept: where the work is kept, in one line.
    """

    people: tuple[Person, ...]
    name: str = ""
    at_work: bool = True
    place_code: str = ""
    place_code_problem: str = ""
    kept: str = ""


class WorkExported(Struct, frozen=True):
    """All of the person's work is in this file, which holds so many."""

    file: Path
    files: int


class PatientsInWork(Struct, frozen=True):
    """Work was not exported to `target`: these files of it hold what looks like patient data, so somebody is to be asked."""

    target: Path
    files: tuple[str, ...]


class WorkImported(Struct, frozen=True):
    """Work from a file was merged: whose it was, how many of its files were new, known already, and not ours."""

    name: str
    added: int
    present: int
    left_out: int = 0


class PlaceTaken(Struct, frozen=True):
    """A place code was taken over: lessons done elsewhere, and the lesson where the learner was ("" for none)."""

    lessons: int
    lesson_title: str = ""


class PeopleTrouble(Struct, frozen=True):
    """What was asked about people did not work; `about` is "people", "name", "file" or "code"."""

    about: str
    what: str
    do: str = ""
    fault: Fault = Fault.PC


class LessonOutline(Struct, frozen=True):
    """A lesson in the outline: how many of its steps are done, of how many, and whether it is the open one."""

    heading: LessonHeading
    done: int
    count: int
    current: bool = False


class ChapterOutline(Struct, frozen=True):
    """A chapter in the outline."""

    chapter: Chapter
    lessons: tuple[LessonOutline, ...]


class ResumeCard(Struct, frozen=True):
    """Where the learner left off: for the card at start. `minutes_left` is to the end of the lesson."""

    lesson: LessonHeading
    step_number: int
    step_count: int
    minutes_left: int


class ReviewQuestion(Struct, frozen=True):
    """A step that is asked again, because this concept is due."""

    concept: str
    view: StepView


class ReviewOffered(Struct, frozen=True):
    """Questions to look back at, at most three: for the card at start."""

    questions: tuple[ReviewQuestion, ...]


class ReviewJudged(Struct, frozen=True):
    """The review question of that number (from 0) was answered; one of the two is set."""

    number: int
    choice: ChoiceJudged | None = None
    prediction: PredictionJudged | None = None


class KeptProgram(Struct, frozen=True):
    """A program as it was when it ran or was checked: `when` is ISO local time, `outcome` a few words.

    For a fill step `text` is the program with its gaps filled, and `answer` what stood in them.
    """

    when: str
    outcome: str
    text: str
    passed: bool = False
    answer: Mapping[str, str] = field(default_factory=dict)


SessionEvent = (
    Opening
    | OpeningEnded
    | StepOpened
    | PageOpened
    | CourseOpened
    | CourseRefused
    | CoursesKnown
    | LessonBroken
    | RunStarted
    | OutputWaiting
    | InputWanted
    | RunEnded
    | Checked
    | ChoiceJudged
    | PredictionJudged
    | HintShown
    | SolutionShown
    | ProgressChanged
    | SavingChanged
    | Trouble
    | ReviewOffered
    | ReviewJudged
    | WhoseWork
    | WorkExported
    | PatientsInWork
    | WorkImported
    | PlaceTaken
    | PeopleTrouble
)
