"""Judging calls and values: `call:` and `value:`."""

from __future__ import annotations

from tutor.checks.case import Case, failed, passed
from tutor.checks.compare import equal
from tutor.checks.described import type_names
from tutor.checks.outcomes import (
    call_trouble,
    could_be_judged,
    given_words,
    missing_assignment,
    python_words,
    setting_of,
    top_level_names,
)
from tutor.checks.outputs import judge_texts, run_failed
from tutor.checks.result import CheckResult
from tutor.checks.showing import show
from tutor.checks.trial import Demand, Seen, Setting
from tutor.checks.value_feedback import value_feedback
from tutor.errors import Fault
from tutor.lessons.model import MISSING, CallCheck, RunningCheck, ValueCheck
from tutor.runner.result import Answer, Outcome, Question, RunResult
from tutor.translation import tr

# ------------------------------------------------------------------------------------------------------ call and value


def demands(check: CallCheck | ValueCheck) -> tuple[Demand, ...]:
    """One run, one question."""
    return (Demand(setting_of(check), (Question(check.expression),)),)


def judge_call(check: CallCheck, seen: Seen, case: Case) -> CheckResult:
    """Judge what a call gave back, raised and printed."""
    if trouble := unjudged(check, seen, setting_of(check)):
        return trouble
    answer = seen.answers[0]
    frame = CheckResult("", False, subject=check.expression, given=given_words(setting_of(check), check))
    if check.raises is not None:
        message = _raised_otherwise(check, answer, seen, case)
        if message:
            return failed(check, message, _with(frame, expected=check.raises, got=_what_came(answer)))
    elif answer.outcome is not Outcome.FINISHED:
        return _call_failed(check, answer, seen, case, frame)
    if check.returns is not MISSING and not equal(check.returns, answer.value, check.tolerance):
        sentence, sides = value_feedback(
            check.expression, check.returns, answer.value, check.tolerance, printed=answer.stdout
        )
        return failed(
            check, sentence, _with(frame, sides.expected, sides.got, sides.marks_expected, sides.marks_got)
        )
    if check.prints:
        texts = {False: answer.stdout, True: answer.stdout}
        return judge_texts(
            check,
            check.prints,
            texts,
            case,
            frame,
            tr("{call} printed", call=check.expression),
            _printed_nothing(check, answer),
        )
    return passed(check, check.expression, frame.given)


def _with(
    frame: CheckResult,
    expected: str | None,
    got: str | None,
    marks_expected: tuple[tuple[int, int], ...] = (),
    marks_got: tuple[tuple[int, int], ...] = (),
) -> CheckResult:
    return CheckResult(
        "",
        False,
        subject=frame.subject,
        given=frame.given,
        expected=expected,
        got=got,
        marks_expected=marks_expected,
        marks_got=marks_got,
    )


def unjudged(check: RunningCheck, seen: Seen, setting: Setting) -> CheckResult | None:
    """The result where calls cannot be judged after this run; None where they can."""
    if seen.run is None:
        return failed(
            check, missing_assignment(seen.missing, dict(setting.replaced).get(seen.missing, "..."))
        )
    if not could_be_judged(seen) or (not seen.run.defined and seen.run.outcome is Outcome.NEEDS_INPUT):
        return run_failed(check, seen)
    return None


def _call_failed(
    check: CallCheck | ValueCheck, answer: Answer, seen: Seen, case: Case, frame: CheckResult
) -> CheckResult:
    assert seen.run is not None
    if _ended_before_it_was_defined(answer, seen.run, case):
        return run_failed(check, seen)
    wanted = check.returns if isinstance(check, CallCheck) else check.equals
    expected = None if wanted is MISSING else show(wanted)
    result = CheckResult(
        "",
        False,
        subject=frame.subject,
        given=frame.given,
        expected=expected,
        got=_what_came(answer) if expected is not None else None,
        detail=answer.error.traceback if answer.error else "",
        fault=Fault.PC
        if answer.outcome is Outcome.NOT_STARTED and seen.run.outcome is Outcome.NOT_STARTED
        else None,
        crash=answer.error if answer.error is not None and answer.error.line is not None else None,
    )
    return failed(check, call_trouble(frame.subject, answer, seen.run, case.source), result)


def _ended_before_it_was_defined(answer: Answer, run: RunResult, case: Case) -> bool:
    """Whether a name is missing only because the program stopped (for input, by exit) above the line that gives it."""
    if run.outcome is Outcome.FINISHED or answer.error is None or answer.error.type != "NameError":
        return False
    return answer.error.attributes.get("name") in top_level_names(case.source)


def _what_came(answer: Answer) -> str:
    if answer.outcome is Outcome.FINISHED:
        return show(answer.value)
    return answer.error.type if answer.error else str(answer.outcome)


def _raised_otherwise(check: CallCheck, answer: Answer, seen: Seen, case: Case) -> str:
    """Why the call did not raise what it was to raise; "" where it did."""
    wanted = check.raises or ""
    assert seen.run is not None
    if answer.outcome is Outcome.FINISHED:
        return tr(
            "{call} gave {value}, expected it to raise {error}.",
            call=check.expression,
            value=show(answer.value, 50),
            error=wanted,
        )
    if answer.outcome is Outcome.EXITED and wanted in ("SystemExit", "BaseException"):
        return ""
    if answer.outcome is not Outcome.ERROR or answer.error is None:
        return call_trouble(check.expression, answer, seen.run, case.source)
    error = answer.error
    if wanted not in (error.type, *error.bases):
        if error.type == "NameError":
            return call_trouble(check.expression, answer, seen.run, case.source)
        return tr(
            "{call} raised {words} Expected is {error}.",
            call=check.expression,
            words=python_words(error),
            error=wanted,
        )
    if check.saying is not None and check.saying not in error.message:
        return tr(
            '{call} raised {error}, as it is to. Its message is "{message}", without "{saying}".',
            call=check.expression,
            error=wanted,
            message=error.message,
            saying=check.saying,
        )
    return ""


def _printed_nothing(check: CallCheck, answer: Answer) -> str:
    if answer.outcome is Outcome.FINISHED and answer.value is not None and check.returns is MISSING:
        return tr(
            "{call} printed nothing. It gave back {value}: print is wanted here.",
            call=check.expression,
            value=show(answer.value, 50),
        )
    return tr("{call} printed nothing.", call=check.expression)


def judge_value(check: ValueCheck, seen: Seen, case: Case) -> CheckResult:
    """Judge what an expression is worth after the program ran."""
    setting = setting_of(check)
    if trouble := unjudged(check, seen, setting):
        return trouble
    answer = seen.answers[0]
    frame = CheckResult("", False, subject=check.expression, given=given_words(setting, check))
    if answer.outcome is not Outcome.FINISHED:
        return _call_failed(check, answer, seen, case, frame)
    if check.equals is not MISSING and not equal(check.equals, answer.value, check.tolerance):
        sentence, sides = value_feedback(
            check.expression, check.equals, answer.value, check.tolerance, verb="is"
        )
        return failed(
            check, sentence, _with(frame, sides.expected, sides.got, sides.marks_expected, sides.marks_got)
        )
    if check.type is not None and check.type not in type_names(answer.value):
        kind = type_names(answer.value)[0]
        sentence = tr(
            "{expression} is {value}, of the type {kind}, expected {wanted}.",
            expression=check.expression,
            value=show(answer.value, 50),
            kind=kind,
            wanted=check.type,
        )
        return failed(check, sentence, _with(frame, check.type, kind))
    return passed(check, check.expression, frame.given)
