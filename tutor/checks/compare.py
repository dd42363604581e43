"""Fair equality: Python's own, made fair to beginners (lesson-format, "Checks").

`1` equals `1.0`; floats equal within a relative 1e-9 or an absolute 1e-12; `True` and `1` are told apart, and so are a
list and a tuple; NaN equals NaN. Values are plain Python objects, or the descriptions that `tutor.runner.values` makes of
anything else. No method of a learner's object is ever called here: there are no such objects in this process.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction

from tutor.checks.described import plain
from tutor.lessons.model import Tolerance

#: How far apart two floats may be and still count as the same (lesson-format, "Checks").
RELATIVE = 1e-9
ABSOLUTE = 1e-12

FAIR = Tolerance()

_NUMBERS = (int, float, complex, Decimal, Fraction)
_MOST_LEFT_OVER = 300  # items of sets and keys of dictionaries that have no exact twin: matched pair by pair


def equal(expected: object, got: object, tolerance: Tolerance = FAIR) -> bool:
    """Whether two values are the same, within `tolerance`. Never raises, whatever the values; cycles end."""
    try:
        return _Walk(tolerance).same(expected, got)
    except (RecursionError, OverflowError, ArithmeticError):
        return False


def is_number(value: object) -> bool:
    """Whether a value is a number (a Boolean is none)."""
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


def is_nan(value: object) -> bool:
    """Whether a value is "not a number", as a float, a complex or a Decimal."""
    if isinstance(value, float):
        return math.isnan(value)
    if isinstance(value, complex):
        return math.isnan(value.real) or math.isnan(value.imag)
    return isinstance(value, Decimal) and value.is_nan()


class _Walk:
    """One comparison of two values, down to their parts, without recursion on lists, tuples and dictionaries."""

    def __init__(self, tolerance: Tolerance) -> None:
        self.tolerance = tolerance
        self.todo: list[tuple[object, object]] = []
        self.met: dict[tuple[int, int], object] = {}

    def same(self, expected: object, got: object) -> bool:
        self.todo = [(expected, got)]
        while self.todo:
            if not self._step(*self.todo.pop()):
                return False
        return True

    def _step(self, one: object, other: object) -> bool:
        """Whether two values are the same, their parts aside: those are added to what is still to do."""
        if one is other:
            return True
        if not self.tolerance.exactly:
            one, other = plain(one), plain(other)
        if isinstance(one, _NUMBERS) and isinstance(other, _NUMBERS):
            return same_number(one, other, self.tolerance)
        if not self._comparable(one, other):
            return False
        if isinstance(one, (list, tuple, dict, set, frozenset)) or is_dataclass(one):
            pair = (id(one), id(other))
            if pair in self.met:
                return True
            self.met[pair] = (one, other)  # kept alive, so that no id comes again
            return self._parts(one, other)
        return bool(one == other)

    def _comparable(self, one: object, other: object) -> bool:
        if type(one) is type(other):
            return True
        if self.tolerance.exactly:
            return False
        if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            return self.tolerance.loosely
        alike = ((set, frozenset), (bytes, bytearray))
        return any(isinstance(one, kinds) and isinstance(other, kinds) for kinds in alike)

    def _parts(self, one: object, other: object) -> bool:
        if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            self.todo.extend(zip(reversed(one), reversed(other), strict=False))
            return len(one) == len(other)
        if isinstance(one, dict) and isinstance(other, dict):
            return len(one) == len(other) and self._same_dict(one, other)
        if isinstance(one, (set, frozenset)) and isinstance(other, (set, frozenset)):
            return len(one) == len(other) and self._same_set(one, other)
        for field in fields(one):  # type: ignore[arg-type]  # a dataclass by _step
            if field.compare:
                self.todo.append((getattr(one, field.name), getattr(other, field.name)))
        return True

    def _same_set(self, one: set[object] | frozenset[object], other: set[object] | frozenset[object]) -> bool:
        twins = {item: item for item in other}
        left = [item for item in one if not (item in twins and self._equal(item, twins.pop(item)))]
        return _can_be_paired(left, list(twins.values()), self._equal) if left else True

    def _same_dict(self, one: dict[object, object], other: dict[object, object]) -> bool:
        twins = {key: key for key in other}
        left: list[object] = []
        for key, value in one.items():
            if key in twins and self._equal(key, twins[key]):
                self.todo.append((value, other[twins.pop(key)]))
            else:
                left.append(key)
        if not left:
            return True

        def same_entry(key: object, twin: object) -> bool:
            return self._equal(key, twin) and self._equal(one[key], other[twin])

        return _can_be_paired(left, list(twins.values()), same_entry)

    def _equal(self, one: object, other: object) -> bool:
        return _Walk(self.tolerance).same(one, other)


def same_number(one: object, other: object, tolerance: Tolerance = FAIR) -> bool:
    """Whether two numbers (or Booleans) are the same within `tolerance`."""
    if isinstance(one, bool) != isinstance(other, bool) and not tolerance.loosely:
        return False
    if is_nan(one) or is_nan(other):
        return is_nan(one) and is_nan(other) and (type(one) is type(other) or not tolerance.exactly)
    if tolerance.exactly:
        return type(one) is type(other) and one == other and repr_sign(one) == repr_sign(other)
    if one == other:
        return True
    if isinstance(one, complex) or isinstance(other, complex):
        return _same_complex(complex(one), complex(other), tolerance)  # type: ignore[call-overload]
    return _near(one, other, tolerance)


def repr_sign(number: object) -> float:
    """The sign that a float shows: -1.0 for -0.0 too."""
    return math.copysign(1.0, number) if isinstance(number, float) else 1.0


def _near(one: object, other: object, tolerance: Tolerance) -> bool:
    """Whether two real, different numbers are near enough."""
    inexact = isinstance(one, float) or isinstance(other, float)
    if tolerance.close is None and tolerance.relative is None and not inexact:
        return False
    if type(one) is int and type(other) is int:
        allowed = max(tolerance.close or 0.0, (tolerance.relative or 0.0) * _size(one, other))
        return abs(one - other) <= allowed
    try:
        first, second = float(one), float(other)  # type: ignore[arg-type]
    except OverflowError:
        return False
    if math.isinf(first) or math.isinf(second):
        return False
    size = max(abs(first), abs(second))
    slack = max(RELATIVE * size, ABSOLUTE)
    if tolerance.close is not None or tolerance.relative is not None:
        # The slack stays: 0.31 - 0.30 is a hair more than 0.01, and nobody means that.
        slack += max(tolerance.close or 0.0, (tolerance.relative or 0.0) * size)
    return abs(first - second) <= slack


def _size(one: int, other: int) -> float:
    try:
        return float(max(abs(one), abs(other)))
    except OverflowError:
        return math.inf


def _same_complex(one: complex, other: complex, tolerance: Tolerance) -> bool:
    return same_number(one.real, other.real, tolerance) and same_number(one.imag, other.imag, tolerance)


def _can_be_paired(
    left: Sequence[object], right: Sequence[object], same: Callable[[object, object], bool]
) -> bool:
    """Whether each item of `left` has its own equal in `right` (augmenting paths; both have the same length)."""
    if len(left) != len(right) or len(left) > _MOST_LEFT_OVER:
        return False
    edges = [[j for j, twin in enumerate(right) if same(item, twin)] for item in left]
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in edges[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    return all(place(i, set()) for i in range(len(left)))
