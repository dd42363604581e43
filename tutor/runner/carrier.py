"""What carries a learner's process: one for each system, all alike to the run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.runner.limits import Limits
from tutor.runner.pipes import Pipes


@dataclass(frozen=True, slots=True)
class Status:
    """How a learner's process ended.

    Args:
        code: what it exited with; None where a signal ended it or nothing is known.
        signal: the signal that ended it.
        processor_seconds: what it used.
        swept: processes that it had left, and that had to be ended.
        detail: why nothing is known.
    """

    code: int | None = None
    signal: int | None = None
    processor_seconds: float = 0.0
    swept: int = 0
    detail: str = ""


class Carrier(ABC):
    """A learner's process that waits for its job, or does it. Used for one run only."""

    pipes: Pipes
    #: What confines the process from outside, in words.
    layers: tuple[str, ...] = ()

    @abstractmethod
    def confine(self, folder: Path, limits: Limits, own_folder: bool) -> dict[str, Any]:
        """Before the job is handed over: confine the process to its folder and limits from outside, where that is the way.

        `own_folder` is True where the folder is ours, made for this run. Returns what to add to the job.
        """

    @abstractmethod
    def alive(self) -> bool:
        """Whether it can still be given a job, as far as is known without asking it."""

    @abstractmethod
    def interrupt(self) -> None:
        """Raise KeyboardInterrupt in it."""

    @abstractmethod
    def ask_where(self) -> None:
        """Have the line it is at written to the trace channel, even from within a long call in C."""

    @abstractmethod
    def kill(self) -> None:
        """End it and all that it started."""

    @abstractmethod
    def kill_by_force(self) -> None:
        """The same, when `kill` brought no answer."""

    @abstractmethod
    def wait(self) -> Status:
        """Wait until it has ended and nothing of it is left."""

    @abstractmethod
    def dismiss(self, well: bool) -> None:
        """The run is over; `well` when the carrier kept its word throughout. Closes the pipes."""
