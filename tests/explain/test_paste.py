"""Straightening text that was pasted from Word, the web or Python's own prompt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.explain.paste import straighten

CASES = [
    ("print(“Ready”)", 'print("Ready")'),
    ("print(‘Ready’)", "print('Ready')"),
    ("print(“it’s here”)", 'print("it’s here")'),
    ("print(“it’s”)\u00a0\u2013 1", 'print("it’s") - 1'),
    ("pulse\u00a0= 80", "pulse = 80"),
    ("loss = 3 — 1", "loss = 3 - 1"),
    ("• print(“a”)\n• print(“b”)", 'print("a")\nprint("b")'),
    (">>> age = 40\n>>> age + 1\n41\n", "age = 40\nage + 1\n"),
    (">>> for n in [1]:\n...     print(n)\n...\n1", "for n in [1]:\n    print(n)\n"),
    ("x = “a”  # it’s – a remark", 'x = "a"  # it’s – a remark'),
    ("a\u200bge = 4", "age = 4"),
    ("print(“Ready\")", 'print("Ready")'),
    ("print(\"Ready”)", 'print("Ready")'),
    ("print(“She said \"yes\" today”)", "print('She said \"yes\" today')"),
    ("print(„Ready“)", 'print("Ready")'),
    ("d = {‘age’: 70, ‘ward’: “Elm”}", "d = {'age': 70, 'ward': \"Elm\"}"),
    ("print(“#1”)", 'print("#1")'),
    ("if x:\r\n    print(“a”)\r\n", 'if x:\n    print("a")\n'),
    ("\ufeffprint(“a”)", 'print("a")'),
    ("print(“10–20 mg”)", 'print("10–20 mg")'),
]  # fmt: skip


@pytest.mark.parametrize(("pasted", "straight"), CASES)
def test_pasted_text_comes_out_as_python_needs_it(pasted: str, straight: str) -> None:
    assert straighten(pasted) == straight


@pytest.mark.parametrize(
    "program",
    [
        'print("“quoted” – and more…")\n',
        "# it’s a remark – with a dash\nx = 1\n",
        'note = """• one\n• two"""\n',
        'print("a\u00a0b")\n',
        'text = ">>> not a prompt"\n',
    ],
)
def test_a_program_that_python_can_read_is_left_as_it_is(program: str) -> None:
    assert straighten(program) == program


def test_what_stands_in_straight_quotes_stays_when_something_else_is_straightened() -> None:
    pasted = 'print("“yes” – she said")\nprint(“no”)\n'
    assert straighten(pasted) == 'print("“yes” – she said")\nprint("no")\n'


def test_a_whole_page_from_word_can_be_run_afterwards() -> None:
    pasted = (
        "weight\u00a0= 70\r\nheight\u00a0= 1.75\r\nbmi = weight / height ** 2\r\n"
        "if bmi > 25:\r\n\u00a0\u00a0\u00a0\u00a0print(“BMI is over 25 – see the patient’s plan”)\r\n"
        "else:\r\n\u00a0\u00a0\u00a0\u00a0print(‘fine’)\r\n"
    )
    straight = straighten(pasted)
    compile(straight, "main.py", "exec")
    assert "see the patient’s plan" in straight


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab=()\"'“”‘’–—\u00a0•>.# \n\\{}1", max_size=60))
def test_straightening_never_fails_and_twice_is_as_good_as_once(text: str) -> None:
    once = straighten(text)
    assert straighten(once) == once or len(straighten(once)) <= len(once)
