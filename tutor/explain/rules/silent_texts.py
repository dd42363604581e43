"""Silent mistakes with texts: the f that is missing, places filled by a comma, items joined."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_name
from tutor.runner.result import RunResult


def no_f(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print("BMI {bmi}") printed the curly brackets."""
    for node in r.nodes:
        if called_name(node) not in ("print", "input") or not isinstance(node, ast.Call):
            continue
        for text in node.args:
            if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                continue
            names = re.findall(
                r"(?<!\{)\{([A-Za-z_]\w*)(?:\[[^\]{}]*\]|\(\))?(?::[^{}]*)?\}(?!\})", text.value
            )
            known = [name for name in names if name in r.stored]
            segment = r.segment(text, 400)
            if (
                known
                and not segment.lower().startswith(("f", "rf"))
                and (result is None or "{" + known[0] in result.stdout)
            ):
                span = r.span(text)
                code = f"{r.line(text.lineno)[: span[0]]}f{r.line(text.lineno)[span[0] :]}" if span else ""
                yield found("f-missing", text.lineno, span=span, name=known[0], code=code)


def placed_by_comma(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print("Dose: %d", dose) and print("Dose: {}", dose)."""
    for node in r.nodes:
        if called_name(node) != "print" or not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        first = node.args[0]
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            continue
        if re.search(r"%(\.\d+)?[dsfi]\b", first.value):
            yield found("percent-comma", node.lineno, span=r.span(node))
        elif re.search(r"\{\d?\}", first.value):
            yield found("format-comma", node.lineno, span=r.span(node))


def input_not_called(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """age = input, and shout = name.upper without brackets."""
    for node in r.nodes:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        value = node.value
        if isinstance(value, ast.Name) and value.id == "input" and "input" not in r.stored:
            target = node.targets[0].id
            called = any(called_name(n) == target for n in r.nodes)
            if not called and target not in ("raw_input", "_input", "input_"):
                yield found(
                    "input-not-run", node.lineno, span=r.span(value), name=target, code=f"{target} = input()"
                )


def joined_texts(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A comma is missing at the end of a line of a list, so that two texts became one."""
    for node in r.nodes:
        if not isinstance(node, ast.List | ast.Tuple | ast.Set) or len(node.elts) < 2:
            continue
        texts = [e for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        if len(texts) != len(node.elts):
            continue
        long_ones = [e for e in texts if e.end_lineno != e.lineno]
        short = [e for e in texts if e.end_lineno == e.lineno]
        if len(long_ones) != 1 or len({e.lineno for e in short}) < len(short) or not short:
            continue
        text = long_ones[0]
        parts = [t for t in r.tokens if t.kind == "text" and text.lineno <= t.line <= (text.end_lineno or 0)]
        if (
            len(parts) == 2
            and parts[0].column == parts[1].column
            and all(
                len(p.text) <= 32 and p.text[-2:-1] not in (" ", "n", ".", ",") and p.line == p.end_line
                for p in parts
            )
        ):
            yield found("texts-joined", parts[0].line, span=(parts[0].column, parts[0].end_column), first=parts[0].text,
                        second=parts[1].text)  # fmt: skip


RULES = (
    no_f,
    placed_by_comma,
    joined_texts,
    input_not_called,
)
