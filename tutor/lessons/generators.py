"""How `same-as-solution` makes up arguments: `int 0..40`, `float 34..42 by 0.1`, `one-of [A, C]`, `list of int 0..9`.

generator = "int" range | "float" range | "text" | "bool" | "one-of [" values "]" | "list of" generator
          | "date" date ".." date
range     = number ".." number [ "by" number ]
"""

from __future__ import annotations

import datetime
import math
import re
from typing import Any

from tutor.lessons.compose import compose
from tutor.lessons.model import Generator
from tutor.lessons.nodes import Scalar, Sequence
from tutor.lessons.report import nearest
from tutor.lessons.scalars import plain_value

KINDS = ("int", "float", "text", "bool", "one-of", "list of", "date")
EXAMPLES = "`int 0..40`, `float 34..42 by 0.1`, `text`, `bool`, `one-of [A, B]`, `list of int 0..9`, `date 2020-01-01..2026-12-31`"
_DEEPEST = 4

_NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})(?:\s+by\s+(?P<step>{_NUMBER}))?")
_DATES = re.compile(r"(?P<low>\d{4}-\d\d-\d\d)\s*\.\.\s*(?P<high>\d{4}-\d\d-\d\d)")


class GeneratorError(ValueError):
    """The text is no generator; the message says why, in a writer's words."""


def parse_generator(text: str, depth: int = 0) -> Generator:
    """The generator that a text describes.

    Raises:
        GeneratorError: it is none.
    """
    text = " ".join(text.split())
    if text in ("text", "bool"):
        return Generator(text)
    if text.startswith("list of "):
        if depth >= _DEEPEST:
            raise GeneratorError(f"more than {_DEEPEST} lists stand inside each other")
        return Generator("list", of=parse_generator(text.removeprefix("list of "), depth + 1))
    kind, _, rest = text.partition(" ")
    if kind in ("int", "float"):
        return _numbers(kind, rest)
    if kind == "date":
        return _dates(rest)
    if kind == "one-of":
        return Generator("one-of", options=_options(rest))
    meant = nearest(kind, [one.split()[0] for one in KINDS])
    hint = f"did you mean `{meant}`?" if meant else f"examples: {EXAMPLES}"
    raise GeneratorError(f"`{text[:40]}` is not a generator; {hint}")


def _numbers(kind: str, rest: str) -> Generator:
    match = _RANGE.fullmatch(rest.strip())
    if not match:
        example = "int 0..40" if kind == "int" else "float 34..42 by 0.1"
        raise GeneratorError(f"`{kind}` needs a range, such as `{example}`")
    convert: Any = int if kind == "int" else float
    try:
        low, high = convert(match["low"]), convert(match["high"])
        step = convert(match["step"]) if match["step"] else None
    except ValueError:
        raise GeneratorError("`int` takes whole numbers; for decimals use `float`") from None
    if not (math.isfinite(low) and math.isfinite(high)):
        raise GeneratorError("the range is too large")
    if low > high:
        raise GeneratorError(
            f"the range runs from {match['low']} down to {match['high']}; write the smaller number first"
        )
    if step is not None and step <= 0:
        raise GeneratorError("the number after `by` is more than 0")
    return Generator(kind, low=low, high=high, step=step)


def _dates(rest: str) -> Generator:
    match = _DATES.fullmatch(rest.strip())
    if not match:
        raise GeneratorError("`date` needs a range, such as `date 2020-01-01..2026-12-31`")
    try:
        low, high = datetime.date.fromisoformat(match["low"]), datetime.date.fromisoformat(match["high"])
    except ValueError as error:
        raise GeneratorError(f"there is no such date: {error}") from None
    if low > high:
        raise GeneratorError("the first date is later than the second")
    return Generator("date", low=low, high=high)


def _options(rest: str) -> tuple[Any, ...]:
    root = compose(rest).root if rest.startswith("[") else None
    if not isinstance(root, Sequence) or not root.items:
        raise GeneratorError("`one-of` needs its values in brackets, such as `one-of [A, C, V, P, U]`")
    values = []
    for item in root.items:
        if not isinstance(item, Scalar):
            raise GeneratorError("`one-of` takes single values: texts, numbers, `true` or `false`")
        values.append(plain_value(item.text) if item.plain else item.text)
    return tuple(values)
