"""Collecting the problems of one file, each with its place, and guessing what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from tutor.lessons.model import Place, Problem, Severity
from tutor.lessons.nodes import Node, Scalar
from tutor.lessons.source import Finding


class Report:
    """The problems of one file, in the order in which they were found."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.file, node.line, node.column)

    def error(self, node: Node, where: str, problem: str, hint: str = "", rule: str = "format") -> None:
        """A mistake that keeps the file from being used."""
        self.problems.append(Problem(self.place(node), where, problem, hint, Severity.ERROR, rule))

    def warning(self, node: Node, where: str, problem: str, hint: str = "", rule: str = "format") -> None:
        """Something that may be meant; `allow:` can name its rule."""
        self.problems.append(Problem(self.place(node), where, problem, hint, Severity.WARNING, rule))

    def warn_at(self, place: Place, where: str, problem: str, hint: str = "", rule: str = "format") -> None:
        """A warning at a place that is known already."""
        self.problems.append(Problem(place, where, problem, hint, Severity.WARNING, rule))

    def within(
        self, scalar: Scalar, offset: int, where: str, problem: str, hint: str = "", rule: str = "format"
    ) -> None:
        """An error at a character inside a text, as near as its way of writing lets us say."""
        self.problems.append(
            Problem(self.place_within(scalar, offset), where, problem, hint, Severity.ERROR, rule)
        )

    def place_within(self, scalar: Scalar, offset: int) -> Place:
        """The place of a character of a text in the file."""
        if scalar.style == "|":
            before = scalar.text[:offset]
            line = scalar.line + 1 + before.count("\n")
            column = offset - (before.rfind("\n") + 1)
            return Place(self.file, line, scalar.indent + column + 1)
        if scalar.style == ">" or scalar.end_line != scalar.line:
            return self.place(scalar)
        return Place(self.file, scalar.line, scalar.column + len(scalar.style) + offset)

    def finding(self, finding: Finding, where: str = "") -> None:
        """Takes over a mistake that was found in the text itself."""
        severity = Severity.WARNING if finding.warning else Severity.ERROR
        place = Place(self.file, finding.line, finding.column)
        self.problems.append(Problem(place, where, finding.problem, finding.hint, severity, finding.rule))

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the file from being used."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def sorted(self) -> tuple[Problem, ...]:
        """All problems by their place."""
        return tuple(sorted(dict.fromkeys(self.problems), key=lambda one: (one.place.line, one.place.column)))


def nearest(word: str, options: Iterable[str]) -> str:
    """The option that was probably meant, or "" where none is near."""
    by_folded = {option.lower().replace("_", "-"): option for option in options}
    folded = word.lower().replace("_", "-").strip()
    if folded in by_folded:
        return by_folded[folded]
    matches = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.7)
    return by_folded[matches[0]] if matches else ""


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """The hint that names the nearest option; "" where none is near."""
    found = nearest(word, options)
    return f"did you mean `{found}`?" if found else ""


def listed(options: Iterable[str]) -> str:
    """Options for a sentence: `a`, `b` or `c`."""
    quoted = [f"`{option}`" for option in options]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
