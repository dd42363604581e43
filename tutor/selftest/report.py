"""What a self-test says."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from tutor.errors import TutorError


class Tested(Struct, frozen=True):
    """One thing that was tried: whether it holds, and what was found."""

    name: str
    passed: bool
    detail: str


class Trial(Struct, frozen=True):
    """One thing to try. `find` gives (holds, what was found)."""

    name: str
    find: Callable[[], tuple[bool, str]]

    def carry_out(self) -> Tested:
        """Try it; trouble of ours is a finding, and never ends the self-test."""
        try:
            passed, detail = self.find()
        except (TutorError, OSError) as error:
            return Tested(self.name, False, str(error))
        except Exception as error:
            return Tested(self.name, False, f"{type(error).__name__}: {error}")
        return Tested(self.name, passed, detail)


def carry_out(
    trials: Iterable[Trial], heard: Callable[[Tested], None] = lambda tested: None
) -> tuple[Tested, ...]:
    """Try all, telling of each as it is known."""
    found = []
    for trial in trials:
        tested = trial.carry_out()
        heard(tested)
        found.append(tested)
    return tuple(found)
