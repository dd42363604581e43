"""Output is pulled in bites; of a flood, the end is shown once it is over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tutor.ui.results.output_pump import BITE, TAIL, OutputPump


class Tap:
    """Output that waits to be taken, and what was poured of it."""

    def __init__(self, text: str) -> None:
        self.waiting = text
        self.poured = ""
        self.skipped = 0
        self.owner = QObject()
        self.pump = OutputPump(self.take, self.pour, self.skip, self.owner)

    def take(self, most: int) -> list[tuple[str, str]]:
        piece, self.waiting = self.waiting[:most], self.waiting[most:]
        return [("stdout", piece)] if piece else []

    def pour(self, pieces: object) -> None:
        assert isinstance(pieces, list)
        self.poured += "".join(text for _stream, text in pieces)

    def skip(self, lines: int) -> None:
        self.skipped += lines


@pytest.fixture
def tap(qapp: QApplication) -> Iterator[type[Tap]]:
    yield Tap


def test_a_bite_is_taken_at_once_and_no_more(tap: type[Tap]) -> None:
    one = tap("x" * (3 * BITE))
    one.pump.wake()
    assert one.poured == "x" * BITE


def test_all_that_is_left_is_shown_when_the_program_ends(tap: type[Tap]) -> None:
    one = tap("line\n" * 100)
    one.pump.drain()
    assert one.poured == "line\n" * 100
    assert one.skipped == 0


def test_of_a_flood_the_last_lines_are_shown_whole_and_the_others_counted(tap: type[Tap]) -> None:
    lines = [f"line {number}\n" for number in range(100_000)]
    one = tap("".join(lines))
    one.pump.drain()
    assert len(one.poured) <= TAIL
    assert one.poured.startswith("line ")
    assert one.poured.endswith("line 99999\n")
    assert one.skipped + one.poured.count("\n") == len(lines)


def test_a_flood_without_line_ends_shows_its_end(tap: type[Tap]) -> None:
    one = tap("x" * (10 * TAIL))
    one.pump.drain()
    assert one.poured == "x" * TAIL


def test_after_stop_nothing_more_is_shown_until_the_program_has_ended(tap: type[Tap]) -> None:
    one = tap("line\n" * 100_000)
    one.pump.wake()
    shown = one.poured
    one.pump.hold()
    one.pump.wake()
    assert one.poured == shown
    one.pump.drain()
    assert one.poured.endswith("line\n")
    assert one.poured.count("line\n") + one.skipped >= 99_999


def test_the_next_program_is_shown_again_though_the_one_before_was_stopped_and_left(tap: type[Tap]) -> None:
    one = tap("line\n")
    one.pump.hold()
    one.pump.begin()
    one.pump.wake()
    assert one.poured == "line\n"
