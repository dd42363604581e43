"""A real session: a small course with every kind of step, real folders, real processes."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tutor.lessons.loader import load_course
from tutor.paths import Folders, folders
from tutor.session.session import Session
from tutor.session.start import open_session

E = TypeVar("E")

COURSE = """
format: 1
id: small
title: Small
version: "1.0"
language: en-GB
licence: CC-BY-4.0
summary: A small course.
chapters:
  - {id: first, title: First, folder: first, lessons: [01-all-kinds, 02-second]}
"""

ALL_KINDS = """
format: 1
id: all-kinds
title: All kinds of step
minutes: 20
steps:
  - {kind: read, id: begin, text: Begin here., code: "print('Ward 4')"}
  - kind: predict
    id: guess
    text: What does this print?
    code: |
      print(2 + 2)
    why: It adds.
    choices: ["4", {text: "22", because: That would be text.}, {text: An error, is: error}]
  - kind: choose
    id: pick
    text: Which function shows text?
    choices: [{text: print, correct: true, because: Yes.}, {text: input, because: It asks.}]
  - kind: choose
    id: many
    text: Which one is right?
    choices: [{text: right, correct: true}, {text: b}, {text: c}, {text: d}, {text: e}, {text: f}]
  - kind: fill
    id: gaps
    text: Show the ward.
    code: |
      {{show}}("Ward 4")
    gaps: {show: [print]}
  - kind: arrange
    id: order
    text: Put the lines in order.
    solution: |
      name = "Amara"
      print(name)
    distractors: ["print(Name)"]
  - kind: exercise
    id: add
    title: Add
    text: Write `add(a, b)`.
    starter: |
      def add(a, b):
          ...
    solution: |
      def add(a, b):
          return a + b
    checks:
      - {call: "add(1, 2)", returns: 3}
      - {call: "add(-1, 1)", returns: 0}
    hints: [Which sign adds?, "Write return a + b."]
  - kind: exercise
    id: count
    title: Count the beds
    text: Write `beds()`, the number of lines in `beds.txt`.
    files: [beds.txt]
    starter: |
      def beds():
          ...
    solution: |
      def beds():
          with open("beds.txt") as file:
              return len(file.readlines())
    checks:
      - {call: "beds()", returns: 3}
    arrange: {distractors: ["return file"]}
  - kind: exercise
    id: talk
    title: Ask
    text: Greet.
    starter: |
      name = input("Name? ")
      print("Hello", name)
    solution: |
      print("Hello", input())
    checks:
      - {output: Hello Amara, stdin: [Amara]}
"""

SECOND = """
format: 1
id: second
title: The second lesson
minutes: 5
steps:
  - {kind: read, id: only, text: The end.}
"""


class Heard:
    """The events of a session, waited for one kind at a time."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._new: queue.Queue[Any] = queue.Queue()

    def __call__(self, event: Any) -> None:
        self.all.append(event)
        self._new.put(event)

    def wait(self, kind: type[E], timeout: float = 30.0) -> E:
        """The next event of this kind; those before it are passed over."""
        while True:
            event = self._new.get(timeout=timeout)
            if isinstance(event, kind):
                return event


@pytest.fixture
def heard_type() -> type[Heard]:
    return Heard


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "first").mkdir(parents=True)
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    (folder / "first" / "01-all-kinds.yaml").write_text(ALL_KINDS, encoding="utf-8")
    (folder / "first" / "beds.txt").write_text("1\n2\n3\n", encoding="utf-8")
    (folder / "first" / "02-second.yaml").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    return folders(tmp_path / "data")


Start = Callable[[], tuple[Session, Heard]]


@pytest.fixture
def start(small_course: Path, places: Folders) -> Iterator[Start]:
    """Open a session on the same data folder, as often as wanted; all are closed at the end."""
    opened: list[Session] = []

    def begin() -> tuple[Session, Heard]:
        course = load_course(small_course).value
        assert course is not None
        heard = Heard()
        session = open_session(heard, places, course=course)
        opened.append(session)
        return session, heard

    yield begin
    for session in opened:
        session.close()
