"""docs/writing-lessons.md: every example in it is loaded and run, and every key of the format is in it."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tutor.authoring.lint import lint
from tutor.authoring.schema import FILES, json_schema
from tutor.cli.main import VERBS
from tutor.runner.runner import Runner

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "writing-lessons.md"
BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>yaml|json) (?P<kind>\w+)\n(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


def text() -> str:
    return GUIDE.read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return [textwrap.dedent(match["body"]) for match in BLOCK.finditer(text()) if match["kind"] == kind]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The course of the guide."""
    chapter = tmp_path / "01-observations"
    (chapter / "data").mkdir(parents=True)
    (chapter / "data" / "obs.csv").write_text("rate\n8\n9\n", encoding="utf-8")
    (tmp_path / "data-dictionary.md").write_text("# Data dictionary\n", encoding="utf-8")
    for name, kind in (("course", "course"), ("glossary", "glossary"), ("rules", "rules")):
        (body,) = blocks(kind)
        (tmp_path / f"{name}.yaml").write_text(body, encoding="utf-8")
    (lesson,) = blocks("lesson")
    (answers,) = blocks("answers")
    (chapter / "01-score-a-rate.yaml").write_text(lesson, encoding="utf-8")
    (chapter / "01-score-a-rate.answers.yaml").write_text(answers, encoding="utf-8")
    return tmp_path


def said(paths: list[Path], runner: Runner) -> str:
    return "\n".join(str(problem) for problem in lint(paths, runner.run).problems)


def test_every_block_of_yaml_is_one_that_is_tested() -> None:
    fences = re.findall(r"^ *```(yaml|json)(.*)$", text(), re.MULTILINE)
    kinds = {kind.strip() for _, kind in fences}
    assert kinds == {"course", "glossary", "lesson", "step", "answers", "rules", "head", "settings"}
    assert len(fences) == len(BLOCK.findall(text()))


def test_the_course_of_the_guide_is_sound(guide: Path, runner: Runner) -> None:
    assert said([guide], runner) == ""


def test_every_step_of_the_guide_is_sound(guide: Path, runner: Runner) -> None:
    files = []
    for number, body in enumerate(blocks("step"), start=1):
        file = guide / "01-observations" / f"step-{number:02}.yaml"
        steps = textwrap.indent(body, "  ")
        file.write_text(f"format: 1\ntitle: Example {number}\nsteps:\n{steps}", encoding="utf-8")
        files.append(file)
    assert len(files) > 15
    assert said(files, runner) == ""


def test_the_heads_of_the_guide_are_sound(guide: Path, runner: Runner) -> None:
    file = guide / "01-observations" / "head.yaml"
    body = "steps:\n  - {kind: read, id: a, text: Read it.}\n"
    review, allow = blocks("head")
    file.write_text(f"format: 1\ntitle: A head\n{body}", encoding="utf-8")
    (state,) = lint([file], None).reviews
    file.write_text(f"format: 1\ntitle: A head\n{review.replace('HASH', state.hash)}{body}", encoding="utf-8")
    assert said([file], runner) == ""
    long = body.replace("Read it", "Read " + "it " * 20)
    file.write_text(f"format: 1\ntitle: A head\n{allow}{long}", encoding="utf-8")
    assert said([file], runner) == ""


def test_the_editors_settings_name_a_schema_for_each_kind_of_file() -> None:
    (settings,) = blocks("settings")
    schemas = json.loads(settings)["yaml.schemas"]
    assert set(schemas) == {f"./{kind}.schema.json" for kind in FILES}
    for kind in FILES:
        assert f"tutor-cli schema {kind} --output {kind}.schema.json" in text()


def keys(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = set(schema.get("properties", {}))
        return own.union(*(keys(value) for value in schema.values()))
    return set().union(*map(keys, schema)) if isinstance(schema, list) and schema else set()


@pytest.mark.parametrize("kind", list(FILES))
def test_every_key_of_the_format_is_in_an_example(kind: str) -> None:
    examples = "\n".join(match["body"] for match in BLOCK.finditer(text()))
    shown = set(re.findall(r"([\w-]+):(?=[ \n])", examples))
    missing = keys(json_schema(kind)) - shown - {"extends"}
    assert missing == set()
    assert "`extends`" in text()


def test_verbs_of_the_guide_are_verbs() -> None:
    named = set(re.findall(r"tutor-cli (?!--)([a-z-]+)", text()))
    assert named <= set(VERBS)
    assert {"new", "lint", "check", "pack", "book", "cases", "schema"} <= named


def test_the_message_that_the_guide_shows_is_the_one_that_is_given(tmp_path: Path) -> None:
    line = next(line for line in text().splitlines() if line.startswith("01-first-lesson.yaml:"))
    file = tmp_path / "01-first-lesson.yaml"
    file.write_text(
        "format: 1\ntitle: First\nsteps:\n  - kind: exercise\n    id: write-first\n    solutoin: x = 1\n    checks: [{value: x, equals: 1}]\n",
        encoding="utf-8",
    )
    told = str(next(problem for problem in lint([file], None).problems if problem.rule == "unknown-key"))
    assert told.partition(": ")[2] == line.partition(": ")[2]
