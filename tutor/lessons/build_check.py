"""Checks and known mistakes, from entries that were read without an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tutor.lessons.format_check import (
    CALL,
    CATCHES,
    CONSTRUCTS,
    FILE,
    OUTPUT,
    SAME_AS_SOLUTION,
    TEST,
    VALUE_CHECK,
    WHEN_RECORDS,
)
from tutor.lessons.model import (
    MISSING,
    AnyCheck,
    CallCheck,
    CatchesCheck,
    ConstructCheck,
    FileCheck,
    Mistake,
    OutputCheck,
    PlantedFault,
    RuleCheck,
    SameAsSolutionCheck,
    TestCheck,
    TextExpectation,
    TextMatch,
    Tolerance,
    ValueCheck,
    When,
    WhenAdvice,
    WhenCheck,
    WhenFailed,
    WhenPattern,
)
from tutor.lessons.records import Entry
from tutor.lessons.report import Report


def build_checks(entry: Entry, report: Report) -> tuple[AnyCheck, ...]:
    """The checks of a step; those without a name are called by their number."""
    checks = entry.get("checks", ())
    return tuple(
        build_check(check, report, f"check {number}") for number, check in enumerate(checks, start=1)
    )


def build_check(entry: Entry, report: Report, name: str) -> AnyCheck:
    """One check.

    Args:
        entry: as read by `format_check.CHECK`.
        report: knows the file.
        name: what it is called when the writer gave it no name.
    """
    common: dict[str, Any] = {
        "name": entry.get("name", name),
        "say": entry.get("say", ""),
        "hidden": entry.get("hidden", False),
        "place": report.place(entry.node),
    }
    record = entry.record
    if record is CONSTRUCTS:
        return ConstructCheck(
            uses=entry.get("uses", ()),
            avoids=entry.get("avoids", ()),
            must=entry.get("must", False),
            why=entry.get("why", ""),
            **common,
        )
    if record is CATCHES:
        faults = tuple(
            PlantedFault(fault.get("name"), fault.get("program")) for fault in entry.get("catches")
        )
        return CatchesCheck(module=entry.get("module"), right=entry.get("right"), faults=faults, **common)
    common |= {"stdin": entry.get("stdin", ()), "with_": entry.get("with", {})}
    if record is OUTPUT:
        return OutputCheck(expectations=expectations(entry, "output"), **common)
    if record is FILE:
        return FileCheck(path=entry.get("file"), expectations=expectations(entry), **common)
    if record is TEST:
        return TestCheck(code=entry.get("test"), **common)
    common["tolerance"] = tolerance(entry)
    if record is CALL:
        return CallCheck(
            expression=entry.get("call"),
            returns=entry.get("returns", MISSING),
            raises=entry.get("raises"),
            saying=entry.get("saying"),
            prints=printed(entry.values["prints"]) if "prints" in entry else (),
            **common,
        )
    if record is VALUE_CHECK:
        return ValueCheck(
            expression=entry.get("value"),
            equals=entry.get("equals", MISSING),
            type=entry.get("type"),
            **common,
        )
    if record is SAME_AS_SOLUTION:
        return SameAsSolutionCheck(
            function=entry.get("same-as-solution"),
            given=tuple(entry.get("given").items()),
            times=entry.get("times", 100),
            **common,
        )
    rule, _, part = entry.get("rule").partition(".")
    return RuleCheck(rule=rule, part=part, call=entry.get("call"), value=entry.get("value"), **common)


def tolerance(entry: Entry) -> Tolerance:
    """How near values must be."""
    return Tolerance(
        close=_float(entry.get("close")),
        relative=_float(entry.get("relative")),
        exactly=entry.get("exactly", False),
        loosely=entry.get("loosely", False),
    )


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def printed(value: str | Entry) -> tuple[TextExpectation, ...]:
    """`prints:`, written as text or as expectations."""
    if isinstance(value, str):
        return (TextExpectation(TextMatch.EQUALS, value),)
    return expectations(value)


def expectations(entry: Entry, subject: str = "") -> tuple[TextExpectation, ...]:
    """What is expected of a text: under the subject, beside it, or both."""
    common: Mapping[str, Any] = {
        "ignore": frozenset(entry.get("ignore", ())),
        "prompts": entry.get("prompts", False),
        "tolerance": tolerance(entry),
    }
    found: list[TextExpectation] = []
    nested = entry.get(subject) if subject else None
    if isinstance(nested, Entry):
        found += expectations(nested)
    elif nested is not None:
        found.append(TextExpectation(TextMatch.EQUALS, nested, **common))
    if "equals" in entry:
        found.append(TextExpectation(TextMatch.EQUALS, entry.get("equals"), **common))
    if "contains" in entry:
        found.append(TextExpectation(TextMatch.CONTAINS, entry.get("contains"), **common))
    if "matches" in entry:
        found.append(TextExpectation(TextMatch.MATCHES, entry.get("matches"), **common))
    if "lines" in entry:
        lines = tuple(line for text in entry.get("lines") for line in text.rstrip("\n").split("\n"))
        found.append(TextExpectation(TextMatch.LINES, lines, **common))
    if "numbers" in entry:
        numbers = tuple(float(number) for number in entry.get("numbers"))
        found.append(TextExpectation(TextMatch.NUMBERS, numbers, **common))
    return tuple(found)


def build_mistakes(entry: Entry, report: Report) -> tuple[Mistake, ...]:
    """The known mistakes of a step."""
    return tuple(
        Mistake(
            name=mistake.get("name"),
            when=tuple(
                _when(condition, report, number) for number, condition in enumerate(mistake.get("when"), 1)
            ),
            say=mistake.get("say"),
            example=mistake.get("example"),
            place=report.place(mistake.node),
        )
        for mistake in entry.get("mistakes", ())
    )


def _when(entry: Entry, report: Report, number: int) -> When:
    if entry.record is WHEN_RECORDS["failed"]:
        return WhenFailed(entry.get("failed"))
    if entry.record is WHEN_RECORDS["advice"]:
        return WhenAdvice(entry.get("advice"))
    if entry.record is WHEN_RECORDS["pattern"]:
        return WhenPattern(entry.get("pattern"))
    return WhenCheck(build_check(entry, report, f"condition {number}"))
