"""Courses in a folder of their own, one runner for all tests of this folder, and the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tutor.runner.runner import Runner

COURSE = """format: 1
id: small
title: Small
version: "1.0"
language: en-GB
licence: CC-BY-4.0
summary: A small course.
chapters:
  - {id: first, title: First, folder: 01-first, lessons: [01-add]}
"""
LESSON = """format: 1
id: add
title: Add two numbers
clinical-review: none
steps:
  - kind: exercise
    id: add
    title: Add
    text: Write `add(a, b)`. It gives their sum.
    starter: |
      def add(a, b):
          ...
    solution: |
      def add(a, b):
          return a + b
    checks:
      - {call: "add(1, 2)", returns: 3}
      - {call: "add(-1, 1)", returns: 0}
    mistakes:
      - name: taken-away
        when: {call: "add(1, 2)", returns: -1}
        say: That takes the second number away. Which sign adds?
        example: |
          def add(a, b):
              return a - b
    hints:
      - Which sign adds?
      - The line starts with `return`.
"""


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with Runner(tmp_path_factory.mktemp("work"), spares=2) as one:
        yield one


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one sound lesson: `01-first/01-add.yaml`."""
    folder = tmp_path / "course"
    (folder / "01-first").mkdir(parents=True)
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    (folder / "01-first" / "01-add.yaml").write_text(LESSON, encoding="utf-8")
    return folder


@pytest.fixture
def lesson(course: Path) -> Path:
    return course / "01-first" / "01-add.yaml"


@pytest.fixture
def change(lesson: Path) -> Callable[[str, str], Path]:
    """Replace a piece of the lesson's text, which must be in it."""

    def replace(old: str, new: str) -> Path:
        text = lesson.read_text(encoding="utf-8")
        assert old in text
        lesson.write_text(text.replace(old, new), encoding="utf-8")
        return lesson

    return replace


@pytest.fixture
def tutor(root: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `tutor WORDS...` as a process of its own."""

    def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tutor", "--data-dir", str(tmp_path / "data"), *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root)},
            check=False,
        )

    return call
