"""A mistake in YAML itself: the lines around it, and what mending it gives."""

from __future__ import annotations

from typing import Any

import yaml

from msgspec import Struct

from tutor.lessons.source import Finding, split_lines
from tutor.lessons.yaml_lines import YamlLine, parse_line, previous_line

#: Makes the events: libyaml's parser where PyYAML has it, else PyYAML's own.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Lists and keys inside each other; a lesson needs some eight.
DEEPEST = 40


class Repair(Struct, frozen=True):
    """What is wrong, and the text with it mended (None where that is not clear).

    `lines`: the lines (from 1) that were changed: nothing else is said of them. `guessed`: what the parser says next
    may come of the mending: of that, mistakes of layout are not reported.
    """

    finding: Finding
    text: str | None = None
    lines: frozenset[int] = frozenset()
    guessed: bool = False


class YamlMistake:
    """The lines around a parser's error. Indexes count from 0."""

    def __init__(self, text: str, error: Any) -> None:
        self.lines = split_lines(text)
        self.problem: str = error.problem or ""
        self.context: str = error.context or ""
        mark = error.problem_mark or error.context_mark
        self.index, self.column = self._inside(mark.line, mark.column) if mark else (0, 0)
        start = error.context_mark or mark
        self.start, self.start_column = self._inside(start.line, start.column) if start else (0, 0)
        self.line: YamlLine = parse_line(self.lines[self.index])

    def _inside(self, line: int, column: int) -> tuple[int, int]:
        """The parser may notice at the end of the file: then the last line that says something is meant."""
        if line < len(self.lines) and self.lines[line].strip():
            return line, column
        above = previous_line(self.lines, min(line, len(self.lines)))
        return (line, column) if above is None else (above, len(self.lines[above]))

    def repair(
        self, finding: Finding, changed: dict[int, str] | None = None, guessed: bool = False
    ) -> Repair:
        """The finding, with some lines (by index) replaced."""
        if changed is None:
            return Repair(finding)
        lines = [changed.get(index, line) for index, line in enumerate(self.lines)]
        return Repair(finding, "\n".join(lines), frozenset(index + 1 for index in changed), guessed)
