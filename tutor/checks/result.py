"""What judging says: one result for each check, and one verdict for the program."""

from __future__ import annotations

from msgspec import Struct

from tutor.errors import Fault
from tutor.lessons.model import Mistake
from tutor.runner.result import ErrorFacts, RunResult
from tutor.translation import tr


class CheckResult(Struct, frozen=True):
    """How one check went.

    Args:
        name: the check's name.
        passed: whether it passed.
        message: for a failed check, what to mend in one or two sentences (the lesson's `say` first, where it has one);
            empty for a passed one.
        subject: what was tried, in the learner's own words: `news2(8)`, "what the program prints".
        expected, got: both sides as text in the code font, aligned by the view; None where there is no such pair.
        marks_expected, marks_got: (start, end) character ranges that differ, for marking; invisible characters have
            been made visible in `expected` and `got` where they matter.
        hidden: its input was not to be shown before it failed.
        detail: more to read on request (the whole output, the traceback of the learner's own frames).
        given: what the program was given, for people: "Typed in: Amara", "With rr = 8"; "" where nothing.
        fault: LESSON when this check cannot be carried out, or the lesson's own solution fails it; PC when nothing could
            be run; else None.
        crash: the exception that a call raised in the learner's own lines, where one did.
    """

    name: str
    passed: bool
    message: str = ""
    subject: str = ""
    expected: str | None = None
    got: str | None = None
    marks_expected: tuple[tuple[int, int], ...] = ()
    marks_got: tuple[tuple[int, int], ...] = ()
    hidden: bool = False
    detail: str = ""
    given: str = ""
    fault: Fault | None = None
    crash: ErrorFacts | None = None


class Verdict(Struct, frozen=True):
    """What judging says of one program.

    Args:
        passed: all checks passed.
        checks: one result a check, in the lesson's order.
        run: the plain run of the program (no stdin, no replacements) where there was one, else the first run that
            ended badly, else the first run.
        notes: said with a pass only ("Right. This step practises elif: try it with elif too.").
        mistake: the known wrong turn that was recognised, when a check failed.
        fault: whose fault it is that the program did not pass; None when it passed. LESSON when the lesson's own
            solution fails the same check or the check itself cannot be carried out; PC when nothing could be run.
        not_started: the learner has not begun (the starter is unchanged): say so, and judge nothing as wrong.
        unfinished: the sentence that says so.
    """

    passed: bool
    checks: tuple[CheckResult, ...]
    run: RunResult | None = None
    notes: tuple[str, ...] = ()
    mistake: Mistake | None = None
    fault: Fault | None = None
    not_started: bool = False
    unfinished: str = ""

    @property
    def first_failed(self) -> CheckResult | None:
        """The first thing to mend: what is not our own mistake comes first."""
        failed = [check for check in self.checks if not check.passed]
        return next((check for check in failed if check.fault is None), failed[0] if failed else None)

    def sentence(self) -> str:
        """The verdict in one line."""
        total = len(self.checks)
        right = sum(check.passed for check in self.checks)
        if self.passed:
            return tr("That is right.")
        if self.not_started:
            return self.unfinished or tr("Your program is still the one you were given.")
        if self.fault is Fault.LESSON:
            return tr("This step has a mistake of ours in it. You can go on.")
        if self.fault is Fault.PC:
            return tr("This PC could not run the check.")
        if total == 1:
            return tr("Not there yet. To mend:")
        return tr("{right} of {total} checks pass. First to mend:", right=right, total=total)
