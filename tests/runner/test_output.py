"""What a program prints: limits, live bites, back-pressure, and text that is safe to show."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from tutor.runner.limits import Limits
from tutor.runner.output import MOST_WAITING, Output, printable

USUAL = Limits()


def make(limits: Limits = USUAL, live: bool = True) -> tuple[Output, list[str]]:
    told: list[str] = []
    return Output(
        limits, live, lambda stream: told.append(f"flood {stream}"), lambda: told.append("waiting")
    ), told


def test_output_is_taken_in_bites_and_in_order() -> None:
    output, _ = make()
    output.feed("stdout", b"one\n")
    output.feed("stderr", b"two\n")
    output.feed("stdout", b"three\n")
    assert output.take(6) == [("stdout", "one\n"), ("stderr", "tw")]
    assert output.take(100) == [("stderr", "o\n"), ("stdout", "three\n")]
    assert output.take(100) == []


def test_waiting_is_said_once_until_all_has_been_taken() -> None:
    output, told = make()
    for _ in range(5):
        output.feed("stdout", b"x\n")
    assert told == ["waiting"]
    output.take(3)
    output.feed("stdout", b"x\n")
    assert told == ["waiting"]
    output.take(100)
    output.feed("stdout", b"x\n")
    assert told == ["waiting", "waiting"]


def test_a_reader_waits_until_there_is_room_again() -> None:
    output, _ = make(Limits(output_kb=None, output_lines=None))
    fed = threading.Event()

    def feed() -> None:
        for _ in range(3):
            output.feed("stdout", b"x" * MOST_WAITING)
        fed.set()

    thread = threading.Thread(target=feed)
    thread.start()
    assert not fed.wait(0.2)
    while not fed.wait(0.01):
        output.take(MOST_WAITING)
    thread.join()


def test_letting_go_frees_a_waiting_reader() -> None:
    output, _ = make(Limits(output_kb=None, output_lines=None))
    output.feed("stdout", b"x" * MOST_WAITING)
    thread = threading.Thread(target=output.feed, args=("stdout", b"y"))
    thread.start()
    output.let_go()
    thread.join(10)
    assert not thread.is_alive()


def test_what_goes_beyond_the_limit_is_said_once_and_not_kept() -> None:
    output, told = make(Limits(output_kb=1), live=False)
    for _ in range(4):
        output.feed("stdout", b"x" * 1000)
    assert told == ["flood stdout"]
    assert output.captured("stdout") == b"x" * 1024


def test_too_many_lines_are_a_flood_too() -> None:
    output, told = make(Limits(output_lines=3), live=False)
    output.feed("stdout", b"\n\n\n")
    assert told == []
    output.feed("stdout", b"\n")
    assert told == ["flood stdout"]


def test_a_character_cut_in_two_by_a_pipe_arrives_whole() -> None:
    output, _ = make()
    both = "é€😀".encode()
    for index in range(len(both)):
        output.feed("stdout", both[index : index + 1])
    assert "".join(text for _, text in output.take(100)) == "é€😀"


def test_an_escape_cut_in_two_by_a_pipe_is_still_removed() -> None:
    output, _ = make()
    data = b"a\x1b[31mred\x1b[0m\x1b]0;title\x07 end\r\nnext"
    for index in range(len(data)):
        output.feed("stdout", data[index : index + 1])
    output.finish()
    assert "".join(text for _, text in output.take(100)) == "ared end\nnext"


def test_typed_lines_stand_among_the_output() -> None:
    output, _ = make()
    output.feed("stdout", b"Name? ")
    output.echo("Ada\n")
    output.feed("stdout", b"Hello Ada\n")
    assert output.take(100) == [("stdout", "Name? "), ("stdin", "Ada\n"), ("stdout", "Hello Ada\n")]


@given(st.text(st.characters(exclude_categories=())))
def test_printable_text_has_no_control_characters(text: str) -> None:
    shown = printable(text)
    assert not any(ord(mark) < 32 and mark not in "\n\t" for mark in shown)
    assert not any(0x202A <= ord(mark) <= 0x202E or 0x2066 <= ord(mark) <= 0x2069 for mark in shown)
    shown.encode("utf-8")


def test_screens_are_not_cleared_and_titles_not_set() -> None:
    text = "\x1b[2J\x1b[H\x1b]0;owned\x07\x1b[?1049h\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\\x1b[6n\x1b[31mred"
    assert printable(text) == "clickred"
    assert printable("a\0b") == "a\N{REPLACEMENT CHARACTER}b"
