"""Explaining never fails, whatever the program and however its run ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.explain.explain import explain
from tutor.explain.live import live_marks
from tutor.explain.reading import fault_in
from tutor.runner.result import ErrorFacts, FrameFact, NameFact, Outcome, RunResult

PIECES = ["if", "else", "for", "in", "x", "print", "(", ")", "[", "]", "{", "}", ":", ",", "=", "==", '"', "'", "f\"", "\n",
          "    ", "\t", "1", "2.5", "#", "\\", "def", "return", "+", "-", "*", "“", "é", "🙂", "\u00a0", ">>>", "...", "@",
          "import", "while", "True", "lambda", "class", ";", "\r", "\x00", "%", "!", "?", "and", "not"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=80))
def test_any_text_gets_one_explanation_where_python_cannot_read_it(source: str) -> None:
    advice = explain(source, None)
    if fault_in(source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")) is not None:
        assert len(advice) == 1
        assert len(advice[0].text.split()) <= 40  # a rule's own thirty words, and names with spaces in them
    live_marks(source, caret_line=1)


_NAMES = st.dictionaries(
    st.sampled_from(["x", "beds", "f"]),
    st.builds(NameFact, kind=st.sampled_from(["str", "int", "list", "NoneType", "function", "Odd"]), text=st.text(max_size=9),
              length=st.none() | st.integers(0, 5), keys=st.lists(st.text(max_size=4), max_size=3).map(tuple)),
)  # fmt: skip
_LINES = ["x = 5", "print(beds[x])", "f(1, 2)", "x.upper()", "for a, b in beds:\n    pass", "x + beds", "int(x)", "x()", "-x",
          "beds[0] = x", "import maths", "open('a')", "f'{x:.1f}'", "assert x", "raise ValueError", "x < beds", "len(f)"]  # fmt: skip
_TYPES = ["TypeError", "ValueError", "NameError", "UnboundLocalError", "KeyError", "IndexError", "AttributeError", "OSError",
          "ImportError", "ZeroDivisionError", "RecursionError", "EOFError", "MemoryError", "SyntaxError", "Odd"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    lines=st.lists(st.sampled_from(_LINES), min_size=1, max_size=4),
    kind=st.sampled_from(_TYPES),
    message=st.text(max_size=30) | st.sampled_from(
        ["'int' object is not callable", "unsupported operand type(s) for +: 'int' and 'str'", "name 'x' is not defined",
         "'NoneType' object is not subscriptable", "list indices must be integers or slices, not str", "'x'",
         "f() takes 1 positional argument but 2 were given", "cannot unpack non-iterable int object"]),
    line=st.integers(0, 6), column=st.none() | st.integers(0, 12), names=_NAMES,
    outcome=st.sampled_from(list(Outcome)),
)  # fmt: skip
def test_any_facts_about_any_run_get_an_explanation_or_none(
    lines: list[str],
    kind: str,
    message: str,
    line: int,
    column: int | None,
    names: dict[str, NameFact],
    outcome: Outcome,
) -> None:
    frame = FrameFact("main.py", line, "<module>", column, line, column, names=names)
    error = ErrorFacts(kind, message, (frame,), line, column, bases=(kind, "Exception"))
    explain("\n".join(lines), RunResult(outcome, error=error, line=line or None))
    explain("\n".join(lines), RunResult(outcome, error=ErrorFacts(kind, message)))
    explain("\n".join(lines), RunResult(outcome))


@pytest.mark.parametrize(
    "source",
    ["(" * 5000, "-" * 20000 + "1", "[" * 90 + "]" * 90, "x = " + "1+" * 9000 + "1", "if x:\n" * 300, '"""' * 999, "\\\n" * 999,
     "a." * 9000 + "b", "\x00" * 50, "\n" * 5000, "9" * 9000, "{" * 150 + "}" * 150, "é" * 9000, "x = '\ud800'\n", "f'{" * 60],
    ids=range(15),
)  # fmt: skip
def test_monstrous_programs_are_survived(source: str) -> None:
    explain(source, None)
    live_marks(source)


def test_the_hostile_programs_are_explained_without_being_run(root: Path) -> None:
    programs = sorted((root / "tests" / "programs" / "hostile").glob("*.py"))
    for path in programs:
        explain(path.read_text(encoding="utf-8", errors="surrogateescape"), None)


def test_a_mistake_in_each_working_program_gets_one_explanation(
    working_programs: list[tuple[str, tuple[str, ...]]],
) -> None:
    for position, (source, _) in enumerate(working_programs[::8]):
        cut = (position * 37) % max(len(source), 1)
        broken = source[:cut] + source[cut + 1 :]
        advice = explain(broken, None)
        assert (fault_in(broken.replace("\r\n", "\n").replace("\r", "\n")) is None) or len(advice) == 1


def test_a_program_in_a_file_of_another_name_is_explained(run: Callable[..., RunResult]) -> None:
    result = run("x = 5\nprint(y)\n")
    assert explain("x = 5\nprint(y)\n", result, filename="main.py")[0].line == 2


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.FINISHED])
def test_a_run_that_was_ended_at_an_unknown_line_is_explained_without_one(outcome: Outcome) -> None:
    for program in ("x = 5\n", "while True:\n    pass\n", "for n in range(9):\n    print(n)\n", "input()\n"):
        for kind in ("MemoryError", "EOFError", "Odd", "OSError", "TypeError"):
            for advice in explain(program, RunResult(outcome, error=ErrorFacts(kind, "words"))):
                assert "None" not in advice.text.replace("None (nothing)", ""), advice
