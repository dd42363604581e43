"""What a run was asked to do, and what came of it: values that say themselves in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from tutor.runner.limits import Limits
from tutor.runner.refused import tried_in_words
from tutor.translation import tr


class Outcome(StrEnum):
    """How a run ended; the words of the command line's JSON (`status`)."""

    FINISHED = "finished"
    ERROR = "error"
    EXITED = "exited"
    ABRUPT = "abrupt"
    CRASHED = "crashed"
    TIME_LIMIT = "time-limit"
    MEMORY_LIMIT = "memory-limit"
    OUTPUT_LIMIT = "output-limit"
    NEEDS_INPUT = "needs-input"
    BLOCKED = "blocked"
    LINGERING = "lingering"
    STOPPED = "stopped"
    TAMPERED = "tampered"
    NOT_STARTED = "not-started"


class Ask(StrEnum):
    """The kinds of question that can be asked of a program once it has run.

    EVALUATE: the value of an expression among the program's names. TEST: run this test code, and report each comparison
    that it makes with both values (see `tutor.checks.testcode`).
    """

    EVALUATE = "evaluate"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask of a program that has run. Holds no expected answer: those stay in this process."""

    code: str
    ask: Ask = Ask.EVALUATE


@dataclass(frozen=True, slots=True)
class Program:
    """What to run.

    Args:
        source: the program's text; anything, also what is not Python.
        filename: its name in the working folder, and in messages.
        files: name in the working folder -> file to copy there (given data).
        modules: name in the working folder -> text to write there (the programs that `catches` tests).
        stdin: lines typed in, then the end of input; None where a person answers in the window.
        questions: asked one by one once the program has finished, exited, or stopped for want of input.
        collect: names of files to read back from the working folder afterwards.
        keep_written: whether what the program writes is kept for a person to look at (`RunResult.kept`).
        folder: an existing working folder to use and keep; by default a fresh one is made and removed.
    """

    source: str
    filename: str = "main.py"
    files: Mapping[str, Path] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    stdin: tuple[str, ...] | None = ()
    limits: Limits = Limits()
    questions: tuple[Question, ...] = ()
    collect: tuple[str, ...] = ()
    keep_written: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class NameFact:
    """What a name stood for when the program failed: facts that make an explanation concrete.

    `kind` is the type's name; `text` a short safe description; `length` where the value has one; `keys` the first
    keys of a dictionary or attributes of an object, as text.
    """

    kind: str
    text: str
    length: int | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameFact:
    """One frame of a traceback; columns count from 0 in characters, None where Python does not know them."""

    file: str
    line: int
    function: str
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    own: bool = True  # the learner's own file, not the library's
    names: Mapping[str, NameFact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ErrorFacts:
    """An exception that ended the program (or a question), as facts.

    `line`, `column` (from 0), `end_column` are where Python points in the learner's own file, None where it does not.
    `python` is Python's own last line, such as "NameError: name 'x' is not defined". `traceback` holds the learner's
    own frames only, as Python would print them. `chain` holds the exceptions before it (`raise ... from`, or during
    handling), innermost last.

    `attributes` has, where they apply: `name` (NameError, AttributeError, ImportError), `obj` `obj_text` `obj_keys` (the type,
    a short text and the public names, one a line, of the object that lacks an attribute), `key` and `key_type` (KeyError),
    `errno` `strerror` `filename` (OSError), `encoding` `reason` `start` `end` (UnicodeError), `lineno` `offset` `end_lineno`
    `end_offset` `msg` (SyntaxError, counted from 1), `lineno` `colno` `msg` (JSONDecodeError), `module` (where the class is
    not a built-in or the learner's own), `shadows` (the standard module in whose place a file of the learner's was found).
    """

    type: str
    message: str
    frames: tuple[FrameFact, ...] = ()
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    text: str | None = None  # the source line that a SyntaxError shows
    bases: tuple[str, ...] = ()  # names of the exception's classes, itself first
    attributes: Mapping[str, str] = field(
        default_factory=dict
    )  # name, key, errno, filename, ... where it has them
    traceback: str = ""
    chain: tuple[ErrorFacts, ...] = ()

    @property
    def python(self) -> str:
        """Python's own words."""
        module = self.attributes.get("module")
        name = f"{module}.{self.type}" if module else self.type
        return f"{name}: {self.message}" if self.message else name


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison that test code made: `left operator right`, to be judged in this process.

    `held` is what Python said in the learner's process; it counts only where a value of the learner's own classes takes
    part (`own_classes`). `line` is the line of the test code. `text` is the assertion's source.
    """

    operator: str
    left: Any
    right: Any
    held: bool
    own_classes: bool
    line: int
    text: str = ""
    test: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question.

    `outcome` is FINISHED when it returned (then `value` holds), ERROR when it raised (then `error` holds), and
    otherwise how the process ended or was ended meanwhile; NOT_STARTED when it was never reached. `value` is a plain
    Python object, or one of the descriptions of `tutor.runner.values`. `line` is where it was, in the learner's own
    program, when it raised, hung or crashed.
    """

    question: Question
    outcome: Outcome
    value: Any = None
    error: ErrorFacts | None = None
    stdout: str = ""
    seconds: float = 0.0
    comparisons: tuple[Comparison, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file in the working folder, as a person may look at it.

    `name` is safe to show: one line, nothing in it that steers the writing. `size` is in bytes. `content` is None where
    it was not kept: the file is too large, so much came before it, or it cannot be read. One that is not `ordinary` (a link, a pipe, a
    device) is never opened.
    """

    name: str
    size: int = 0
    content: bytes | None = None
    ordinary: bool = True


@dataclass(frozen=True, slots=True)
class RunResult:
    """What came of a run.

    Args:
        outcome: how it ended.
        stdout, stderr: all that was printed (by the program itself, not by questions), cut at the limits.
        prompts: (start, end) character offsets in stdout of what `input()` printed as prompts.
        seconds: from the program's own first line to its end, without waiting for a person.
        line: the line it was at when it ended badly or was stopped; None where unknown.
        error: the exception that ended it, where one did.
        exit_code: what it passed to `sys.exit`, as a whole number.
        blocked: what it tried that it may not do, in words ("start another program").
        answers: one for each question, in order.
        files: what `Program.collect` asked for: name -> bytes (at most 1 MiB each), missing where it does not exist.
        written: names of the files that the program made or changed in its working folder, safe to show, at most 2,000.
        kept: for `Program.keep_written`, the first 200 of them with what stands in them.
        defined: True when the program's definitions stand (it ran to its end, exited, or stopped for want of input).
        layers: what containment was switched on for this run, in words.
        detail: for NOT_STARTED, what kept it from starting; for others a remark for the log.
    """

    outcome: Outcome
    stdout: str = ""
    stderr: str = ""
    prompts: tuple[tuple[int, int], ...] = ()
    seconds: float = 0.0
    line: int | None = None
    error: ErrorFacts | None = None
    exit_code: int | None = None
    blocked: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    kept: tuple[FolderFile, ...] = ()
    defined: bool = False
    layers: tuple[str, ...] = ()
    limits: Limits = Limits()
    detail: str = ""

    @property
    def ended_well(self) -> bool:
        """Finished, or left by `sys.exit(0)`: what `tutor run` answers with exit status 0."""
        return self.outcome is Outcome.FINISHED or (self.outcome is Outcome.EXITED and not self.exit_code)

    def sentence(self) -> str:
        """How the run ended, in a sentence that a beginner understands, with the line where it is known."""
        if told := self._told_with_line():
            return f"{told} {tr('It was at line {line}.', line=self.line)}" if self.line else told
        match self.outcome:
            case Outcome.FINISHED:
                return tr("The program ran to its end.")
            case Outcome.ERROR:
                return self._error_sentence()
            case Outcome.EXITED:
                return self._exit_sentence()
            case Outcome.MEMORY_LIMIT:
                size = self.limits.memory_mb
                if self.line:
                    return tr(
                        "Stopped on line {line}: the program asked for more than {size} MB of memory.",
                        line=self.line,
                        size=size,
                    )
                return tr("Stopped: the program asked for more than {size} MB of memory.", size=size)
            case Outcome.NEEDS_INPUT:
                if self.line:
                    return tr(
                        "The program asked for more input on line {line} than it was given.", line=self.line
                    )
                return tr("The program asked for more input than it was given.")
            case Outcome.BLOCKED:
                tried = tried_in_words(self.blocked)
                if self.line:
                    return tr(
                        "Stopped on line {line}: programs here may not {tried}.", line=self.line, tried=tried
                    )
                return tr("Stopped: programs here may not {tried}.", tried=tried)
            case Outcome.TAMPERED:
                return tr("The program wrote where the tutor listens, so its result cannot be read.")
        return f"{tr('The program could not be started on this PC.')} {self.detail}".rstrip()

    def _told_with_line(self) -> str:
        """How it ended, where a second sentence says at which line; "" for all other ends."""
        match self.outcome:
            case Outcome.ABRUPT:
                return tr("The program ended all at once, before Python could finish.")
            case Outcome.CRASHED:
                return tr("Python itself came to a stop while it ran this program.")
            case Outcome.TIME_LIMIT:
                if self.limits.seconds == 1:
                    return tr("Stopped after 1 second, because the program had not ended.")
                seconds = f"{self.limits.seconds:g}"
                return tr(
                    "Stopped after {seconds} seconds, because the program had not ended.", seconds=seconds
                )
            case Outcome.OUTPUT_LIMIT:
                return tr("Stopped: the program printed more than this step allows.")
            case Outcome.LINGERING:
                return tr("The program's last line had run, but something it started did not end.")
            case Outcome.STOPPED:
                return tr("Stopped by you.")
        return ""

    def _error_sentence(self) -> str:
        python = self.error.python if self.error else ""
        if self.line and python:
            return tr("Python stopped on line {line}: {words}", line=self.line, words=python)
        if self.line:
            return tr("Python stopped on line {line}", line=self.line)
        return tr("Python stopped: {words}", words=python) if python else tr("Python stopped")

    def _exit_sentence(self) -> str:
        if self.line and self.exit_code:
            return tr(
                "The program ended itself on line {line} with the code {code}.",
                line=self.line,
                code=self.exit_code,
            )
        if self.line:
            return tr("The program ended itself on line {line}.", line=self.line)
        if self.exit_code:
            return tr("The program ended itself with the code {code}.", code=self.exit_code)
        return tr("The program ended itself.")
