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
from tutor.translation import counted, tr


def grade_arrangement(step: ArrangeStep, case: Case) -> Verdict:
    """Judge an order by what the solution prints; where it prints nothing, by the solution's order."""
    if same_lines(case.source.text, step.solution):
        return Verdict(True, (CheckResult(_name(), True),), run=case.trial.observe([Demand()])[0].run)
    truth = case.solution.observe([Demand()])[0].run
    assert truth is not None
    if not truth.ended_well:
        fault = fault_of(truth) or Fault.LESSON
        return Verdict(
            False, (CheckResult(_name(), False, run_trouble(truth), fault=fault),), run=truth, fault=fault
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
        return CheckResult(_name(), False, run_trouble(run), detail=trace, fault=fault_of(run))
    expectation = TextExpectation(TextMatch.EQUALS, wanted)
    missed = miss(expectation, standard_output(run))
    if missed is None:
        return CheckResult(_name(), True)
    sentence, sides = text_feedback(missed, tr("The program printed"), nothing_printed(case.source))
    assert sides is not None
    result = CheckResult(
        "",
        False,
        "",
        tr("what the program prints"),
        sides.expected,
        sides.got,
        sides.marks_expected,
        sides.marks_got,
    )
    return failed(OutputCheck(name=_name(), place=step.place, expectations=(expectation,)), sentence, result)


def _by_order(step: ArrangeStep, run: RunResult, case: Case) -> CheckResult:
    own, right = _lines(case.source.text), _lines(step.solution)
    for number, (line, wanted) in enumerate(zip(own, right, strict=False), 1):
        if line != wanted:
            indented = line.strip() == wanted.strip()
            return CheckResult(_name(), False, _misplaced(number, indented=indented))
    missing = len(right) - len(own)
    if missing > 0:
        return CheckResult(_name(), False, counted(missing, "%n line is missing.", "%n lines are missing."))
    return CheckResult(_name(), False, counted(-missing, "%n line is too many.", "%n lines are too many."))


def _misplaced(number: int, *, indented: bool) -> str:
    if number == 1:
        if indented:
            return tr("Line 1 is the right line with other indentation.")
        return tr("Line 1 belongs somewhere else.")
    before = number - 1
    if indented:
        return tr(
            "Up to line {before} it is right. Line {number} is the right line with other indentation.",
            before=before,
            number=number,
        )
    return tr(
        "Up to line {before} it is right. Line {number} belongs somewhere else.", before=before, number=number
    )


def _name() -> str:
    return tr("the order of the lines")


def same_lines(one: str, other: str) -> bool:
    """Whether two programs have the same lines in the same order, or the same meaning to Python."""
    if _lines(one) == _lines(other):
        return True
    left, right = parse(one), parse(other)
    return left is not None and right is not None and ast.dump(left) == ast.dump(right)


def _lines(text: str) -> list[str]:
    return [line.rstrip().expandtabs(4) for line in normal_text(text).split("\n") if line.strip()]
