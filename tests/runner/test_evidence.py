"""What is made of what was seen of a run: pure, so shown without a process."""

from __future__ import annotations

import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.runner.carrier import Status
from tutor.runner.evidence import Asked, Evidence, character_ranges, line_in_trace, own_output
from tutor.runner.limits import Limits
from tutor.runner.result import ErrorFacts, Outcome, Question, RunResult

ENDED = {"t": "ended", "how": "finished", "printed": 0}


@pytest.mark.parametrize(
    ("evidence", "outcome"),
    [
        (Evidence(), "not-started"),
        (Evidence(started=True, ended=ENDED, over=True, status=Status(code=0)), "finished"),
        (Evidence(started=True, ended=ENDED, status=Status(code=0)), "abrupt"),
        (Evidence(started=True, status=Status(code=0)), "abrupt"),
        (Evidence(started=True, status=Status(code=96)), "memory-limit"),
        (Evidence(started=True, status=Status(signal=signal.SIGSEGV)), "crashed"),
        (Evidence(started=True, ended=ENDED, status=Status(signal=signal.SIGSEGV)), "crashed"),
        (Evidence(started=True, status=Status(signal=signal.SIGKILL, processor_seconds=0.1)), "abrupt"),
        (Evidence(started=True, status=Status(signal=signal.SIGTERM, processor_seconds=6.0)), "time-limit"),
        (Evidence(started=True, ended=ENDED, over=True, cause=Outcome.STOPPED), "stopped"),
        (Evidence(started=True, ended=ENDED, over=True, cause=Outcome.TAMPERED), "tampered"),
        (Evidence(started=True, ended=ENDED, asked=[Asked(Question("f()"), token="t")]), "finished"),
        (Evidence(started=True, ended={**ENDED, "how": "error"}), "error"),
    ],
)
def test_the_outcome_follows_from_what_was_seen(evidence: Evidence, outcome: str) -> None:
    assert evidence.outcome(5.0) == outcome


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5))))
def test_prompts_are_found_among_characters_of_any_width(parts: list[tuple[str, str]]) -> None:
    stdout, ranges, prompts = b"", [], []
    for printed, prompt in parts:
        stdout += printed.encode()
        ranges.append((len(stdout), len(stdout) + len(prompt.encode())))
        stdout += prompt.encode()
        prompts.append(prompt)
    text = stdout.decode()
    assert [text[start:end] for start, end in character_ranges(ranges, stdout)] == prompts


def test_prompts_that_lie_about_their_place_are_dropped() -> None:
    assert character_ranges([(5, 3), (0, 99), (1, 2)], b"abc") == ((1, 2),)


TRACE = """Thread 0x00007f1 (most recent call first):
  File "main.py", line 4 in watch
  File "/usr/lib/python3.11/threading.py", line 982 in run

Current thread 0x00007f2 (most recent call first):
  File "/usr/lib/python3.11/re/__init__.py", line 166 in match
  File "main.py", line 9 in check
  File "main.py", line 12 in <module>
  File "/x/child/start.py", line 80 in <module>
"""


def test_the_line_is_the_innermost_of_the_main_thread() -> None:
    assert line_in_trace(TRACE, "main.py") == 9
    assert line_in_trace(TRACE, "other.py") is None
    assert line_in_trace(TRACE.replace("main.py", "\\xe9t\\xe9.py"), "été.py") == 9


def test_a_thread_is_named_where_the_main_thread_only_waits_for_it() -> None:
    trace = (
        TRACE.partition("Current")[0]
        + 'Thread 0x1 (most recent call first):\n  File "start.py", line 3 in end\n'
    )
    assert line_in_trace(trace, "main.py") == 4


def test_output_of_questions_is_not_the_programs() -> None:
    asked = [
        Asked(Question("a"), token="t", began=True, printed_from=5, printed_to=8),
        Asked(Question("b"), token="u", began=True, printed_from=8, printed_to=10),
    ]
    assert own_output(Evidence(asked=asked), b"main\nooooobye") == b"main\nbye"
    asked[1].printed_to = None
    assert own_output(Evidence(asked=asked), b"main\nooooobye") == b"main\n"


ERROR = ErrorFacts("NameError", "name 'x' is not defined")
SENTENCES = [
    (RunResult(Outcome.FINISHED), "The program ran to its end."),
    (RunResult(Outcome.ERROR, line=3, error=ERROR), "Python stopped on line 3: NameError: name 'x' is not defined"),
    (RunResult(Outcome.EXITED, line=2, exit_code=0), "The program ended itself on line 2."),
    (RunResult(Outcome.EXITED, line=2, exit_code=3), "The program ended itself on line 2 with the code 3."),
    (RunResult(Outcome.ABRUPT), "The program ended all at once, before Python could finish."),
    (RunResult(Outcome.CRASHED, line=2), "Python itself came to a stop while it ran this program. It was at line 2."),
    (RunResult(Outcome.TIME_LIMIT, line=2), "Stopped after 5 seconds, because the program had not ended. It was at line 2."),
    (RunResult(Outcome.MEMORY_LIMIT, line=2), "Stopped on line 2: the program asked for more than 256 MB of memory."),
    (RunResult(Outcome.OUTPUT_LIMIT), "Stopped: the program printed more than this step allows."),
    (RunResult(Outcome.NEEDS_INPUT, line=1), "The program asked for more input on line 1 than it was given."),
    (RunResult(Outcome.BLOCKED, line=4, blocked=("use the network",)), "Stopped on line 4: programs here may not use the network."),
    (RunResult(Outcome.LINGERING), "The program's last line had run, but something it started did not end."),
    (RunResult(Outcome.STOPPED, line=7), "Stopped by you. It was at line 7."),
    (RunResult(Outcome.TAMPERED), "The program wrote where the tutor listens, so its result cannot be read."),
    (RunResult(Outcome.NOT_STARTED, detail="No room."), "The program could not be started on this PC. No room."),
]  # fmt: skip


@pytest.mark.parametrize(("result", "sentence"), SENTENCES, ids=[result.outcome for result, _ in SENTENCES])
def test_every_outcome_says_itself_in_a_sentence(result: RunResult, sentence: str) -> None:
    assert result.sentence() == sentence


def test_every_outcome_has_its_sentence_here() -> None:
    assert {result.outcome for result, _ in SENTENCES} == set(Outcome)


def test_limits_have_the_formats_defaults() -> None:
    limits = Limits()
    assert (limits.seconds, limits.memory_mb, limits.output_kb) == (5.0, 256, 256)
