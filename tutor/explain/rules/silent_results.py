"""Silent mistakes with results: thrown away, never handed back, never asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tutor.explain.crash import NONE_METHODS
from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, name_of, own_nodes, returns_value
from tutor.explain.rules.nothing import from_call
from tutor.runner.result import Outcome, RunResult

#: Methods of text that give back a new text; calling one and keeping nothing is without effect.
_TEXT_METHODS = frozenset(
    [
        "upper",
        "lower",
        "strip",
        "lstrip",
        "rstrip",
        "replace",
        "title",
        "capitalize",
        "swapcase",
        "zfill",
        "center",
        "ljust",
        "rjust",
    ]
)


_PURE = frozenset(
    [
        "sorted",
        "round",
        "len",
        "str",
        "int",
        "float",
        "abs",
        "sum",
        "max",
        "min",
        "reversed",
        "list",
        "tuple",
        "set",
        "range",
        "isinstance",
        "bool",
    ]
)


def _statements(r: Reading) -> Iterator[ast.Expr]:
    return (n for n in r.nodes if isinstance(n, ast.Expr))


def thrown_away(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A comparison, a sum, a name or the result of a pure call as a line of its own."""
    last = r.tree.body[-1] if r.tree and r.tree.body else None
    for node in _statements(r):
        value, span, line = node.value, r.span(node), node.lineno
        if isinstance(value, ast.Compare) and _inside_try(r, node) is None:
            left = value.left
            if isinstance(value.ops[0], ast.Eq) and isinstance(
                left, ast.Name | ast.Attribute | ast.Subscript
            ):
                yield found("comparison-thrown-away", line, span=span,
                            code=f"{r.segment(left)} = {r.segment(value.comparators[0])}")  # fmt: skip
        elif isinstance(value, ast.BinOp) and _inside_try(r, node) is None and _plain_sum(value):
            if node is not last or not isinstance(value.op, ast.BitOr):
                yield found("sum-thrown-away", line, span=span, sum=r.segment(value))
        elif isinstance(value, ast.Name) and _inside_try(r, node) is None:
            if (
                value.id in r.functions
                and value.id in r.stored
                and _plain_function(r, value.id)
                or value.id in ("exit", "quit", "print", "input")
                and value.id not in r.stored
            ):
                yield found("function-not-run", line, span=span, name=value.id, code=f"{value.id}()")
        elif isinstance(value, ast.Attribute) and _is_unrun_method(value) and _inside_try(r, node) is None:
            yield found(
                "method-not-run", line, span=span, name=r.segment(value), code=f"{r.segment(value)}()"
            )


def _is_unrun_method(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.attr in _TEXT_METHODS | NONE_METHODS - {"add", "update"}


def _plain_function(r: Reading, name: str) -> bool:
    return any(called_name(n) == name for n in r.nodes) is False or len(r.stored[name]) == 1


def _plain_sum(node: ast.BinOp) -> bool:
    """A sum of names and numbers, not of objects whose signs may do something (a pipeline, an operator of a library)."""
    if not isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow):
        return False
    parts = (node.left, node.right)
    if isinstance(node.right, ast.Constant) and node.right.value == 0:
        return False  # 1 / 0 is written to see what happens
    constant = any(isinstance(part, ast.Constant) and isinstance(part.value, int | float) for part in parts)
    return constant and all(isinstance(part, ast.Constant | ast.Name) for part in parts)


def _inside_try(r: Reading, node: ast.AST) -> ast.AST | None:
    """The try or with around a node: there, a line is often meant to raise."""
    around = r.parents.get(node)
    while around is not None:
        if isinstance(around, ast.Try | ast.With | ast.AsyncWith):
            return around
        around = r.parents.get(around)
    return None


def not_kept(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """name.upper() alone; sorted(beds) alone; a pure function's answer thrown away."""
    for node in _statements(r):
        call = node.value
        if not isinstance(call, ast.Call) or _inside_try(r, node) is not None:
            continue
        method, name = called_method(call), called_name(call)
        if (
            method in _TEXT_METHODS
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
        ):
            target = call.func.value.id
            arguments = len(call.args)
            if _is_text(r, target, node) and arguments == (2 if method == "replace" else arguments):
                yield found("text-not-kept", node.lineno, span=r.span(call), target=target, method=method,
                            code=f"{target} = {r.segment(call, 80)}")  # fmt: skip
        elif name in ("sorted", "round", "reversed") and name not in r.stored and call.args:
            target = r.segment(call.args[0])
            code = f"{target} = {r.segment(call, 80)}" if isinstance(call.args[0], ast.Name) else ""
            yield found("result-not-kept", node.lineno, span=r.span(call), function=name, code=code)
        elif (
            name in ("int", "float", "str")
            and name not in r.stored
            and len(call.args) == 1
            and (isinstance(call.args[0], ast.Name) or called_name(call.args[0]) == "input")
        ):
            target = r.segment(call.args[0])
            code = f"{target} = {r.segment(call)}" if isinstance(call.args[0], ast.Name) else ""
            yield found("result-not-kept", node.lineno, span=r.span(call), function=name, code=code)
        elif name in r.functions and _pure(r, r.functions[name]) and call.args:
            yield found(
                "answer-not-kept",
                node.lineno,
                span=r.span(call),
                function=name,
                code=f"print({r.segment(call, 60)})",
            )


def _is_text(r: Reading, name: str, node: ast.AST) -> bool:
    origin = r.origin(name, node)
    value = origin.value if origin else None
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str)
    return (
        isinstance(value, ast.JoinedStr)
        or called_name(value) in ("input", "str")
        or called_method(value) in _TEXT_METHODS
    )


def _pure(r: Reading, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function that only works out a value from numbers and texts, and hands it back."""
    if not isinstance(function, ast.FunctionDef) or function.decorator_list or not returns_value(function):
        return False
    for node in own_nodes(function):
        if isinstance(
            node,
            ast.Global | ast.Nonlocal | ast.Yield | ast.YieldFrom | ast.Raise | ast.Attribute | ast.Assert,
        ):
            return False
        if isinstance(node, ast.Subscript):
            return False
        if isinstance(node, ast.Call) and called_name(node) not in _PURE:
            return False
        if isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.Try | ast.With | ast.Import | ast.ImportFrom
        ):
            return False
        if isinstance(node, ast.AugAssign) and not isinstance(node.target, ast.Name):
            return False
    # int( ) and float( ) may be called for their ValueError alone.
    return not any(called_name(n) in ("int", "float") for n in own_nodes(function))


def none_kept(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """beds = beds.append("B"); dose = print(5)."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or len(node.targets) != 1
            or not isinstance(node.targets[0], ast.Name)
        ):
            continue
        target, value = node.targets[0].id, node.value
        method = called_method(value)
        if method in ("append", "sort", "reverse", "extend", "insert") and isinstance(value, ast.Call):
            assert isinstance(value.func, ast.Attribute)
            owner = name_of(value.func.value)
            if (
                owner
                and _is_list(r, owner, node)
                and (finding := from_call(r, value, node.lineno, target, node.lineno))
            ):
                yield finding
        elif called_name(value) == "print" and "print" not in r.stored and isinstance(value, ast.Call):
            yield found("print-kept", node.lineno, span=r.span(value), name=target)


def _is_list(r: Reading, name: str, node: ast.AST) -> bool:
    origin = r.origin(name, node)
    return origin is not None and (isinstance(origin.value, ast.List | ast.ListComp) or called_name(origin.value) in ("list", "sorted")
                                   or called_method(origin.value) == "split")  # fmt: skip


def none_shown(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print(bmi(70, 1.75)) where bmi prints, or forgets to return."""
    if result is None or not re.search(r"\bNone\b", result.stdout):
        return
    for node in r.nodes:
        if called_name(node) != "print" or not isinstance(node, ast.Call):
            continue
        for argument in [*node.args, *_placed(node)]:
            value, line = argument, node.lineno
            if isinstance(argument, ast.Name):
                origin = r.origin(argument.id, node)
                if origin is None or origin.value is None:
                    continue
                value, line = origin.value, origin.lineno
            function = r.functions.get(called_name(value) or "")
            if function is not None and _returns_none(function):
                if finding := from_call(r, value, line, r.segment(argument), node.lineno):
                    yield finding
            elif (
                isinstance(value, ast.Call)
                and called_method(value) in ("append", "sort", "reverse")
                and value is argument
            ):
                assert isinstance(value.func, ast.Attribute)
                if finding := from_call(r, value, line, r.segment(value.func.value), node.lineno):
                    yield finding
            elif called_name(argument) == "print":
                yield found("print-in-print", node.lineno, span=r.span(argument))


def _placed(node: ast.Call) -> list[ast.expr]:
    """The values in the f-texts of a call."""
    return [part.value for text in node.args if isinstance(text, ast.JoinedStr) for part in text.values
            if isinstance(part, ast.FormattedValue)]  # fmt: skip


def _returns_none(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if returns_value(function):
        return False
    body = [n for n in function.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    return bool(body) and not all(isinstance(n, ast.Pass) for n in body)


def function_shown(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print(total) showed <function total at 0x...>."""
    if result is None or not re.search(
        r"<(function|built-in method|bound method|built-in function)\b", result.stdout
    ):
        return
    for node in r.nodes:
        if called_name(node) != "print" or not isinstance(node, ast.Call):
            continue
        for argument in [*node.args, *_placed(node)]:
            value, line = argument, node.lineno
            if (
                isinstance(argument, ast.Name)
                and argument.id not in r.functions
                and (origin := r.origin(argument.id, node))
            ):
                value, line = origin.value or argument, origin.lineno
            name = r.segment(value)
            is_function = (isinstance(value, ast.Name) and (value.id in r.functions or value.id in _PURE | {"input", "print"})
                           and f"{value.id} at 0x" in result.stdout or f"built-in function {name}>" in result.stdout)  # fmt: skip
            is_method = isinstance(value, ast.Attribute) and re.search(
                rf"method {value.attr} of|bound method \w+\.{value.attr} of", result.stdout
            )
            if is_function or is_method:
                yield found("function-not-called", line, noticed=node.lineno, span=r.span(value), name=name)


def main_never_called(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A result that did not come because main was never called."""
    if result is None or result.outcome is not Outcome.FINISHED or result.stdout or not r.tree:
        return
    body = [n for n in r.tree.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    plain = all(isinstance(n, (ast.FunctionDef | ast.Import | ast.ImportFrom, ast.Assign)) for n in body)
    used = any(isinstance(n, ast.Name) and n.id == "main" for n in r.nodes)
    function = r.functions.get("main")
    if plain and function is not None and not used and not function.args.args:
        yield found("main-not-called", function.lineno, name="main", code="main()")


RULES = (
    none_kept,
    none_shown,
    function_shown,
    thrown_away,
    not_kept,
    main_never_called,
)
