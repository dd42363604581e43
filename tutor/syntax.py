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
    with alone():
        return ast.parse(text)


def parse_expression(text: str) -> ast.Expression:
    """The syntax tree of an expression; raises as `parse` does."""
    with alone():
        return ast.parse(text, mode="eval")


def literal(text: str) -> object:
    """The value of a literal; raises as `ast.literal_eval` does."""
    with alone():
        return ast.literal_eval(text)
