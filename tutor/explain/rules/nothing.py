"""None where a value was meant: where it came from."""

from __future__ import annotations

import ast

from tutor.explain.crash import FUNCTION_KINDS, NONE_METHODS, Crash
from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, own_nodes, returns_value

_MATCHERS = ("match", "search", "fullmatch")
_LAST = (ast.Expr, ast.Assign, ast.AugAssign)


def of_none(c: Crash, node: ast.AST | None) -> Finding | None:
    """Why an expression is None."""
    if node is None:
        return None
    value, line = node, c.line
    if isinstance(node, ast.Name):
        origin = c.reading.origin(node.id, node)
        if origin is None or origin.value is None:
            return found("none-used", c.line, span=c.span(node), name=node.id)
        value, line = origin.value, origin.lineno
    name = node.id if isinstance(node, ast.Name) else c.text(node)
    if finding := from_call(c.reading, value, line, name, c.line):
        return finding
    if isinstance(node, ast.Name) and isinstance(value, ast.Constant) and value.value is None:
        return found("none-kept", line, noticed=c.line, span=c.reading.span(value), name=name)
    return found("none-used", c.line, span=c.span(node), name=name)


def from_call(r: Reading, value: ast.AST, line: int, name: str, noticed: int) -> Finding | None:
    """Why a call gives back None."""
    function = r.functions.get(called_name(value) or "")
    if function is not None and isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return _no_return(r, function, noticed)
    if called_name(value) == "print":
        return found("print-kept", line, noticed=noticed, span=r.span(value), name=name)
    method = called_method(value)
    if method in NONE_METHODS and isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        target = r.segment(value.func.value)
        return found("method-gives-none", line, noticed=noticed, span=r.span(value), method=method, target=target,
                     code=r.segment(value, 80))  # fmt: skip
    if (
        method == "get"
        and isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.args
    ):
        return found("get-gives-none", line, noticed=noticed, span=r.span(value), key=r.segment(value.args[0]),
                     target=r.segment(value.func.value))  # fmt: skip
    if method in _MATCHERS:
        return found("match-gives-none", line, noticed=noticed, span=r.span(value), method=method)
    if method in r.functions:
        return _no_return(r, r.functions[method or ""], noticed)
    return None


def _no_return(r: Reading, function: ast.FunctionDef | ast.AsyncFunctionDef, noticed: int) -> Finding | None:
    if returns_value(function):
        return found("return-missing-branch", function.lineno, noticed=noticed, function=function.name)
    bare = next((n for n in own_nodes(function) if isinstance(n, ast.Return)), None)
    last = function.body[-1]
    if isinstance(last, ast.Return) and len(function.body) > 1:
        last = function.body[-2]
    printed = next((n for n in own_nodes(function) if called_name(n) == "print"), None)
    if printed is not None and "print" not in r.stored:
        assert isinstance(printed, ast.Call)
        shown = r.segment(printed.args[0], 60) if len(printed.args) == 1 else ""
        return found("print-not-return", printed.lineno, noticed=noticed, span=r.span(printed), function=function.name,
                     code=f"return {shown}" if shown and "…" not in shown else "")  # fmt: skip
    if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Call | ast.Constant):
        return found("missing-return", last.lineno, noticed=noticed, span=r.span(last), function=function.name,
                     code=f"return {r.segment(last, 80)}")  # fmt: skip
    target = None
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        target = last.targets[0].id
    elif isinstance(last, ast.AugAssign) and isinstance(last.target, ast.Name):
        target = last.target.id
    if bare is not None:
        return found("return-empty", bare.lineno, noticed=noticed, function=function.name)
    line = last.end_lineno or last.lineno
    return found("missing-return", line, noticed=noticed, function=function.name,
                 code=f"return {target}" if target else "")  # fmt: skip


def of_function(c: Crash, node: ast.AST | None) -> Finding | None:
    """A function used without the brackets that run it."""
    if node is None or c.kind(node) not in FUNCTION_KINDS and not isinstance(node, ast.Attribute | ast.Name):
        return None
    value = node
    if isinstance(node, ast.Name) and node.id not in c.reading.functions:
        origin = c.reading.origin(node.id, node)
        if origin is not None and isinstance(origin.value, ast.Attribute | ast.Name):
            value = origin.value
            return found("function-not-called", origin.lineno, noticed=c.line, span=c.span(value),
                         name=c.text(value))  # fmt: skip
    return found("function-not-called", c.line, span=c.span(node), name=c.text(value))
