"""Content hashes change with what a learner sees or is judged by, and with nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tutor.lessons.lesson_loader import read_lesson
from tutor.lessons.model import Review, ReviewState
from tutor.lessons.review import review_state

TEXT = """\
format: 1
title: T
steps:
  - kind: exercise
    id: one
    text: Do it.
    solution: |
      x = 1
    checks:
      - {value: x, equals: 1}
    mistakes:
      - {name: m, when: {value: x, equals: 2}, say: Two., example: x = 2}
"""


def _hashes(text: str, path: Path = Path("01-t.yaml")) -> tuple[str, str]:
    lesson = read_lesson(path, text=text).loaded.value
    assert lesson is not None
    return lesson.content_hash, lesson.steps[0].content_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Do it.", "text: Do that."),
        ("equals: 1}", "equals: 1.0}"),
        ("equals: 1}", "equals: true}"),
        ("equals: 1}", 'equals: "1"}'),
        ("equals: 1}", "equals: [1]}"),
        ("equals: 1}", 'equals: {python: "(1,)"}}'),
        ("equals: 1}", "equals: 1, hidden: true}"),
        ("say: Two.", "say: It is two."),
        ("x = 1", "x = 1  # one"),
    ],
)
def test_what_a_learner_sees_or_is_judged_by_changes_the_hash(old: str, new: str) -> None:
    assert old in TEXT
    changed = _hashes(TEXT.replace(old, new, 1))
    assert changed[0] != _hashes(TEXT)[0]
    assert changed[1] != _hashes(TEXT)[1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1\n", "# a comment\n\nformat: 1\n"),
        ("example: x = 2", "example: x = 1 + 1"),
        ("title: T\n", "title: T\nminutes: 20\nconcepts: [print]\nclinical-review: none\n"),
        ("    text: Do it.\n", "    concepts: [a]\n    text: Do it.\n"),
        ("{value: x, equals: 1}", "{equals: 1, value: x}"),
    ],
)
def test_what_only_writers_see_does_not(old: str, new: str) -> None:
    assert old in TEXT
    assert _hashes(TEXT.replace(old, new, 1)) == _hashes(TEXT)


def test_the_title_changes_the_lesson_but_no_step() -> None:
    changed = _hashes(TEXT.replace("title: T", "title: U"))
    assert changed[0] != _hashes(TEXT)[0]
    assert changed[1] == _hashes(TEXT)[1]


def test_a_data_file_counts_by_its_contents_and_not_by_its_folder(tmp_path: Path) -> None:
    text = TEXT.replace("    checks:", "    files: [data/a.csv]\n    checks:", 1)
    hashes = []
    for name, contents in (("one", "1\n"), ("two", "1\n"), ("three", "2\n")):
        folder = tmp_path / name / "01"
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "a.csv").write_bytes(contents.encode())
        hashes.append(_hashes(text, folder / "01-t.yaml"))
    assert hashes[0] == hashes[1] != hashes[2]


def test_hashes_are_the_same_in_every_process(root: Path) -> None:
    import subprocess
    import sys

    code = (
        "from pathlib import Path\nfrom tutor.lessons.lesson_loader import read_lesson\n"
        f"print(read_lesson(Path('01-t.yaml'), text={TEXT!r}).loaded.value.content_hash)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
        ).stdout
        for _ in range(2)
    }
    assert found == {_hashes(TEXT)[0] + "\n"}


TODAY = datetime.date(2026, 6, 1)
HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("review", "state"),
    [
        (None, ReviewState.NONE),
        (Review("A", "2026-01-01"), ReviewState.CURRENT),
        (Review("A", "2026-01-01", "2026-06-01", HASH), ReviewState.CURRENT),
        (Review("A", "2026-01-01", "2026-05-31", HASH), ReviewState.OUT_OF_DATE),
        (Review("A", "2026-01-01", "", HASH[:12]), ReviewState.CURRENT),
        (Review("A", "2026-01-01", "", HASH[:4]), ReviewState.CHANGED),
        (Review("A", "2026-01-01", "2026-05-31", "f" * 64), ReviewState.CHANGED),
    ],
)
def test_a_review_is_current_changed_or_out_of_date(review: Review | None, state: ReviewState) -> None:
    assert review_state(review, HASH, TODAY) is state
