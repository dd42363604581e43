"""Recognising known wrong turns: looked at in order, only when a check failed (lesson-format, "When")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tutor.checks import patterns
from tutor.checks.case import Case
from tutor.checks.judging import judge_all, met
from tutor.checks.result import CheckResult
from tutor.errors import LessonError
from tutor.lessons.model import Mistake, When, WhenAdvice, WhenCheck, WhenFailed, WhenPattern
from tutor.runner.result import RunResult

#: (source, how the program ran) -> ids of the rules of `tutor explain` that fire.
Advise = Callable[[str, RunResult], Sequence[str]]


def recognise(
    mistakes: Sequence[Mistake],
    results: Sequence[CheckResult],
    case: Case,
    run: RunResult | None,
    advise: Advise | None,
) -> Mistake | None:
    """The first known mistake, all of whose conditions are met; None where it is none of them.

    Args:
        mistakes: in the lesson's order.
        results: how the step's own checks went.
        case: the program.
        run: its plain run, for advice.
        advise: the rules of `tutor explain`, where they are at hand.
    """
    _run_together(mistakes, case)
    failed = {result.name for result in results if not result.passed}
    rules: list[frozenset[str]] = []  # asked for once, when first needed

    def is_met(when: When) -> bool:
        match when:
            case WhenFailed(names):
                # Of a program that Python cannot read all checks fail: that says nothing about a wrong turn.
                return bool(names) and set(names) <= failed and not case.source.broken
            case WhenPattern(code):
                return _has_pattern(code, case)
            case WhenAdvice(rule):
                if advise is None or run is None:
                    return False
                if not rules:
                    rules.append(frozenset(advise(case.source.text, run)))
                return rule in rules[0]
            case WhenCheck(check):
                return met(check, case)

    return next((mistake for mistake in mistakes if all(is_met(when) for when in mistake.when)), None)


def _run_together(mistakes: Sequence[Mistake], case: Case) -> None:
    """Ask all that the conditions want to know in as few runs as there are settings."""
    checks = [when.check for mistake in mistakes for when in mistake.when if isinstance(when, WhenCheck)]
    if len(checks) > 1:
        judge_all(checks, case, reuse=True)


def _has_pattern(code: str, case: Case) -> bool:
    if case.tree is None:
        return False
    try:
        return patterns.found(code, case.tree) is not None
    except LessonError:
        return False
