"""`arrange`: lines that can be told apart, and distractors that are not right themselves."""

from __future__ import annotations

from tutor.lessons.nodes import shortened
from tutor.lessons.records import Entry
from tutor.lessons.report import Report


def check_lines(step: Entry, report: Report) -> None:
    """The lines of an `arrange` step, or of the arrange version of an exercise."""
    solution = step.get("solution")
    version = step.get("arrange")
    holder = version if isinstance(version, Entry) else step
    if solution is None or (step.get("kind") != "arrange" and version is None):
        return
    lines = {line.strip() for line in solution.splitlines() if line.strip()}
    if len([line for line in solution.splitlines() if line.strip()]) < 2:
        report.error(step.at("solution"), step.where, "one line alone cannot be arranged", rule="arrange")
    for text, node in holder.items("distractors"):
        if text.strip() in lines:
            problem = f"the distractor `{shortened(text)}` is a line of the solution"
            report.error(node, step.where, problem, "a distractor belongs nowhere", "arrange")
        elif not text.strip():
            report.error(node, step.where, "a distractor is empty", rule="arrange")
        elif "\n" in text.strip():
            report.error(node, step.where, "a distractor is one line", "make two of them", "arrange")
