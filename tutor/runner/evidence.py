"""What was seen of a run, and what that makes of it. Pure: no process, no file, no clock."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass, field
from typing import Any

from tutor.runner.carrier import Status
from tutor.runner.facts import Sources, error_facts
from tutor.runner.protocol import ProtocolError, text, whole_number
from tutor.runner.result import Answer, Comparison, ErrorFacts, Outcome, Program, Question
from tutor.runner.values import decode

_CRASHES = {
    getattr(signal, name).value
    for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSYS", "SIGTRAP")
    if hasattr(signal, name)
}
_OUT_OF_MEMORY_STATUS = 96  # child/worker.py
_BROKEN_STATUS = 97
_WINDOWS_CRASH = 0xC0000000
_ENDINGS = {
    "finished": Outcome.FINISHED,
    "exited": Outcome.EXITED,
    "error": Outcome.ERROR,
    "memory-limit": Outcome.MEMORY_LIMIT,
    "blocked": Outcome.BLOCKED,
    "needs-input": Outcome.NEEDS_INPUT,
}
#: After these the program's definitions stand, and it can be asked.
DEFINED = (Outcome.FINISHED, Outcome.EXITED, Outcome.NEEDS_INPUT)


@dataclass(slots=True)
class Asked:
    """One question on its way, and what came back."""

    question: Question
    token: str = ""
    began: bool = False
    began_at: float = 0.0
    seconds: float = 0.0
    printed_from: int = 0
    printed_to: int | None = None
    told: dict[str, Any] | None = None
    cut_short: Outcome | None = None
    line: int | None = None
    comparisons: list[Comparison] = field(default_factory=list)


@dataclass(slots=True)
class Evidence:
    """All that was seen of one run."""

    layers: tuple[str, ...] = ()
    started: bool = False
    cause: Outcome | None = None  # why the tutor ended it, where it did
    ended: dict[str, Any] | None = None
    over: bool = False
    status: Status | None = None
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list)
    prompts: list[tuple[int, int]] = field(default_factory=list)
    interrupted_line: int | None = None
    trace: str = ""
    asked: list[Asked] = field(default_factory=list)
    detail: str = ""

    def outcome_of_end(self) -> Outcome | None:
        """What the program itself reported as its end; None where it reported none."""
        return None if self.ended is None else _ENDINGS[self.ended["how"]]

    def outcome(self, processor_limit: float) -> Outcome:
        """How the run ended, in one of the outcome words."""
        reported = self.outcome_of_end()
        if self.cause is not None:
            return self.cause
        if not self.started:
            return Outcome.NOT_STARTED
        if reported is None:
            return self.outcome_of_death(processor_limit)
        asking = any(item.token and item.told is None for item in self.asked)
        if self.over or asking or reported not in (Outcome.FINISHED, Outcome.EXITED):
            return reported
        return self.outcome_of_death(processor_limit)

    def outcome_of_death(self, processor_limit: float) -> Outcome:
        """What a process that ended without saying so came to."""
        status = self.status or Status()
        if status.code == _OUT_OF_MEMORY_STATUS:
            return Outcome.MEMORY_LIMIT
        if status.signal is not None:
            if status.signal in _CRASHES:
                return Outcome.CRASHED
            if status.processor_seconds >= processor_limit > 0:
                return Outcome.TIME_LIMIT
        elif status.code is not None and status.code & 0xFFFFFFFF >= _WINDOWS_CRASH:
            return Outcome.CRASHED
        return Outcome.ABRUPT


def check_end(frame: dict[str, Any]) -> None:
    """That a report of the program's end is one that our own code sends.

    Raises:
        ProtocolError: it is not.
    """
    if frame.get("how") not in _ENDINGS:
        raise ProtocolError("an unknown end")
    whole_number(frame, "printed")
    if frame["how"] not in ("finished", "exited") and type(frame.get("error")) is not dict:
        raise ProtocolError("an error without facts")
    if frame["how"] == "exited" and type(frame.get("code")) is not int:
        raise ProtocolError("an exit without a code")


def comparison(frame: dict[str, Any]) -> Comparison:
    """A comparison that test code made.

    Raises:
        ProtocolError: it is nothing that our own code sends.
    """
    if type(frame.get("held")) is not bool or type(frame.get("own")) is not bool:
        raise ProtocolError("not a comparison")
    return Comparison(
        operator=text(frame, "operator"),
        left=decode(frame.get("left")),
        right=decode(frame.get("right")),
        held=frame["held"],
        own_classes=frame["own"],
        line=whole_number(frame, "line"),
        text=text(frame, "text", ""),
        test=text(frame, "test", ""),
    )


def answer(asked: Asked, stdout: bytes, sources: Sources) -> Answer:
    """What came of a question.

    Raises:
        ProtocolError: what was told is nothing that our own code sends.
    """
    if not asked.token:
        return Answer(asked.question, Outcome.NOT_STARTED)
    printed = stdout[asked.printed_from : asked.printed_to].decode("utf-8", "replace")
    told = asked.told
    value: Any = None
    error: ErrorFacts | None = None
    if told is None:
        outcome = asked.cut_short or Outcome.ABRUPT
    else:
        if told.get("how") not in _ENDINGS:
            raise ProtocolError("an unknown end of a question")
        outcome = _ENDINGS[told["how"]]
        if outcome is Outcome.FINISHED:
            value = decode(told.get("value"))
        else:
            error = error_facts(told.get("error"), sources)
    return Answer(
        question=asked.question,
        outcome=outcome,
        value=value,
        error=error,
        stdout=printed if asked.began else "",
        seconds=asked.seconds,
        comparisons=tuple(asked.comparisons),
        line=error.line if error is not None else asked.line,
    )


def own_output(evidence: Evidence, stdout: bytes) -> bytes:
    """What the program itself printed: without what was printed while questions were answered."""
    begun = [item for item in evidence.asked if item.began]
    if not begun:
        return stdout
    last = begun[-1].printed_to
    return stdout[: begun[0].printed_from] + (stdout[last:] if last is not None else b"")


def character_ranges(ranges: list[tuple[int, int]], stdout: bytes) -> tuple[tuple[int, int], ...]:
    """Byte ranges of an output as ranges of its characters; what lies beyond the output is dropped."""
    found = []
    position = characters = 0
    for start, end in sorted(ranges):
        if not position <= start <= end <= len(stdout):
            continue
        characters += len(stdout[position:start].decode("utf-8", "replace"))
        width = len(stdout[start:end].decode("utf-8", "replace"))
        found.append((characters, characters + width))
        characters += width
        position = end
    return tuple(found)


def line_in_trace(trace: str, filename: str) -> int | None:
    """The line of the learner's own file that faulthandler saw: of the main thread, which it lists last."""
    shown = filename.encode("ascii", "backslashreplace").decode("ascii")
    blocks = re.split(r"^(?:Current thread|Thread|Stack) .*$", trace, flags=re.MULTILINE)
    for block in reversed(blocks):
        found = re.search(rf'File "(?:\./)?{re.escape(shown)}", line (\d+)', block)
        if found:
            return int(found[1])
    return None


def line_of_end(evidence: Evidence, error: ErrorFacts | None, program: Program) -> int | None:
    """The line that a run ended at, from the best witness there is."""
    if evidence.ended is not None and evidence.cause is not Outcome.LINGERING:
        line = evidence.ended.get("line")
        if type(line) is int:
            return line
        if error is not None and error.line is not None:
            return error.line
    if evidence.interrupted_line is not None:
        return evidence.interrupted_line
    return line_in_trace(evidence.trace, program.filename)
