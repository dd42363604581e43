"""`choose` and `predict`: something is right, and no two answers look the same."""

from __future__ import annotations

from tutor.lessons.records import Entry
from tutor.lessons.report import Report


def check_choices(step: Entry, report: Report) -> None:
    """The answers of a step, where it has some."""
    choices = step.get("choices")
    if not choices:
        return
    seen: dict[str, int] = {}
    for number, choice in enumerate(choices, start=1):
        text = _shown(choice)
        node = choice.at("text") if isinstance(choice, Entry) else None
        where = f"{step.where}, choice {number}"
        if text in seen and text:
            problem = f"choices {seen[text]} and {number} are the same: `{text}`"
            report.error(node or step.at("choices"), where, problem, "change one of them", "choices")
        seen.setdefault(text, number)
        if (
            isinstance(choice, Entry)
            and choice.record.name == "prediction"
            and "text" not in choice
            and "is" not in choice
        ):
            report.error(
                choice.node, where, "a choice needs `text`, or `is: nothing` or `is: error`", rule="choices"
            )
    if step.get("kind") != "choose":
        return
    whole = [choice for choice in choices if isinstance(choice, Entry)]
    unread = any("correct" in choice.nodes and "correct" not in choice for choice in whole)
    if not unread and len(whole) == len(choices) and not any(choice.get("correct") for choice in whole):
        hint = "write `correct: true` under each right one"
        report.error(step.at("choices"), step.where, "none of the choices is correct", hint, "choices")


def _shown(choice: str | Entry) -> str:
    if isinstance(choice, str):
        return choice.rstrip("\n")
    kind = choice.get("is", "")
    return str(choice.get("text", kind)).rstrip("\n")
