"""`with:` a program in which a name's first assignment is replaced by a value, with every line kept where it is."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from tutor.checks.source import Source
from tutor.errors import LessonError
from tutor.translation import tr

_LIBRARY_NAME = re.compile(r"\b(datetime|zoneinfo)\.")
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class NoAssignment(Exception):
    """The program has no top-level line that gives this name a value."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def literal(value: Any) -> str:
    """A plain value as a Python expression that needs no name of the program's.

    Raises:
        LessonError: there is no such expression.
    """
    if value is None or isinstance(value, (bool, int, str, bytes)):
        return repr(value)
    if isinstance(value, float):
        return repr(value) if value - value == 0 else f"float({str(value)!r})"
    if isinstance(value, complex):
        return f"complex({literal(value.real)}, {literal(value.imag)})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(held)}" for key, held in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}([{', '.join(map(literal, value))}])"
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _LIBRARY_NAME.sub(r"__import__('\1').", repr(value))
    if isinstance(value, Decimal):
        return f"__import__('decimal').Decimal({str(value)!r})"
    if isinstance(value, Fraction):
        return tr(
            "__import__('fractions').Fraction({numerator}, {denominator})",
            numerator=value.numerator,
            denominator=value.denominator,
        )
    raise LessonError(
        tr("A value of the kind {kind} cannot be given to a program.", kind=type(value).__name__)
    )


def replaced(source: Source, with_: Mapping[str, str]) -> str:
    """The program's text, with each name's first top-level assignment replaced.

    Args:
        source: the program; one with no tree comes back as it is, to fail as it does.
        with_: name -> expression.

    Raises:
        NoAssignment: a name is nowhere given a value at the top level.
    """
    if source.tree is None or not with_:
        return source.text
    text = _Text(source.text)
    edits: dict[tuple[int, int], str] = {}
    for name, expression in with_.items():
        place = _first_assignment(source.tree, name)
        if place is None:
            raise NoAssignment(name)
        start, end = text.span(place.value)
        if place.whole and (start, end) not in edits:
            edits[start, end] = _on_as_many_lines(expression, source.text[start:end])
        else:
            end = text.span(place.statement)[1]
            edits[end, end] = edits.get((end, end), "") + f"; {name} = {expression}"
    result = source.text
    for (start, end), new in sorted(edits.items(), reverse=True):
        result = result[:start] + new + result[end:]
    return result


def _on_as_many_lines(expression: str, old: str) -> str:
    breaks = old.count("\n")
    return f"({expression}{chr(10) * breaks})" if breaks else expression


class _Place(Struct, frozen=True):
    """Where a name gets its value; `whole`: the value is there to be replaced, else a statement must follow."""

    statement: ast.stmt
    value: ast.expr
    whole: bool


class _Text:
    """Character offsets of nodes (Python counts columns in bytes of UTF-8)."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, line: int, column: int) -> int:
        before = self.lines[line - 1].encode("utf-8", "surrogatepass")[:column]
        return self.starts[line - 1] + len(before.decode("utf-8", "surrogatepass"))


def _first_assignment(tree: ast.Module, name: str) -> _Place | None:
    """The first assignment that has an effect: one that the next mention of the name overwrites unread has none."""
    found: _Place | None = None
    for statement in tree.body:
        if not _mentions(statement, name):
            continue
        if found is None:
            found = next(_places(statement, name), None)
            if found is None or found.statement is not statement:
                return found or _first_in_rest(tree, statement, name)
        elif _overwrites(statement, name):
            found = next(_places(statement, name))
        else:
            break
    return found


def _first_in_rest(tree: ast.Module, after: ast.stmt, name: str) -> _Place | None:
    """The first assignment after a statement that only mentions the name (a function that uses it later)."""
    rest = tree.body[tree.body.index(after) + 1 :]
    return next((place for statement in rest for place in _places(statement, name)), None)


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def _overwrites(statement: ast.stmt, name: str) -> bool:
    """Whether a top-level statement gives the name a new value without reading the old one."""
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return False
    reads = any(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load) for n in ast.walk(statement)
    )
    return not reads and next(_places(statement, name), None) is not None


def _places(statement: ast.stmt, name: str) -> Iterator[_Place]:
    """Where a statement, or one inside it at the same scope, gives the name a value."""
    if isinstance(statement, _OWN_SCOPE):
        return
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            if place := _in_target(statement, target, statement.value, name):
                yield place
                break
    elif isinstance(statement, ast.AnnAssign) and statement.value and _is_name(statement.target, name):
        yield _Place(statement, statement.value, whole=True)
    yield from _walrus(statement, name)
    for block in ("body", "handlers", "orelse", "finalbody", "cases"):
        for inner in getattr(statement, block, ()):
            if isinstance(inner, ast.stmt):
                yield from _places(inner, name)
            else:
                for deeper in inner.body:
                    yield from _places(deeper, name)


def _in_target(statement: ast.stmt, target: ast.expr, value: ast.expr, name: str) -> _Place | None:
    if isinstance(target, ast.Name):
        return _Place(statement, value, whole=True) if target.id == name else None
    if isinstance(target, (ast.Tuple, ast.List)):
        matching = (
            isinstance(value, (ast.Tuple, ast.List))
            and len(value.elts) == len(target.elts)
            and not any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts))
        )
        if matching:
            pairs = zip(target.elts, value.elts, strict=True)  # type: ignore[attr-defined]
            return next((place for t, v in pairs if (place := _in_target(statement, t, v, name))), None)
        if _mentions_as_target(target, name):
            return _Place(statement, value, whole=False)
    return None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _mentions_as_target(target: ast.expr, name: str) -> bool:
    return any(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in ast.walk(target)
    )


def _walrus(statement: ast.stmt, name: str) -> Iterator[_Place]:
    """`(rr := int(input()))` in the statement's own expressions."""
    todo: list[ast.AST] = [
        child
        for child in ast.iter_child_nodes(statement)
        if not isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case))
    ]
    while todo:
        node = todo.pop()
        if isinstance(node, _OWN_SCOPE):
            continue
        if isinstance(node, ast.NamedExpr) and node.target.id == name:
            yield _Place(statement, node.value, whole=True)
        todo += ast.iter_child_nodes(node)
