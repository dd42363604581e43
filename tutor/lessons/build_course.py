"""Glossary, rules and answers, from entries that were read without an error."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from msgspec.structs import replace

from tutor.lessons.build_lesson import build_review, build_source
from tutor.lessons.hashing import rule_hash
from tutor.lessons.model import Answers, Rule, RuleCase, RulePart, RuleStatus, Term
from tutor.lessons.nodes import Mapping
from tutor.lessons.records import Entry
from tutor.lessons.report import Report


def build_glossary(texts: MappingType[str, str], node: Mapping, report: Report) -> dict[str, Term]:
    """The terms of a glossary, in written order."""
    return {
        key.text: Term(key.text, texts[key.text].strip(), report.place(key))
        for key, _ in node.pairs
        if key.text in texts
    }


def build_rules(entries: MappingType[str, Entry], report: Report) -> dict[str, Rule]:
    """The rules, by id."""
    return {rule_id: build_rule(rule_id, entry, report) for rule_id, entry in entries.items()}


def build_rule(rule_id: str, entry: Entry, report: Report) -> Rule:
    """One rule, with its content hash."""
    parts = {
        part_id: RulePart(
            part_id,
            part.get("text"),
            tuple(RuleCase(case.get("in"), case.get("out")) for case in part.get("cases")),
        )
        for part_id, part in entry.get("parts").items()
    }
    rule = Rule(
        id=rule_id,
        title=entry.get("title"),
        source=build_source(entry.get("source")),
        status=RuleStatus(entry.get("status", "ok")),
        review=build_review(entry.get("review")),
        parts=parts,
        place=report.place(entry.node),
    )
    return replace(rule, content_hash=rule_hash(rule))


def build_answers(entries: MappingType[str, Entry]) -> tuple[Answers, ...]:
    """Other people's programs, by step."""
    return tuple(
        Answers(step_id, entry.get("right", ()), entry.get("wrong", ())) for step_id, entry in entries.items()
    )
