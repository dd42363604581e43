"""Judging predict and choose steps: what the program really does, and what was picked."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from tutor.checks.difference import SideBySide
from tutor.checks.text import canonical, miss, standard_output
from tutor.checks.text_feedback import text_feedback
from tutor.lessons.model import ChooseStep, PredictedKind, Prediction, PredictStep, TextExpectation, TextMatch
from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program, RunResult
from tutor.translation import counted, tr


class Judged(Struct, frozen=True):
    """Whether a prediction or a choice is right, and what to say of it.

    Args:
        right: it is.
        message: one or two sentences; the lesson's `because` where it has one.
        truth: for predict, the position of the right choice, None where none of them is.
        sides: for a typed prediction that is wrong, both texts.
    """

    right: bool
    message: str
    truth: int | None = None
    sides: SideBySide | None = None


def program_of(step: PredictStep) -> Program:
    """The program whose output is predicted, to be run."""
    return Program(step.code, stdin=step.stdin, limits=Limits())


def true_choices(step: PredictStep, result: RunResult) -> tuple[int, ...]:
    """The positions of the choices that say what the program really did; there should be one."""
    return tuple(position for position, choice in enumerate(step.choices) if _is_true(choice, result))


def _is_true(choice: Prediction, result: RunResult) -> bool:
    ended_badly = result.outcome is Outcome.ERROR
    if choice.kind is PredictedKind.ERROR:
        return ended_badly
    if ended_badly or not result.ended_well:
        return False
    printed = canonical(standard_output(result))
    if choice.kind is PredictedKind.NOTHING:
        return not printed
    return bool(printed) and printed == canonical(choice.text)


def judge_prediction(step: PredictStep, picked: int, result: RunResult) -> Judged:
    """Judge a picked prediction by what the program really did.

    Args:
        step: the step.
        picked: position of the choice.
        result: the program's real run.
    """
    true = true_choices(step, result)
    right = picked in true
    because = step.choices[picked].because
    lead = tr("That is what it does.") if right else tr("It does something else: {what}", what=really(result))
    return Judged(right, f"{lead} {because}".strip(), picked if right else next(iter(true), None))


def judge_typed(step: PredictStep, typed: str, result: RunResult) -> Judged:
    """Judge a typed prediction: compared as `output`. Where the program ends in an error, saying so counts."""
    if result.outcome is Outcome.ERROR:
        named = result.error is not None and result.error.type.casefold() in typed.casefold()
        right = named or "error" in typed.casefold()
        return Judged(
            right,
            tr("That is what it does.")
            if right
            else tr("It does something else: {what}", what=really(result)),
        )
    printed = standard_output(result)
    missed = miss(TextExpectation(TextMatch.EQUALS, printed), typed)
    if missed is None or (not canonical(printed) and typed.strip().casefold() in ("nothing", "(nothing)")):
        return Judged(True, tr("That is what it does."))
    _, sides = text_feedback(missed, tr("You wrote"), tr("You wrote nothing."))
    return Judged(False, tr("It does something else: {what}", what=really(result)), sides=sides)


def really(result: RunResult) -> str:
    """What a program really did, in a sentence."""
    if result.outcome is Outcome.ERROR and result.error is not None:
        return tr("it ends with {error}.", error=result.error.type)
    if not result.ended_well:
        return result.sentence()
    printed = canonical(standard_output(result))
    if not printed:
        return tr("it prints nothing.")
    lines = printed.split("\n")
    if len(lines) == 1:
        return tr("it prints {text}", text=lines[0])
    return counted(len(lines), "it prints %n line.", "it prints %n lines.")


def judge_choice(step: ChooseStep, picked: Collection[int]) -> Judged:
    """Judge what was picked in a choose step.

    Args:
        step: the step.
        picked: positions of the picked choices.
    """
    correct = {position for position, choice in enumerate(step.choices) if choice.correct}
    chosen = set(picked)
    if chosen == correct:
        words = [step.choices[position].because for position in sorted(correct)]
        return Judged(True, " ".join([tr("That is right."), *filter(None, words)]))
    wrong = sorted(chosen - correct)
    if wrong:
        because = step.choices[wrong[0]].because
        lead = (
            tr("That is not it.")
            if len(chosen) == 1
            else tr("One does not fit: {text}", text=step.choices[wrong[0]].text)
        )
        return Judged(False, f"{lead} {because}".strip())
    missing = len(correct - chosen)
    return Judged(
        False,
        counted(missing, "So far right. %n more belongs to it.", "So far right. %n more belong to it."),
    )
