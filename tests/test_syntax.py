"""Reading Python text on several threads."""

from __future__ import annotations

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tutor.syntax import literal, parse, parse_expression

NESTED = "x = " + "(" * 60 + "1" + ")" * 60 + "\n" + "def f(a):\n    return [a + 1 for a in range(3)]\n" * 40


def test_many_threads_read_programs_at_once() -> None:
    """Python 3.11 raises SystemError here without the lock (dozens of times in this many readings)."""
    with ThreadPoolExecutor(8) as pool:
        trees = list(pool.map(parse, [NESTED] * 400))
    assert len({ast.dump(tree) for tree in trees}) == 1


def test_warnings_about_text_are_held_back() -> None:
    assert isinstance(parse('print("\\d")\n'), ast.Module)


def test_expressions_and_literals() -> None:
    assert isinstance(parse_expression("1 + 1").body, ast.BinOp)
    assert literal("[1, 'a']") == [1, "a"]


def test_nobody_reads_python_text_past_it(root: Path) -> None:
    past = re.compile(r"\bast\.(parse|literal_eval)\(|catch_warnings")
    for file in sorted((root / "tutor").rglob("*.py")):
        if "child" in file.parts or file.name == "syntax.py":
            continue
        assert not past.search(file.read_text(encoding="utf-8")), file
