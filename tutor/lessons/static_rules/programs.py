"""What checks name is in the solution: functions, variables, arguments, exceptions."""

from __future__ import annotations

import ast
import builtins

from msgspec import Struct, field

from tutor.lessons.format_check import CALL, RULE, SAME_AS_SOLUTION, VALUE_CHECK
from tutor.lessons.nodes import Mapping, Node
from tutor.lessons.python_text import NotPython, parse_expression, parse_program
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.static_rules.gaps import filled

_BUILTINS = frozenset(dir(builtins))
_EXCEPTIONS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
_TYPES_TAKEN_FOR = {
    "string": "str",
    "text": "str",
    "integer": "int",
    "number": "float",
    "decimal": "float",
    "boolean": "bool",
    "dictionary": "dict",
    "none": "NoneType",
}


class _Names(Struct):
    """The names of a program: all that are bound anywhere, those assigned outside functions, its functions."""

    bound: set[str] = field(default_factory=set)
    top_level: set[str] = field(default_factory=set)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    open_ended: bool = False


def check_programs(step: Entry, report: Report) -> None:
    """The names in a step's checks, and its starter."""
    solution = _solution(step)
    if solution is None:
        return
    starter = step.get("starter")
    if starter is not None and starter.strip() == solution.strip():
        report.error(step.at("starter"), step.where, "the starter is the solution", rule="dead")
    checks = [*step.get("checks", ())]
    for mistake in step.get("mistakes", ()):
        checks += mistake.get("when", ())
    if not checks:
        return
    tree = parse_program(solution)
    if isinstance(tree, NotPython):
        return
    names = _names(tree)
    for check in checks:
        _check(check, names, report)


def _solution(step: Entry) -> str | None:
    if step.get("kind") == "fill":
        code, gaps = step.get("code"), step.get("gaps")
        return filled(code, gaps, {}) if code is not None and gaps else None
    solution: str | None = step.get("solution")
    return solution


def _names(tree: ast.Module) -> _Names:
    names = _Names()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.bound.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                names.open_ended |= alias.name == "*"
                names.bound.add((alias.asname or alias.name).partition(".")[0])
        elif isinstance(node, ast.Global):
            names.top_level.update(node.names)
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            if isinstance(node, ast.FunctionDef):
                names.functions[node.name] = node
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.top_level.add(node.id)
        waiting.extend(ast.iter_child_nodes(node))
    return names


def _check(check: Entry, names: _Names, report: Report) -> None:
    if names.open_ended:
        return
    record = check.record
    if record is CALL:
        _expression(check, "call", names, report)
    elif record is VALUE_CHECK:
        _expression(check, "value", names, report)
    elif record is SAME_AS_SOLUTION:
        _named(check, "same-as-solution", names, report)
        _arguments(check, names, report)
    elif record is RULE:
        _named(check, "call", names, report)
        _named(check, "value", names, report)
    _replaced(check, names, report)
    if "raises" in check:
        _raises(check, names, report)
    if "type" in check:
        meant = _TYPES_TAKEN_FOR.get(check.get("type").lower())
        if meant and check.get("type") not in names.bound:
            report.error(
                check.at("type"),
                check.where,
                f"Python has no type `{check.get('type')}`",
                f"did you mean `{meant}`?",
                "name",
            )


def _expression(check: Entry, key: str, names: _Names, report: Report) -> None:
    tree = parse_expression(check.get(key, ""))
    if isinstance(tree, NotPython):
        return
    own = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in own:
            _known(node.id, check, check.at(key), names, report)


def _named(check: Entry, key: str, names: _Names, report: Report) -> None:
    name = check.get(key)
    if name is not None:
        _known(name.partition(".")[0], check, check.at(key), names, report)


def _known(name: str, check: Entry, node: Node, names: _Names, report: Report) -> None:
    if name in names.bound or name in _BUILTINS:
        return
    hint = did_you_mean(name, names.bound)
    report.error(node, check.where, f"the solution has no name `{name}`", hint, "name-unknown")


def _replaced(check: Entry, names: _Names, report: Report) -> None:
    node = check.nodes.get("with")
    if not isinstance(node, Mapping):
        return
    for key, _ in node.pairs:
        if key.text in check.get("with", {}) and key.text not in names.top_level:
            hint = (
                did_you_mean(key.text, names.top_level)
                or f"`with` replaces a line such as `{key.text} = ...`"
            )
            problem = f"the solution gives `{key.text}` no value outside its functions"
            report.error(key, check.where, problem, hint, "name-unknown")


def _arguments(check: Entry, names: _Names, report: Report) -> None:
    function = names.functions.get(check.get("same-as-solution", ""))
    given = check.get("given")
    node = check.nodes.get("given")
    if function is None or given is None or not isinstance(node, Mapping) or len(given) != len(node.pairs):
        return
    arguments = function.args
    most = len(arguments.posonlyargs) + len(arguments.args)
    least = most - len(arguments.defaults)
    if len(given) < least or (arguments.vararg is None and len(given) > most):
        wants = f"{least}" if least == most else f"{least} to {most}"
        problem = f"`{function.name}` takes {wants} {'argument' if wants == '1' else 'arguments'}; `given` makes {len(given)}"
        report.error(check.at("given"), check.where, problem, rule="generator")


def _raises(check: Entry, names: _Names, report: Report) -> None:
    name = check.get("raises")
    first = name.partition(".")[0]
    if name in _EXCEPTIONS or first in names.bound:
        return
    hint = did_you_mean(name, _EXCEPTIONS | names.bound)
    report.error(check.at("raises"), check.where, f"there is no exception `{name}`", hint, "name-unknown")
