"""Judging `rule:`: every boundary case of one part of a clinical or statistical rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tutor.checks.calls import judge_call, judge_value, unjudged
from tutor.checks.case import Case, failed, passed
from tutor.checks.compare import FAIR, equal, is_number
from tutor.checks.outcomes import given_words, setting_of
from tutor.checks.replacing import literal
from tutor.checks.result import CheckResult
from tutor.checks.showing import show
from tutor.checks.trial import Demand, Seen
from tutor.errors import LessonError
from tutor.lessons.model import CallCheck, RuleCheck, RulePart, ValueCheck
from tutor.runner.result import Question
from tutor.translation import counted, tr

_MOST_INPUTS_TOLD = 3  # in one sentence


class _RuleCase(Struct, frozen=True):
    """One boundary case, as it is asked of the program."""

    demand: Demand
    subject: str
    given: str
    out: Any
    inputs: Mapping[str, Any]
    point: str  # the inputs that make it a case of its own, for a sentence


def _rule_part(check: RuleCheck, case: Case) -> RulePart:
    rule = case.rules.get(check.rule)
    if rule is None:
        raise LessonError(tr("There is no rule {rule}.", rule=check.rule))
    if check.part not in rule.parts:
        raise LessonError(tr("The rule {rule} has no part {part}.", rule=check.rule, part=check.part))
    return rule.parts[check.part]


def _rule_cases(check: RuleCheck, case: Case) -> list[_RuleCase]:
    cases = []
    boundaries = _rule_part(check, case).cases
    given = [_filled_in(check.with_, boundary.inputs) for boundary in boundaries]
    for boundary, inputs, point in zip(boundaries, given, _points(given), strict=True):
        if check.call is not None:
            code = f"{check.call}({', '.join(map(literal, boundary.inputs.values()))})"
            subject = f"{check.call}({', '.join(map(show, boundary.inputs.values()))})"
            setting = setting_of(check)
        else:
            code = subject = check.value or ""
            setting = setting_of(check, inputs)
        demand = Demand(setting, (Question(code),), together=True)
        cases.append(_RuleCase(demand, subject, given_words(setting, check), boundary.out, inputs, point))
    return cases


def _filled_in(with_: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """`with:` where a text that names an input of the rule stands for that input of each case."""
    if not with_:
        return dict(inputs)
    return {
        name: inputs[value] if isinstance(value, str) and value in inputs else value
        for name, value in with_.items()
    }


def demands(check: RuleCheck, case: Case) -> tuple[Demand, ...]:
    """For `call`, all cases in one demand; for `value`, one run a case."""
    cases = [boundary.demand for boundary in _rule_cases(check, case)]
    if check.call is None:
        return tuple(cases)
    questions = tuple(question for demand in cases for question in demand.questions)
    return (Demand(setting_of(check), questions, together=True),)


def judge(check: RuleCheck, seen: tuple[Seen, ...], case: Case) -> CheckResult:
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
    position = next(position for position, result in enumerate(results) if not result.passed)
    first = results[position]
    edge = _edge(position, cases, results)
    first = replace(first, message=f"{first.message} {edge}".rstrip())
    if len(cases) > 1 and first.subject and len(wrong) < len(cases):
        lead = counted(
            len(wrong),
            "%n of the {cases} cases differs. {message}",
            "%n of {cases} cases differ. {message}",
            cases=len(cases),
            message=first.message,
        )
        return failed(check, lead, first)
    return failed(check, first.message, first) if first.subject else first


def _edge(position: int, cases: Sequence[_RuleCase], results: Sequence[CheckResult]) -> str:
    """A remark on a case that got the answer of its neighbour on the other side of a band's edge; "" where it did not."""
    own = cases[position]
    for beside in (position - 1, position + 1):
        if not 0 <= beside < len(cases) or not results[beside].passed:
            continue
        other = cases[beside]
        if results[position].got != show(other.out) or equal(own.out, other.out, FAIR):
            continue
        names = [name for name, value in own.inputs.items() if not equal(value, other.inputs[name], FAIR)]
        if len(names) == 1 and all(is_number(case.inputs[names[0]]) for case in (own, other)):
            return tr(
                "That is the answer for {other}: which band holds {own}?",
                other=show(other.inputs[names[0]]),
                own=show(own.inputs[names[0]]),
            )
    return ""


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
    if trouble := unjudged(single, seen, boundary.demand.setting):
        return trouble
    judged = (
        judge_call(single, seen, case) if isinstance(single, CallCheck) else judge_value(single, seen, case)
    )
    if judged.passed or not boundary.given:
        return judged
    message = judged.message
    if boundary.point and check.call is None:
        message = tr("With {values}: {message}", values=boundary.point, message=message)
    return replace(judged, message=message, given=boundary.given, hidden=check.hidden)


def _points(cases: Sequence[Mapping[str, Any]]) -> list[str]:
    """For each case, the inputs that make it one: with many inputs, those that differ from what most cases have."""
    usual = {
        name: Counter(literal(inputs[name]) for inputs in cases).most_common(1)[0][0] for name in cases[0]
    }
    points = []
    for inputs in cases:
        texts = {name: literal(value) for name, value in inputs.items()}
        telling = {name: text for name, text in texts.items() if text != usual.get(name)}
        chosen = telling if len(texts) > _MOST_INPUTS_TOLD else texts
        points.append(
            ", ".join(f"{name} = {text}" for name, text in list(chosen.items())[:_MOST_INPUTS_TOLD])
        )
    return points
