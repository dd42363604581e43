"""The lesson format: course.yaml, glossary.yaml and rules.yaml."""

from __future__ import annotations

from tutor.lessons.format_lesson import FORMAT, REVIEW, SOURCE
from tutor.lessons.nodes import shortened
from tutor.lessons.records import Key, Record
from tutor.lessons.shapes import ListOf, MapOf, Option, Text
from tutor.lessons.texts import ID, MARKDOWN, PATH, PROSE, VALUE, id_problem, name_problem


def _folder_problem(text: str) -> tuple[str, str] | None:
    if any(mark in text for mark in '/\\:*?"<>|') or text.strip(". ") == "":
        return (
            f"`{shortened(text)}` is not the name of a folder or file in the course",
            "a name alone, with no / in it",
        )
    if text.endswith((".yaml", ".yml")):
        return f"`{shortened(text)}` ends in .yaml", f"leave that out: `{text.rpartition('.')[0]}`"
    return None


_PLAIN_NAME = Text(wants="a name", trim=True, verify=_folder_problem, rule="path")

CHAPTER = Record(
    "chapter",
    "a chapter",
    {
        "id": Key(ID, "Stable for ever.", True),
        "title": Key(PROSE, "The chapter's title.", True, also=("name",)),
        "folder": Key(
            _PLAIN_NAME, "The folder that holds its lessons.", True, also=("dir", "directory", "path")
        ),
        "lessons": Key(
            ListOf(_PLAIN_NAME, at_least=1),
            "File names without .yaml, in teaching order.",
            True,
            also=("lesson", "files"),
        ),
        "card": Key(MARKDOWN, 'The chapter\'s "then and now" card, in Markdown.'),
    },
)
TRACK = Record(
    "track",
    "a track",
    {
        "id": Key(ID, "Stable for ever.", True),
        "title": Key(PROSE, "The track's title.", True, also=("name",)),
        "lessons": Key(ListOf(ID, at_least=1), "Ids of lessons, in order.", True),
    },
    "A named route through the same lessons.",
)
COURSE = Record(
    "course",
    "a course",
    {
        "format": FORMAT,
        "id": Key(ID, "Stable for ever.", True),
        "title": Key(PROSE, "The course's title.", True, also=("name",)),
        "version": Key(Text(wants="a version", trim=True), 'The course\'s version, such as "1.0".'),
        "language": Key(Text(wants="a language", trim=True), "The language of its texts, such as en-GB."),
        "licence": Key(PROSE, "The licence of its texts, such as CC-BY-4.0.", also=("license",)),
        "summary": Key(PROSE, "One sentence.", also=("description",)),
        "chapters": Key(
            ListOf(CHAPTER, "chapter", at_least=1),
            "The chapters, in teaching order.",
            True,
            also=("chapter", "sections"),
        ),
        "tracks": Key(ListOf(TRACK, "track"), "Named routes through the same lessons."),
        "pages": Key(ListOf(PATH, lone=True), "Reference pages (Markdown files), opened from the outline."),
        "extends": Key(
            ID, "The id of an installed course, to which this one adds lessons or whose lessons it replaces."
        ),
    },
    "course.yaml of Code4Health Tutor (format 1).",
)

GLOSSARY = MapOf(MARKDOWN, "term")

CASE = Record(
    "rule-case",
    "a case",
    {
        "in": Key(
            MapOf(VALUE, verify_key=name_problem),
            "The inputs, by name.",
            True,
            also=("inputs", "input", "given"),
        ),
        "out": Key(VALUE, "What comes out.", True, also=("output", "gives", "result")),
    },
)
PART = Record(
    "rule-part",
    "a part of a rule",
    {
        "text": Key(MARKDOWN, "What this part says, in our own words.", True, also=("title", "definition")),
        "cases": Key(
            ListOf(CASE, "case", at_least=1),
            "Boundary cases: both sides of every boundary.",
            True,
            also=("examples", "tests"),
        ),
    },
)
RULE = Record(
    "rule",
    "a rule",
    {
        "title": Key(PROSE, "The rule's name.", True, also=("name",)),
        "source": Key(SOURCE, "Where it is published.", True, also=("sources",)),
        "status": Key(
            Option(("ok", "contested", "demo-only", "sensitive")), "How it may be taught.", also=("use",)
        ),
        "review": Key(
            REVIEW,
            "`none`, or who reviewed it, when, until when, and the hash of what they reviewed.",
            also=("clinical-review",),
        ),
        "parts": Key(
            MapOf(PART, "part", id_problem), "The rule's parts, each with its cases.", True, also=("part",)
        ),
    },
    "A clinical or statistical rule.",
)
RULES = MapOf(RULE, "rule", id_problem)
