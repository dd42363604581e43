"""All checks of a step on one program: what each wants to know, then each one's result."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tutor.checks import calls, generated, outputs, rule_cases, structure, tests
from tutor.checks.case import Case, broken
from tutor.checks.result import CheckResult
from tutor.checks.trial import Demand, Seen
from tutor.errors import LessonError
from tutor.lessons.model import (
    AnyCheck,
    CallCheck,
    CatchesCheck,
    ConstructCheck,
    FileCheck,
    OutputCheck,
    RuleCheck,
    SameAsSolutionCheck,
    TestCheck,
    ValueCheck,
)
from tutor.translation import tr


def judge_all(
    checks: Sequence[AnyCheck], case: Case, reuse: bool = False
) -> tuple[list[CheckResult], list[str]]:
    """One result a check, in order, and the notes that go with passes.

    Args:
        checks: what to judge.
        case: the program before them.
        reuse: take what is known of a setting and a question already, rather than ask again.
    """
    wanted: list[tuple[Demand, ...] | LessonError] = []
    for check in checks:
        try:
            wanted.append(_demands(check, case))
        except LessonError as error:
            wanted.append(error)
    flat = [demand for demands in wanted if not isinstance(demands, LessonError) for demand in demands]
    seen = iter(case.trial.observe(flat, reuse))
    results: list[CheckResult] = []
    notes: list[str] = []
    for check, demands in zip(checks, wanted, strict=True):
        if isinstance(demands, LessonError):
            results.append(broken(check, demands))
            continue
        came = tuple(next(seen) for _ in demands)
        try:
            result, note = _judge(check, came, case)
        except LessonError as error:
            result, note = broken(check, error), ""
        results.append(result)
        notes += [note] if note else []
    return _said_once(results), notes


def _demands(check: AnyCheck, case: Case) -> tuple[Demand, ...]:
    match check:
        case OutputCheck() | FileCheck():
            return outputs.demands(check)
        case CallCheck() | ValueCheck():
            return calls.demands(check)
        case RuleCheck():
            return rule_cases.demands(check, case)
        case SameAsSolutionCheck():
            return generated.demands(check)
        case TestCheck():
            return tests.demands(check)
        case ConstructCheck():
            return (Demand(),) if case.source.broken else ()  # to hear Python's words
        case CatchesCheck():
            return ()


def _judge(check: AnyCheck, seen: tuple[Seen, ...], case: Case) -> tuple[CheckResult, str]:
    match check:
        case OutputCheck() | FileCheck():
            return outputs.judge(check, seen[0], case), ""
        case CallCheck():
            return calls.judge_call(check, seen[0], case), ""
        case ValueCheck():
            return calls.judge_value(check, seen[0], case), ""
        case RuleCheck():
            return rule_cases.judge(check, seen, case), ""
        case SameAsSolutionCheck():
            return generated.judge(check, seen[0], case), ""
        case TestCheck():
            return tests.judge(check, seen[0], case), ""
        case CatchesCheck():
            return tests.judge_catches(check, case), ""
        case ConstructCheck():
            return structure.judge(check, seen, case)


def met(check: AnyCheck, case: Case) -> bool:
    """Whether this check would pass; a construct check to the letter, with no note for an excuse."""
    if isinstance(check, ConstructCheck):
        try:
            return structure.met(check, case)
        except LessonError:
            return False
    return judge_all((check,), case, reuse=True)[0][0].passed


def _said_once(results: list[CheckResult]) -> list[CheckResult]:
    """One cause that fails several checks (a program that Python cannot read) is told in the first of them."""
    told: set[tuple[str, str]] = set()
    final = []
    for result in results:
        cause = (result.message, result.given)
        if not result.passed and cause in told:
            result = replace(result, message=tr("Not judged yet, for the same reason."), detail="")
        told.add(cause)
        final.append(result)
    return final
