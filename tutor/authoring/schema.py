"""`tutor schema`: the lesson format as JSON Schema, so that editors complete, explain and check while a writer types.

It comes from the same description that reads lessons (`tutor.lessons.format_lesson`), so the two cannot drift apart.
What only the tutor can know (that ids are unique, that code parses) is left to `tutor lint`.
"""

from __future__ import annotations

import json
from typing import Any

from tutor.lessons.format_course import COURSE, GLOSSARY, RULES
from tutor.lessons.format_lesson import ANSWERS, LESSON
from tutor.lessons.records import Record
from tutor.lessons.shapes import Shape

DRAFT = "http://json-schema.org/draft-07/schema#"

#: The kinds of file, with the names that editors match them by.
FILES: dict[str, tuple[Shape, str, tuple[str, ...]]] = {
    "lesson": (LESSON, "A lesson of Code4Health Tutor", ("*/*.yaml",)),
    "course": (COURSE, "course.yaml of Code4Health Tutor", ("course.yaml",)),
    "glossary": (
        GLOSSARY,
        "glossary.yaml of Code4Health Tutor: a term, and one paragraph about it",
        ("glossary.yaml",),
    ),
    "rules": (RULES, "rules.yaml of Code4Health Tutor: clinical and statistical rules", ("rules.yaml",)),
    "answers": (ANSWERS, "Other people's programs for a lesson's steps", ("*.answers.yaml",)),
}


def json_schema(kind: str = "lesson") -> dict[str, Any]:
    """The schema of one kind of file (a key of FILES), as JSON Schema draft 7, which editors know best."""
    shape, title, _ = FILES[kind]
    definitions: dict[str, Any] = {}
    body = shape.object_schema(definitions) if isinstance(shape, Record) else shape.schema(definitions)
    schema = {"$schema": DRAFT, "title": title, **body}
    if definitions:
        schema["definitions"] = definitions
    return schema


def schema_text(kind: str = "lesson") -> str:
    """The schema as it is printed or saved."""
    return json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"
