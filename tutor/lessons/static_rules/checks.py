"""Checks expect something, and what they say fits together."""

from __future__ import annotations

import ast

from tutor.lessons.format_check import (
    CALL,
    CONSTRUCTS,
    FILE,
    OUTPUT,
    RULE,
    TEST,
    TEXT_EXPECTATIONS,
    VALUE_CHECK,
)
from tutor.lessons.python_text import NotPython, parse_program
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean, listed
from tutor.lessons.surroundings import Surroundings

_EXPECTATIONS = {
    CALL: ("returns", "raises", "prints"),
    VALUE_CHECK: ("equals", "type"),
    OUTPUT: TEXT_EXPECTATIONS,
    FILE: TEXT_EXPECTATIONS,
}
_COMPARING = ("returns", "equals", "numbers", "same-as-solution", "rule", "prints")


def check_checks(step: Entry, around: Surroundings, report: Report) -> None:
    """The checks of a step."""
    for check in step.get("checks", ()):
        check_one(check, around, report)


def check_one(check: Entry, around: Surroundings, report: Report) -> None:
    """One check, also where it is a condition of a mistake."""
    _expects(check, report)
    _fits(check, report)
    if check.record is RULE:
        _rule(check, around, report)
    if check.record is TEST and "test" in check and not _asserts(check.get("test")):
        hint = "write a bare `assert`, a function named `test_...` or a `unittest.TestCase`"
        report.error(check.at("test"), check.where, "this test tests nothing", hint, "dead")
    if check.record is CONSTRUCTS:
        _constructs(check, report)


def _expects(check: Entry, report: Report) -> None:
    expectations: tuple[str, ...] = ()
    for record, keys in _EXPECTATIONS.items():
        if check.record is record:
            expectations = keys
    if not expectations:
        return
    written = [key for key in expectations if key in check.nodes]
    if check.record is OUTPUT and check.get("output") is not None:
        nested = check.get("output")
        if isinstance(nested, Entry) and not any(key in nested.nodes for key in TEXT_EXPECTATIONS):
            report.error(
                nested.node,
                check.where,
                f"nothing is expected: write {listed(TEXT_EXPECTATIONS)}",
                rule="dead",
            )
        return
    if not written and not (check.record is OUTPUT and "output" not in check.values):
        report.error(
            check.node, check.where, f"nothing is expected: write {listed(expectations)}", rule="dead"
        )


def _fits(check: Entry, report: Report) -> None:
    if "raises" in check and "returns" in check:
        report.error(
            check.at("raises"),
            check.where,
            "a call cannot both return a value and raise",
            "make two checks",
            "dead",
        )
    if "saying" in check and "raises" not in check.nodes:
        report.error(check.at("saying"), check.where, "`saying` needs `raises`", rule="dead")
    if check.get("exactly") and check.get("loosely"):
        report.error(
            check.at("loosely"),
            check.where,
            "`exactly` and `loosely` contradict each other",
            "keep one",
            "dead",
        )
    compares = any(key in check.nodes for key in _COMPARING) or isinstance(check.get("output"), Entry)
    for key in ("close", "relative", "exactly", "loosely"):
        if key in check and not compares:
            problem = f"`{key}` has nothing to compare here"
            report.warning(check.at(key), check.where, problem, "leave it out", "dead")


def _constructs(check: Entry, report: Report) -> None:
    if check.get("must") and "why" not in check.nodes:
        problem = "`must: true` refuses right programs, so it needs `why`"
        report.error(check.at("must"), check.where, problem, "say what the construct is needed for", "must")
    if "why" in check and not check.get("must"):
        report.warning(check.at("why"), check.where, "`why` is shown with `must: true` only", rule="dead")
    both = set(check.get("uses", ())) & set(check.get("avoids", ()))
    if both:
        name = sorted(both)[0]
        report.error(
            check.at("avoids"), check.where, f"`{name}` stands under both `uses` and `avoids`", rule="dead"
        )


def _rule(check: Entry, around: Surroundings, report: Report) -> None:
    given = [key for key in ("call", "value") if key in check.nodes]
    if len(given) != 1:
        problem = "a `rule` check needs `call: FUNCTION`, or `value: NAME`"
        report.error(check.node, check.where, problem if not given else f"{problem}, not both", rule="format")
    if around.rules is None or "rule" not in check:
        return
    rule_id, _, part = check.get("rule").partition(".")
    node = check.at("rule")
    rule = around.rules.get(rule_id)
    if rule is None:
        hint = did_you_mean(rule_id, around.rules)
        report.error(node, check.where, f"rules.yaml has no rule `{rule_id}`", hint, "rule-unknown")
    elif part not in rule.parts:
        hint = did_you_mean(part, rule.parts) or f"its parts are {listed(rule.parts)}"
        report.error(node, check.where, f"the rule `{rule_id}` has no part `{part}`", hint, "rule-unknown")


def _asserts(code: str) -> bool:
    tree = parse_program(code)
    if isinstance(tree, NotPython):
        return True  # reported already
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            return True
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Attribute) and node.attr.startswith("assert")
        ):
            return True
    return False
