"""Silent mistakes in loops: started, returned, kept or removed in the wrong place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, name_of, own_nodes
from tutor.runner.result import RunResult


def start_inside(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """total = 0 inside the loop that adds to total, and total used after the loop."""
    for loop in r.nodes:
        if not isinstance(loop, ast.For | ast.While):
            continue
        first = loop.body[0]
        if (
            not isinstance(first, ast.Assign)
            or not isinstance(first.targets[0], ast.Name)
            or len(first.targets) != 1
        ):
            continue
        name = first.targets[0].id
        if (
            not isinstance(first.value, ast.Constant)
            or first.value.value not in (0, 0.0, "")
            or isinstance(first.value.value, bool)
        ):
            continue
        adds = [s for s in loop.body[1:] if _adds(s, name)]
        inside = [
            n for s in loop.body for n in [s, *own_nodes(s)] if isinstance(n, ast.Name) and n.id == name
        ]
        block = r.block(loop)
        after = block[block.index(loop) + 1 :] if block else []
        if (
            len(adds) == 1
            and len(inside) <= 3
            and any(
                isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
                for s in after
                for n in [s, *own_nodes(s)]
            )
        ):
            yield found("start-inside-loop", first.lineno, span=r.span(first), name=name, value=r.segment(first.value),
                        head=loop.lineno)  # fmt: skip


def _adds(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.AugAssign):
        return name_of(node.target) == name
    if isinstance(node, ast.Assign) and name_of(node.targets[0]) == name:
        return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node.value))
    return False


def return_in_loop(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """if ... return True else return False inside a for: only the first item is looked at."""
    for loop in r.nodes:
        if not isinstance(loop, ast.For) or len(loop.body) != 1 or not isinstance(loop.body[0], ast.If):
            continue
        test = loop.body[0]
        if (
            len(test.body) == 1
            and len(test.orelse) == 1
            and all(
                isinstance(s, ast.Return)
                and isinstance(s.value, ast.Constant)
                and isinstance(s.value.value, bool)
                for s in (test.body[0], test.orelse[0])
            )
        ):
            last = test.orelse[0]
            assert isinstance(last, ast.Return)
            yield found(
                "return-in-loop", last.lineno, span=r.span(last), head=loop.lineno, code=r.segment(last)
            )


def overwritten_in_loop(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A loop whose only line gives one name a value worked out from the item: only the last one is left."""
    for loop in r.nodes:
        if (
            not isinstance(loop, ast.For)
            or len(loop.body) != 1
            or not isinstance(loop.iter, ast.List | ast.Name)
        ):
            continue
        line = loop.body[0]
        if (
            not isinstance(line, ast.Assign)
            or not isinstance(line.targets[0], ast.Name)
            or not isinstance(loop.target, ast.Name)
        ):
            continue
        name, item = line.targets[0].id, loop.target.id
        used = {n.id for n in ast.walk(line.value) if isinstance(n, ast.Name)}
        if (
            item not in used
            or name in used
            or name == item
            or any(w in name for w in ("last", "final", "latest", "prev"))
        ):
            continue
        if isinstance(line.value, ast.Name) and not isinstance(loop.iter, ast.List):
            continue
        if any(
            isinstance(n, ast.Call) and called_name(n) not in ("round", "int", "float", "abs")
            for n in ast.walk(line.value)
        ):
            continue
        if r.scope(loop) is None:
            yield found("only-last-kept", line.lineno, span=r.span(line), name=name, head=loop.lineno)


def remove_while_looping(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """for bed in beds: beds.remove(bed) skips items."""
    for loop in r.nodes:
        if not isinstance(loop, ast.For) or not isinstance(loop.iter, ast.Name):
            continue
        for node in own_nodes(loop):
            if (
                called_method(node) in ("remove", "pop")
                and isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
            ):
                statement = r.statement(node)
                block = r.block(statement)
                rest = block[block.index(statement) + 1 :] if statement in block else []
                leaves = any(isinstance(s, ast.Break | ast.Return | ast.Raise) for s in [*rest, statement])
                own_argument = bool(node.args) and name_of(node.args[0]) == name_of(loop.target)
                if (
                    name_of(node.func.value) == loop.iter.id
                    and not leaves
                    and own_argument
                    and r.loops(node)[:1] == [loop]
                ):
                    yield found("remove-while-looping", node.lineno, span=r.span(node), name=loop.iter.id, head=loop.lineno,
                                code=f"for {r.segment(loop.target)} in {loop.iter.id}.copy():")  # fmt: skip


def counter_in_for(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """i += 1 inside for i in range(...): for sets i itself."""
    for loop in r.nodes:
        if (
            not isinstance(loop, ast.For)
            or not isinstance(loop.target, ast.Name)
            or called_name(loop.iter) != "range"
        ):
            continue
        last = loop.body[-1]
        if (
            isinstance(last, ast.AugAssign)
            and name_of(last.target) == loop.target.id
            and isinstance(last.value, ast.Constant)
        ):
            yield found(
                "counter-in-for", last.lineno, span=r.span(last), name=loop.target.id, head=loop.lineno
            )


RULES = (
    start_inside,
    return_in_loop,
    overwritten_in_loop,
    remove_while_looping,
    counter_in_for,
)
