"""Runs with a person in front: live output, typing, stopping."""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest

from tutor.runner.events import Ended, InputTaken, OutputWaiting, Started, WantsInput
from tutor.runner.limits import Limits
from tutor.runner.process import Run
from tutor.runner.result import Outcome, Program
from tutor.runner.runner import Runner

PATIENCE = 60.0


class Person:
    """Starts a program, and waits for events."""

    def __init__(self, runner: Runner, source: str, seconds: float = 30.0, **fields: Any) -> None:
        self.events: queue.Queue[Any] = queue.Queue()
        fields.setdefault("limits", Limits(seconds))
        self.run: Run = runner.start(Program(source, stdin=None, **fields), self.events.put)
        self.shown: list[tuple[str, str]] = []

    def wait_for(self, kind: type) -> Any:
        while True:
            event = self.events.get(timeout=PATIENCE)
            if isinstance(event, OutputWaiting):
                self.look()
            if isinstance(event, kind):
                return event

    def look(self) -> None:
        while taken := self.run.take_output():
            self.shown += taken

    @property
    def text(self) -> str:
        self.look()
        return "".join(text for _, text in self.shown)


def test_a_person_answers_and_the_program_goes_on(runner: Runner) -> None:
    person = Person(
        runner, "name = input('Name? ')\nprint('Hello', name)\nage = int(input())\nprint(age + 1)"
    )
    person.wait_for(Started)
    assert person.wait_for(WantsInput).prompt == "Name? "
    assert person.text == "Name? "
    person.run.send_line("Åse")
    person.wait_for(InputTaken)
    assert person.wait_for(WantsInput).prompt == ""
    person.run.send_line("41")
    result = person.wait_for(Ended).result
    assert result.outcome is Outcome.FINISHED
    assert result.stdout == "Name? Hello Åse\n42\n"
    assert person.text == "Name? Åse\nHello Åse\n41\n42\n"
    assert result.prompts == ((0, 6),)


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nfor line in sys.stdin:\n    print(line.upper(), end='')",
        "import sys\nprint(sys.stdin.read().upper())",
    ],
)
def test_reading_all_of_the_input_ends_when_the_person_ends_it(runner: Runner, source: str) -> None:
    person = Person(runner, source)
    person.wait_for(WantsInput)
    person.run.send_line("one")
    person.run.send_line("two")
    person.run.end_input()
    assert person.wait_for(Ended).result.stdout.strip().endswith("TWO")


def test_the_clock_stands_still_while_a_person_thinks(runner: Runner) -> None:
    person = Person(runner, "input('? ')\nprint('on')", seconds=0.5)
    person.wait_for(WantsInput)
    assert person.run.wait(1.2) is None
    person.run.send_line("x")
    assert person.wait_for(Ended).result.outcome is Outcome.FINISHED
    assert person.run.result.seconds < 0.5


#: The line of the print counts too: the person may be quick.
@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("print('go')\nwhile True:\n    pass", (1, 2, 3)),
        ("import time\nprint('go')\ntime.sleep(60)", (2, 3)),
        ("print('go')\ninput()", (1, 2)),
        ("import itertools\nprint('go')\nsum(itertools.count())", (2, 3)),
        (
            "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('go')\nwhile True: pass",
            (3, 4),
        ),
        (
            "print('go')\nwhile True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
            (1, 2, 3, 4, 5, 6),
        ),
        ("import threading\nprint('go')\nthreading.Event().wait()", (2, 3)),
    ],
)
def test_stop_ends_any_program_and_says_where_it_was(
    runner: Runner, source: str, line: tuple[int, ...]
) -> None:
    person = Person(runner, source)
    person.wait_for(OutputWaiting)
    person.run.stop()
    result = person.wait_for(Ended).result
    assert result.outcome is Outcome.STOPPED
    assert result.line in line
    assert result.sentence().startswith("Stopped by you. It was at line")
    assert result.error is None


def test_a_stopped_program_may_tidy_up(runner: Runner) -> None:
    person = Person(runner, "try:\n    input()\nfinally:\n    print('tidy')")
    person.wait_for(WantsInput)
    person.run.stop()
    assert person.wait_for(Ended).result.stdout == "tidy\n"


def test_stop_before_the_first_line_and_stop_after_the_end_do_no_harm(runner: Runner) -> None:
    person = Person(runner, "while True: pass")
    person.run.stop()
    person.run.stop()
    assert person.wait_for(Ended).result.outcome is Outcome.STOPPED
    person.run.stop()
    person.run.send_line("x")
    person.run.end_input()
    assert person.run.take_output() == []


def test_an_endless_flood_is_held_back_until_it_is_looked_at(runner: Runner) -> None:
    person = Person(
        runner,
        "while True:\n    print('x' * 80)",
        limits=Limits(seconds=60, output_kb=None, output_lines=None),
    )
    person.wait_for(OutputWaiting)
    seen = 0
    while seen < 3_000_000:
        taken = person.run.take_output(16384)
        assert sum(len(text) for _, text in taken) <= 16384
        seen += sum(len(text) for _, text in taken)
    person.run.stop()
    assert person.wait_for(Ended).result.outcome is Outcome.STOPPED


def test_typing_into_a_flood_does_not_wait(runner: Runner) -> None:
    person = Person(
        runner,
        "while True:\n    print('x' * 1000)",
        limits=Limits(seconds=60, output_kb=None, output_lines=None),
    )
    person.wait_for(OutputWaiting)
    for _ in range(100):
        person.run.send_line("y" * 100_000)
    person.run.stop()
    assert person.wait_for(Ended).result.outcome is Outcome.STOPPED


def test_events_come_in_order_and_waiting_output_is_said_once(runner: Runner) -> None:
    events: list[Any] = []
    over = threading.Event()

    def listen(event: Any) -> None:
        events.append(event)
        if isinstance(event, Ended):
            over.set()

    run = runner.start(Program("for i in range(1000): print(i)", limits=Limits(30)), listen)
    assert over.wait(PATIENCE)
    assert isinstance(events[0], Started) and isinstance(events[-1], Ended)
    assert sum(isinstance(event, OutputWaiting) for event in events) == 1
    assert "".join(text for _, text in run.take_output(10**6)) == events[-1].result.stdout


def test_a_listener_that_fails_does_not_hurt_the_run(
    runner: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(event: Any) -> None:
        raise RuntimeError("listener")

    run = runner.start(Program("print(1)"), fail)
    assert run.wait(PATIENCE).stdout == "1\n"
    assert "A listener failed" in caplog.text


@pytest.mark.parametrize(
    ("source", "stdin", "stdout", "prompts"),
    [
        ("a = input('A? ')\nb = input('B? ')\nprint(a + b)", ("1", "2"), "A? B? 12\n", ["A? ", "B? "]),
        ("print('é?', end=' ')\na = input('ü? ')\nprint(a)", ("1",), "é? ü? 1\n", ["ü? "]),
        ("print('x' * 3)\ninput()", ("1",), "xxx\n", []),
        ("import os\nos.write(1, b'zz')\ninput('q')", ("1",), "zzq", None),
    ],
)
def test_prompts_are_told_apart_from_what_is_printed(
    runner: Runner, source: str, stdin: tuple[str, ...], stdout: str, prompts: list[str] | None
) -> None:
    result = runner.run(Program(source, stdin=stdin, limits=Limits(30)))
    assert result.stdout == stdout
    if prompts is not None:
        assert [result.stdout[start:end] for start, end in result.prompts] == prompts


def test_input_reads_from_what_a_program_put_in_place_of_standard_input(runner: Runner) -> None:
    source = "import io, sys\nsys.stdin = io.StringIO('mine\\n')\nprint(input('? '))"
    assert runner.run(Program(source, limits=Limits(30))).stdout == "? mine\n"


@pytest.mark.parametrize(
    ("source", "outcome", "stdout"),
    [
        ("\ufeffprint('bom')\r\nprint('crlf')\r\n", "finished", "bom\ncrlf\n"),
        ("# coding: latin-1\nprint('é')", "finished", "é\n"),
        ("print('a\\ud83d')", "finished", "a\\ud83d\n"),
        (
            "import os\nos.write(1, b'\\xff\\xfeok')",
            "finished",
            "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}ok",
        ),
        ("print('a\0b')", "error", ""),
        ("x = '\ud83d'", "error", ""),
        ("print('\\0')", "finished", "\0\n"),
        ("", "finished", ""),
        ("this is not Python at all ¿", "error", ""),
    ],
)
def test_any_text_is_run_as_text(runner: Runner, source: str, outcome: str, stdout: str) -> None:
    result = runner.run(Program(source, limits=Limits(30)))
    assert (result.outcome, result.stdout) == (outcome, stdout)
    if outcome == "error":
        assert result.error.type == "SyntaxError" and result.error.line == 1


def test_a_large_input_and_a_large_program_go_through(runner: Runner) -> None:
    lines = tuple("x" * 100 for _ in range(5000))
    source = "import sys\n" + "# " + "y" * 300_000 + "\nprint(len(sys.stdin.read()))"
    assert runner.run(Program(source, stdin=lines, limits=Limits(30))).stdout == "505000\n"


def test_input_that_nobody_reads_blocks_nobody(runner: Runner) -> None:
    lines = tuple("x" * 100 for _ in range(5000))
    assert runner.run(Program("print(1)", stdin=lines, limits=Limits(30))).stdout == "1\n"
