"""What a program may use that a person runs: set in Settings, fixed by a policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from tutor.lessons.model import Course
from tutor.paths import policy_file
from tutor.runner.result import Outcome
from tutor.session.events import RunEnded
from tutor.ui.hands import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


def choice(hands: Hands, name: str) -> QComboBox:
    hands.press(Qt.Key.Key_Comma, CTRL)
    field = hands.window.settings_panel.fields[name]
    assert isinstance(field, QComboBox)
    return field


def test_a_program_ends_after_the_seconds_that_were_chosen(hands: Hands) -> None:
    ended: list[RunEnded] = []
    choice(hands, "run_seconds").setFocus()
    hands.press(Qt.Key.Key_Home)  # 5 seconds, the shortest that is offered
    hands.wait(lambda: hands.opened.session.free_run.seconds == 5, "the setting counts")
    hands.press(Qt.Key.Key_Escape)
    hands.type_program(hands.work.editor, "while True:\n    pass\n")
    show = hands.work.show_run
    hands.work.show_run = lambda event: (ended.append(event), show(event))  # type: ignore[method-assign]
    hands.run()
    hands.wait_for_end()
    assert ended[0].result.outcome is Outcome.TIME_LIMIT
    assert ended[0].result.limits is not None
    assert ended[0].result.limits.seconds == 5


def test_the_memory_that_was_chosen_counts_from_the_next_start_too(
    open_on: Callable[..., Hands], course: Course
) -> None:
    first = open_on(course)
    first.open()
    choice(first, "run_memory_mb").setFocus()
    first.press(Qt.Key.Key_Home)
    first.wait(lambda: first.opened.session.free_run.memory_mb == 128, "the setting counts")
    first.window.close()
    second = open_on(course)
    assert second.opened.session.free_run.memory_mb == 128
    assert second.opened.session.free_run.seconds == 10


def test_what_the_policy_fixes_counts_and_says_so(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    policy_file().parent.mkdir(parents=True)
    policy_file().write_text(json.dumps({"run_seconds": 7, "run_memory_mb": 300}), encoding="utf-8")
    hands = open_on(course)
    hands.open()
    assert (hands.opened.session.free_run.seconds, hands.opened.session.free_run.memory_mb) == (7, 300)
    field = choice(hands, "run_seconds")
    assert not field.isEnabled()
    assert field.currentText() == "7 seconds"
    assert not hands.window.settings_panel.fields["run_memory_mb"].isEnabled()
    said = [label.text() for label in hands.window.settings_panel.findChildren(QLabel)]
    assert said.count("Fixed on this PC by the people who look after it.") == 2
