"""What printed text must be: numbers, canonical text, bounded patterns, and what is said of a miss."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.checks.difference import side_by_side
from tutor.checks.text import TooSlow, canonical, miss, number_text, numbers_in, standard_output
from tutor.checks.text_feedback import text_feedback
from tutor.lessons.model import TextExpectation, TextMatch, Tolerance
from tutor.runner.result import Outcome, RunResult


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ()),
        ("NEWS2 is 5", (5,)),
        ("SpO2: 96%", (96,)),
        ("x2.5 B12 7", (7,)),
        ("v1.2.3", (3,)),
        ("-5 \u22125", (-5, -5)),
        ("3-5", (3, 5)),
        ("2024-06-14", (2024, 6, 14)),
        ("5 - 3", (5, 3)),
        ("5 -3", (5, -3)),
        ("1,000 and 1,000,000.5", (1000, 1000000.5)),
        ("1,2 and 1,0000", (1, 2, 1, 0)),
        ("12,345.", (12345,)),
        (".5 5.", (0.5, 5)),
        ("12:30", (12, 30)),
        ("1e-05 1e+16", (1e-05, 1e16)),
        ("\u00a31,200.50", (1200.5,)),
        ("5mg, 37.5C", (5, 37.5)),
        ("[36.8, 38.4]", (36.8, 38.4)),
        ("COVID-19", (19,)),
        ("\u00e92", ()),
        ("m\u00b2", ()),
    ],
)
def test_the_numbers_of_a_text_are_found_and_no_others(text, numbers):
    assert numbers_in(text) == numbers


@given(st.lists(st.floats(-1e9, 1e9), max_size=5))
def test_any_numbers_that_python_prints_are_found(numbers):
    assert numbers_in("\n".join(map(str, numbers))) == tuple(numbers)


@given(st.text())
def test_finding_numbers_and_making_text_canonical_never_fail(text):
    numbers_in(text)
    for ignore in ("case", "space", "blank-lines", "punctuation"):
        once = canonical(text, frozenset({ignore}))
        assert canonical(once, frozenset({ignore})) == once


@pytest.mark.parametrize(
    ("text", "ignore", "result"),
    [
        ("a  \r\nb\t\n\n", (), "a\nb"),
        ("a  b", ("space",), "a b"),
        ("  a\tb", ("space",), "a b"),
        ("a\n\n\nb", ("blank-lines",), "a\nb"),
        ("Stra\u00dfe", ("case",), "strasse"),
        ("Well, 3.5 - (yes)!", ("punctuation",), "Well 3.5  yes"),
        ("1,000; -5, .5", ("punctuation",), "1,000 -5 .5"),
        ("temp:-5", ("punctuation",), "temp -5"),
        ("0?-0", ("punctuation",), "0 -0"),
    ],
)
def test_text_is_compared_without_what_is_to_be_ignored(text, ignore, result):
    assert canonical(text, frozenset(ignore)) == result


def test_prompts_are_cut_out_by_their_place_alone():
    result = RunResult(Outcome.FINISHED, stdout="Name? Name? Amara\n", prompts=((0, 6),))
    assert standard_output(result) == "Name? Amara\n"
    assert standard_output(result, prompts=True) == "Name? Name? Amara\n"


# ------------------------------------------------------------------------------------------------------------- patterns


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "a*a*a*a*a*a*b", "(.*)(.*)(.*)(.*)(.*)x", r"(a*)*\1b"]
)
def test_a_pattern_that_may_not_end_is_not_searched_here(pattern):
    with pytest.raises(TooSlow):
        miss(TextExpectation(TextMatch.MATCHES, pattern), "a" * 5000 + "!")


@pytest.mark.parametrize("pattern", [r"^Score: \d+$", "Hello", r"^\w+, \w+$", r"\d{3} \d{3} \d{4}", "a?b"])
def test_a_usual_pattern_is_searched_at_once(pattern):
    assert (
        miss(TextExpectation(TextMatch.MATCHES, pattern), "x\nScore: 12\nHello, you\n999 000 0018 b") is None
    )


# ------------------------------------------------------------------------------------------------------------- feedback


def sentence(how, wanted, got, **more):
    missed = miss(TextExpectation(how, wanted, **more), got)
    assert missed is not None
    return text_feedback(missed)[0]


@pytest.mark.parametrize(
    ("how", "wanted", "got", "message"),
    [
        (TextMatch.EQUALS, "27", "27.4", 'The program printed "27.4", expected "27". A whole number is expected.'),
        (TextMatch.EQUALS, "ab", "abab", 'The program printed "abab", expected "ab". It is printed twice.'),
        (TextMatch.EQUALS, "a b", "a\tb", 'The program printed "a\tb", expected "a b". Only spaces differ: there is a tab, which looks like a space.'),
        (TextMatch.EQUALS, "a b", "ab", 'The program printed "ab", expected "a b". Only spaces differ: 1 space too few.'),
        (TextMatch.EQUALS, "a\nb", "a\n\nb", 'The program printed 3 lines, expected 2. Too many: "" in line 2.'),
        (TextMatch.EQUALS, "a\n\nb", "a\nb", "The program printed 2 lines, expected 3. Missing: a blank line."),
        (TextMatch.EQUALS, "a\nb\nc\nd", "a\nb", 'The program printed 2 lines, expected 4. Missing: "c", and 1 more.'),
        (TextMatch.CONTAINS, ("Bed 4",), "bed 4", 'The program printed "Bed 4" with other capital letters.'),
        (TextMatch.CONTAINS, ("Bed 4",), "BED4", 'The program printed "Bed 4" with other spaces or capital letters.'),
        (TextMatch.CONTAINS, ("Bed 4",), "Bed 5", 'The program printed "Bed 5", without "Bed 4" in it.'),
        (TextMatch.MATCHES, "^x$", "y", 'The program printed "y", which does not have the form that is asked for.'),
        (TextMatch.LINES, ("a", "b"), "b\na", 'The program printed the line "b" too early: another line belongs before it.'),
        (TextMatch.LINES, ("a", "Bed"), "a\nbed", 'The line "Bed" is nearly there: you have "bed". Only capital and small letters differ.'),
        (TextMatch.LINES, ("a", "b"), "a\nc", 'The program printed 2 lines, and "b" is not among them.'),
        (TextMatch.NUMBERS, (3.0,), "4", "The program printed the number 4, expected 3."),
        (TextMatch.NUMBERS, (3.0,), "none", "The program printed no number, expected 3."),
        (TextMatch.NUMBERS, (1.0, 2.5), "1 3", "Number 2 is 3, expected 2.5."),
        (TextMatch.NUMBERS, (1.0, 2.0), "2 1", "The program printed the right numbers in another order. Number 1 is 2, expected 1."),
        (TextMatch.NUMBERS, (1.0, 2.0), "1 2 3", "The program printed 3 numbers (1 2 3), expected 2 (1 2)."),
    ],
)  # fmt: skip
def test_a_missed_expectation_is_told_in_these_words(how, wanted, got, message):
    assert sentence(how, wanted, got) == message
    assert len(message.split()) <= 45


def test_a_part_that_is_missing_is_shown_beside_the_whole_text():
    missed = miss(TextExpectation(TextMatch.CONTAINS, ("Bed 4",)), "Bed 5\nBed 6\n")
    assert missed is not None
    _, sides = text_feedback(missed)
    assert sides is not None and (sides.expected, sides.got) == ("Bed 4", "Bed 5\nBed 6")


def test_numbers_are_compared_with_their_tolerance():
    assert (
        miss(TextExpectation(TextMatch.NUMBERS, (22.86,), tolerance=Tolerance(close=0.01)), "22.857") is None
    )
    assert miss(TextExpectation(TextMatch.NUMBERS, (0.3,)), "0.30000000000000004") is None
    assert number_text(3.0) == "3" and number_text(2.5) == "2.5"


# --------------------------------------------------------------------------------------------------------- side by side


@pytest.mark.parametrize(
    ("expected", "got", "shown", "marks"),
    [
        ("Bed 4", "Bed 5", ("Bed 4", "Bed 5"), (((4, 5),), ((4, 5),))),
        ("a b", "a  b", ("a b", "a \u00b7b"), ((), ((2, 3),))),
        ("a b", "a\tb", ("a\u00b7b", "a\u2192b"), (((1, 2),), ((1, 2),))),
        ("a b", "a\u00a0b", ("a\u00b7b", "a\u237db"), (((1, 2),), ((1, 2),))),
        ("ab", "a\u200bb", ("ab", "a\u2039U+200B\u203ab"), ((), ((1, 9),))),
        ("a\nb", "a", ("a\nb", "a"), (((2, 3),), ())),
        ("a", "a\n\nb", ("a", "a\n\u21b5\nb"), ((), ((2, 3), (4, 5)))),
        ("one", "completely other", ("one", "completely other"), (((0, 3),), ((0, 16),))),
        ("same", "same  \n", ("same", "same"), ((), ())),
    ],
)
def test_what_differs_is_marked_and_the_invisible_made_visible(expected, got, shown, marks):
    sides = side_by_side(expected, got)
    assert (sides.expected, sides.got) == shown
    assert (sides.marks_expected, sides.marks_got) == marks


def test_ignored_case_is_not_marked():
    assert side_by_side("Bed 4", "bed 5", ignore_case=True).marks_got == ((4, 5),)


def test_long_texts_are_cut_to_the_lines_around_the_first_difference():
    lines = [f"line {n}" for n in range(1000)]
    other = [*lines[:500], "here", *lines[501:]]
    sides = side_by_side("\n".join(lines), "\n".join(other))
    assert sides.got.startswith("...\nline 495\n") and "here" in sides.got
    assert sides.got.count("\n") < 45


def test_long_lines_are_cut_to_what_lies_around_the_first_difference():
    sides = side_by_side("a" * 5000 + "b" + "c" * 5000, "a" * 5000 + "x" + "c" * 5000)
    assert sides.got == "..." + "a" * 60 + "x" + "c" * 539 + "..."
    assert sides.marks_got == ((63, 64),)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_marks_lie_inside_the_shown_text_and_stand_in_order(expected, got):
    sides = side_by_side(expected, got)
    for text, marks in ((sides.expected, sides.marks_expected), (sides.got, sides.marks_got)):
        ends = [0, *(place for mark in marks for place in mark), len(text)]
        assert ends == sorted(ends)
        assert all(start < end for start, end in marks)
