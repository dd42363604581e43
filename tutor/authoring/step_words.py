"""A step as its writer needs to see it beside what the learner sees: what is right, what is asked, what is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.authoring.check_words import check_in_words, code, fenced, when_in_words
from tutor.lessons.model import (
    AnyCheck,
    AnyStep,
    ArrangeStep,
    ChooseStep,
    ExerciseStep,
    FillStep,
    Mistake,
    PredictStep,
    ReadStep,
)
from tutor.translation import tr


def step_in_words(step: AnyStep) -> str:
    """What a step is judged by, and its solution, as Markdown."""
    return "\n\n".join(_parts(step)) + "\n"


def _parts(step: AnyStep) -> Iterator[str]:
    if isinstance(step, ReadStep):
        yield tr("Nothing is judged: reading is enough.")
        if step.code:
            yield tr(
                "{command} runs its program, and tells you where it ends in an error.", command="`tutor lint`"
            )
    elif isinstance(step, PredictStep):
        yield tr("Right is what the program really does; nothing marks it in the file.")
        if step.choices:
            yield _list([f"{code(one.text)}{_because(one.because)}" for one in step.choices if one.text])
        if step.why:
            yield f"**{tr('Shown with the truth:')}** {step.why}"
    elif isinstance(step, ChooseStep):
        right = f"**{tr('Right:')}** "
        yield _list(
            [f"{right if one.correct else ''}{one.text}{_because(one.because)}" for one in step.choices]
        )
    else:
        yield from _program(step)


def _program(step: FillStep | ArrangeStep | ExerciseStep) -> Iterator[str]:
    if isinstance(step, FillStep):
        yield f"## {tr('Gaps')}"
        yield _list(
            [
                tr("{gap} takes {answers}", gap=code("{{" + gap.name + "}}"), answers=_or(gap.accepted))
                for gap in step.gaps
            ]
        )
    yield f"## {tr('Solution')}"
    yield fenced(step.solution, "python")
    if step.checks:
        yield f"## {tr('Checks')}"
        yield _list([_check(one) for one in step.checks], ordered=True)
    elif isinstance(step, ArrangeStep):
        yield tr("The lines have to stand in this order; there are no other checks.")
    if step.mistakes:
        yield f"## {tr('Mistakes that are recognised')}"
        for mistake in step.mistakes:
            yield _mistake(mistake)
    if step.hints:
        yield f"## {tr('Hints')}"
        yield _list(list(step.hints), ordered=True)


def _check(check: AnyCheck) -> str:
    said = f"\n\n**{tr('If it fails:')}** {check.say}" if check.say else ""
    return f"{check_in_words(check)}{said}"


def _mistake(mistake: Mistake) -> str:
    parts = [
        tr(
            "{name}: recognised when {condition}.",
            name=f"**{mistake.name}**",
            condition=when_in_words(mistake.when),
        ),
        f"**{tr('The learner is told:')}** {mistake.say}",
    ]
    if mistake.example:
        parts.append(fenced(mistake.example, "python"))
    return "\n\n".join(parts)


def _or(answers: Sequence[str]) -> str:
    said, *others = map(code, answers)
    for other in others:
        said = tr("{one} or {other}", one=said, other=other)
    return said


def _because(text: str) -> str:
    return f" ({text})" if text else ""


def _list(rows: list[str], *, ordered: bool = False) -> str:
    made = []
    for number, row in enumerate(rows, 1):
        mark = f"{number}. " if ordered else "- "
        blanks = " " * len(mark)
        lines = row.strip().split("\n")
        made.append("\n".join([mark + lines[0], *(f"{blanks}{line}".rstrip() for line in lines[1:])]))
    return "\n".join(made)
