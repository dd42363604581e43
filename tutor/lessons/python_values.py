"""`python: EXPRESSION`: values that YAML cannot write. Literals and eight constructors, and nothing else.

The expression is parsed, never executed: each node of its syntax tree is turned into a value here or refused.
"""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from tutor.lessons.python_text import parse_expression

LONGEST_EXPRESSION = 20_000
_DEEPEST = 60
_NUMBER_TEXT = re.compile(r"\s*[-+]?(\d{1,100}(\.\d{0,100})?|\.\d{1,100})([eE][-+]?\d{1,3})?\s*")
_FRACTION_TEXT = re.compile(r"\s*[-+]?\d{1,100}(/\d{1,100}|\.\d{1,100})?\s*")
_SPECIAL_FLOATS = {"inf", "-inf", "+inf", "nan", "infinity", "-infinity"}


class PythonValueError(ValueError):
    """The expression is not one that `python:` takes; the message says which part, in a writer's words."""


def python_value(expression: str) -> Any:
    """The value that an expression of `python:` stands for.

    Raises:
        PythonValueError: it does not parse, or holds something beyond literals and the named constructors.
    """
    if len(expression) > LONGEST_EXPRESSION:
        raise PythonValueError(f"the expression is longer than {LONGEST_EXPRESSION:,} characters")
    tree = parse_expression(expression)
    if not isinstance(tree, ast.Expression):
        raise PythonValueError(tree.words)
    return _value(tree.body, 0)


def _value(node: ast.expr, depth: int) -> Any:
    if depth > _DEEPEST:
        raise PythonValueError(f"more than {_DEEPEST} values stand inside each other")
    if isinstance(node, ast.Constant) and node.value is not Ellipsis:
        return node.value
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        items = [_value(item, depth + 1) for item in node.elts]
        if isinstance(node, ast.Set):
            return _hashed(set, items)
        return tuple(items) if isinstance(node, ast.Tuple) else items
    if isinstance(node, ast.Dict):
        return _dict(node, depth)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub):
        return _signed(node, depth)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left, right = _value(node.left, depth + 1), _value(node.right, depth + 1)
        if isinstance(left, int | float) and not isinstance(left, bool) and isinstance(right, complex):
            return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call(node.func.id, node, depth)
    raise PythonValueError(f"`{ast.unparse(node)[:40]}` is not a value that `python:` takes")


def _dict(node: ast.Dict, depth: int) -> dict[Any, Any]:
    result = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise PythonValueError("`**` is not a value that `python:` takes")
        made = _value(key, depth + 1)
        _hashed(set, [made])
        result[made] = _value(value, depth + 1)
    return result


def _signed(node: ast.UnaryOp, depth: int) -> Any:
    value = _value(node.operand, depth + 1)
    if isinstance(value, bool) or not isinstance(
        value, int | float | complex | Decimal | Fraction | datetime.timedelta
    ):
        raise PythonValueError(f"`{ast.unparse(node)[:40]}` is not a number")
    return -value if isinstance(node.op, ast.USub) else +value


def _hashed(kind: Callable[[list[Any]], Any], items: list[Any]) -> Any:
    try:
        return kind(items)
    except TypeError:
        raise PythonValueError("a list, set or dict cannot stand in a set or as a key of a dict") from None


def _call(name: str, node: ast.Call, depth: int) -> Any:
    make = _CONSTRUCTORS.get(name)
    if make is None:
        known = ", ".join(f"`{one}`" for one in sorted(_CONSTRUCTORS))
        raise PythonValueError(
            f"`{name}(...)` is not a value that `python:` takes; beside literals it takes {known}"
        )
    if any(keyword.arg is None for keyword in node.keywords) or any(
        isinstance(one, ast.Starred) for one in node.args
    ):
        raise PythonValueError(f"`*` does not stand in `{name}(...)` here")
    values = [_value(argument, depth + 1) for argument in node.args]
    named = {str(keyword.arg): _value(keyword.value, depth + 1) for keyword in node.keywords}
    try:
        return make(*values, **named)
    except PythonValueError:
        raise
    except (TypeError, ValueError, OverflowError, ArithmeticError, InvalidOperation) as error:
        raise PythonValueError(f"Python refuses `{ast.unparse(node)[:60]}`: {error}") from None


def _float(text: Any) -> float:
    if isinstance(text, str) and (text.strip().lower() in _SPECIAL_FLOATS or _NUMBER_TEXT.fullmatch(text)):
        return float(text)
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text)
    raise PythonValueError('`float(...)` takes "inf", "nan" or a number')


def _decimal(text: Any) -> Decimal:
    if isinstance(text, str) and not (
        text.strip().lower() in _SPECIAL_FLOATS or _NUMBER_TEXT.fullmatch(text)
    ):
        raise PythonValueError('`Decimal(...)` takes a number as text, such as "1.10"')
    if not isinstance(text, str) and type(text) is not int:
        raise PythonValueError('`Decimal(...)` takes a number as text, such as "1.10"')
    return Decimal(text)


def _fraction(numerator: Any, denominator: Any = 1) -> Fraction:
    if isinstance(numerator, str):
        if not _FRACTION_TEXT.fullmatch(numerator):
            raise PythonValueError('`Fraction(...)` takes whole numbers, or text such as "1/3"')
        if denominator != 1:
            raise PythonValueError("`Fraction(...)` takes two whole numbers, or one text")
        return Fraction(numerator)
    if type(numerator) is not int or type(denominator) is not int:
        raise PythonValueError('`Fraction(...)` takes whole numbers, or text such as "1/3"')
    return Fraction(numerator, denominator)


def _set(*values: Any) -> set[Any]:
    if values:
        raise PythonValueError("`set()` stands for the empty set only; others are written `{1, 2}`")
    return set()


def _frozenset(values: Any = ()) -> frozenset[Any]:
    if not isinstance(values, set | list | tuple):
        raise PythonValueError("`frozenset(...)` takes `{...}`, `[...]` or `(...)`")
    made: frozenset[Any] = _hashed(frozenset, list(values))
    return made


_CONSTRUCTORS: dict[str, Callable[..., Any]] = {
    "date": datetime.date,
    "datetime": datetime.datetime,
    "time": datetime.time,
    "timedelta": datetime.timedelta,
    "Decimal": _decimal,
    "Fraction": _fraction,
    "set": _set,
    "frozenset": _frozenset,
    "float": _float,
}
