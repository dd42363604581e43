"""Each lesson uses only ideas that were taught before it, or are shown in it before they are used.

An idea is a construct of Python as the syntax tree has it: a statement, an operator, a function of Python's own, a method.
`ideas.yaml` says which lesson teaches which. Looked at are all programs that a learner reads or starts from, and every
solution.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import (
    AnyStep,
    ArrangeStep,
    Course,
    ExerciseStep,
    FillStep,
    Lesson,
    PredictStep,
    ReadStep,
)

HERE = Path(__file__).parent
#: Ideas by lesson, in the order of the course.
TAUGHT: dict[str, list[str]] = yaml.safe_load((HERE / "ideas.yaml").read_text(encoding="utf-8"))

#: Every idea that some lesson teaches.
ALL = {idea for ideas in TAUGHT.values() for idea in ideas or []}
#: The order of the chapters, as a route.
WHOLE = "the chapters"

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.USub: "minus sign",
    ast.Not: "not",
    ast.And: "and",
    ast.Or: "or",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
#: Nodes whose presence is the idea.
PLAIN: dict[type[ast.AST], str] = {
    ast.Assign: "=",
    ast.AugAssign: "+=",
    ast.For: "for",
    ast.While: "while",
    ast.FunctionDef: "def",
    ast.Return: "return",
    ast.With: "with",
    ast.List: "list",
    ast.Tuple: "pair",
    ast.Dict: "dictionary",
    ast.Set: "set brackets",
    ast.JoinedStr: "f-string",
    ast.keyword: "named argument",
    ast.Break: "break",
    ast.Continue: "continue",
    ast.Pass: "pass",
    ast.Try: "try",
    ast.Raise: "raise",
    ast.Assert: "assert",
    ast.ClassDef: "class",
    ast.Lambda: "lambda",
    ast.IfExp: "conditional expression",
    ast.ListComp: "list comprehension",
    ast.DictComp: "dictionary comprehension",
    ast.SetComp: "set comprehension",
    ast.GeneratorExp: "generator expression",
    ast.Starred: "starred",
    ast.Delete: "del",
    ast.Global: "global",
    ast.NamedExpr: ":=",
    ast.AnnAssign: "annotation",
    ast.Yield: "yield",
    ast.Await: "await",
    ast.Match: "match",
}


def ideas_in(program: str) -> set[str]:
    """The ideas of a program; none where it is not Python, as in a lesson on error messages."""
    try:
        tree = ast.parse(program)
    except SyntaxError:
        return set()
    found: set[str] = set()
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        for kind, idea in (PLAIN | OPERATORS).items():
            if isinstance(node, kind):
                found.add(idea)
        found.update(_more(node, own))
    return found


def _more(node: ast.AST, own: set[str]) -> Iterator[str]:
    """The ideas that need a second look at the node."""
    if isinstance(node, ast.If):
        yield "if"
        if node.orelse:
            inner = node.orelse[0]
            yield "elif" if isinstance(inner, ast.If) and inner.col_offset == node.col_offset else "else"
    elif isinstance(node, ast.Compare) and len(node.ops) > 1:
        yield "chained comparison"
    elif isinstance(node, ast.FunctionDef) and node.args.defaults:
        yield "default"
    elif isinstance(node, ast.Subscript):
        yield "slice" if isinstance(node.slice, ast.Slice) else "index"
        if isinstance(node.ctx, ast.Store):
            yield "item assignment"
    elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        yield "format"
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id not in own and hasattr(builtins, node.func.id):
            yield f"{node.func.id}()"
        elif isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}()"
    elif isinstance(node, ast.Import):
        yield from (f"import {alias.name}" for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"import {node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield "True and False"
        elif node.value is None:
            yield "None"
        elif isinstance(node.value, str):
            yield "text"
            if "\n" in node.value:
                yield "line end"
        elif isinstance(node.value, int | float):
            yield "number"


@pytest.mark.parametrize(
    ("program", "ideas"),
    [
        ("print(1 + 2)", {"print()", "number", "+"}),
        (
            "if a < 3:\n    b = 1\nelif a:\n    b = 2\nelse:\n    b = 3",
            {"if", "elif", "else", "<", "=", "number"},
        ),
        ("if a:\n    b()\nelse:\n    if c:\n        d()", {"if", "else"}),
        (
            "def f(x, y=2):\n    return -x\nf(1, y=3)",
            {"def", "default", "return", "minus sign", "number", "named argument"},
        ),
        ("a['b'] = c[1:]", {"item assignment", "index", "slice", "=", "text", "number"}),
        ("d.get('k')\nx is not None", {".get()", "text", "is not", "None"}),
        ("import csv\nfrom math import isclose", {"import csv", "import math.isclose"}),
        ("[x for x in y]", {"list comprehension"}),
        ("f'{x:.1f}'", {"f-string", "format", "text"}),
        ("print('not closed", set()),
    ],
)
def test_the_ideas_of_a_program_are_found(program: str, ideas: set[str]) -> None:
    assert ideas_in(program) == ideas


def programs_of(step: AnyStep) -> list[str]:
    """What a learner reads, starts from, or is to write in this step."""
    if isinstance(step, ReadStep):
        return [step.code] if step.code else []
    if isinstance(step, PredictStep):
        return [step.code]
    if isinstance(step, FillStep | ArrangeStep):
        return [step.solution]
    if isinstance(step, ExerciseStep):
        return [step.starter, step.solution]
    return []


def shown_in(step: AnyStep) -> set[str]:
    """The ideas that a step explains before it uses them: in code within its text, by name, or in a program to read."""
    shown = ideas_in(step.code or "") if isinstance(step, ReadStep) else set()
    fences = re.findall(r"```python\n(.*?)```", step.text, re.DOTALL)
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"```.*?```", "", step.text, flags=re.DOTALL))
    for code in [*fences, *spans]:
        body = code.strip()
        shown |= ideas_in(body)
        if body.endswith(":"):
            shown |= ideas_in(f"{body}\n    pass") - {"pass"}
        word = body.removesuffix("(...)").removesuffix("()").lstrip(".")
        shown |= {word, f"{word}()", f".{word}()"}
    return shown | set(re.findall(r"\[\[([^\]|]+)", step.text))


@pytest.fixture(scope="module")
def course(root: Path) -> Course:
    loaded = load_course(root / "lessons").value
    assert loaded is not None
    return loaded


def lessons_of(course: Course) -> Iterator[Lesson]:
    for chapter in course.chapters:
        for heading in chapter.lessons:
            lesson = load_lesson(heading.path).value
            assert lesson is not None, heading.path
            yield lesson


def test_the_table_has_every_lesson_in_teaching_order(course: Course) -> None:
    assert list(TAUGHT) == [heading.id for chapter in course.chapters for heading in chapter.lessons]


def test_every_idea_is_first_taught_in_one_lesson() -> None:
    ideas = [idea for lesson in TAUGHT.values() for idea in lesson or []]
    assert sorted(ideas) == sorted(set(ideas))


def routes(course: Course) -> dict[str, list[str]]:
    """Every order in which learners meet the lessons: the chapters, and each track."""
    chapters = [heading.id for chapter in course.chapters for heading in chapter.lessons]
    return {WHOLE: chapters} | {track.id: list(track.lessons) for track in course.tracks}


def test_every_lesson_uses_only_ideas_already_taught_on_its_track(course: Course) -> None:
    """What a lesson shows again by itself counts: a track may leave out where the whole course taught it first."""
    lessons = {lesson.id: lesson for lesson in lessons_of(course)}
    early: list[str] = []
    for route, ids in routes(course).items():
        known: set[str] = set()
        for lesson in (lessons[lesson_id] for lesson_id in ids):
            known |= set(TAUGHT.get(lesson.id) or [])
            for step in lesson.steps:
                if isinstance(step, ReadStep) and route != WHOLE:
                    known |= shown_in(step) & ALL
                unknown = {idea for program in programs_of(step) for idea in ideas_in(program)} - known
                early += [f"{route}: {lesson.id}#{step.id}: {idea}" for idea in sorted(unknown)]
    assert not early, "\n".join(early)


def test_what_a_lesson_builds_on_comes_before_it_on_each_track(course: Course) -> None:
    lessons = {lesson.id: lesson for lesson in lessons_of(course)}
    early: list[str] = []
    for route, ids in routes(course).items():
        for place, lesson_id in enumerate(ids):
            lesson = lessons[lesson_id]
            continued = [
                step.continues[0] or lesson_id
                for step in lesson.steps
                if isinstance(step, ExerciseStep) and step.continues
            ]
            early += [
                f"{route}: {lesson_id} builds on {built_on}"
                for built_on in dict.fromkeys([*lesson.needs, *continued])
                if built_on not in ids[: place + 1]
            ]
    assert not early, "\n".join(early)


def test_every_idea_is_shown_in_its_lesson_before_a_step_uses_it(course: Course) -> None:
    before: set[str] = set()
    early: list[str] = []
    for lesson in lessons_of(course):
        new = set(TAUGHT.get(lesson.id) or [])
        shown: set[str] = set()
        for step in lesson.steps:
            if isinstance(step, ReadStep | PredictStep):
                shown |= shown_in(step)
            for program in programs_of(step):
                unseen = (ideas_in(program) & new) - shown - before
                early += [f"{lesson.id}#{step.id}: {idea}" for idea in sorted(unseen)]
        before |= new
    assert not early, "\n".join(early)


def test_every_idea_of_the_table_is_used_or_shown_in_its_lesson(course: Course) -> None:
    idle: list[str] = []
    for lesson in lessons_of(course):
        seen: set[str] = set()
        for step in lesson.steps:
            seen |= shown_in(step)
            for program in programs_of(step):
                seen |= ideas_in(program)
        idle += [f"{lesson.id}: {idea}" for idea in TAUGHT.get(lesson.id) or [] if idea not in seen]
    assert not idle, "\n".join(idle)
