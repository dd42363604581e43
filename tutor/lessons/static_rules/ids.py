"""Ids are unique, and what a lesson refers to by id exists."""

from __future__ import annotations

from tutor.lessons.build_lesson import split_continues
from tutor.lessons.model import StepKind
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.surroundings import Surroundings

PROGRAM_KINDS = frozenset({StepKind.EXERCISE, StepKind.FIX, StepKind.PROJECT})


def check_ids(lesson: Entry, report: Report) -> None:
    """Steps, and the checks and mistakes of a step, are told apart by their ids and names."""
    _unique(lesson.get("steps", ()), "id", "step", report)
    for step in lesson.get("steps", ()):
        _unique(step.get("checks", ()), "name", "check", report)
        _unique(step.get("mistakes", ()), "name", "mistake", report)


def _unique(entries: tuple[Entry, ...], key: str, called: str, report: Report) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        name = entry.get(key)
        if name is None:
            continue
        line = entry.at(key).line
        if name in first:
            report.error(
                entry.at(key),
                entry.where,
                f"a second {called} is called `{name}`; the first is in line {first[name]}",
                f"each {called} has its own {key}",
                "duplicate-id",
            )
        first.setdefault(name, line)


def check_references(lesson: Entry, lesson_id: str, around: Surroundings, report: Report) -> None:
    """`needs` names other lessons, `continues` an earlier step with a program."""
    for name, node in lesson.items("needs"):
        if name == lesson_id:
            report.error(node, "needs", "the lesson needs itself", rule="lesson-unknown")
        elif around.lessons is not None and name not in around.lessons:
            hint = did_you_mean(name, around.lessons)
            report.error(node, "needs", f"no lesson has the id `{name}`", hint, "lesson-unknown")
    earlier: list[str] = []
    for step in lesson.get("steps", ()):
        _continues(step, lesson_id, earlier, around, report)
        if step.get("kind") in PROGRAM_KINDS and "id" in step:
            earlier.append(step.get("id"))


def _continues(step: Entry, lesson_id: str, earlier: list[str], around: Surroundings, report: Report) -> None:
    target = split_continues(step.get("continues"))
    if target is None:
        return
    lesson, step_id = target
    node = step.at("continues")
    if lesson in ("", lesson_id):
        if step_id not in earlier:
            hint = did_you_mean(step_id, earlier) or "name an earlier exercise, fix or project"
            report.error(
                node, step.where, f"no earlier step with a program has the id `{step_id}`", hint, "continues"
            )
        return
    if around.lessons is None:
        return
    if lesson not in around.lessons:
        hint = did_you_mean(lesson, around.lessons)
        report.error(node, step.where, f"no lesson has the id `{lesson}`", hint, "continues")
        return
    steps = around.lessons[lesson]
    programs = [one for one, kind in steps.items() if kind in PROGRAM_KINDS]
    if steps and step_id not in programs:
        problem = f"lesson `{lesson}` has no exercise, fix or project `{step_id}`"
        report.error(node, step.where, problem, did_you_mean(step_id, programs), "continues")
