"""What to say about a learner's program: the rules in order, put into words."""

from __future__ import annotations

from msgspec.structs import replace

from tutor.explain.advice import Advice
from tutor.explain.crash import Crash
from tutor.explain.finding import Finding
from tutor.explain.reading import LONGEST, Reading
from tutor.explain.rules import (
    attributes,
    blocks,
    brackets,
    calls,
    definitions,
    fallback,
    files,
    fstrings,
    items,
    limits,
    names,
    operators,
    other_languages,
    pasted,
    quotes,
    silent_loops,
    silent_numbers,
    silent_order,
    silent_results,
    silent_sharing,
    silent_tests,
    silent_texts,
    sums,
    values,
    words,
)
from tutor.explain.wording import put, wordings
from tutor.runner.result import Outcome, RunResult

_SYNTAX = (
    *pasted.FIRST, *other_languages.RULES, *words.EARLY, *definitions.RULES, *blocks.RULES, *fstrings.RULES,
    *operators.RULES, *quotes.RULES, *brackets.RULES, *words.LATE, *pasted.LAST, fallback.unreadable,
)  # fmt: skip
_CRASH = (
    *values.EARLY, *files.RULES, *names.RULES, *sums.RULES, *items.RULES, *calls.RULES, *attributes.RULES, *values.RULES,
    fallback.other_error,
)  # fmt: skip
_SILENT = (
    *silent_results.RULES, *silent_texts.RULES, *silent_numbers.RULES, *silent_tests.RULES, *silent_sharing.RULES,
    *silent_loops.RULES, *silent_order.RULES,
)  # fmt: skip
_UNREADABLE = ("SyntaxError", "IndentationError", "TabError")


def known_rules() -> frozenset[str]:
    """The ids of all rules."""
    return frozenset(wordings())


def explain(
    source: str, result: RunResult | None, *, filename: str = "main.py", silent: bool = True
) -> tuple[Advice, ...]:
    """What went wrong in a program, or what looks wrong in it; best first, empty where nothing is to be said.

    Args:
        source: the program's text.
        result: what came of running it; None where it was not run (then only what the text shows is said).
        filename: the learner's own file, whose lines are meant.
        silent: also say what looks like a mistake though Python did not complain.
    """
    reading = Reading(source)
    if reading.fault is not None:
        return (_unreadable(reading, result),)
    advice: list[Advice] = []
    if result is not None and (finding := _ended(reading, result, filename)):
        advice.append(put(finding, result.error.python if result.error else None))
    if silent and len(source) <= LONGEST and reading.tree is not None and _silence_counts(result):
        seen = {(a.rule, a.line) for a in advice} | {(a.rule, a.noticed) for a in advice}
        lines = {a.line for a in advice}
        for item in silent_findings(reading, result):
            if (item.rule, item.line) not in seen and item.line not in lines:
                advice.append(put(item, None, silent=True))
    return tuple(advice)


def silent_findings(reading: Reading, result: RunResult | None) -> list[Finding]:
    """What looks like a mistake in a program that Python can read, by line; one finding a line."""
    findings: dict[int | None, Finding] = {}
    for rule in _SILENT:
        for item in rule(reading, result):
            findings.setdefault(item.line, item)
    return sorted(findings.values(), key=lambda item: item.line or 0)


def _silence_counts(result: RunResult | None) -> bool:
    return result is None or result.outcome not in (Outcome.NOT_STARTED, Outcome.BLOCKED, Outcome.TAMPERED)


def _unreadable(reading: Reading, result: RunResult | None) -> Advice:
    fault = reading.fault
    assert fault is not None
    python = fault.python
    if result and result.error and result.error.type in _UNREADABLE:
        python = result.error.python
    finding = next(item for rule in _SYNTAX if (item := rule(reading)))
    if finding.noticed is None and finding.line != fault.line:
        finding = replace(finding, noticed=fault.line)
    return put(finding, python)


def _ended(reading: Reading, result: RunResult, filename: str) -> Finding | None:
    """The finding about how a run ended, where it did not end well."""
    for rule in limits.RULES:
        if finding := rule(reading, result):
            return finding
    if result.error is None or result.outcome is Outcome.EXITED or result.error.type == "KeyboardInterrupt":
        return None
    crash = Crash(reading, result.error, filename)
    return next(item for crash_rule in _CRASH if (item := crash_rule(crash)))
