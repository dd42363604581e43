"""The words of every rule, from `wording.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Formatter

import yaml
from msgspec import Struct

from tutor.explain.advice import Advice
from tutor.explain.finding import Finding

#: A longer value (a name, a line, a text of the learner's) is cut in the middle of a sentence.
LONGEST_VALUE = 60


class Wording(Struct, frozen=True):
    """One rule's words.

    `title` and `text` may hold placeholders in curly brackets. `code` is a line to type instead (placeholders too).
    `example` is a program that sets the rule off at line `line`, given `stdin`; `python` limits the example to some
    versions ("<3.12"). `reviewed` says who read the words and when.
    """

    id: str
    title: str
    text: str
    example: str
    line: int | None
    code: str = ""
    stdin: tuple[str, ...] = ()
    python: str = ""
    reviewed: str = "none"


@cache
def wordings() -> dict[str, Wording]:
    """All wordings by rule id, read once.

    Raises:
        ValueError: where an entry of the file lacks a part or has one too many; a fault of ours.
    """
    text = files("tutor.explain").joinpath("wording.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    result: dict[str, Wording] = {}
    for entry in yaml.load(text, loader):
        try:
            wording = Wording(
                id=entry.pop("id"),
                title=entry.pop("title"),
                text=" ".join(entry.pop("text").split()),
                example=entry.pop("example"),
                line=entry.pop("line"),
                code=entry.pop("try", ""),
                stdin=tuple(str(line) for line in entry.pop("stdin", ())),
                python=entry.pop("python", ""),
                reviewed=entry.pop("reviewed", "none"),
            )
        except KeyError as missing:
            raise ValueError(f"wording.yaml: {entry} has no {missing}") from None
        if entry or wording.id in result:
            raise ValueError(
                f"wording.yaml: {wording.id} is there twice, or has unknown parts: {sorted(entry)}"
            )
        result[wording.id] = wording
    return result


def put(finding: Finding, python: str | None, *, silent: bool = False) -> Advice:
    """A finding in words."""
    words = wordings()[finding.rule]
    values = {name: _cut(value) for name, value in finding.values.items()}
    values.setdefault("code", finding.code)
    values["line"] = str(finding.line)
    values["noticed"] = str(finding.noticed or finding.line)
    text = words.text.format_map(values)
    if words.text.startswith(("{kind}", "{what}")):  # words of ours, not a name of the learner's
        text = text[0].upper() + text[1:]
    return Advice(
        rule=finding.rule,
        line=finding.line,
        title=words.title.format_map(values),
        text=text if finding.line is not None else _without_line(text),
        python=python,
        column=finding.column,
        end_column=finding.end_column,
        noticed=finding.noticed,
        code=finding.code or (words.code.format_map(values) if words.code else ""),
        silent=silent,
    )


def _without_line(text: str) -> str:
    """The text where nobody knows the line."""
    for words, instead in ((" from line None", ""), ("on line None", "in the program"), ("Line None", "The program"),
                           ("line None", "the program")):  # fmt: skip
        text = text.replace(words, instead)
    return text


def placeholders(text: str) -> set[str]:
    """The names in curly brackets that a wording needs."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
