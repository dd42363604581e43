"""Lines that never run, and errors that never show."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, own_nodes
from tutor.runner.result import RunResult


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


def hidden_errors(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A bare except in a short program that hides every mistake."""
    if len(r.lines) > 80:
        return
    for node in r.nodes:
        if not isinstance(node, ast.ExceptHandler) or node.type is not None or r.scope(node) is not None:
            continue
        if not any(isinstance(n, ast.Raise | ast.Call | ast.Break | ast.Continue) for n in own_nodes(node)):
            yield found("except-everything", node.lineno)


RULES = (
    after_return,
    hidden_errors,
)
