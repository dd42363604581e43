"""`fill`: gaps are named both ways, and every accepted answer makes a program."""

from __future__ import annotations

import ast
import re

from tutor.lessons.nodes import Mapping, shortened
from tutor.lessons.python_text import NotPython, parse_program
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean

_WRITTEN = re.compile(r"\{\{(\w+)\}\}")


def check_gaps(step: Entry, report: Report) -> None:
    """The gaps of a `fill` step."""
    code, gaps = step.get("code"), step.get("gaps")
    if step.get("kind") != "fill" or code is None or gaps is None:
        return
    written = _WRITTEN.findall(code)
    node = step.nodes["gaps"]
    missing = False
    if isinstance(node, Mapping):
        for key, _ in node.pairs:
            if key.text in gaps and key.text not in written:
                missing = True
                hint = did_you_mean(key.text, [one for one in written if one not in gaps])
                problem = f"the code has no gap `{{{{{key.text}}}}}`"
                report.error(key, step.where, problem, hint or "write it where the learner types", "gaps")
    if not gaps:
        report.error(node, step.where, "at least 1 gap was expected; found none", rule="gaps")
        return
    if missing:
        return
    solution = filled(code, gaps, {})
    tree = parse_program(solution)
    if isinstance(tree, NotPython):
        report.error(
            node, step.where, f"with its first answers this is not Python: {tree.words}", rule="gaps"
        )
        return
    _forgotten(step, tree, gaps, report)
    for name, accepted in gaps.items():
        for answer in accepted[1:]:
            other = parse_program(filled(code, gaps, {name: answer}))
            if isinstance(other, NotPython):
                problem = f"with the answer `{shortened(answer)}` this is not Python: {other.words}"
                report.error(node, f"{step.where}, gap {name}", problem, rule="gaps")


def filled(code: str, gaps: dict[str, tuple[str, ...]], answers: dict[str, str]) -> str:
    """The program with some answers, and the first accepted one in every other gap."""
    for name, accepted in gaps.items():
        code = code.replace("{{" + name + "}}", answers.get(name, accepted[0]))
    return code


def _forgotten(step: Entry, tree: ast.Module, gaps: dict[str, tuple[str, ...]], report: Report) -> None:
    """`{{name}}` outside a text is a set in a set, which no program has: a gap without its answers."""
    code_node = step.text_node("code")
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Set) and len(node.elts) == 1 and isinstance(node.elts[0], ast.Set)):
            continue
        inner = node.elts[0].elts[0]
        if isinstance(inner, ast.Name) and code_node is not None:
            written = "{{" + inner.id + "}}"
            hint = did_you_mean(inner.id, gaps) or f"add `{inner.id}: [...]` under `gaps`"
            offset = max(code_node.text.find(written), 0)
            report.within(code_node, offset, step.where, f"the gap `{written}` has no answers", hint, "gaps")
