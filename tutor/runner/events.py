"""What a run says while it goes on: frozen values to one callback, called from a thread of the runner's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tutor.runner.result import RunResult


@dataclass(frozen=True, slots=True)
class Started:
    """The program's own first line is about to run; `layers` says what confines it."""

    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputWaiting:
    """There is output to take. Said once until all of it has been taken."""


@dataclass(frozen=True, slots=True)
class WantsInput:
    """The program waits for a line; `prompt` is what `input()` was given, "" where it reads in another way."""

    prompt: str = ""


@dataclass(frozen=True, slots=True)
class InputTaken:
    """The program has taken what was typed, and runs on."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over and nothing of it is left."""

    result: RunResult


Event = Started | OutputWaiting | WantsInput | InputTaken | Ended
OnEvent = Callable[[Event], None]
