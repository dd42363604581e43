"""Judging calls and values: `call:`, `value:` and `rule:`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
from tutor.checks.replacing import literal
from tutor.checks.result import CheckResult
from tutor.checks.showing import show
from tutor.checks.trial import Demand, Seen, Setting
from tutor.checks.value_feedback import value_feedback
from tutor.errors import Fault, LessonError
from tutor.lessons.model import MISSING, CallCheck, RuleCheck, RulePart, RunningCheck, Tolerance, ValueCheck
from tutor.runner.result import Answer, Outcome, Question, RunResult

# ------------------------------------------------------------------------------------------------------ call and value


def demands(check: CallCheck | ValueCheck) -> tuple[Demand, ...]:
    """One run, one question."""
    return (Demand(setting_of(check), (Question(check.expression),)),)


def judge_call(check: CallCheck, seen: Seen, case: Case) -> CheckResult:
    """Judge what a call gave back, raised and printed."""
    if trouble := _unjudged(check, seen, setting_of(check)):
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
            f"{check.expression} printed",
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


def _unjudged(check: RunningCheck, seen: Seen, setting: Setting) -> CheckResult | None:
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
        return f"{check.expression} gave {show(answer.value, 50)}, expected it to raise {wanted}."
    if answer.outcome is Outcome.EXITED and wanted in ("SystemExit", "BaseException"):
        return ""
    if answer.outcome is not Outcome.ERROR or answer.error is None:
        return call_trouble(check.expression, answer, seen.run, case.source)
    error = answer.error
    if wanted not in (error.type, *error.bases):
        if error.type == "NameError":
            return call_trouble(check.expression, answer, seen.run, case.source)
        return f"{check.expression} raised {python_words(error)} Expected is {wanted}."
    if check.saying is not None and check.saying not in error.message:
        return f'{check.expression} raised {wanted}, as it is to. Its message is "{error.message}", without "{check.saying}".'
    return ""


def _printed_nothing(check: CallCheck, answer: Answer) -> str:
    if answer.outcome is Outcome.FINISHED and answer.value is not None and check.returns is MISSING:
        return f"{check.expression} printed nothing. It gave back {show(answer.value, 50)}: print is wanted here."
    return f"{check.expression} printed nothing."


def judge_value(check: ValueCheck, seen: Seen, case: Case) -> CheckResult:
    """Judge what an expression is worth after the program ran."""
    setting = setting_of(check)
    if trouble := _unjudged(check, seen, setting):
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
        sentence = (
            f"{check.expression} is {show(answer.value, 50)}, of the type {kind}, expected {check.type}."
        )
        return failed(check, sentence, _with(frame, check.type, kind))
    return passed(check, check.expression, frame.given)


# ---------------------------------------------------------------------------------------------------------------- rule


@dataclass(frozen=True, slots=True)
class _RuleCase:
    """One boundary case, as it is asked of the program."""

    demand: Demand
    subject: str
    given: str
    out: Any


def _rule_part(check: RuleCheck, case: Case) -> RulePart:
    rule = case.rules.get(check.rule)
    if rule is None:
        raise LessonError(f"There is no rule {check.rule}.")
    if check.part not in rule.parts:
        raise LessonError(f"The rule {check.rule} has no part {check.part}.")
    return rule.parts[check.part]


def _rule_cases(check: RuleCheck, case: Case) -> list[_RuleCase]:
    cases = []
    for boundary in _rule_part(check, case).cases:
        if check.call is not None:
            code = f"{check.call}({', '.join(map(literal, boundary.inputs.values()))})"
            subject = f"{check.call}({', '.join(map(show, boundary.inputs.values()))})"
            setting = setting_of(check)
        else:
            code = subject = check.value or ""
            setting = setting_of(check, _filled_in(check.with_, boundary.inputs))
        demand = Demand(setting, (Question(code),), together=True)
        cases.append(_RuleCase(demand, subject, given_words(setting, check), boundary.out))
    return cases


def _filled_in(with_: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """`with:` where a text that names an input of the rule stands for that input of each case."""
    if not with_:
        return dict(inputs)
    return {
        name: inputs[value] if isinstance(value, str) and value in inputs else value
        for name, value in with_.items()
    }


def rule_demands(check: RuleCheck, case: Case) -> tuple[Demand, ...]:
    """For `call`, all cases in one demand; for `value`, one run a case."""
    cases = [boundary.demand for boundary in _rule_cases(check, case)]
    if check.call is None:
        return tuple(cases)
    questions = tuple(question for demand in cases for question in demand.questions)
    return (Demand(setting_of(check), questions, together=True),)


def judge_rule(check: RuleCheck, seen: tuple[Seen, ...], case: Case) -> CheckResult:
    """Judge every boundary case; the first that differs is told, with how many do."""
    cases = _rule_cases(check, case)
    if check.call is not None:
        only = seen[0]
        looked = [Seen(only.run, (answer,), only.missing) for answer in only.answers]
    else:
        looked = list(seen)
    results = [
        _judge_boundary(check, boundary, came, case) for boundary, came in zip(cases, looked, strict=True)
    ]
    wrong = [result for result in results if not result.passed]
    if not wrong:
        return passed(check, check.call or check.value or "")
    first = wrong[0]
    if len(cases) > 1 and first.subject and len(wrong) < len(cases):
        count = "1 of the" if len(wrong) == 1 else f"{len(wrong)} of"
        lead = f"{count} {len(cases)} cases {'differs' if len(wrong) == 1 else 'differ'}. "
        return failed(check, lead + first.message, first)
    return failed(check, first.message, first) if first.subject else first


def _judge_boundary(check: RuleCheck, boundary: _RuleCase, seen: Seen, case: Case) -> CheckResult:
    kind = CallCheck if check.call is not None else ValueCheck
    wanted = {"returns": boundary.out} if kind is CallCheck else {"equals": boundary.out}
    single = kind(
        name=check.name,
        hidden=check.hidden,
        place=check.place,
        stdin=check.stdin,
        expression=boundary.subject,
        tolerance=check.tolerance,
        **wanted,
    )
    if trouble := _unjudged(single, seen, boundary.demand.setting):
        return trouble
    judged = (
        judge_call(single, seen, case) if isinstance(single, CallCheck) else judge_value(single, seen, case)
    )
    if judged.passed or not boundary.given:
        return judged
    message = judged.message if check.call is not None else f"{boundary.given}: {judged.message}"
    return CheckResult(
        judged.name,
        False,
        message,
        subject=judged.subject,
        expected=judged.expected,
        got=judged.got,
        marks_expected=judged.marks_expected,
        marks_got=judged.marks_got,
        hidden=check.hidden,
        detail=judged.detail,
        given=boundary.given,
        fault=judged.fault,
    )


def tolerance_words(tolerance: Tolerance) -> str:
    """How near a number must be, in words; "" for fair equality."""
    if tolerance.close is not None:
        return f"within {tolerance.close:g}"
    return f"within {tolerance.relative:g} of its size" if tolerance.relative is not None else ""
