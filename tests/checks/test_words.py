"""The house style of what is said: no banned word, no contraction, no exclamation mark in any text of this layer."""

from __future__ import annotations

import ast
import re

import pytest

BANNED = re.compile(
    r"\b(easy|simple|simply|just|obviously|trivial|of course|should|please|oops|invalid|illegal|fatal)\b"
    r"|\w+n['\u2019]t\b|!(?!=)",
    re.IGNORECASE,
)


def sentences(root):
    """Every text of the layer that a person may read: not the docstrings, not single words."""
    for file in sorted((root / "tutor" / "checks").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            code = "__tutor_prelude__" in text or "(?" in text
            if " " in text.strip() and not code and id(node) not in documented:
                yield file.name, node.lineno, text


def test_no_text_of_the_checks_breaks_the_house_style(root):
    found = list(sentences(root))
    assert len(found) > 100
    broken = [(name, line, text) for name, line, text in found if BANNED.search(text)]
    assert broken == []


@pytest.mark.parametrize("text", ["Please do it", "That is invalid", "You don't", "Done!", "should be 3"])
def test_the_house_style_is_looked_for_in_earnest(text):
    assert BANNED.search(text)
