"""What judging one program needs: the step's programs, the lesson's rules, and what the program did."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from tutor.checks import text
from tutor.checks.result import CheckResult
from tutor.checks.source import Source
from tutor.checks.trial import Given, Run, Trial
from tutor.errors import Fault, LessonError
from tutor.lessons.model import ArrangeStep, Check, ExerciseStep, FillStep, Rule, TextExpectation
from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program
from tutor.translation import tr

#: The steps whose answer is a program.
ProgramStep = ExerciseStep | FillStep | ArrangeStep


def given_for(step: ProgramStep) -> Given:
    """What every run of a program for this step is given."""
    if not isinstance(step, ExerciseStep):
        return Given()
    own = step.limits
    limits = Limits(seconds=own.seconds, memory_mb=own.memory_mb, output_kb=own.output_kb)
    return Given(step.filename, {path.name: path for path in step.files}, limits)


@dataclass(slots=False)
class Case:
    """One program before the checks of one step."""

    step: ProgramStep
    source: Source
    run: Run
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @cached_property
    def trial(self) -> Trial:
        """The learner's program on trial."""
        return Trial(self.source, given_for(self.step), self.run)

    @cached_property
    def solution(self) -> Trial:
        """The lesson's own solution on trial, in processes of its own."""
        return Trial(Source.of(self.step.solution), given_for(self.step), self.run)

    @property
    def tree(self) -> ast.Module | None:
        """The program's syntax tree, where it has one."""
        return self.source.tree

    def miss(self, expectation: TextExpectation, got: str) -> text.TextMiss | None:
        """How a text misses an expectation; patterns that may take long are searched in a process that can be stopped.

        Raises:
            LessonError: the pattern is none, or it does not come to an end on this text.
        """
        try:
            return text.miss(expectation, got)
        except re.error as error:
            raise LessonError(
                tr(
                    "The pattern {pattern} is not one: {error}.",
                    pattern=repr(expectation.wanted),
                    error=error,
                )
            ) from None
        except text.TooSlow:
            return text.miss(expectation, got, found=self._search_apart(expectation, got))

    def _search_apart(self, expectation: TextExpectation, got: str) -> bool:
        program = Program(text.search_program(expectation, got), limits=given_for(self.step).limits)
        result = self.trial.run_program(program)
        if result.outcome is not Outcome.FINISHED:
            raise LessonError(
                tr(
                    "The pattern {pattern} does not come to an end on this text.",
                    pattern=repr(expectation.wanted),
                )
            )
        return result.stdout.strip() == "found"


def passed(check: Check, subject: str = "", given: str = "") -> CheckResult:
    """The result of a check that passed; what is hidden stays hidden."""
    if check.hidden:
        return CheckResult(check.name, True, hidden=True)
    return CheckResult(check.name, True, subject=subject, given=given)


def failed(check: Check, message: str, result: CheckResult | None = None) -> CheckResult:
    """The result of a check that failed: the lesson's words first, then what came.

    Args:
        check: the check.
        message: what came, in a sentence or two.
        result: more of the result (both sides, subject, given, detail), whose name and message are made here.
    """
    words = f"{check.say.strip()} {message}".strip()
    return replace(
        result or CheckResult(check.name, False), name=check.name, message=words, hidden=check.hidden
    )


def broken(check: Check, error: LessonError) -> CheckResult:
    """The result of a check that cannot be carried out: our lesson is at fault."""
    message = tr("This check has a mistake of ours in it, and not of yours. {what}", what=error.what)
    return CheckResult(check.name, False, message, hidden=check.hidden, fault=Fault.LESSON)
