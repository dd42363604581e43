"""Very long lines are cut before Qt has to lay them out, in whatever pieces they come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor.ui.results.long_lines import LONGEST_LINE, LineCutter


def cut(*pieces: str) -> str:
    cutter = LineCutter()
    return "".join(cutter.cut(piece) for piece in pieces)


def test_a_line_without_end_is_cut_once_and_says_so_and_the_next_line_is_whole() -> None:
    first, second, rest = cut(*["x" * 900] * 10, "\nnext\n").split("\n")
    assert first == "x" * LONGEST_LINE + " \u2026 [line cut]"
    assert second == "next"
    assert rest == ""


def test_a_line_of_the_longest_length_is_left_alone() -> None:
    assert cut("x" * LONGEST_LINE, "\n") == "x" * LONGEST_LINE + "\n"


@given(st.lists(st.sampled_from(["a", "\n", "b" * 700, "c\n" * 3, "d" * 2500]), max_size=12))
def test_how_the_pieces_fall_makes_no_difference(pieces: list[str]) -> None:
    assert cut(*pieces) == cut("".join(pieces)) == cut(*"".join(pieces))
