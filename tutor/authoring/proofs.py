"""Proofs that a lesson works: what it calls right passes, what it calls wrong fails, what it predicts comes true."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from msgspec import Struct

from tutor.authoring.held_proofs import HeldProofs, proof_key
from tutor.authoring.mutants import holes
from tutor.checks.grade import grade
from tutor.checks.predictions import true_choices
from tutor.checks.result import Verdict
from tutor.explain.explain import explain
from tutor.lessons.model import (
    Answers,
    AnyStep,
    ArrangeStep,
    ExerciseStep,
    FillStep,
    Lesson,
    Place,
    PredictStep,
    Problem,
    ReadStep,
    Rule,
    Severity,
)
from tutor.runner.result import Program, RunResult

RunOne = Callable[[Program], RunResult]
ProgramStep = ExerciseStep | FillStep | ArrangeStep


class LessonAtHand(Struct, frozen=True):
    """A lesson with what its proofs need: the course's rules, and other people's programs."""

    lesson: Lesson
    rules: Mapping[str, Rule]
    answers: tuple[Answers, ...] = ()


class _Proof(Struct, frozen=True):
    """One thing to prove: gives the problems, none when it holds. `key` names it and all that it depends on."""

    lesson: Lesson
    what: str
    prove: Callable[[RunOne], list[Problem]]
    key: str = ""


def proofs_of(
    found: Sequence[LessonAtHand],
    run: RunOne,
    *,
    mutants: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    held: HeldProofs | None = None,
) -> Iterator[tuple[Lesson, Problem]]:
    """Prove everything that lessons promise, several at once, and give the problems.

    Args:
        found: the lessons.
        run: runs one program; called from several threads.
        mutants: also look for holes in the checks.
        progress: told (done, total, what).
        held: proofs that held before are not tried again; those that hold now are added to it.
    """
    known = held or HeldProofs(None)
    every = [proof for at_hand in found for proof in _proofs(at_hand, mutants)]
    proofs = [proof for proof in every if not known.holds(proof.key)]
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        for done, (proof, problems) in enumerate(
            zip(proofs, pool.map(lambda entry: entry.prove(run), proofs), strict=True), start=1
        ):
            if progress:
                progress(done, len(proofs), proof.what)
            if not problems:
                known.add(proof.key)
            for problem in problems:
                yield proof.lesson, problem
    finally:
        pool.shutdown(cancel_futures=True)  # whoever stops does not wait for what has not begun


def _proofs(at_hand: LessonAtHand, mutants: bool) -> Iterator[_Proof]:
    lesson = at_hand.lesson
    answers = {given.step_id: given for given in at_hand.answers}
    rules = [f"{rule}={at_hand.rules[rule].content_hash}" for rule in sorted(at_hand.rules)]
    for step in lesson.steps:

        def proof(
            kind: str,
            prove: Callable[[RunOne], list[Problem]],
            *about: str,
            step: AnyStep = step,
            judged: bool = True,
        ) -> _Proof:
            also = rules if judged else []
            key = proof_key(kind, step.content_hash, *about, *also)
            return _Proof(lesson, f"{lesson.id}#{step.id}", prove, key)

        if isinstance(step, ReadStep) and step.code:
            yield proof("read", partial(_read_runs, step), judged=False)
        elif isinstance(step, PredictStep):
            yield proof("predict", partial(_prediction_comes_true, step), judged=False)
        elif isinstance(step, ExerciseStep | FillStep | ArrangeStep):
            judge = partial(judge_program, step, at_hand.rules)
            yield proof("solution", partial(_solution_passes, step, judge))
            if isinstance(step, ExerciseStep) and step.starter.strip():
                yield proof("starter", partial(_starter_fails, step, judge))
            for mistake in step.mistakes:
                prove = partial(_mistake_is_recognised, step, mistake.name, judge)
                yield proof("mistake", prove, mistake.name, mistake.example)
            given = answers.get(step.id)
            for number, program in enumerate(given.right if given else (), start=1):
                yield proof("right", partial(_right_passes, step, number, program, judge), program)
            for number, program in enumerate(given.wrong if given else (), start=1):
                yield proof("wrong", partial(_wrong_fails, step, number, program, judge), program)
            if mutants:
                yield proof("mutants", partial(holes, step, judge))


Judge = Callable[[str, RunOne], Verdict]


def judge_program(step: ProgramStep, rules: Mapping[str, Rule], program: str, run: RunOne) -> Verdict:
    """A program judged as a learner's is, but for the excuse that the lesson's own solution fails, too."""
    return grade(
        step,
        program,
        run,
        rules=rules,
        advise=lambda source, result: tuple(entry.rule for entry in explain(source, result)),
        solution_first=False,
    )


def _problem(
    place: Place, step_id: str, problem: str, rule: str, hint: str = "", *, warn: bool = False
) -> Problem:
    severity = Severity.WARNING if warn else Severity.ERROR
    return Problem(place, f"step {step_id}", problem, hint, severity, rule)


def _why(verdict: Verdict) -> str:
    failed = verdict.first_failed
    if failed is None:
        return ""
    pair = f" (expected {failed.expected!r}, got {failed.got!r})" if failed.expected is not None else ""
    return f"{failed.name}: {failed.message}{pair}"


def _read_runs(step: ReadStep, run: RunOne) -> list[Problem]:
    result = run(Program(source=step.code or ""))
    if result.ended_well or result.outcome == "needs-input":
        return []
    return [
        _problem(
            step.place,
            step.id,
            f"its code ends badly: {result.sentence()}",
            "read-code-ends-badly",
            "if that is meant, say so with allow",
            warn=True,
        )
    ]


def _prediction_comes_true(step: PredictStep, run: RunOne) -> list[Problem]:
    result = run(Program(source=step.code, stdin=step.stdin))
    if not step.choices:
        return []
    true = true_choices(step, result)
    if len(true) == 1:
        return []
    said = "no choice says" if not true else "several choices say"
    shown = result.stdout if result.ended_well else result.sentence()
    return [
        _problem(
            step.place,
            step.id,
            f"{said} what the program does: {shown!r}",
            "prediction",
            "correct the choices",
        )
    ]


def _solution_passes(step: ProgramStep, judge: Judge, run: RunOne) -> list[Problem]:
    verdict = judge(step.solution, run)
    if verdict.passed:
        return []
    return [
        _problem(step.place, step.id, f"its own solution does not pass. {_why(verdict)}", "solution-fails")
    ]


def _starter_fails(step: ExerciseStep, judge: Judge, run: RunOne) -> list[Problem]:
    if not judge(step.starter, run).passed:
        return []
    return [_problem(step.place, step.id, "its starter passes already", "starter-passes", "add a check")]


def _mistake_is_recognised(step: ProgramStep, name: str, judge: Judge, run: RunOne) -> list[Problem]:
    mistake = next(entry for entry in step.mistakes if entry.name == name)
    verdict = judge(mistake.example, run)
    where = f"mistake {name}"
    if verdict.passed:
        return [
            _problem(mistake.place, step.id, f"the example of {where} passes all checks", "mistake-passes")
        ]
    if verdict.mistake is None:
        return [_problem(mistake.place, step.id, f"the example of {where} is not recognised", "mistake-dead")]
    if verdict.mistake.name != name:
        found = f"the example of {where} is taken for {verdict.mistake.name}"
        return [
            _problem(mistake.place, step.id, found, "mistake-shadowed", "put it first, or narrow the other")
        ]
    return []


def _right_passes(step: ProgramStep, number: int, program: str, judge: Judge, run: RunOne) -> list[Problem]:
    verdict = judge(program, run)
    if verdict.passed:
        return []
    return [
        _problem(step.place, step.id, f"right answer {number} is refused. {_why(verdict)}", "right-refused")
    ]


def _wrong_fails(step: ProgramStep, number: int, program: str, judge: Judge, run: RunOne) -> list[Problem]:
    if not judge(program, run).passed:
        return []
    return [_problem(step.place, step.id, f"wrong answer {number} passes", "wrong-accepted", "add a check")]
