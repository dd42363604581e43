"""Judging and explaining put together: what the window, the command line and nobody else says of an answer.

Checks and explanations are some seventy modules that nobody needs to see the first step: they are imported when they are
first used, or by `warm_up` on the session's thread once the first step is on show.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import Struct

from tutor.explain.advice import Advice
from tutor.lessons.model import ArrangeStep, ExerciseStep, FillStep, Rule
from tutor.runner.result import Outcome, Program, RunResult

if TYPE_CHECKING:
    from tutor.checks.result import Verdict

#: Characters of output that explanations look at: what a loop printed a thousand times says no more than the first.
MOST_OUTPUT = 50_000

#: The steps that take a program.
ProgramStep = ExerciseStep | FillStep | ArrangeStep


class Judged(Struct, frozen=True):
    """A verdict, and the explanation of a program, or of a check's call, that ended badly (best first, else empty)."""

    verdict: Verdict
    advice: tuple[Advice, ...] = ()


def warm_up() -> None:
    """Import what judging and explaining need, and read the words of explanations: before somebody waits for them."""
    for name in ("tutor.checks.grade", "tutor.explain.live", "tutor.explain.paste"):
        importlib.import_module(name)
    explain("", None)


def explain(
    source: str, result: RunResult | None, *, filename: str = "main.py", silent: bool = True
) -> tuple[Advice, ...]:
    """`tutor.explain`, imported when it is first asked."""
    from tutor.explain.explain import explain as told  # noqa: PLC0415  (see above)
    from tutor.explain.wording import wordings  # noqa: PLC0415  (see above)

    wordings()
    if result is not None and len(result.stdout) > MOST_OUTPUT:
        result = replace(result, stdout=result.stdout[:MOST_OUTPUT])
    return told(source, result, filename=filename, silent=silent)


def judge(
    step: ProgramStep, program: str, run: Callable[[Program], RunResult], rules: Mapping[str, Rule]
) -> Judged:
    """Judge a program against a step.

    Args:
        step: the step.
        program: the program's text (for a fill step the filled program, for an arrange step its lines).
        run: runs one program and returns what came of it.
        rules: the course's clinical rules by id.
    """
    from tutor.checks.grade import grade  # noqa: PLC0415  (see above)

    verdict = grade(step, program, run, rules=rules, advise=_fired)
    failed_run = _what_ended_badly(verdict)
    if failed_run is None:
        return Judged(verdict)
    return Judged(verdict, explain(program, failed_run, filename=_filename(step), silent=False))


def _what_ended_badly(verdict: Verdict) -> RunResult | None:
    """The run that ended badly; where it ended well, the call of the first failed check, told as a run."""
    if verdict.passed or verdict.run is None:
        return None
    if not verdict.run.ended_well:
        return verdict.run
    failed = verdict.first_failed
    if failed is None or failed.crash is None:
        return None
    return RunResult(Outcome.ERROR, line=failed.crash.line, error=failed.crash)


def _fired(source: str, result: RunResult | None) -> tuple[str, ...]:
    """The rules of `tutor explain` that fire, for mistakes recognised by `advice:`."""
    return tuple(advice.rule for advice in explain(source, result))


def _filename(step: ProgramStep) -> str:
    return step.filename if isinstance(step, ExerciseStep) else "main.py"
