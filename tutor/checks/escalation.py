"""What help to offer after how many tries (content blueprint, section 4)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tutor.checks.result import Verdict
from tutor.translation import tr

#: The same message so many times in a row brings the next hint.
SAME_MESSAGE = 2
#: So many tries that were not right bring the Parsons version of the step, where it has one.
TRIES_TO_ARRANGE = 3
#: So many bring the worked solution, and a review later.
TRIES_TO_SOLUTION = 5


class Help(Struct, frozen=True):
    """What to offer the learner now; nothing is ever forced.

    Args:
        hint: number (from 0) of the hint to show next, None for none.
        arrange: offer the Parsons version of the step.
        solution: offer the worked solution.
        review: schedule the step's concepts for a later review.
        words: the sentence of the offer, "" where nothing is offered.
    """

    hint: int | None = None
    arrange: bool = False
    solution: bool = False
    review: bool = False
    words: str = ""


def message_of(verdict: Verdict) -> str:
    """The one message that a verdict shows first; the same text twice means that it did not help."""
    if verdict.passed or verdict.not_started:
        return ""
    if verdict.mistake is not None:
        return verdict.mistake.say
    first = verdict.first_failed
    return first.message if first else ""


def help_after(messages: Sequence[str], *, hints: int, hints_shown: int, has_arrange: bool) -> Help:
    """What to offer after these tries.

    Args:
        messages: the message (`message_of`) of each try of this step that was not right, oldest first, since the step was
            opened or passed. Tries that were not begun ("") do not count.
        hints: how many hints the step has.
        hints_shown: how many of them the learner has seen.
        has_arrange: whether there is a Parsons version.
    """
    told = [message for message in messages if message]
    repeated = len(told) >= SAME_MESSAGE and len(set(told[-SAME_MESSAGE:])) == 1
    hint = hints_shown if repeated and hints_shown < hints else None
    arrange = has_arrange and len(told) >= TRIES_TO_ARRANGE
    solution = len(told) >= TRIES_TO_SOLUTION
    return Help(hint, arrange, solution, solution, _words(hint, arrange, solution))


def _words(hint: int | None, arrange: bool, solution: bool) -> str:
    if solution:
        return tr("You can look at a worked solution now. This step comes back later, for another try.")
    if arrange:
        return tr("Another way in: put the lines of a solution in order.")
    return tr("Here is the next hint.") if hint is not None else ""
