"""A net under every method that Qt calls.

PySide6 6.11 on Python 3.11 ends the whole process (a segmentation fault in `PepException_GetArgs`) when an overridden method lets
out an exception that Python's own C code raised: `1 / 0`, `int("x")`, a missing key. Slots of signals are not affected.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def called_by_qt(default: R) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make an override report an exception through `sys.excepthook` and answer `default` to Qt instead of letting it out."""

    def wrap(method: Callable[P, R]) -> Callable[P, R]:
        @wraps(method)
        def safe(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return method(*args, **kwargs)
            except Exception:
                sys.excepthook(*sys.exc_info())
                return default

        return safe

    return wrap
