"""Judging `test:` (the lesson's tests of the learner's program) and `catches:` (the learner's tests of given programs)."""

from __future__ import annotations

from tutor.checks.assertions import Failure, failures
from tutor.checks.case import Case, failed, given_for, passed
from tutor.checks.outcomes import (
    could_be_judged,
    fault_of,
    given_words,
    missing_assignment,
    no_such_name,
    run_trouble,
    setting_of,
    top_level_names,
)
from tutor.checks.outputs import run_failed
from tutor.checks.result import CheckResult
from tutor.checks.testcode import TestPlan, prepare, prepared
from tutor.checks.trial import PLAIN, Demand, Seen
from tutor.errors import LessonError
from tutor.lessons.model import CatchesCheck, TestCheck
from tutor.runner.result import Answer, Ask, Outcome, Program, Question, RunResult
from tutor.translation import tr

_MORE_SHOWN = 5


def demands(check: TestCheck) -> tuple[Demand, ...]:
    """One run, one question: the prepared test code.

    Raises:
        LessonError: the test code is not Python.
    """
    plan = prepared(check.code)
    return (Demand(setting_of(check), (Question(plan.code, Ask.TEST),)),)


def judge(check: TestCheck, seen: Seen, case: Case) -> CheckResult:
    """Judge the assertions that the lesson's test code made; each failing one is told, the first first.

    The check is called by its name: the code of a test was written for the tutor, and is there for those who want to read it.
    """
    plan = prepared(check.code)
    setting = setting_of(check)
    if seen.run is None:
        return failed(
            check, missing_assignment(seen.missing, dict(setting.replaced).get(seen.missing, "..."))
        )
    if not could_be_judged(seen):
        return run_failed(check, seen)
    answer = seen.answers[0]
    if answer.error is not None and answer.error.type == "NameError":
        name = answer.error.attributes.get("name", "")
        if name and name not in top_level_names(case.source) and name in check.code:
            return failed(check, no_such_name(name, case.source))
    found = failures(answer, plan)
    given = given_words(setting, check)
    if not found:
        return passed(check, "", given)
    first = found[0]
    result = CheckResult(
        "",
        False,
        expected=first.expected,
        got=first.got,
        given=given,
        detail="\n".join(part for part in (first.text, _rest(found)) if part),
    )
    return failed(check, first.message, result)


def _rest(found: list[Failure]) -> str:
    """The other failing assertions, for those who want to read them."""
    return "\n".join(failure.message for failure in found[1 : 1 + _MORE_SHOWN])


# -------------------------------------------------------------------------------------------------------------- catches


def judge_catches(check: CatchesCheck, case: Case) -> CheckResult:
    """Judge the learner's own tests: against every right program, then against every planted fault."""
    if case.source.broken:
        return _unreadable(check, case)
    try:
        plan = prepare(case.source)
    except LessonError:
        return failed(check, tr("Your tests cannot be read as Python tests."))
    for right in check.right:
        result, answer = _try(check, right, plan, case)
        if result.outcome is Outcome.NOT_STARTED:
            return CheckResult(
                check.name, False, run_trouble(result), hidden=check.hidden, fault=fault_of(result)
            )
        if answer is None:
            raise LessonError(tr("A right program of this step does not run."))
        if found := failures(answer, plan):
            return _refuses_right(check, found[0])
    if not plan.assertions and not plan.tests:
        return failed(
            check,
            tr(
                "There is no test in your program yet: an assert, or a function whose name starts with test_."
            ),
        )
    for fault in check.faults:
        result, answer = _try(check, fault.program, plan, case)
        if result.outcome is Outcome.NOT_STARTED:
            return CheckResult(
                check.name, False, run_trouble(result), hidden=check.hidden, fault=fault_of(result)
            )
        if answer is None:
            continue  # a program that stops by itself is noticed
        if not failures(answer, plan):
            return _gets_through(check, fault.name)
    return passed(check)


def _try(check: CatchesCheck, module: str, plan: TestPlan, case: Case) -> tuple[RunResult, Answer | None]:
    """Run the learner's tests against one program; no answer where that program does not run to its end."""
    given = given_for(case.step)
    program = Program(
        source=f"import {check.module}\nfrom {check.module} import *\n",
        filename=given.filename if given.filename != f"{check.module}.py" else "tests.py",
        files=given.files,
        modules={f"{check.module}.py": module},
        limits=given.limits,
        questions=(Question(plan.code, Ask.TEST),),
    )
    result = case.trial.run_program(program)
    case.trial.runs.setdefault(PLAIN, result)  # the tests on their own would only miss their module
    could = result.outcome in (Outcome.FINISHED, Outcome.EXITED, Outcome.NEEDS_INPUT) and result.answers
    return result, result.answers[0] if could else None


def _unreadable(check: CatchesCheck, case: Case) -> CheckResult:
    seen = case.trial.observe([Demand()], reuse=True)[0]
    assert seen.run is not None
    trace = seen.run.error.traceback if seen.run.error else ""
    return CheckResult(
        check.name, False, run_trouble(seen.run), detail=trace, hidden=check.hidden, fault=fault_of(seen.run)
    )


def _refuses_right(check: CatchesCheck, failure: Failure) -> CheckResult:
    if failure.line:
        message = tr(
            "Your test on line {line} does not hold for a right program. {why}",
            line=failure.line,
            why=failure.message,
        )
    else:
        message = tr("One of your tests does not hold for a right program. {why}", why=failure.message)
    result = CheckResult("", False, subject=failure.text, expected=failure.expected, got=failure.got)
    return failed(check, message, result)


def _gets_through(check: CatchesCheck, name: str) -> CheckResult:
    return failed(
        check,
        tr(
            "Your tests hold for right programs. They do not notice this mistake yet: {mistake}.",
            mistake=name.rstrip("."),
        ),
    )
