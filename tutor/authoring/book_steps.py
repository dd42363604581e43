"""Steps of a lesson for the book: everything a learner may see of them, and everything they are judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from tutor.authoring.book_markup import inline, markdown, program
from tutor.authoring.check_words import check_in_words, when_in_words
from tutor.lessons.model import (
    AnyCheck,
    AnyStep,
    ArrangeStep,
    ChooseStep,
    ExerciseStep,
    FillStep,
    Mistake,
    PredictedKind,
    Prediction,
    PredictStep,
    ReadStep,
    StepKind,
    StepLimits,
)

KINDS = {
    StepKind.READ: "Read",
    StepKind.PREDICT: "Predict",
    StepKind.CHOOSE: "Choose",
    StepKind.FILL: "Fill gaps",
    StepKind.ARRANGE: "Arrange lines",
    StepKind.FIX: "Mend a program",
    StepKind.EXERCISE: "Write a program",
    StepKind.PROJECT: "Build a prototype",
}
_PREDICTED = {
    PredictedKind.NOTHING: "Nothing is printed",
    PredictedKind.ERROR: "The program ends in an error",
}


def step_html(step: AnyStep, number: int, lesson_id: str, folder: Path) -> str:
    """One step.

    Args:
        step: the step.
        number: its number in the lesson.
        lesson_id: for its anchor.
        folder: the lesson's folder, for pictures.
    """
    title = escape(step.title or step.id)
    head = (
        f'<h4 id="{lesson_id}-{step.id}"><span class="number">{number}</span> {title} '
        f'<span class="kind">{KINDS[step.kind]}</span></h4>\n'
    )
    body = markdown(step.text, folder) if step.text else ""
    return f'<section class="step">{head}{body}{"".join(_body(step))}</section>\n'


def _body(step: AnyStep) -> Iterator[str]:
    if isinstance(step, ReadStep):
        if step.code:
            yield program(step.code, label="Program to run and change")
    elif isinstance(step, PredictStep):
        yield from _predict(step)
    elif isinstance(step, ChooseStep):
        rows = [
            f"<li>{'<strong>Right:</strong> ' if choice.correct else ''}{inline(choice.text)}{_because(choice.because)}</li>"
            for choice in step.choices
        ]
        yield _list("Answers to choose from", rows, ordered=False)
    elif isinstance(step, FillStep):
        yield program(step.code, label="Program with gaps")
        rows = [
            f"<li>{_code('{{' + gap.name + '}}')} takes {' or '.join(_code(one) for one in gap.accepted)}</li>"
            for gap in step.gaps
        ]
        yield _list("Gaps", rows, ordered=False)
        yield from _help(step.checks, step.mistakes, step.hints)
    elif isinstance(step, ArrangeStep):
        yield program(step.solution, label="Lines in their order")
        if step.distractors:
            yield program("\n".join(step.distractors), label="Lines that do not belong")
        yield from _help(step.checks, step.mistakes, step.hints)
    else:
        yield from _exercise(step)


def _predict(step: PredictStep) -> Iterator[str]:
    yield program(step.code, label="Program")
    if step.stdin:
        yield f"<p>Typed in: {', '.join(_code(line) for line in step.stdin)}</p>"
    if step.choices:
        rows = [f"<li>{_predicted(choice)}{_because(choice.because)}</li>" for choice in step.choices]
        yield _list(
            "Predictions to choose from (the right one is what the program does)", rows, ordered=False
        )
    else:
        yield "<p>The learner types what it prints.</p>"
    if step.why:
        yield f'<p class="said"><span class="label">Shown with the truth</span> {inline(step.why)}</p>'


def _predicted(choice: Prediction) -> str:
    if choice.kind is PredictedKind.TEXT:
        return _code(choice.text)
    return escape(choice.text or _PREDICTED[choice.kind])


def _exercise(step: ExerciseStep) -> Iterator[str]:
    if step.continues:
        lesson, other = step.continues
        yield f"<p>Starts from the learner's own program of {_code(f'{lesson}#{other}' if lesson else other)}.</p>"
    if step.files:
        yield f"<p>Files: {', '.join(_code(file.name) for file in step.files)}</p>"
    if step.limits != StepLimits():
        limits = step.limits
        yield f"<p>Limits: {limits.seconds:g} seconds, {limits.memory_mb} MB, {limits.output_kb} kB of output.</p>"
    if step.starter.strip():
        yield program(step.starter, label="The learner starts from")
    yield program(step.solution, label="Solution")
    yield from _help(step.checks, step.mistakes, step.hints)
    if step.arrange:
        yield program("\n".join(step.arrange), label="Lines that do not belong, in the arrange version")
    if step.prototype:
        fields = ", ".join(escape(field.label or field.name) for field in step.prototype.fields)
        name = _code(step.prototype.function)
        yield f"<p>Form: {escape(step.prototype.title)}, for {name}{f' ({fields})' if fields else ''}.</p>"


def _help(checks: Iterable[AnyCheck], mistakes: Iterable[Mistake], hints: Iterable[str]) -> Iterator[str]:
    rows = [
        f"<li>{markdown(check_in_words(check))}"
        + (
            f'<p class="said"><span class="label">If it fails</span> {inline(check.say)}</p>'
            if check.say
            else ""
        )
        + "</li>"
        for check in checks
    ]
    if rows:
        yield _list("Checks", rows)
    rows = [
        f"<li><p><strong>{escape(mistake.name)}</strong>: recognised when {inline(when_in_words(mistake.when))}.</p>"
        f'<p class="said"><span class="label">The learner is told</span> {inline(mistake.say)}</p>'
        f"{program(mistake.example, label='Example of this mistake')}</li>"
        for mistake in mistakes
    ]
    if rows:
        yield _list("Known mistakes", rows)
    rows = [f"<li>{inline(hint)}</li>" for hint in hints]
    if rows:
        yield _list("Hints", rows)


def _list(title: str, rows: list[str], *, ordered: bool = True) -> str:
    kind = "ol" if ordered else "ul"
    return f"<h5>{escape(title)}</h5>\n<{kind}>\n" + "\n".join(rows) + f"\n</{kind}>\n"


def _because(text: str) -> str:
    return f' <span class="because">{inline(text)}</span>' if text else ""


def _code(text: str) -> str:
    if "\n" in text.strip("\n"):
        return f'<pre class="small"><code>{escape(text.strip(chr(10)))}</code></pre>'
    return f"<code>{escape(text.strip(chr(10)))}</code>"
