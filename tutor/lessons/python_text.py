"""Python that a lesson quotes: parsed, never run."""

from __future__ import annotations

import ast

from msgspec import Struct

from tutor import syntax

#: Characters of one program; far more than a learner could read.
LONGEST_PROGRAM = 100_000


class NotPython(Struct, frozen=True):
    """Why a text does not parse: Python's words, and the place in the text (line from 1, column from 0)."""

    words: str
    line: int = 1
    column: int = 0


def parse_program(text: str) -> ast.Module | NotPython:
    """The syntax tree of a program."""
    tree = _parse(text, "exec")
    assert isinstance(tree, ast.Module | NotPython)
    return tree


def parse_expression(text: str) -> ast.Expression | NotPython:
    """The syntax tree of one expression."""
    tree = _parse(text.strip(), "eval")
    assert isinstance(tree, ast.Expression | NotPython)
    return tree


def _parse(text: str, mode: str) -> ast.AST | NotPython:
    if len(text) > LONGEST_PROGRAM:
        return NotPython(f"it is longer than {LONGEST_PROGRAM:,} characters")
    try:
        return syntax.parse_expression(text) if mode == "eval" else syntax.parse(text)
    except SyntaxError as error:
        return NotPython(_plain(error.msg or ""), error.lineno or 1, max((error.offset or 1) - 1, 0))
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return NotPython(str(error) or "it is nested too deeply")


def _plain(words: str) -> str:
    """Python's words without those that say nothing to a reader."""
    words = words.removeprefix("invalid syntax").strip(". ")
    return words or "Python cannot read it"
