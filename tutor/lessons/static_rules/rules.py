"""Rules: every case of a part has the same inputs, and no two cases contradict each other."""

from __future__ import annotations

from tutor.lessons.nodes import shortened
from tutor.lessons.records import Entry
from tutor.lessons.report import Report
from tutor.lessons.static_rules.reviews import check_review


def check_rule(rule: Entry, report: Report) -> None:
    """One rule of rules.yaml."""
    check_review(rule, "review", report)
    for part in (rule.get("parts") or {}).values():
        _cases(part, report)


def _cases(part: Entry, report: Report) -> None:
    names: list[str] | None = None
    seen: dict[str, tuple[int, object]] = {}
    for number, case in enumerate(part.get("cases", ()), start=1):
        inputs = case.get("in")
        if inputs is None or "out" not in case:
            continue
        if names is None:
            names = sorted(inputs)
        elif sorted(inputs) != names:
            problem = f"this case has the inputs {', '.join(inputs)}; the first has {', '.join(names)}"
            report.error(
                case.at("in"), case.where, problem, "every case of a part has the same inputs", "rule-cases"
            )
        key = repr(sorted(inputs.items()))
        if key in seen:
            first, out = seen[key]
            if repr(out) == repr(case.get("out")):
                report.warning(
                    case.node,
                    case.where,
                    f"this case is the same as case {first}",
                    "leave it out",
                    "rule-cases",
                )
            else:
                problem = f"case {first} gives `{shortened(repr(out))}` for the same inputs"
                report.error(case.at("out"), case.where, problem, "one of the two is wrong", "rule-cases")
        seen.setdefault(key, (number, case.get("out")))
