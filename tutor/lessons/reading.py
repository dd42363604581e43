"""One file of a course: text -> tree -> entries, with every problem collected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from tutor.lessons.compose import compose
from tutor.lessons.nodes import Node
from tutor.lessons.report import Report
from tutor.lessons.shapes import UNREADABLE, Shape
from tutor.lessons.source import Finding, read_source, split_lines

_STEP_ID = re.compile(r"\s+(?:- +)?id:\s*([\w-]+)")


class FileRead(Struct):
    """A file as far as it could be read: `value` is None where nothing could."""

    text: str
    root: Node | None
    value: Any


def read_file(path: Path, shape: Shape, report: Report) -> FileRead:
    """Reads a file against the shape that it must have."""
    text = read_source(path)
    if isinstance(text, Finding):
        report.finding(text)
        return FileRead("", None, None)
    return read_text(text, shape, report)


def read_text(text: str, shape: Shape, report: Report) -> FileRead:
    """As read_file, for text that is already there (an editor's, a test's)."""
    composed = compose(text)
    for finding in composed.findings:
        report.finding(finding, _where(text, finding.line))
    if composed.root is None:
        if not composed.findings:
            report.finding(Finding(1, 1, f"the file is empty; {shape.wants} was expected"))
        return FileRead(text, None, None)
    value = shape.read(composed.root, report, "")
    return FileRead(text, composed.root, None if value is UNREADABLE else value)


def _where(text: str, line: int) -> str:
    """The step that a line belongs to, told from the text alone (there may be no tree)."""
    where = ""
    in_steps = False
    for number, content in enumerate(split_lines(text), start=1):
        if number > line:
            break
        if content.startswith("steps:"):
            in_steps = True
        elif in_steps:
            match = _STEP_ID.match(content)
            if match:
                where = f"step {match.group(1)}"
            elif content.startswith((" -", "  -", "-")) and "kind:" in content:
                where = ""
    return where
