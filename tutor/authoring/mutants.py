"""Holes in the checks: small changes to a step's solution that none of its checks notices."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from msgspec import Struct

from tutor.checks.result import Verdict
from tutor.lessons.model import ArrangeStep, ExerciseStep, FillStep, Problem, RunningCheck, Severity
from tutor.runner.result import Program, RunResult
from tutor.syntax import parse

#: The most mutants tried for one step: a long solution has hundreds, and the first tell enough.
MOST = 60

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
}


class Mutant(Struct, frozen=True):
    """A changed solution: the whole program, the line that changed (from 1) and how it reads now."""

    program: str
    line: int
    reads: str


def mutants_of(program: str) -> Iterator[Mutant]:
    """Every small change to a program: a comparison, a boundary, a number, an operator, and/or, a `not`.

    Gives nothing for what is not Python.
    """
    try:
        tree = parse(program)
    except (SyntaxError, ValueError):
        return
    lines = program.splitlines()
    # Python 3.11 gives wrong columns inside f-strings.
    inside_f_strings = {
        id(inner) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in inside_f_strings:
            continue
        for old, new in _changes(node):
            place = ast.unparse(old) if isinstance(old, ast.expr) else ""
            mutant = _replaced(lines, node, new) if place else None
            if mutant is not None:
                yield mutant


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, ast.expr]]:
    """(the node, what to put in its place) for each change to this node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        yield node, ast.Compare(node.left, [_COMPARED[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if type(operator) in _COMPARED:
                changed = [*node.ops[:at], _COMPARED[type(operator)](), *node.ops[at + 1 :]]
                yield node, ast.Compare(node.left, changed, node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not _is_text(node):
        yield node, ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, node.operand
    elif (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        step = 1 if isinstance(node.value, int) else 0.1
        # Rounded, so that a mutant reads 1.7 and not 1.7000000000000002.
        yield node, ast.Constant(round(node.value + step, 10))
        yield node, ast.Constant(round(node.value - step, 10))


def _is_text(node: ast.BinOp) -> bool:
    """Text joined or formatted: another operator would only crash, which every check notices."""
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in ast.walk(node)
    )


def _replaced(lines: list[str], node: ast.AST, new: ast.expr) -> Mutant | None:
    """The program with the node's own text replaced; None for a node over several lines or inside an f-string."""
    line, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    if not line or line != end:
        return None
    text = lines[line - 1]
    encoded = text.encode()
    start, stop = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
    written = f"({ast.unparse(new)})" if not isinstance(new, ast.Constant) else ast.unparse(new)
    changed = (encoded[:start] + written.encode() + encoded[stop:]).decode()
    program = "\n".join([*lines[: line - 1], changed, *lines[line:]]) + "\n"
    try:
        parse(program)
    except (SyntaxError, ValueError):
        return None
    return Mutant(program, line, changed.strip())


def _given_lines(step: ExerciseStep | FillStep | ArrangeStep) -> set[int]:
    """Lines that checks put other values into (`with`): what stands there is an example, and no part of the answer."""
    replaced = {name for check in step.checks if isinstance(check, RunningCheck) for name in check.with_}
    lines: set[int] = set()
    for node in parse(step.solution).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id in replaced for target in targets):
            lines.add(node.lineno)
    return lines


def holes(
    step: ExerciseStep | FillStep | ArrangeStep,
    judge: Callable[[str, Callable[[Program], RunResult]], Verdict],
    run: Callable[[Program], RunResult],
) -> list[Problem]:
    """The mutants of the step's solution that pass, as warnings for the lesson writer."""
    if not step.checks:
        return []
    found = []
    given = _given_lines(step)
    for number, mutant in enumerate(mutants_of(step.solution)):
        if number >= MOST:
            break
        if mutant.line not in given and judge(mutant.program, run).passed:
            found.append(
                Problem(
                    step.place,
                    f"step {step.id}",
                    f"no check notices when line {mutant.line} of the solution reads `{mutant.reads}`",
                    "add a check at that boundary, or say why it makes no difference with allow",
                    Severity.WARNING,
                    "unnoticed-change",
                )
            )
    return found
