"""`tutor schema`: what the tutor reads, the schema takes; what it calls misspelt, the schema refuses; every key explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tutor.authoring.schema import FILES, json_schema, schema_text
from tutor.lessons.compose import compose
from tutor.lessons.nodes import Node, Scalar, Sequence
from tutor.lessons.scalars import plain_value


def _plain(node: Node) -> Any:
    """A tree as an editor's YAML server hands it to the schema."""
    if isinstance(node, Scalar):
        return plain_value(node.text) if node.plain else node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.pairs}


def _file(path: Path) -> Any:
    root = compose(path.read_text(encoding="utf-8")).root
    assert root is not None
    return _plain(root)


def _kind(path: Path) -> str:
    if path.name.endswith(".answers.yaml"):
        return "answers"
    return path.stem if path.stem in FILES else "lesson"


def _errors(kind: str, value: Any) -> list[str]:
    return [error.message for error in Draft7Validator(json_schema(kind)).iter_errors(value)]


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(json_schema(kind))
    assert schema_text(kind).endswith("}\n")


def test_every_file_that_the_tutor_reads_is_taken(root: Path) -> None:
    files = [*(root / "tests" / "courses" / "good").rglob("*.yaml"), *(root / "lessons").rglob("*.yaml")]
    assert len(files) > 10
    for file in files:
        assert _errors(_kind(file), _file(file)) == [], file


def test_misspelt_keys_and_wrong_types_are_refused(root: Path) -> None:
    broken = root / "tests" / "courses" / "broken"
    for name in (
        "course.yaml",
        "rules.yaml",
        "glossary.yaml",
        "01-first/01-keys.yaml",
        "01-first/04-checks.yaml",
    ):
        assert _errors(_kind(broken / name), _file(broken / name)), name


@pytest.mark.parametrize(
    ("step", "well"),
    [
        ({"kind": "read", "id": "a", "code": "x"}, True),
        ({"kind": "read", "id": "a", "checks": []}, False),
        ({"kind": "reed", "id": "a"}, False),
        ({"kind": "read"}, False),
        ({"kind": "read", "id": "A B"}, False),
        (
            {
                "kind": "exercise",
                "id": "a",
                "solution": "x",
                "checks": [{"call": "f()", "returns": {"python": "()"}}],
            },
            True,
        ),
        ({"kind": "exercise", "id": "a", "solution": "x", "checks": [{"call": "f()", "retruns": 1}]}, False),
        ({"kind": "exercise", "id": "a", "solution": "x", "checks": []}, False),
        ({"kind": "exercise", "id": "a", "solution": "x", "checks": [{"avoids": "for"}]}, True),
        ({"kind": "exercise", "id": "a", "solution": "x", "checks": [{"say": "x"}]}, False),
        ({"kind": "predict", "id": "a", "code": "x", "choices": [1.0, True, None]}, True),
    ],
)
def test_a_step_is_taken_or_refused(step: dict[str, Any], well: bool) -> None:
    errors = _errors("lesson", {"format": 1, "title": "T", "steps": [step]})
    assert (errors == []) is well


def _properties(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        yield from (schema.get("properties") or {}).items()
        for value in schema.values():
            yield from _properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _properties(value)


@pytest.mark.parametrize("kind", ["lesson", "course", "rules", "answers"])
def test_every_key_explains_itself(kind: str) -> None:
    keys = list(_properties(json_schema(kind)))
    assert keys
    for name, schema in keys:
        assert len(schema.get("description", "")) > 5, name
        assert "$ref" not in schema, f"{name}: draft 7 ignores a description beside $ref"
