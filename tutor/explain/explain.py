"""What to say about a learner's program: the rules in order, put into words."""

from __future__ import annotations

from tutor.explain.advice import Advice
from tutor.explain.reading import Reading
from tutor.explain.rules import blocks, brackets, fallback, fstrings, operators, pasted, quotes, statements
from tutor.explain.wording import put, wordings
from tutor.runner.result import RunResult

_SYNTAX = (
    *pasted.FIRST, *statements.EARLY, *blocks.RULES, *fstrings.RULES, *operators.RULES, *quotes.RULES, *brackets.RULES,
    *statements.LATE, *pasted.LAST, fallback.unreadable,
)  # fmt: skip


def known_rules() -> frozenset[str]:
    """The ids of all rules."""
    return frozenset(wordings())


def explain(
    source: str, result: RunResult | None, *, filename: str = "main.py", silent: bool = True
) -> tuple[Advice, ...]:
    """What went wrong in a program, or what looks wrong in it; best first, empty where nothing is to be said.

    Args:
        source: the program's text.
        result: what came of running it; None where it was not run (then only what the text shows is said).
        filename: the learner's own file, whose lines are meant.
        silent: also say what looks like a mistake though Python did not complain.
    """
    reading = Reading(source)
    if reading.fault is not None:
        python = reading.fault.python
        if result and result.error and result.error.type in ("SyntaxError", "IndentationError", "TabError"):
            python = result.error.python
        for rule in _SYNTAX:
            if finding := rule(reading):
                noticed = finding.noticed or (
                    reading.fault.line if reading.fault.line != finding.line else None
                )
                return (put(_noticed(finding, noticed), python),)
    return ()


def _noticed(finding, noticed):
    from dataclasses import replace

    return replace(finding, noticed=noticed)
