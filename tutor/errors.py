"""Our own trouble, in the three kinds that a learner can tell apart.

What a learner does wrong is never an exception: it is a value (an outcome, a verdict) that says itself in a sentence.
"""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Whose fault a piece of trouble is; shown to the learner in these words."""

    PROGRAM = "your program"
    LESSON = "our lesson"
    PC = "this PC"


class TutorError(Exception):
    """Something on our side went wrong.

    Args:
        what: what happened, one sentence.
        do: what the reader can do about it, one sentence; empty where there is nothing to do.
    """

    fault: Fault = Fault.PC

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.do = do

    def __str__(self) -> str:
        return f"{self.what} {self.do}".strip()


class LessonError(TutorError):
    """The lesson is at fault: its own solution fails, its file cannot be read, a picture is missing."""

    fault = Fault.LESSON


class MachineError(TutorError):
    """This PC is at fault: no room, no right to write, no process can be started."""

    fault = Fault.PC


class UsageError(TutorError):
    """The command line was used wrongly, or its input cannot be read (exit status 2)."""
