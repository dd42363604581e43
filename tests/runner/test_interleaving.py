"""Output and errors in the order in which they were written, whichever pipe was read first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.runner.interleaving import Marks
from tutor.runner.limits import Limits
from tutor.runner.output import Output
from tutor.runner.result import Program
from tutor.runner.runner import Runner


def make() -> Output:
    return Output(Limits(), True, lambda _stream: None, lambda: None)


def mark(place: int) -> bytes:
    return b"\x1b_c4h:%d\x1b\\" % place


def all_of(output: Output) -> list[tuple[str, str]]:
    output.finish()
    return output.take(10_000)


WANTED = [("stdout", "one\n"), ("stderr", "two\n"), ("stdout", "three\n")]


def test_errors_that_are_read_first_wait_for_the_output_before_them() -> None:
    output = make()
    output.feed("stderr", mark(4) + b"two\n")
    assert output.take(100) == []
    output.feed("stdout", b"one\nthree\n")
    assert all_of(output) == WANTED


def test_output_that_is_read_first_is_cut_where_the_errors_belong() -> None:
    output = make()
    output.feed("stdout", b"one\nthree\n")
    output.feed("stderr", mark(4) + b"two\n")
    assert all_of(output) == WANTED


def test_output_of_several_bytes_a_letter_is_cut_between_letters() -> None:
    output = make()
    first = "Zoë €\n".encode()
    output.feed("stdout", first + "née\n".encode())
    output.feed("stderr", mark(len(first)) + b"!\n")
    assert all_of(output) == [("stdout", "Zoë €\n"), ("stderr", "!\n"), ("stdout", "née\n")]


def test_what_was_taken_already_stays_and_what_no_mark_names_comes_at_the_end() -> None:
    output = make()
    output.feed("stdout", b"one\n")
    output.take(100)
    output.feed("stderr", mark(0) + b"late\n")
    output.add_error("ours\n")
    assert all_of(output) == [("stderr", "late\nours\n")]


def test_errors_whose_output_never_comes_are_shown_at_the_end() -> None:
    output = make()
    output.feed("stderr", mark(400) + b"two\n")
    output.feed("stdout", b"one\n")
    assert all_of(output) == [("stdout", "one\n"), ("stderr", "two\n")]


def test_marks_that_promise_too_much_hold_back_only_so_much() -> None:
    output = make()
    for _piece in range(40):
        output.feed("stderr", mark(10**12) + b"x" * 10_000)
    shown = output.take(1_000_000)
    assert [stream for stream, _text in shown] == ["stderr"]
    assert len(shown[0][1]) >= 100_000


@given(st.integers(1, 12))
def test_marks_are_found_however_they_are_cut_and_are_no_part_of_what_is_kept(size: int) -> None:
    output = make()
    data = mark(0) + b"a\x1b[31mb" + mark(17) + b"c\x1b_" + mark(20) + b"d"
    for at in range(0, len(data), size):
        output.feed("stderr", data[at : at + size])
    output.finish()
    assert output.captured("stderr") == b"a\x1b[31mbc\x1b_d"


def test_what_only_begins_like_a_mark_is_given_back() -> None:
    marks = Marks()
    assert marks.parts(b"x\x1b_c4h:12") == [(None, b"x")]
    assert marks.rest() == (None, b"\x1b_c4h:12")


PROGRAM = """import sys
for n in range(40):
    print("out", n)
    print("err", n, file=sys.stderr)
"""


def test_a_program_that_writes_to_both_is_shown_line_by_line(runner: Runner) -> None:
    shown: list[tuple[str, str]] = []
    running = runner.start(Program(PROGRAM), lambda _event: None, live=True)
    result = running.wait(30)
    while pieces := running.take_output():
        shown += pieces
    assert [line for _stream, text in shown for line in text.splitlines()] == [
        line for n in range(40) for line in (f"out {n}", f"err {n}")
    ]
    assert result is not None
    assert result.stderr == "".join(f"err {n}\n" for n in range(40))
