"""The course as frozen records: what lesson files say, and nothing about how it is shown, run or judged.

Values that a lesson writes (`returns`, `equals`, `with`, rule cases) are plain Python objects here: YAML 1.2 values, or
what a `python:` expression stands for. `tutor.lessons.loader` makes all of this; nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field


class Missing:
    """The type of MISSING: an expectation that the lesson writer did not write (None is a value like any other)."""

    def __repr__(self) -> str:
        return "MISSING"

    def __reduce__(self) -> str:
        # Copied or sent to another process of ours, it stays the one object that `is MISSING` looks for.
        return "MISSING"


MISSING: Final = Missing()

#: The bytes of pictures, by the paths that a text names them with (`media/NAME`).
Pictures = Mapping[str, bytes]


class Record(Struct, frozen=True, tag=True, tag_field="is", omit_defaults=True):
    """What everything here is. Written down (`kept.py`), each names its class, so that unions can be told apart."""


# ------------------------------------------------------------------------------------------------ places and problems


class Place(Record, frozen=True):
    """Where something stands in a lesson file; lines and columns count from 1, columns in characters."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """An error keeps a lesson from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Record, frozen=True):
    """One mistake in a lesson file, in words for its writer.

    `where` names the part in the writer's terms ("step respiration, check 2"); `problem` says what was found and what
    was expected; `hint` what was probably meant; `rule` is a stable id that `allow:` can name.
    """

    place: Place
    where: str
    problem: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    rule: str = "format"

    def __str__(self) -> str:
        text = (
            f"{self.place}: {self.where}: {self.problem}" if self.where else f"{self.place}: {self.problem}"
        )
        return f"{text}; {self.hint}" if self.hint else text


# ------------------------------------------------------------------------------------------------------------- checks


class Tolerance(Record, frozen=True):
    """How close two values must be (lesson-format, "Checks"): all unset means fair equality."""

    close: float | None = None
    relative: float | None = None
    exactly: bool = False
    loosely: bool = False


class TextMatch(StrEnum):
    """The ways in which text can be expected."""

    EQUALS = "equals"
    CONTAINS = "contains"
    MATCHES = "matches"
    LINES = "lines"
    NUMBERS = "numbers"


class TextExpectation(Record, frozen=True):
    """What printed or written text must be.

    `wanted` is text for equals and matches, a tuple of texts for contains and lines, a tuple of floats for numbers.
    `ignore` holds any of case, space, blank-lines, punctuation. `prompts`: count the prompts of input() as output.
    """

    how: TextMatch
    wanted: str | tuple[str | float, ...]
    ignore: frozenset[str] = frozenset()
    prompts: bool = False
    tolerance: Tolerance = Tolerance()


class Check(Record, frozen=True, kw_only=True):
    """What every check has. `name` is never empty: the loader makes one ("check 2") where the writer gave none."""

    name: str
    say: str = ""
    hidden: bool = False
    place: Place


class RunningCheck(Check, frozen=True, kw_only=True):
    """A check that runs the program: with these lines typed in, and these names' first assignments replaced."""

    stdin: tuple[str, ...] = ()
    with_: Mapping[str, Any] = field(default_factory=dict)


class OutputCheck(RunningCheck, frozen=True, kw_only=True):
    """`output:` standard output; several expectations may be written, and all must hold."""

    expectations: tuple[TextExpectation, ...]


class FileCheck(RunningCheck, frozen=True, kw_only=True):
    """`file:` a file that the program writes into its working folder."""

    path: str
    expectations: tuple[TextExpectation, ...]


class CallCheck(RunningCheck, frozen=True, kw_only=True):
    """`call:` an expression among the program's names. At least one of returns, raises, prints is set."""

    expression: str
    returns: Any = MISSING
    raises: str | None = None
    saying: str | None = None
    prints: tuple[TextExpectation, ...] = ()
    tolerance: Tolerance = Tolerance()


class ValueCheck(RunningCheck, frozen=True, kw_only=True):
    """`value:` an expression after the program ran. At least one of equals, type is set."""

    expression: str
    equals: Any = MISSING
    type: str | None = None
    tolerance: Tolerance = Tolerance()


class ConstructCheck(Check, frozen=True, kw_only=True):
    """`uses:` and/or `avoids:` constructs of the syntax tree, spelled as in the format (`for`, `call:NAME`, ...)."""

    uses: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    must: bool = False
    why: str = ""


class Generator(Record, frozen=True):
    """How an argument is made up: kind is int, float, text, bool, one-of, list or date.

    `low`, `high`, `step` belong to int, float and date (date objects); `options` to one-of; `of` to list.
    """

    kind: str
    low: Any = None
    high: Any = None
    step: Any = None
    options: tuple[Any, ...] = ()
    of: Generator | None = None


class SameAsSolutionCheck(RunningCheck, frozen=True, kw_only=True):
    """`same-as-solution:` the function answers as the solution's does, for generated arguments in written order."""

    function: str
    given: tuple[tuple[str, Generator], ...]
    times: int = 100
    tolerance: Tolerance = Tolerance()


class RuleCheck(RunningCheck, frozen=True, kw_only=True):
    """`rule: RULE.PART`: every boundary case, by `call: FUNCTION` or by `value: NAME` with `with:`.

    For `value`, a text in `with_` that names one of the rule's inputs stands for that input of each case; with no
    `with:`, the rule's own input names are the program's names.
    """

    rule: str
    part: str
    call: str | None = None
    value: str | None = None
    tolerance: Tolerance = Tolerance()


class TestCheck(RunningCheck, frozen=True, kw_only=True):
    """`test:` free Python beside the learner's file."""

    __test__ = False  # not a test class of ours

    code: str


class PlantedFault(Record, frozen=True):
    """A faulty program that the learner's tests must catch."""

    name: str
    program: str


class CatchesCheck(Check, frozen=True, kw_only=True):
    """`catches:` the learner's tests pass against every right program and fail against every faulty one."""

    module: str
    right: tuple[str, ...]
    faults: tuple[PlantedFault, ...]


AnyCheck = (
    OutputCheck
    | FileCheck
    | CallCheck
    | ValueCheck
    | ConstructCheck
    | SameAsSolutionCheck
    | RuleCheck
    | TestCheck
    | CatchesCheck
)


# ----------------------------------------------------------------------------------------------------------- mistakes


class WhenCheck(Record, frozen=True):
    """Met when this check would pass."""

    check: AnyCheck


class WhenFailed(Record, frozen=True):
    """Met when all checks of these names failed."""

    names: tuple[str, ...]


class WhenAdvice(Record, frozen=True):
    """Met when this rule of `tutor explain` fires."""

    rule: str


class WhenPattern(Record, frozen=True):
    """Met when this piece of Python is in the syntax tree (`_` any expression, `...` any statements)."""

    code: str


When = WhenCheck | WhenFailed | WhenAdvice | WhenPattern


class Mistake(Record, frozen=True):
    """A recognised wrong turn: all of `when` must be met."""

    name: str
    when: tuple[When, ...]
    say: str
    example: str
    place: Place


# -------------------------------------------------------------------------------------------------------------- steps


class StepKind(StrEnum):
    """The eight kinds of step."""

    READ = "read"
    PREDICT = "predict"
    CHOOSE = "choose"
    FILL = "fill"
    ARRANGE = "arrange"
    FIX = "fix"
    EXERCISE = "exercise"
    PROJECT = "project"


class Step(Record, frozen=True, kw_only=True):
    """What every step has. `content_hash` (hex) changes when anything that a learner sees or is judged by changes."""

    kind: StepKind
    id: str
    title: str = ""
    text: str = ""
    concepts: tuple[str, ...] = ()
    review: bool = False
    place: Place
    content_hash: str = ""


class ReadStep(Step, frozen=True, kw_only=True):
    """Text, and at most one snippet that can be run and changed."""

    code: str | None = None


class PredictedKind(StrEnum):
    """What a prediction says: this text is printed, nothing is, or the program ends in an error."""

    TEXT = "text"
    NOTHING = "nothing"
    ERROR = "error"


class Prediction(Record, frozen=True):
    """One option of a predict step; the right one is what the program really does."""

    text: str
    because: str = ""
    kind: PredictedKind = PredictedKind.TEXT


class PredictStep(Step, frozen=True, kw_only=True):
    """Say what a program prints before it runs; with no choices the learner types it."""

    code: str
    stdin: tuple[str, ...] = ()
    why: str = ""
    choices: tuple[Prediction, ...] = ()


class Choice(Record, frozen=True):
    """One answer of a choose step."""

    text: str
    correct: bool = False
    because: str = ""


class ChooseStep(Step, frozen=True, kw_only=True):
    """Pick one answer, or several where several are correct."""

    choices: tuple[Choice, ...]

    @property
    def several(self) -> bool:
        """Whether more than one answer is to be picked."""
        return sum(choice.correct for choice in self.choices) > 1


class Gap(Record, frozen=True):
    """A gap `{{name}}` in a fill step, with the answers that are accepted as Python tokens."""

    name: str
    accepted: tuple[str, ...]


class FillStep(Step, frozen=True, kw_only=True):
    """Fill gaps in a program. With checks, any filling that passes is right."""

    code: str
    gaps: tuple[Gap, ...]
    checks: tuple[AnyCheck, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[str, ...] = ()

    def filled(self, answers: Mapping[str, str]) -> str:
        """The program with each gap replaced by its answer; a gap with none stays as it is written."""
        program = self.code
        for gap in self.gaps:
            if gap.name in answers:
                program = program.replace("{{" + gap.name + "}}", answers[gap.name])
        return program

    @property
    def solution(self) -> str:
        """The program with the first accepted answer in each gap."""
        return self.filled({gap.name: gap.accepted[0] for gap in self.gaps})


class ArrangeStep(Step, frozen=True, kw_only=True):
    """Put shuffled lines in order, with their indentation (a Parsons problem)."""

    solution: str
    distractors: tuple[str, ...] = ()
    checks: tuple[AnyCheck, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[str, ...] = ()


class StepLimits(Record, frozen=True):
    """What one run of the learner's program may use; seconds count from its own first line."""

    seconds: float = 5.0
    memory_mb: int = 256
    output_kb: int = 256


class FormField(Record, frozen=True):
    """One field of a prototype's form."""

    name: str
    label: str = ""
    min: int | float | None = None
    max: int | float | None = None
    choices: tuple[str, ...] = ()


class Prototype(Record, frozen=True):
    """The form that a project step turns into."""

    function: str
    title: str
    fields: tuple[FormField, ...] = ()
    result_label: str = ""


class ExerciseStep(Step, frozen=True, kw_only=True):
    """exercise, fix and project: the learner writes a program.

    `files` are whole paths of data files, copied into the working folder under their last name. `arrange` holds the
    distractors of the Parsons version, or None where there is none. `continues` is (lesson id or "", step id).
    """

    solution: str
    starter: str = ""
    filename: str = "main.py"
    files: tuple[Path, ...] = ()
    limits: StepLimits = StepLimits()
    checks: tuple[AnyCheck, ...]
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[str, ...] = ()
    arrange: tuple[str, ...] | None = None
    prototype: Prototype | None = None
    continues: tuple[str, str] | None = None


AnyStep = ReadStep | PredictStep | ChooseStep | FillStep | ArrangeStep | ExerciseStep


# ------------------------------------------------------------------------------------------------- lessons and courses


class Source(Record, frozen=True):
    """Where a fact comes from; `confirmed` says that somebody has read it there."""

    title: str
    year: int | None = None
    url: str = ""
    confirmed: bool = False


class Review(Record, frozen=True):
    """A clinician's review: of the content with this hash, until this date (ISO text)."""

    by: str
    on: str
    until: str = ""
    of: str = ""


class ReviewState(StrEnum):
    """What learners are told about the review of a lesson or a rule; never blocks."""

    NONE = "not yet reviewed by a clinician"
    CURRENT = "reviewed"
    CHANGED = "changed since its review"
    OUT_OF_DATE = "review out of date"


class Allowed(Record, frozen=True):
    """A lint warning that is meant, with the writer's reason."""

    rule: str
    because: str


class Lesson(Record, frozen=True, kw_only=True):
    """One lesson file, whole."""

    id: str
    title: str
    minutes: int = 0
    summary: str = ""
    objectives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    clinical_review: Review | None = None
    allow: tuple[Allowed, ...] = ()
    steps: tuple[AnyStep, ...]
    path: Path
    content_hash: str = ""

    def step(self, step_id: str) -> AnyStep | None:
        """The step of that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)


class StepHeading(Record, frozen=True):
    """What the outline and the progress view need of a step, without loading its lesson."""

    id: str
    kind: StepKind
    title: str
    concepts: tuple[str, ...] = ()
    review: bool = False


class LessonHeading(Record, frozen=True):
    """What the outline needs of a lesson; `course.load(heading)` is left to the loader. Broken files have `broken`."""

    id: str
    title: str
    minutes: int
    summary: str
    steps: tuple[StepHeading, ...]
    path: Path
    needs: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    broken: bool = False


class Chapter(Record, frozen=True):
    """A chapter: its lessons in teaching order and its "then and now" card.

    `folder` is where its lessons are; `extended_in` where those are that an extending course has in the same chapter.
    """

    id: str
    title: str
    folder: Path
    lessons: tuple[LessonHeading, ...]
    card: str = ""
    extended_in: Path | None = None

    def folder_in(self, course: Path) -> Path | None:
        """Where this chapter's lessons are in that course's own folder; None where it has none of them."""
        folders = (self.extended_in, self.folder)
        return next((one for one in folders if one is not None and one.is_relative_to(course)), None)


class Track(Record, frozen=True):
    """A named route through the same lessons."""

    id: str
    title: str
    lessons: tuple[str, ...]


class RuleCase(Record, frozen=True):
    """One boundary case: inputs by name in written order, and what comes out."""

    inputs: Mapping[str, Any]
    out: Any


class RulePart(Record, frozen=True):
    """One part of a rule, with its boundary cases."""

    id: str
    text: str
    cases: tuple[RuleCase, ...]


class RuleStatus(StrEnum):
    """How a clinical rule may be taught (content blueprint, section 2.2)."""

    OK = "ok"
    CONTESTED = "contested"
    DEMO_ONLY = "demo-only"
    SENSITIVE = "sensitive"


class Rule(Record, frozen=True, kw_only=True):
    """A clinical or statistical rule: definition, source, review, cases."""

    id: str
    title: str
    source: Source
    status: RuleStatus
    review: Review | None = None
    parts: Mapping[str, RulePart]
    place: Place
    content_hash: str = ""


class Term(Record, frozen=True):
    """A glossary entry; `text` is one paragraph of Markdown."""

    name: str
    text: str
    place: Place


class Page(Record, frozen=True):
    """A reference page (Markdown) that opens from the outline."""

    id: str
    title: str
    path: Path


class Course(Record, frozen=True, kw_only=True):
    """A course folder: its outline, glossary and rules. Lessons are loaded one by one, when they are opened.

    Args:
        extends: the id of the course whose lessons it adds to or replaces, None where it stands alone.
        root: the id of the course at the end of that chain, "" where it stands alone.
    """

    id: str
    title: str
    version: str
    language: str
    licence: str
    summary: str
    chapters: tuple[Chapter, ...]
    tracks: tuple[Track, ...] = ()
    pages: tuple[Page, ...] = ()
    extends: str | None = None
    root: str = ""
    glossary: Mapping[str, Term] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    folder: Path

    @property
    def progress_id(self) -> str:
        """The id under which what learners do is kept: one for all courses that extend the same one, and for that one."""
        return self.root or self.id

    @property
    def edition(self) -> str:
        """Its version; with its id too, where what is done in it is kept under another one."""
        return f"{self.id} {self.version}".strip() if self.root else self.version

    @property
    def lessons(self) -> tuple[LessonHeading, ...]:
        """All lessons in teaching order."""
        return tuple(lesson for chapter in self.chapters for lesson in chapter.lessons)

    def heading(self, lesson_id: str) -> LessonHeading | None:
        """The heading of that lesson, or None."""
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)


class Answers(Record, frozen=True):
    """Other people's programs for one step, from `NAME.answers.yaml`."""

    step_id: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
