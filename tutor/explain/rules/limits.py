"""Runs that were ended: loops without end, floods, memory, input that did not come, what may not be done."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, own_nodes
from tutor.runner.result import Outcome, RunResult

_CHANGES = (
    "append",
    "add",
    "insert",
    "remove",
    "pop",
    "extend",
    "update",
    "clear",
    "discard",
    "popleft",
    "popitem",
    "put",
)


def endless(r: Reading, result: RunResult) -> Finding | None:
    """Why a loop did not end."""
    if result.outcome not in (
        Outcome.TIME_LIMIT,
        Outcome.OUTPUT_LIMIT,
        Outcome.STOPPED,
        Outcome.MEMORY_LIMIT,
    ):
        return None
    if result.outcome is Outcome.MEMORY_LIMIT and not result.line:
        return None
    for loop in _loops(r, result.line):
        finding = _while(r, loop) if isinstance(loop, ast.While) else _growing(r, loop)
        if finding:
            return finding
    return None


def _loops(r: Reading, line: int | None) -> Iterator[ast.While | ast.For]:
    """The loops around the line where the program was, innermost first; else all whiles, last first."""
    loops = [n for n in r.nodes if isinstance(n, ast.While | ast.For)]
    if line is not None:
        around = [n for n in loops if n.lineno <= line <= (n.end_lineno or n.lineno)]
        yield from sorted(around, key=lambda n: -n.lineno)
        return
    yield from sorted((n for n in loops if isinstance(n, ast.While)), key=lambda n: -n.lineno)


def _while(r: Reading, loop: ast.While) -> Finding | None:
    body = [n for statement in loop.body for n in [statement, *own_nodes(statement)]]
    leaves = any(isinstance(n, ast.Return | ast.Raise) for n in body) or _breaks(loop)
    span = r.span(loop.test)
    if isinstance(loop.test, ast.Constant) and loop.test.value:
        return None if leaves else found("loop-without-break", loop.lineno, span=span)
    if leaves or any(
        isinstance(n, ast.Call | ast.Attribute | ast.Await) and _may_change(n) for n in ast.walk(loop.test)
    ):
        return None
    tested = [n.id for n in ast.walk(loop.test) if isinstance(n, ast.Name)]
    called = [
        n.func.id for n in ast.walk(loop.test) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    ]
    tested = [name for name in dict.fromkeys(tested) if name not in called]
    changed = _changed(body)
    if not tested:
        return None
    if not set(tested) & changed:
        if _changed_by_call(r, body, tested):
            return None
        return found("loop-never-changes", loop.lineno, span=span, name=" and ".join(tested[:2]))
    return _skipped(r, loop, tested) or _wrong_way(r, loop)


def _breaks(loop: ast.While) -> bool:
    """True where a break leaves this loop, not one inside it."""
    stack: list[ast.AST] = list(loop.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, ast.For | ast.While):
            stack += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            stack += ast.iter_child_nodes(node)
    return False


def _may_change(node: ast.AST) -> bool:
    return not (
        isinstance(node, ast.Call)
        and called_name(node) in ("len", "abs", "int", "float", "round", "str", "sum", "max", "min")
    )


def _changed(nodes: list[ast.AST]) -> set[str]:
    """The names that these nodes give a value, or whose value they change in place."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            names.add(node.id)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            inner = node.value
            while isinstance(inner, ast.Subscript | ast.Attribute):
                inner = inner.value
            if isinstance(inner, ast.Name):
                names.add(inner.id)
        elif called_method(node) in _CHANGES:
            assert isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if isinstance(node.func.value, ast.Name):
                names.add(node.func.value.id)
        elif isinstance(node, ast.Global):
            names.update(node.names)
    return names


def _changed_by_call(r: Reading, body: list[ast.AST], tested: list[str]) -> bool:
    """True where a function that is called inside may change what is tested (through global, or in place)."""
    for node in body:
        if not isinstance(node, ast.Call):
            continue
        function = r.functions.get(called_name(node) or "")
        if function is not None and any(
            isinstance(n, ast.Global) and set(n.names) & set(tested) for n in ast.walk(function)
        ):
            return True
        if (
            any(isinstance(a, ast.Name) and a.id in tested for a in node.args)
            and called_name(node) in r.functions
        ):
            return True
    return False


def _skipped(r: Reading, loop: ast.While, tested: list[str]) -> Finding | None:
    """A continue above the line that changes what is tested."""
    for position, statement in enumerate(loop.body):
        skips = [n for n in [statement, *own_nodes(statement)] if isinstance(n, ast.Continue)]
        if not skips or not isinstance(statement, ast.If):
            continue
        before = [n for s in loop.body[:position] for n in [s, *own_nodes(s)]]
        inside = [n for s in statement.body for n in [s, *own_nodes(s)]]
        after = [n for s in loop.body[position + 1 :] for n in [s, *own_nodes(s)]]
        name = next(
            (t for t in tested if t in _changed(after) and t not in _changed(before) | _changed(inside)), None
        )
        if name:
            return found("loop-continue-skips", skips[0].lineno, name=name, head=loop.lineno)
    return None


def _wrong_way(r: Reading, loop: ast.While) -> Finding | None:
    """while n > 0 with n growing; while n != 10 in steps that miss it."""
    test = loop.test
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.left, ast.Name):
        return None
    name = test.left.id
    steps = []
    for statement in loop.body:
        for node in [statement, *own_nodes(statement)]:
            if (
                isinstance(node, ast.AugAssign)
                and isinstance(node.target, ast.Name)
                and node.target.id == name
            ):
                steps.append((node, node.op, node.value))
            elif (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id == name
            ):
                if (
                    isinstance(node.value, ast.BinOp)
                    and isinstance(node.value.left, ast.Name)
                    and node.value.left.id == name
                ):
                    steps.append((node, node.value.op, node.value.right))  # type: ignore[arg-type]
                elif isinstance(node.value, ast.UnaryOp | ast.Constant):
                    return found("loop-resets", node.lineno, span=r.span(node), name=name, head=loop.lineno)
                else:
                    return None
    if len(steps) != 1:
        return None
    node, op, value = steps[0]
    if not (isinstance(value, ast.Constant) and isinstance(value.value, int | float) and value.value > 0):
        return None
    grows = isinstance(op, ast.Add)
    shrinks = isinstance(op, ast.Sub)
    up, down = isinstance(test.ops[0], ast.Lt | ast.LtE), isinstance(test.ops[0], ast.Gt | ast.GtE)
    if (grows and down) or (shrinks and up):
        word = "larger" if grows else "smaller"
        return found("loop-wrong-way", node.lineno, span=r.span(node), name=name, word=word, head=loop.lineno)
    if isinstance(test.ops[0], ast.NotEq) and (grows or shrinks):
        return found("loop-misses", loop.lineno, span=r.span(test), name=name, value=r.segment(test.comparators[0]),
                     sign="<" if grows else ">")  # fmt: skip
    return None


def _growing(r: Reading, loop: ast.For) -> Finding | None:
    """for x in items: items.append(...)."""
    if not isinstance(loop.iter, ast.Name):
        return None
    for node in ast.walk(loop):
        if called_method(node) in ("append", "insert", "extend") and isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Attribute)
            if isinstance(node.func.value, ast.Name) and node.func.value.id == loop.iter.id:
                return found(
                    "loop-list-grows", node.lineno, span=r.span(node), name=loop.iter.id, head=loop.lineno
                )
    return None


def _seconds(result: RunResult) -> str:
    seconds = result.limits.seconds
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"


def out_of_time(r: Reading, result: RunResult) -> Finding | None:
    """Stopped at the time limit, and no loop is to blame for certain."""
    if result.outcome is not Outcome.TIME_LIMIT:
        return None
    line = result.line
    at = [n for n in r.nodes if isinstance(n, ast.Call) and n.lineno == line]
    if any(called_name(n) == "sleep" or called_method(n) == "sleep" for n in at):
        return found("waited-too-long", line, seconds=_seconds(result))
    loop = next(iter(_loops(r, line)), None) if line else None
    if isinstance(loop, ast.While):
        return found("loop-still-running", loop.lineno, span=r.span(loop.test), seconds=_seconds(result))
    if isinstance(loop, ast.For):
        return found("loop-very-long", loop.lineno, span=r.span(loop.iter), seconds=_seconds(result))
    return found("time-is-up", line, seconds=_seconds(result))


def flood(r: Reading, result: RunResult) -> Finding | None:
    """Too much printed."""
    if result.outcome is not Outcome.OUTPUT_LIMIT:
        return None
    loop = next(iter(_loops(r, result.line)), None) if result.line else None
    if loop is not None:
        return found("too-much-printed-in-loop", loop.lineno)
    prints = [n.lineno for n in r.nodes if isinstance(n, ast.Call) and called_name(n) == "print"]
    return found("too-much-printed", result.line or (prints[0] if len(prints) == 1 else None))


def memory(r: Reading, result: RunResult) -> Finding | None:
    """Too much memory, whether the tutor stopped it or Python did."""
    failed = result.error is not None and result.error.type == "MemoryError"
    if result.outcome is not Outcome.MEMORY_LIMIT and not failed:
        return None
    line = result.line or (result.error.line if result.error else None)
    loop = next(iter(_loops(r, line)), None) if line else None
    if loop is not None:
        return found("too-much-memory-in-loop", line, noticed=None, head=loop.lineno)
    return found("too-much-memory", line)


def no_input(r: Reading, result: RunResult) -> Finding | None:
    """input with nobody to answer."""
    ended = result.error is not None and result.error.type == "EOFError"
    if result.outcome is not Outcome.NEEDS_INPUT and not ended:
        return None
    line = result.line or (result.error.line if result.error else None)
    nodes = [n for n in r.nodes if called_name(n) == "input" and getattr(n, "lineno", 0) == line]
    if nodes and any(isinstance(loop, ast.While) for loop in r.loops(nodes[0])):
        return found("input-in-loop", line, span=r.span(nodes[0]))
    return found("needs-input", line, span=r.span(nodes[0]) if nodes else None)


def blocked(r: Reading, result: RunResult) -> Finding | None:
    """What programs may not do here."""
    if result.outcome is not Outcome.BLOCKED and not result.blocked:
        return None
    if result.outcome is Outcome.FINISHED:
        return None
    tried = result.blocked[0] if result.blocked else "leave its own folder"
    return found("blocked", result.line, tried=tried)


def ended_otherwise(r: Reading, result: RunResult) -> Finding | None:
    """Python itself came to a stop; something was left running; an exit in the middle."""
    match result.outcome:
        case Outcome.CRASHED:
            return found("python-stopped", result.line)
        case Outcome.LINGERING:
            return found("left-running", result.line)
        case Outcome.ABRUPT:
            exits = [n for n in r.nodes if called_method(n) in ("_exit", "abort") and isinstance(n, ast.Call)]
            return found("ended-at-once", result.line or (exits[0].lineno if len(exits) == 1 else None))
        case Outcome.TAMPERED:
            return found("result-not-readable", None)
        case _:
            return None


RULES = (endless, no_input, blocked, memory, flood, out_of_time, ended_otherwise)
