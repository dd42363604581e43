"""Mistakes in YAML itself, in a writer's words, with the place that has to be mended (which is often not where the
parser noticed)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tutor.lessons.source import Finding


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong, and the text with it mended (None where that is not clear), so that reading can go on.

    `lines`: the lines that were changed. `guessed`: what follows may look wrong only because of the mending.
    """

    finding: Finding
    text: str | None = None
    lines: frozenset[int] = frozenset()
    guessed: bool = False


def explain_syntax(text: str, error: Any) -> Repair:
    """The mistake behind a parser's error."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Repair(Finding(line, column, f"this is not YAML that can be read here ({error.problem})"))
