"""Judging an arrange step (a Parsons problem) without checks: what the order prints, or the order itself."""

from __future__ import annotations

import ast

from tutor.checks.case import Case, failed
from tutor.checks.outcomes import fault_of, run_trouble
from tutor.checks.outputs import nothing_printed
from tutor.checks.result import CheckResult, Verdict
from tutor.checks.source import normal_text, parse
from tutor.checks.text import canonical, miss, standard_output
from tutor.checks.text_feedback import text_feedback
from tutor.checks.trial import Demand
from tutor.errors import Fault
from tutor.lessons.model import ArrangeStep, OutputCheck, TextExpectation, TextMatch
from tutor.runner.result import RunResult

_NAME = "the order of the lines"


def grade_arrangement(step: ArrangeStep, case: Case) -> Verdict:
    """Judge an order by what the solution prints; where it prints nothing, by the solution's order."""
    if same_lines(case.source.text, step.solution):
        return Verdict(True, (CheckResult(_NAME, True),), run=case.trial.observe([Demand()])[0].run)
    truth = case.solution.observe([Demand()])[0].run
    assert truth is not None
    if not truth.ended_well:
        fault = fault_of(truth) or Fault.LESSON
        return Verdict(
            False, (CheckResult(_NAME, False, run_trouble(truth), fault=fault),), run=truth, fault=fault
        )
    run = case.trial.observe([Demand()])[0].run
    assert run is not None
    wanted = standard_output(truth)
    result = _by_output(step, wanted, run, case) if canonical(wanted) else _by_order(step, run, case)
    return Verdict(
        result.passed, (result,), run=run, fault=None if result.passed else result.fault or Fault.PROGRAM
    )


def _by_output(step: ArrangeStep, wanted: str, run: RunResult, case: Case) -> CheckResult:
    if not run.ended_well:
        trace = run.error.traceback if run.error else ""
        return CheckResult(_NAME, False, run_trouble(run), detail=trace, fault=fault_of(run))
    expectation = TextExpectation(TextMatch.EQUALS, wanted)
    missed = miss(expectation, standard_output(run))
    if missed is None:
        return CheckResult(_NAME, True)
    sentence, sides = text_feedback(missed, "The program printed", nothing_printed(case.source))
    assert sides is not None
    result = CheckResult(
        "",
        False,
        "",
        "what the program prints",
        sides.expected,
        sides.got,
        sides.marks_expected,
        sides.marks_got,
    )
    return failed(OutputCheck(name=_NAME, place=step.place, expectations=(expectation,)), sentence, result)


def _by_order(step: ArrangeStep, run: RunResult, case: Case) -> CheckResult:
    own, right = _lines(case.source.text), _lines(step.solution)
    for number, (line, wanted) in enumerate(zip(own, right, strict=False), 1):
        if line != wanted:
            indented = line.strip() == wanted.strip()
            what = "is the right line with other indentation" if indented else "belongs somewhere else"
            return CheckResult(
                _NAME,
                False,
                f"Up to line {number - 1} it is right. Line {number} {what}."
                if number > 1
                else f"Line 1 {what}.",
            )
    count = len(right) - len(own)
    word = "missing" if count > 0 else "too many"
    return CheckResult(_NAME, False, f"{abs(count)} line{'s are' if abs(count) > 1 else ' is'} {word}.")


def same_lines(one: str, other: str) -> bool:
    """Whether two programs have the same lines in the same order, or the same meaning to Python."""
    if _lines(one) == _lines(other):
        return True
    left, right = parse(one), parse(other)
    return left is not None and right is not None and ast.dump(left) == ast.dump(right)


def _lines(text: str) -> list[str]:
    return [line.rstrip().expandtabs(4) for line in normal_text(text).split("\n") if line.strip()]
