"""Answers to predict and choose steps, option by option, for the window."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.lessons.model import ChooseStep, PredictedKind, Prediction, PredictStep
from tutor.runner.result import RunResult
from tutor.session.events import ChoiceJudged, OptionJudged, PredictionJudged
from tutor.translation import tr


def option_text(choice: Prediction) -> str:
    """What an option of a predict step is called: what would be printed, without the end of its last line."""
    named = {PredictedKind.NOTHING: tr("Nothing"), PredictedKind.ERROR: tr("An error")}
    return choice.text.removesuffix("\n") or named.get(choice.kind, "")


def judge_choice(step: ChooseStep, numbers: Sequence[int]) -> ChoiceJudged:
    """What was chosen (numbers from 0), with each option's reason where it helps.

    The reasons of options that were not chosen are told once the answer is right.
    """
    from tutor.checks import predictions  # noqa: PLC0415  (imported when something is judged: see judging)

    judged = predictions.judge_choice(step, numbers)
    options = tuple(
        OptionJudged(
            choice.text,
            choice.correct,
            number in numbers,
            choice.because if judged.right or number in numbers else "",
        )
        for number, choice in enumerate(step.choices)
    )
    return ChoiceJudged(judged.right, options, judged.message)


def judge_prediction(step: PredictStep, predicted: str, result: RunResult) -> PredictionJudged:
    """What was foretold against what the program did.

    Args:
        step: the step.
        predicted: the text of the chosen option, or what was typed.
        result: the program's real run.
    """
    from tutor.checks import predictions  # noqa: PLC0415  (imported when something is judged: see judging)
    from tutor.checks.text import standard_output  # noqa: PLC0415  (as above)

    texts = [option_text(choice) for choice in step.choices]
    if step.choices and predicted in texts:
        judged = predictions.judge_prediction(step, texts.index(predicted), result)
    else:
        judged = predictions.judge_typed(step, predicted, result)
    true = predictions.true_choices(step, result)
    options = tuple(
        OptionJudged(text, number in true, text == predicted, choice.because)
        for number, (text, choice) in enumerate(zip(texts, step.choices, strict=True))
    )
    truth = standard_output(result) if result.ended_well else f"{standard_output(result)}{_ending(result)}"
    return PredictionJudged(judged.right, truth, predicted, step.why, options, result, judged.message)


def _ending(result: RunResult) -> str:
    return result.error.python if result.error else result.sentence()
