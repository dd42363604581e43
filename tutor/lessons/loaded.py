"""What loading gives: the thing, or None where it cannot be used, and what is wrong with it."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from tutor.lessons.model import Problem, Severity

T = TypeVar("T")


class Loaded(Struct, Generic[T], frozen=True):
    """`value` is None exactly when one of the problems is an error that keeps it from being used."""

    value: T | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep it from being used."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)
