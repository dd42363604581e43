"""What a test found stays at its line while the writer goes on, and goes with the line that it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.authoring.since_tested import since_tested
from tutor.lessons.model import Place, Problem

WAS = "one\ntwo\nthree\nfour\nfive"
PROBLEMS = tuple(Problem(Place(Path("x.yaml"), line, 3), "", f"line {line}") for line in (1, 3, 5))


@pytest.mark.parametrize(
    ("now", "stay"),
    [
        (WAS, {1: 1, 3: 3, 5: 5}),
        ("one\ntwo\nnew\nthree\nfour\nfive", {1: 1, 3: 4, 5: 6}),
        ("new\n" + WAS, {1: 2, 3: 4, 5: 6}),
        (WAS + "\nnew", {1: 1, 3: 3, 5: 5}),
        ("one\ntwo\nTHREE\nfour\nfive", {1: 1, 5: 5}),
        ("one\ntwo\nfour\nfive", {1: 1, 5: 4}),
        ("two\nthree\nfour\nFIVE", {}),
        ("", {}),
    ],
)
def test_lines_move_with_what_is_written_above_and_changed_ones_are_silent(
    now: str, stay: dict[int, int]
) -> None:
    found = {one.problem: one.place for one in since_tested(PROBLEMS, WAS, now)}
    assert {f"line {was}": at for was, at in stay.items()} == {name: at.line for name, at in found.items()}
    assert all(at.column == 3 for at in found.values())
