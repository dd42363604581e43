"""Mistakes in YAML itself, in a writer's words, at the place that has to be mended (often not where the parser noticed).

The parser's words differ between libyaml and PyYAML and help no writer, so nearly all is told from the lines. Each
explanation comes with the text mended, where it is clear enough, so that reading can go on and find the next mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tutor.lessons.nodes import shortened
from tutor.lessons.source import Finding
from tutor.lessons.yaml_layout import block_not_indented, no_space, tab, wrong_column
from tutor.lessons.yaml_marks import (
    after_quote,
    colon,
    dash_after_key,
    escape,
    flow,
    open_quote,
    start_of_value,
)
from tutor.lessons.yaml_mistake import Repair, YamlMistake

#: What the parser says of these after a guess may come of the guess itself.
LAYOUT = frozenset({"indent", "block-indent", "bracket", "colon-missing", "yaml"})


def explain_syntax(text: str, error: Any) -> Repair:
    """The mistake behind an error of PyYAML's or libyaml's parser."""
    mistake = YamlMistake(text, error) if text else None
    if mistake is not None:
        for explain in _EXPLANATIONS:
            repair = explain(mistake)
            if repair is not None:
                return repair
        index, column = mistake.index, mistake.column
        words = f" (the parser's words: {mistake.problem})" if mistake.problem else ""
    else:
        index, column, words = 0, 0, ""
    hint = "compare it with the lines around it: spaces at the start, `: ` after each key, quotes in pairs"
    return Repair(Finding(index + 1, column + 1, f"this cannot be read as YAML{words}", hint))


def _not_a_key(mistake: YamlMistake) -> Repair | None:
    if "simple key" not in mistake.context:
        return None
    line = mistake.lines[mistake.start]
    word = line.split()[0] if line.split() else ""
    finding = Finding(
        mistake.start + 1,
        mistake.start_column + 1,
        f"`{shortened(line)}` is neither a key with a value nor a list item",
        f"write `{word}: ...` for a key, or indent the line if it belongs to the text above",
        rule="colon-missing",
    )
    return Repair(finding)


_EXPLANATIONS: tuple[Callable[[YamlMistake], Repair | None], ...] = (
    tab,
    escape,
    open_quote,
    flow,
    dash_after_key,
    colon,
    no_space,
    block_not_indented,
    after_quote,
    start_of_value,
    wrong_column,
    _not_a_key,
)
