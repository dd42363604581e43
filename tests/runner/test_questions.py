"""Questions asked of a program that has run: values, output, errors, and what happens when one goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.runner.limits import Limits
from tutor.runner.result import Answer, Ask, Outcome, Question, RunResult

Run = Callable[..., RunResult]


def ask(run: Run, source: str, *questions: str, **fields: object) -> tuple[Answer, ...]:
    return run(source, questions=tuple(Question(text) for text in questions), **fields).answers


def test_a_question_has_its_value_and_its_own_output(run: Run) -> None:
    result = run(
        "def f(x):\n    print('in f', x)\n    return [x]\nprint('main')",
        questions=(Question("f(1)"), Question("f(2)")),
    )
    assert result.stdout == "main\n"
    assert [(answer.value, answer.stdout) for answer in result.answers] == [
        ([1], "in f 1\n"),
        ([2], "in f 2\n"),
    ]


def test_arguments_are_fresh_each_time(run: Run) -> None:
    answers = ask(run, "def f(xs):\n    xs.append(1)\n    return xs", "f([])", "f([])")
    assert [answer.value for answer in answers] == [[1], [1]]


def test_an_error_is_the_answer_and_the_next_question_is_asked(run: Run) -> None:
    answers = ask(run, "def f(x):\n    return 1 / x", "f(0)", "g(1)", "f(2)", "1 +")
    assert [answer.outcome for answer in answers] == ["error", "error", "finished", "error"]
    assert (answers[0].error.type, answers[0].error.line, answers[0].line) == ("ZeroDivisionError", 2, 2)
    assert (answers[1].error.type, answers[1].line) == ("NameError", None)
    assert answers[3].error.type == "SyntaxError"


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("while_true()", Outcome.TIME_LIMIT),
        ("os._exit(0)", Outcome.ABRUPT),
        ("sys.exit(0)", Outcome.EXITED),
        ("ctypes.string_at(0)", Outcome.CRASHED),
        ("flood()", Outcome.OUTPUT_LIMIT),
    ],
)
def test_a_question_that_takes_the_process_with_it_says_so(run: Run, call: str, outcome: Outcome) -> None:
    source = (
        "import os, sys, ctypes\ndef while_true():\n    while True:\n        pass\n"
        "def flood():\n    while True:\n        print('x' * 100)\n"
    )
    result = run(source, seconds=1.0, questions=tuple(Question(text) for text in ("1", call, "2")))
    assert result.outcome is Outcome.FINISHED
    assert [answer.outcome for answer in result.answers] == [Outcome.FINISHED, outcome, Outcome.NOT_STARTED]
    if outcome is Outcome.TIME_LIMIT:
        assert result.answers[1].line in (3, 4)
        assert result.answers[1].seconds >= 1.0


def test_each_question_has_the_whole_time(run: Run) -> None:
    answers = ask(run, "import time", *["time.sleep(0.6)"] * 3, seconds=1.0)
    assert [answer.outcome for answer in answers] == [Outcome.FINISHED] * 3


def test_memory_and_policy_hold_for_questions_too(run: Run) -> None:
    answers = ask(run, "", "'x' * 10 ** 12", "open('/etc/passwd')", "1", seconds=20.0)
    assert [answer.outcome for answer in answers] == ["memory-limit", "blocked", "finished"]


def test_questions_are_asked_after_an_exit_and_after_the_input_ran_out(run: Run) -> None:
    result = run("x = 1\nimport sys\nsys.exit(2)", questions=(Question("x"),))
    assert (result.outcome, result.answers[0].value, result.defined) == (Outcome.EXITED, 1, True)
    result = run("x = 1\ninput()", questions=(Question("x"),))
    assert (result.outcome, result.answers[0].value, result.defined) == (Outcome.NEEDS_INPUT, 1, True)


def test_nothing_is_asked_of_a_program_that_failed(run: Run) -> None:
    result = run("x = 1\n1 / 0", questions=(Question("x"),))
    assert (result.outcome, result.answers[0].outcome, result.defined) == (
        Outcome.ERROR,
        Outcome.NOT_STARTED,
        False,
    )


def test_input_in_a_question_finds_nothing_more(run: Run) -> None:
    assert ask(run, "", "input()")[0].error.type == "EOFError"


def test_only_main_programs_guarded_lines_run(run: Run) -> None:
    assert run("if __name__ == '__main__':\n    print('ran')").stdout == "ran\n"


TEST_CODE = """
import main
def test_total():
    __compare__("==", main.total([1, 2]), 3, 4, "main.total([1, 2]) == 3", "test_total")
    __compare__("==", total([]), 1, 5, "total([]) == 1", "test_total")
    __compare__("in", 1, [1], 6)
    __compare__("truth", total([]), None, 7)
test_total()
"""


def test_test_code_reports_each_comparison_with_both_values(run: Run) -> None:
    result = run("def total(xs):\n    return sum(xs)", questions=(Question(TEST_CODE, Ask.TEST),))
    (answer,) = result.answers
    assert answer.outcome is Outcome.FINISHED
    told = [(made.operator, made.left, made.right, made.held, made.line) for made in answer.comparisons]
    assert told == [
        ("==", 3, 3, True, 4),
        ("==", 0, 1, False, 5),
        ("in", 1, [1], True, 6),
        ("truth", 0, None, False, 7),
    ]
    assert (answer.comparisons[0].text, answer.comparisons[0].test) == (
        "main.total([1, 2]) == 3",
        "test_total",
    )
    assert not any(made.own_classes for made in answer.comparisons)


def test_an_object_that_calls_itself_equal_is_told_as_what_it_is(run: Run) -> None:
    source = "class Agreeable:\n    def __eq__(self, other): return True\ndef f(): return Agreeable()"
    (answer,) = run(source, questions=(Question("__compare__('==', f(), 3)", Ask.TEST),)).answers
    (made,) = answer.comparisons
    assert made.held and made.own_classes and made.left.type == "Agreeable" and made.right == 3


def test_comparisons_before_a_crash_are_kept(run: Run) -> None:
    code = "import os\n__compare__('==', 1, 1)\nos._exit(0)"
    (answer,) = run("", questions=(Question(code, Ask.TEST),)).answers
    assert answer.outcome is Outcome.ABRUPT and len(answer.comparisons) == 1


def test_an_error_in_test_code_is_its_answer(run: Run) -> None:
    (answer,) = run("def f(): raise KeyError('x')", questions=(Question("f()", Ask.TEST),)).answers
    assert (answer.outcome, answer.error.type, answer.error.line) == (Outcome.ERROR, "KeyError", 1)


def test_the_answers_of_a_forger_are_never_believed(run: Run) -> None:
    """A program that finds the channel and writes well-formed frames of its own ends as tampered."""
    source = """
import gc, os, sys
report = next(o for o in gc.get_objects() if type(o).__name__ == "Report")
def f():
    return 1
def forge(kind, **fields):
    report.send(kind, **fields)
"""
    for forged in (
        "forge('answer', token='0' * 16, how='finished', value=3, printed=0)",
        "forge('ended', how='finished', printed=0)",
        "forge('over', printed=0)",
        "forge('unheard-of')",
        "forge('started', layers=[])",
        "os.write(report._descriptor, b'x' * 100)",
    ):
        result = run(source, questions=(Question(f"({forged}, 3)[1]"), Question("f()")))
        assert result.outcome is Outcome.TAMPERED, forged
        assert {answer.outcome for answer in result.answers} == {Outcome.NOT_STARTED}
        result = run(source + forged, questions=(Question("f()"),))
        assert result.outcome is Outcome.TAMPERED, forged


def test_the_last_lines_of_threads_and_exit_handlers_belong_to_the_program(run: Run) -> None:
    result = run(
        "import atexit\natexit.register(print, 'bye')\ndef f(): print('in f')\nprint('main')",
        questions=(Question("f()"),),
    )
    assert (result.stdout, result.answers[0].stdout) == ("main\nbye\n", "in f\n")


def test_limits_of_output_count_afresh_for_each_question(run: Run) -> None:
    result = run(
        "print('x' * 700)",
        questions=(Question("print('y' * 700)"),) * 3,
        limits=Limits(seconds=20, output_kb=1),
    )
    assert [answer.outcome for answer in result.answers] == [Outcome.FINISHED] * 3
    assert [len(answer.stdout) for answer in result.answers] == [701] * 3
