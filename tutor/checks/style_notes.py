"""Notes on style: said only with a pass, and only about what the lesson's own solution does better."""

from __future__ import annotations

import ast

from tutor.translation import tr

_MOST = 2


def style_notes(program: ast.Module | None, solution: ast.Module | None) -> tuple[str, ...]:
    """At most two remarks about a right program; none about a form that the lesson's own solution has too."""
    if program is None:
        return ()
    notes = []
    for find in (_compared_with_true, _truth_by_if, _every_error_caught, _counted_up_to_length):
        note = find(program)
        if note and not (solution is not None and find(solution)):
            notes.append(note)
    return tuple(notes[:_MOST])


def _compared_with_true(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.Is)):
            sides = (node.left, node.comparators[0])
            truth = [
                side.value
                for side in sides
                if isinstance(side, ast.Constant) and isinstance(side.value, bool)
            ]
            plain = [side for side in sides if not isinstance(side, ast.Constant)]
            if truth and plain:
                shorter = f"not {_text(plain[0])}" if truth[0] is False else _text(plain[0])
                return tr(
                    "Line {line} is right. It can be shorter, because the value is already True or False: {shorter}.",
                    line=node.lineno,
                    shorter=shorter,
                )
    return ""


def _truth_by_if(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and len(node.body) == len(node.orelse) == 1:
            values = [_returned_truth(part) for part in (node.body[0], node.orelse[0])]
            if values == [True, False]:
                return tr(
                    "Line {line} is right. A shorter form: return {test}. The test is already True or False.",
                    line=node.lineno,
                    test=_text(node.test),
                )
    return ""


def _returned_truth(statement: ast.stmt) -> bool | None:
    if isinstance(statement, ast.Return) and isinstance(statement.value, ast.Constant):
        return statement.value.value if isinstance(statement.value.value, bool) else None
    return None


def _every_error_caught(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            return tr(
                "Line {line} hides every mistake, also real ones. Name the error you expect: except ValueError:",
                line=node.lineno,
            )
    return ""


def _counted_up_to_length(tree: ast.Module) -> str:
    """`for i in range(len(x))` where i is used for nothing but reading x[i]."""
    for loop in ast.walk(tree):
        if not (isinstance(loop, ast.For) and isinstance(loop.target, ast.Name)):
            continue
        match loop.iter:
            case ast.Call(
                func=ast.Name(id="range"),
                args=[ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=items)])],
                keywords=[],
            ):
                if _only_reads_items(loop, loop.target.id, items):
                    return tr(
                        "Line {line} is right. The loop can hand you each item: for item in {items}:",
                        line=loop.lineno,
                        items=items,
                    )
    return ""


def _only_reads_items(loop: ast.For, index: str, items: str) -> bool:
    uses = [
        node
        for part in loop.body
        for node in ast.walk(part)
        if isinstance(node, ast.Name) and node.id == index
    ]
    reads = [
        node
        for part in loop.body
        for node in ast.walk(part)
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == items
        and isinstance(node.slice, ast.Name)
        and node.slice.id == index
    ]
    return bool(uses) and len(uses) == len(reads)


def _text(node: ast.AST) -> str:
    text: str = ast.unparse(node)
    return text if len(text) <= 40 else text[:37] + "..."
