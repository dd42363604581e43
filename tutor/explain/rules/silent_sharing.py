"""Silent mistakes with names that share a value, or do not."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, name_of, own_nodes
from tutor.runner.result import RunResult

_MUTATING = frozenset(
    ["append", "insert", "extend", "remove", "pop", "sort", "reverse", "clear", "update", "add", "discard"]
)


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
        block = r.block(node)
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
        if len(node.keys) > 60:
            continue  # a table, where a later entry may be meant to replace an earlier one
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


RULES = (
    swapped_plus,
    shared_default,
    same_list,
    shared_rows,
    not_recalculated,
    repeated_label,
    own_name_hidden,
)
