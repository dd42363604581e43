"""Grading: one program before the checks of one step, and whose fault it is when it does not pass."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tutor.checks import mistakes
from tutor.checks.arrangement import grade_arrangement
from tutor.checks.case import Case, ProgramStep
from tutor.checks.gaps import grade_filled, still_empty
from tutor.checks.judging import judge_all
from tutor.checks.mistakes import Advise
from tutor.checks.result import CheckResult, Verdict
from tutor.checks.source import Source, unfinished
from tutor.checks.style_notes import style_notes
from tutor.checks.trial import PLAIN, Run
from tutor.errors import Fault
from tutor.lessons.model import AnyCheck, ArrangeStep, ExerciseStep, FillStep, Rule, RuleCheck
from tutor.runner.result import Outcome, RunResult
from tutor.translation import tr


def grade(
    step: ProgramStep,
    program: str,
    run: Run,
    *,
    rules: Mapping[str, Rule] | None = None,
    advise: Advise | None = None,
    solution_first: bool = True,
) -> Verdict:
    """Judge a program against a step.

    Args:
        step: a step whose answer is a program.
        program: the program's text; for a fill step, the filled program.
        run: runs a program in a process of its own.
        rules: the course's rules by id, for `rule:` checks.
        advise: the rules of `tutor explain` that fire on (source, result), for `when: {advice: ID}`.
        solution_first: before the learner is told of a failed check, make sure (once for each version of the step) that
            the step's own solution passes it. Linting asks for False: it grades the solution itself.
    """
    case = Case(step, Source.of(program), run, rules or {})
    if not step.checks:
        if isinstance(step, FillStep):
            return replace(grade_filled(step, program), run=case.trial.plain_run())
        if isinstance(step, ArrangeStep):
            return grade_arrangement(step, case)
    results, notes = judge_all(step.checks, case)
    if all(result.passed for result in results):
        styled = style_notes(case.tree, Source.of(step.solution).tree)
        return Verdict(True, tuple(results), _shown_run(case), (*notes, *styled))
    return _not_passed(case, results, advise, solution_first)


def _not_passed(
    case: Case, results: list[CheckResult], advise: Advise | None, solution_first: bool
) -> Verdict:
    step, run = case.step, _shown_run(case)
    not_begun = _not_begun(case)
    if solution_first and not not_begun and not case.source.broken:
        results = _with_our_mistakes(case, results)
    known = None
    if not not_begun:
        known = mistakes.recognise(step.mistakes, results, case, run, advise)
    return Verdict(
        False,
        tuple(results),
        run,
        mistake=known,
        fault=_fault(results),
        not_started=bool(not_begun),
        unfinished=not_begun,
    )


def _not_begun(case: Case) -> str:
    """Why the program is not begun rather than wrong; "" where it is begun."""
    step = case.step
    if isinstance(step, ExerciseStep):
        return unfinished(case.source, Source.of(step.starter))
    if isinstance(step, FillStep):
        empty = [gap for gap in step.gaps if "{{" + gap.name + "}}" in case.source.text]
        return still_empty(len(empty)) if empty else ""
    return "" if case.source.text.strip() else tr("No line is in place yet.")


def _shown_run(case: Case) -> RunResult:
    """The plain run where there was one, else the first that ended badly, else the first.

    A plain run gives no answers. Where it only lacked one, and another run was given some, that one is shown: what it
    lacked is the check's doing and no mistake of the program.
    """
    runs = dict(case.trial.runs)
    plain = runs.pop(PLAIN, None)
    if not runs or (plain is not None and plain.outcome is not Outcome.NEEDS_INPUT):
        return plain or case.trial.plain_run()
    bad = [run for run in runs.values() if not run.ended_well]
    return bad[0] if bad else next(iter(runs.values()))


def _fault(results: Sequence[CheckResult]) -> Fault:
    """Whose fault it is: the learner's program's, as long as anything of its own is left to mend."""
    faults = {result.fault for result in results if not result.passed}
    if None in faults or Fault.PROGRAM in faults:
        return Fault.PROGRAM
    return Fault.PC if Fault.PC in faults else Fault.LESSON


# --------------------------------------------------------------------------------------------- is our lesson at fault?


class _Remembered:
    """How the own solutions of steps did, in this process: (step's content hash, check's position) -> passed."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[object, ...], bool] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> bool | None:
        with self._lock:
            return self._known.get(key)

    def put(self, key: tuple[object, ...], passed: bool) -> None:
        with self._lock:
            self._known[key] = passed
            while len(self._known) > self._most:
                self._known.popitem(last=False)


_solutions = _Remembered()


def _with_our_mistakes(case: Case, results: list[CheckResult]) -> list[CheckResult]:
    """The results, with those that the step's own solution fails too laid to our account."""
    suspects = [
        position for position, result in enumerate(results) if not result.passed and result.fault is None
    ]
    passes = _solution_passes(case, suspects)
    return [
        replace(
            result,
            message=tr("This check has a mistake of ours in it: our own solution does not pass it either."),
            fault=Fault.LESSON,
        )
        if passes.get(position) is False
        else result
        for position, result in enumerate(results)
    ]


def _solution_passes(case: Case, positions: Sequence[int]) -> dict[int, bool]:
    """For each of these checks, whether the step's own solution passes it."""
    step = case.step
    passes: dict[int, bool] = {}
    unknown: list[int] = []
    for position in positions:
        known = _solutions.get(_key(case, position)) if step.content_hash else None
        if known is None:
            unknown.append(position)
        else:
            passes[position] = known
    if not unknown:
        return passes
    own = Case(step, Source.of(step.solution), case.run, case.rules)
    checks: list[AnyCheck] = [step.checks[position] for position in unknown]
    results, _ = judge_all(checks, own)
    sure = not own.trial.hampered
    for position, result in zip(unknown, results, strict=True):
        if result.passed or sure:
            passes[position] = result.passed
            if step.content_hash:
                _solutions.put(_key(case, position), result.passed)
    return passes


def _key(case: Case, position: int) -> tuple[object, ...]:
    check = case.step.checks[position]
    rule = case.rules.get(check.rule) if isinstance(check, RuleCheck) else None
    return case.step.id, case.step.content_hash, position, rule.content_hash if rule else ""
