"""Known mistakes can be met: the checks and advice that they name exist, and none hides another."""

from __future__ import annotations

from typing import Any

from tutor.lessons.format_check import WHEN_RECORDS
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.static_rules.checks import check_one
from tutor.lessons.surroundings import Surroundings


def check_mistakes(step: Entry, around: Surroundings, report: Report) -> None:
    """The known mistakes of a step."""
    names = [
        check.get("name", f"check {number}") for number, check in enumerate(step.get("checks", ()), start=1)
    ]
    seen: dict[str, str] = {}
    for mistake in step.get("mistakes", ()):
        for condition in mistake.get("when", ()):
            _condition(condition, mistake.where, names, around, report)
        key = repr([_plain(condition) for condition in mistake.get("when", ())])
        if mistake.get("when") and key in seen:
            problem = f"the mistake `{seen[key]}` above has the same `when`, so this one is never met"
            report.error(mistake.at("when"), mistake.where, problem, "change one of them", "dead")
        seen.setdefault(key, mistake.get("name", ""))
        if (
            "example" in mistake
            and mistake.get("example", "").strip() == str(step.get("solution", "")).strip()
        ):
            problem = "the example is the solution; a program that makes this mistake was expected"
            report.error(mistake.at("example"), mistake.where, problem, rule="dead")


def _condition(entry: Entry, where: str, names: list[str], around: Surroundings, report: Report) -> None:
    if entry.record is WHEN_RECORDS["failed"]:
        for name, node in entry.items("failed"):
            if name not in names:
                hint = did_you_mean(name, names)
                report.error(
                    node,
                    where,
                    f"this step has no check called `{name}`",
                    hint or "give the check this `name`",
                    "failed",
                )
    elif entry.record is WHEN_RECORDS["advice"]:
        rule = entry.get("advice")
        if rule is not None and around.advice_rules is not None and rule not in around.advice_rules:
            hint = did_you_mean(rule, around.advice_rules)
            report.error(entry.at("advice"), where, f"`tutor explain` has no rule `{rule}`", hint, "advice")
    elif entry.record is not WHEN_RECORDS["pattern"]:
        check_one(entry, around, report)


def _plain(value: Any) -> Any:
    """What a condition says, without where it stands."""
    if isinstance(value, Entry):
        return {key: _plain(item) for key, item in sorted(value.values.items())}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
