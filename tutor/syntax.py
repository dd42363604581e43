"""Reading Python text into syntax trees, one at a time.

In Python 3.11 `ast.parse` in two threads at once raises SystemError ("AST constructor recursion depth mismatch"), and
`warnings.catch_warnings` is not safe in threads in any version: a check, lint's proofs and the window's live marks all
read programs on threads of their own.
"""

from __future__ import annotations

import ast
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_one_at_a_time = threading.RLock()

#: How often a reading is tried: a library that reads Python text on another thread can still spoil one of ours.
_TRIES = 5


@contextmanager
def alone() -> Iterator[None]:
    """Hold off other readers of Python text, and Python's warnings about it ("\\d" in a text): a run will say them."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def parse(text: str) -> ast.Module:
    """The syntax tree of a program.

    Raises:
        SyntaxError, ValueError, MemoryError, RecursionError, OverflowError: as `ast.parse` does.
    """
    tree = _read(text, "exec")
    assert isinstance(tree, ast.Module)
    return tree


def parse_expression(text: str) -> ast.Expression:
    """The syntax tree of an expression; raises as `parse` does."""
    tree = _read(text, "eval")
    assert isinstance(tree, ast.Expression)
    return tree


def literal(text: str) -> object:
    """The value of a literal; raises as `ast.literal_eval` does."""
    value: object = ast.literal_eval(parse_expression(text.lstrip(" \t")))
    return value


def _read(text: str, mode: str) -> ast.AST:
    for tries_left in reversed(range(_TRIES)):
        try:
            with alone():
                return ast.parse(text, mode=mode)
        except SystemError:
            if not tries_left:
                raise
    raise AssertionError("not reached")
