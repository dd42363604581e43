"""Silent mistakes of order and place: loops, functions, names that share a value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, name_of, own_nodes
from tutor.runner.result import RunResult

_MUTATING = frozenset("append insert extend remove pop sort reverse clear update add discard".split())
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(r: Reading) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in r.nodes if isinstance(n, _Function))


def swapped_plus(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """n =+ 1 stores 1."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or not isinstance(node.value, ast.UnaryOp)
            or len(node.targets) != 1
        ):
            continue
        sign = {ast.UAdd: "+", ast.USub: "-"}.get(type(node.value.op))
        start, end = r.span(node.targets[0]), r.span(node.value)
        name = r.segment(node.targets[0])
        if not sign or not start or not end:
            continue
        between = r.line(node.lineno)[start[1] : end[0] + 1]
        if (
            between.replace(" ", "") == f"={sign}"
            and f"={sign}" in between
            and r.line(node.lineno)[end[0] + 1 : end[0] + 2] == " "
        ):
            earlier = any(line < node.lineno for line in r.stored.get(name, []))
            if earlier or sign == "+":
                yield found("swapped-plus", node.lineno, span=(start[1], end[1]), sign=sign, name=name,
                            value=r.segment(node.value.operand), code=f"{name} {sign}= {r.segment(node.value.operand)}")  # fmt: skip


def shared_default(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """def add(x, notes=[]): the list is kept between calls."""
    for function in _functions(r):
        arguments = [*function.args.posonlyargs, *function.args.args]
        pairs = list(
            zip(
                arguments[len(arguments) - len(function.args.defaults) :], function.args.defaults, strict=True
            )
        )
        for argument, default in pairs:
            empty = (isinstance(default, ast.List) and not default.elts) or (
                isinstance(default, ast.Dict) and not default.keys
            )
            if not empty or any(
                isinstance(n, ast.Name) and n.id == argument.arg and isinstance(n.ctx, ast.Store)
                for n in own_nodes(function)
            ):
                continue
            changed = any(_mutates(n, argument.arg) for n in own_nodes(function))
            returned = any(
                isinstance(n, ast.Return) and name_of(n.value) == argument.arg for n in own_nodes(function)
            )
            if changed and returned:
                kind, sign = ("list", "[]") if isinstance(default, ast.List) else ("dictionary", "{}")
                yield found(
                    "shared-default",
                    function.lineno,
                    span=r.span(default),
                    kind=kind,
                    name=argument.arg,
                    sign=sign,
                )


def _mutates(node: ast.AST, name: str) -> bool:
    if (
        called_method(node) in _MUTATING
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
    ):
        return name_of(node.func.value) == name
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and name_of(node.value) == name


def after_return(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A line under return (or break) in the same block never runs."""
    for node in r.nodes:
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            for first, second in zip(block, block[1:], strict=False):
                if not isinstance(first, ast.Return | ast.Break | ast.Continue) or not isinstance(
                    second, ast.stmt
                ):
                    continue
                rest = block[block.index(second) :]
                if all(isinstance(s, ast.Pass | ast.Break | ast.Return) for s in rest) or any(
                    isinstance(n, ast.Yield | ast.YieldFrom) for s in rest for n in ast.walk(s)
                ):
                    continue  # `return; yield` makes a generator, and is meant
                word = type(first).__name__.lower()
                yield found("after-return", second.lineno, span=r.span(second), word=word, first=first.lineno)
                break


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
        block = _block_of(r, loop)
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


def _block_of(r: Reading, node: ast.AST) -> list[ast.stmt]:
    around = r.parents.get(node)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(around, field, None)
        if isinstance(block, list) and node in block:
            return block
    return []


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
                block = _block_of(r, statement)
                rest = block[block.index(statement) + 1 :] if statement in block else []  # type: ignore[arg-type]
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


def same_list(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """tuesday = monday, then a change to tuesday: both are the same list."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or not isinstance(node.value, ast.Name)
            or not isinstance(node.targets[0], ast.Name)
        ):
            continue
        alias, source = node.targets[0].id, node.value.id
        origin = r.origin(source, node)
        if (
            origin is None
            or not isinstance(origin.value, ast.List | ast.Dict)
            or r.scope(origin) is not r.scope(node)
        ):
            continue
        block = _block_of(r, node)
        if (
            not _filled(origin.value)
            or origin not in block
            or r.loops(node)
            or len(r.stored.get(alias, [])) > 1
        ):
            continue
        after = block[block.index(node) + 1 :]
        changes = [n for s in after for n in [s, *own_nodes(s)] if _mutates(n, alias)]
        reads = [n for s in after for n in [s, *own_nodes(s)]
                 if isinstance(n, ast.Name) and n.id == source and isinstance(n.ctx, ast.Load)]  # fmt: skip
        if changes and any(n.lineno > changes[0].lineno for n in reads):  # type: ignore[attr-defined]
            kind = "list" if isinstance(origin.value, ast.List) else "dictionary"
            yield found("same-list", node.lineno, span=r.span(node), alias=alias, source=source, kind=kind,
                        noticed=changes[0].lineno, code=f"{alias} = {source}.copy()")  # type: ignore[attr-defined]  # fmt: skip


def _filled(node: ast.AST) -> bool:
    return bool(getattr(node, "elts", None) or getattr(node, "keys", None))


def shared_rows(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """[[0] * 3] * 3 makes one row three times; shown where an item of a row is changed."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or not isinstance(node.value, ast.BinOp)
            or not isinstance(node.value.op, ast.Mult)
        ):
            continue
        left, name = node.value.left, name_of(node.targets[0])
        if not isinstance(left, ast.List) or len(left.elts) != 1 or not name:
            continue
        inner = left.elts[0]
        if not isinstance(inner, ast.List | ast.Dict) and not (
            isinstance(inner, ast.BinOp) and isinstance(inner.left, ast.List)
        ):
            continue
        changed = any(isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store) and isinstance(n.value, ast.Subscript)
                      and name_of(n.value.value) == name for n in r.nodes)  # fmt: skip
        added = any(called_method(n) in ("append", "update") and isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
                    and isinstance(n.func.value, ast.Subscript) and name_of(n.func.value.value) == name for n in r.nodes)  # fmt: skip
        if changed or added:
            count = r.segment(node.value.right)
            yield found("shared-rows", node.lineno, span=r.span(node.value), name=name,
                        code=f"{name} = [{r.segment(inner)} for _ in range({count})]")  # fmt: skip


def not_recalculated(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """weight = 70; dose = weight * 5; weight = 80; print(dose): dose does not follow."""
    if r.tree is None or any(
        not isinstance(s, ast.Assign | ast.Expr | ast.Import | ast.ImportFrom) for s in r.tree.body
    ):
        return
    body = r.tree.body
    for position, second in enumerate(body):
        name = name_of(second.targets[0]) if isinstance(second, ast.Assign) else None
        if not name or not isinstance(second, ast.Assign) or not isinstance(second.value, ast.Constant):
            continue
        before, after = body[:position], body[position + 1 :]
        first = [s for s in before if isinstance(s, ast.Assign) and name_of(s.targets[0]) == name]
        derived = [name_of(s.targets[0]) for s in before
                   if isinstance(s, ast.Assign) and first and s.lineno > first[0].lineno
                   and name in {n.id for n in ast.walk(s.value) if isinstance(n, ast.Name)} and name_of(s.targets[0]) != name]  # fmt: skip
        reads = [
            n.id
            for s in after
            for n in ast.walk(s)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        ]
        writes = {name_of(s.targets[0]) for s in after if isinstance(s, ast.Assign)}
        late = [d for d in derived if d in reads and d not in writes]
        earlier = {
            n.id for s in before for n in ast.walk(s) if isinstance(s, ast.Expr) and isinstance(n, ast.Name)
        }
        if first and late and name not in reads and late[0] not in earlier:
            yield found("not-recalculated", second.lineno, span=r.span(second), name=name, result=late[0])
            return


def repeated_label(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """{"a": 1, "a": 2}: the second replaces the first."""
    for node in r.nodes:
        if not isinstance(node, ast.Dict):
            continue
        seen: dict[object, ast.AST] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant):
                mark = (type(key.value), key.value)
                if mark in seen and ast.dump(seen[mark]) != ast.dump(value):
                    yield found("label-twice", key.lineno, span=r.span(key), key=r.segment(key))
                seen[mark] = value


def own_name_hidden(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A function gives an outer name a value that nothing reads: the outer one stays as it was."""
    for function in _functions(r):
        if not isinstance(r.parents.get(function), ast.Module):
            continue
        nodes = list(own_nodes(function))
        outside = {name for n in nodes if isinstance(n, ast.Global) for name in n.names}
        parameters = {a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)}
        loads = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        for statement in function.body:
            if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
                continue
            name = statement.targets[0].id
            if name in outside | parameters | loads or not isinstance(
                statement.value, ast.Constant | ast.BinOp | ast.List
            ):
                continue
            above = [
                n
                for n in (r.tree.body if r.tree else [])
                if isinstance(n, ast.Assign) and name_of(n.targets[0]) == name
            ]
            called = [
                n
                for n in (r.tree.body if r.tree else [])
                if any(called_name(c) == function.name for c in ast.walk(n))
            ]
            read = [n for n in (r.tree.body if r.tree else []) if called and n.lineno > called[0].lineno
                    and any(isinstance(c, ast.Name) and c.id == name and isinstance(c.ctx, ast.Load) for c in ast.walk(n))]  # fmt: skip
            if above and called and read:
                yield found(
                    "outer-name-unchanged",
                    statement.lineno,
                    span=r.span(statement),
                    name=name,
                    function=function.name,
                )


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


def hidden_errors(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A bare except in a short program that hides every mistake."""
    if len(r.lines) > 80:
        return
    for node in r.nodes:
        if isinstance(node, ast.ExceptHandler) and node.type is None and r.scope(node) is None:
            if not any(
                isinstance(n, ast.Raise | ast.Call | ast.Break | ast.Continue) for n in own_nodes(node)
            ):
                yield found("except-everything", node.lineno, span=None)


RULES = (
    swapped_plus, shared_default, after_return, start_inside, return_in_loop, overwritten_in_loop, remove_while_looping,
    same_list, shared_rows, not_recalculated, repeated_label, own_name_hidden, counter_in_for, hidden_errors,
)  # fmt: skip
