"""Judging a fill step without checks: each gap's answer is compared, as Python tokens, with the accepted ones."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from tutor.checks.result import CheckResult, Verdict
from tutor.checks.showing import shorten
from tutor.checks.source import same_tokens
from tutor.errors import Fault
from tutor.lessons.model import FillStep, Gap
from tutor.translation import counted, tr

_MOST_COMBINATIONS = 2000


def answers_in(step: FillStep, program: str) -> dict[str, str] | None:
    """What each gap of a filled program holds; None where the program around the gaps was changed."""
    names = [gap.name for gap in step.gaps]
    pieces = re.split("|".join(re.escape("{{" + name + "}}") for name in names), step.code)
    order = re.findall("|".join(re.escape("{{" + name + "}}") for name in names), step.code)
    pattern = re.escape(pieces[0])
    groups: dict[str, str] = {}
    for mark, piece in zip(order, pieces[1:], strict=True):
        name = mark[2:-2]
        if name in groups:
            pattern += f"(?P={groups[name]})"
        else:
            groups[name] = f"gap{len(groups)}"
            pattern += f"(?P<{groups[name]}>.*?)"
        pattern += re.escape(piece)
    match = re.fullmatch(pattern.rstrip("\\\n") + r"\s*", program.replace("\r\n", "\n").rstrip(), re.DOTALL)
    return {name: match.group(group) for name, group in groups.items()} if match else None


def grade_gaps(step: FillStep, answers: Mapping[str, str]) -> Verdict:
    """Judge the answers of a fill step that has no checks.

    Args:
        step: the step.
        answers: gap name -> what the learner wrote.
    """
    unfilled = [
        gap.name
        for gap in step.gaps
        if not answers.get(gap.name, "").strip("{} \n") or "{{" in answers[gap.name]
    ]
    results = tuple(_judge_gap(gap, answers.get(gap.name, "")) for gap in step.gaps)
    if all(result.passed for result in results):
        return Verdict(True, results)
    if unfilled:
        return Verdict(
            False,
            results,
            fault=Fault.PROGRAM,
            not_started=True,
            unfinished=still_empty(len(unfilled)),
        )
    return Verdict(False, results, fault=Fault.PROGRAM)


def still_empty(gaps: int) -> str:
    """The sentence for a program of which so many gaps are not filled."""
    return counted(gaps, "Not done yet: %n gap is still empty.", "Not done yet: %n gaps are still empty.")


def _judge_gap(gap: Gap, answer: str) -> CheckResult:
    if any(same_tokens(answer, accepted) for accepted in gap.accepted):
        return CheckResult(gap.name, True, subject=gap.name)
    if not answer.strip():
        return CheckResult(
            gap.name, False, tr("The gap {name} is still empty.", name=gap.name), subject=gap.name
        )
    message = tr(
        "The gap {name} holds {answer}, which does not fit there.",
        name=gap.name,
        answer=shorten(answer.strip(), 60),
    )
    return CheckResult(gap.name, False, message, subject=gap.name, got=answer)


def grade_filled(step: FillStep, program: str) -> Verdict:
    """Judge a whole filled program of a step that has no checks."""
    answers = answers_in(step, program)
    if answers is not None:
        verdict = grade_gaps(step, answers)
        if verdict.passed:
            return verdict
    if _is_accepted(step, program):
        return Verdict(True, tuple(CheckResult(gap.name, True, subject=gap.name) for gap in step.gaps))
    if answers is not None:
        return verdict
    message = tr("The program around the gaps was changed.")
    return Verdict(False, (CheckResult(tr("the program"), False, message),), fault=Fault.PROGRAM)


def _is_accepted(step: FillStep, program: str) -> bool:
    """Whether the program is, token for token, one that accepted answers make (spaces around the gaps may differ)."""
    combinations = itertools.product(*(gap.accepted for gap in step.gaps))
    names = [gap.name for gap in step.gaps]
    return any(
        same_tokens(program, step.filled(dict(zip(names, answers, strict=True))))
        for answers in itertools.islice(combinations, _MOST_COMBINATIONS)
    )
