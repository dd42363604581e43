"""The whole path of a learner on the real course: real keys, real processes, a real data folder, closed and reopened."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tutor.lessons.loader import load_course
from tutor.lessons.model import Course, StepKind
from tutor.session.events import StepState
from tutor.ui.hands import Hands
from tutor.ui.walkthrough import Walkthrough

WRONG = 'print("Bay 2")\nprint("Bed 5: Priya Nair")\n'


@pytest.fixture
def shipped(root: Path) -> Course:
    loaded = load_course(root / "lessons")
    assert loaded.value is not None
    return loaded.value


def journal(data: Path) -> list[dict]:
    files = sorted(data.glob("learners/*/progress/*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_lesson_1_wrong_then_right_then_closed_and_found_again(
    open_on: Callable[..., Hands], shipped: Course, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    hands = open_on(shipped, data=data)
    hands.open()  # a fresh data folder: the first step of the first lesson
    view = hands.opened.wiring.view
    assert view is not None
    assert (view.lesson.id, view.number, view.first_ever) == ("your-first-program", 1, True)
    walk = Walkthrough(hands.opened, None)
    for number, step in enumerate(view.lesson.steps, start=1):
        shown = hands.opened.wiring.view
        assert shown is not None
        assert shown.step.id == step.id
        if step.id == "write-a-board":
            _wrong_first(hands)
        walk.step(shown.step)
        if number < len(view.lesson.steps):
            hands.next()
    done = hands.opened.wiring.view
    assert done is not None
    solution = view.lesson.step("write-a-board").solution  # type: ignore[union-attr]
    hands.window.close()

    lines = journal(data)
    about_it = [line for line in lines if line["step"] == "write-a-board"]
    assert [line["kind"] for line in about_it] == [
        "step-opened",
        "ran",
        "checked",
        "ran",
        "checked",
        "passed",
    ]
    assert [line["passed"] for line in about_it if line["kind"] == "checked"] == [False, True]
    assert lines[0]["kind"] == "session-started"
    finished = {line["step"] for line in lines if line["kind"] in {"passed", "read", "predicted"}}
    finished |= {line["step"] for line in lines if line["kind"] == "chosen" and line["right"]}
    last = view.lesson.steps[-1]
    assert last.kind is StepKind.READ  # it counts as read when one goes on from it
    assert finished == {step.id for step in view.lesson.steps} - {last.id}

    again = open_on(shipped, data=data)
    again.open()  # no step named: where the learner left off
    found = again.opened.wiring.view
    assert found is not None
    assert (found.lesson.id, found.step.id) == ("your-first-program", last.id)
    assert found.states[:-1] == (StepState.DONE,) * (len(view.lesson.steps) - 1)
    again.open("your-first-program", "write-a-board")
    shown = again.opened.wiring.view
    assert shown is not None
    assert shown.passed
    assert again.work.editor.text() == solution


def _wrong_first(hands: Hands) -> None:
    """A board with its last line missing: run it, check it, and read what is to be mended."""
    hands.type_program(hands.work.editor, WRONG)
    hands.run()
    hands.wait_for_end()
    hands.check()
    pane = hands.work.panel.checks
    assert pane.verdict is not None
    assert not pane.verdict.passed
    assert "Bed 6: free" in pane.spoken()


@pytest.mark.parametrize(
    ("program", "ending"),
    [("while True:\n    pass\n", "Stopped"), ('while True:\n    print("x" * 80)\n', "Stopped")],
)
def test_a_program_without_end_stops_and_leaves_no_process(
    open_on: Callable[..., Hands], shipped: Course, tmp_path: Path, program: str, ending: str
) -> None:
    before = set(psutil.Process().children(recursive=True))  # other tests' runners
    hands = open_on(shipped, data=tmp_path / "data")
    hands.open("your-first-program", "write-a-board")
    hands.type_program(hands.work.editor, program)
    hands.run()
    hands.opened.session.stop()
    hands.wait_for_end()
    assert ending in hands.work.panel.output.ending
    ours = set(psutil.Process().children(recursive=True)) - before
    assert ours
    hands.window.close()
    _gone, alive = psutil.wait_procs(ours, timeout=10)
    assert not alive
