"""The end of a lesson is a natural place to stop: what is done, and what going on would take, is said where one is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.lessons.loader import load_course
from tutor.ui.hands import Hands

COURSE = Path(__file__).parent / "course"

TWO_LESSONS = """format: 1
id: short
title: A short one
steps:
  - kind: choose
    id: pick
    title: Pick one
    text: Which one is text?
    choices:
      - {text: number, because: It has no quotes.}
      - {text: quoted, correct: true, because: It stands in quotes.}
"""
READING = """  - kind: read
    id: over
    title: What you did
    text: You have picked one.
"""


@pytest.fixture
def short(open_on: Callable[..., Hands], tmp_path: Path) -> Callable[..., Hands]:
    """A course whose first lesson has two steps, or one."""

    def make(last: str = READING) -> Hands:
        folder = Path(shutil.copytree(COURSE, tmp_path / "course"))
        (folder / "first" / "01-every-kind.yaml").write_text(TWO_LESSONS + last, encoding="utf-8")
        (folder / "first" / "02-broken.yaml").unlink()
        course = folder / "course.yaml"
        course.write_text(course.read_text(encoding="utf-8").replace(" 02-broken,", ""), encoding="utf-8")
        loaded = load_course(folder)
        assert loaded.value is not None, loaded.problems
        hands = open_on(loaded.value)
        hands.open()
        return hands

    return make


def read(hands: Hands) -> str:
    return " ".join(hands.window.lesson.text.toPlainText().split())


def test_a_lesson_that_ends_in_reading_says_so_while_it_is_read(short: Callable[..., Hands]) -> None:
    hands = short()
    hands.pick("quoted")
    hands.answer()
    assert "Stop here" not in read(hands)
    hands.next()
    assert "You have finished this lesson. Stop here, or go on: The end, about 5 min." in read(hands)
    hands.next()
    assert "You have finished this lesson." in read(hands)
    assert "go on" not in read(hands)  # nothing comes after the last lesson


def test_steps_that_were_left_out_are_counted_at_the_end(short: Callable[..., Hands]) -> None:
    hands = short()
    hands.next()
    assert "This is the end of the lesson. Steps that are still open: 1. Stop here, or go on" in read(hands)
    assert "finished" not in read(hands)


def test_a_lesson_that_ends_in_work_says_so_once_it_is_passed(short: Callable[..., Hands]) -> None:
    hands = short(last="")
    assert "Stop here" not in read(hands)
    hands.pick("quoted")
    hands.answer()
    hands.wait(lambda: "finished this lesson. Stop here, or go on: The end" in read(hands), "the end is said")
