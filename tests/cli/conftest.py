"""The command line as a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Said:
    """What a command said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Tutor = Callable[..., Said]


@pytest.fixture
def tutor(root: Path, tmp_path: Path) -> Tutor:
    """Run `tutor WORDS...`; `stdin` is what is typed."""

    def call(*words: str | Path, stdin: str = "", **environment: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", "--data-dir", str(tmp_path / "data"), *map(str, words)],
            input=stdin.encode(),
            capture_output=True,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, **environment},
            check=False,
        )
        return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Path]:
    """Write a program."""

    def write(text: str, name: str = "ward.py") -> Path:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course with one lesson."""
    folder = tmp_path / "course"
    (folder / "01-first").mkdir(parents=True)
    (folder / "course.yaml").write_text(
        "format: 1\nid: small\ntitle: Small\nversion: '1.0'\nlanguage: en-GB\nlicence: CC-BY-4.0\n"
        "summary: A small course.\nchapters:\n  - {id: first, title: First, folder: 01-first, lessons: [01-add]}\n",
        encoding="utf-8",
    )
    (folder / "01-first" / "01-add.yaml").write_text(
        "format: 1\ntitle: Add two numbers\nsteps:\n"
        "  - {kind: read, id: begin, text: Begin here.}\n"
        "  - kind: exercise\n    id: add\n    title: Add\n    text: Write `add(a, b)`.\n"
        "    starter: |\n      def add(a, b):\n          ...\n"
        "    solution: |\n      def add(a, b):\n          return a + b\n"
        "    checks:\n      - {call: 'add(1, 2)', returns: 3}\n      - {call: 'add(-1, 1)', returns: 0, hidden: true}\n"
        "    mistakes:\n      - name: taken-away\n        when: {call: 'add(1, 2)', returns: -1}\n"
        "        say: That takes away.\n        example: |\n          def add(a, b):\n              return a - b\n",
        encoding="utf-8",
    )
    return folder
