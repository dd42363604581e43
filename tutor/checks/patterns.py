"""Finding a piece of Python in a program: `_` stands for any expression, `...` for any statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tutor.checks.source import parse
from tutor.errors import LessonError
from tutor.translation import tr

#: Fields that say how something was written, or what it is used for, rather than what it is.
_UNIMPORTANT = frozenset({"ctx", "type_comment", "kind", "type_params"})


def found(pattern: str, tree: ast.Module) -> int | None:
    """The line of the first place where the pattern fits; None where it fits nowhere.

    `...` as a statement stands for any statements (none too), as an argument for any arguments, as another expression
    for any expression; `_` for any one expression, name or parameter; `*_` in a definition for any parameters.

    Raises:
        LessonError: the pattern is not Python.
    """
    wanted = parse(pattern)
    if wanted is None or not wanted.body:
        raise LessonError(
            tr("The pattern of a known mistake is not Python."), tr("A pattern is a piece of a program.")
        )
    if len(wanted.body) == 1 and isinstance(wanted.body[0], ast.Expr) and not _is_rest(wanted.body[0]):
        return _first_expression(wanted.body[0].value, tree)
    for block in _blocks(tree):
        for start in range(len(block)):
            if _starts_with(wanted.body, block[start:]):
                return block[start].lineno
    return None


def _first_expression(wanted: ast.expr, tree: ast.Module) -> int | None:
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and not _is_target(node) and _fits(wanted, node)
    ]
    return min(lines, default=None)


def _is_target(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def _is_rest(node: object) -> bool:
    """Whether this is `...`, as a statement or as an expression."""
    held = node.value if isinstance(node, ast.Expr) else node
    return isinstance(held, ast.Constant) and held.value is Ellipsis


def _starts_with(wanted: Sequence[ast.stmt], block: Sequence[ast.stmt]) -> bool:
    """Whether a block begins with these statements; a last `...` changes nothing."""
    return any(_same_run(wanted, block[:end]) for end in range(len(block) + 1))


def _same_run(wanted: Sequence[object], items: Sequence[object]) -> bool:
    """Whether a whole list fits, where each `...` stands for any number of items."""
    # reached[j]: the pattern so far fits the first j items.
    reached = [True] + [False] * len(items)
    for part in wanted:
        if _is_rest(part):
            for j in range(1, len(items) + 1):
                reached[j] = reached[j] or reached[j - 1]
        else:
            reached = [False, *(reached[j] and _fits(part, item) for j, item in enumerate(items))]
    return reached[-1]


def _fits(wanted: object, node: object) -> bool:
    if isinstance(wanted, ast.Name) and wanted.id == "_":
        return isinstance(node, ast.expr)
    if _is_rest(wanted) and isinstance(node, (ast.expr, ast.stmt)):
        return True
    if isinstance(wanted, ast.arg) and wanted.arg == "_":
        return isinstance(node, ast.arg)
    if isinstance(wanted, ast.arguments) and wanted.vararg is not None and wanted.vararg.arg == "_":
        return isinstance(node, ast.arguments)
    if isinstance(wanted, list):
        return isinstance(node, list) and _same_run(wanted, node)
    if not isinstance(wanted, ast.AST):
        return wanted == "_" or (type(wanted) is type(node) and wanted == node)
    if type(wanted) is not type(node):
        return False
    return all(
        _fits(getattr(wanted, name, None), getattr(node, name, None))
        for name in wanted._fields
        if name not in _UNIMPORTANT
    )
