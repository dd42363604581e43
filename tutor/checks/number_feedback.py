"""Why two numbers differ: sign, rounding, decimals cut off, a factor of ten."""

from __future__ import annotations

import math

from tutor.checks.compare import equal
from tutor.translation import counted, tr


def size_reason(expected: float, got: float) -> str:
    """Why one number is not the other, as a sentence; "" where it is nothing that beginners often do."""
    if not (math.isfinite(expected) and math.isfinite(got)):
        return ""
    if expected and equal(expected, -got):
        return tr("The size is right, the sign is not.")
    return _rounding(expected, got) or _power_of_ten(expected, got)


def _rounding(expected: float, got: float) -> str:
    if not expected.is_integer() and got.is_integer():
        if got == math.trunc(expected) and got != round(expected):
            return tr("The decimals were cut off: int() and // do that.")
        if got == round(expected):
            return tr("It was rounded to a whole number.")
    for places in range(1, 7):
        if expected == round(expected, places) and expected == round(got, places):
            return tr("Expected is rounded to {places}.", places=_places(places))
        if got == round(got, places) and got == round(expected, places):
            return tr("It was rounded to {places}: that loses digits here.", places=_places(places))
    if (
        expected.is_integer()
        and expected in (round(got), math.floor(got), math.ceil(got))
        and not got.is_integer()
    ):
        return tr("A whole number is expected.")
    if not (expected.is_integer() and got.is_integer()) and abs(expected - got) <= 1e-3 * max(
        abs(expected), abs(got)
    ):
        return tr("They are near: it may be rounded too early.")
    return ""


def _places(places: int) -> str:
    return counted(places, "%n decimal place", "%n decimal places")


def _power_of_ten(expected: float, got: float) -> str:
    if not expected or not got:
        return ""
    for power in (10, 100, 1000, 10_000, 1_000_000):
        if equal(got, expected * power):
            return tr("It is {power:,} times too large: look at the units.", power=power)
        if equal(got * power, expected):
            return tr("It is {power:,} times too small: look at the units.", power=power)
    return ""
