"""The house style of what stands outside lessons: the glossary, the texts of rules, the chapters' cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tutor.authoring.style import text_style
from tutor.lessons.course_loader import COURSE_FILE, GLOSSARY_FILE, RULES_FILE
from tutor.lessons.format_course import COURSE, GLOSSARY, RULES
from tutor.lessons.model import Problem
from tutor.lessons.nodes import Mapping, Node, Scalar
from tutor.lessons.reading import read_file
from tutor.lessons.records import Entry
from tutor.lessons.report import Report
from tutor.lessons.shapes import Shape


def course_texts_style(folder: Path) -> Iterator[Problem]:
    """Warnings about the course's own texts; there is no `allow` for these, so each is short to mend."""
    glossary = folder / GLOSSARY_FILE
    root = _read(glossary, GLOSSARY)[0]
    for key, text in root.pairs if isinstance(root, Mapping) else ():
        if isinstance(text, Scalar):
            yield from text_style(text, f"term {key.text}", glossary)
    rules = folder / RULES_FILE
    for rule in (_read(rules, RULES)[1] or {}).values():
        for part in rule.get("parts", {}).values():
            yield from _entry(part, "text", rules, lengths=False)
    course = folder / COURSE_FILE
    entry = _read(course, COURSE)[1]
    for chapter in entry.get("chapters", ()) if entry is not None else ():
        yield from _entry(chapter, "card", course)


def _entry(entry: Entry, key: str, file: Path, *, lengths: bool = True) -> Iterator[Problem]:
    node = entry.text_node(key)
    if node is not None:
        yield from text_style(node, entry.where, file, lengths=lengths)


def _read(file: Path, shape: Shape) -> tuple[Node | None, Any]:
    """(tree, what was read); what is wrong with the file was reported already."""
    if not file.is_file():
        return None, None
    read = read_file(file, shape, Report(file))
    return read.root, read.value
