"""Judging `uses:` and `avoids:`: a right program that breaks one passes with a note, unless it must not."""

from __future__ import annotations

from tutor.checks.case import Case, failed, passed
from tutor.checks.constructs import find, in_words
from tutor.checks.outcomes import fault_of, run_trouble
from tutor.checks.result import CheckResult
from tutor.checks.trial import Seen
from tutor.lessons.model import ConstructCheck
from tutor.translation import tr


def judge(check: ConstructCheck, seen: tuple[Seen, ...], case: Case) -> tuple[CheckResult, str]:
    """The result, and the note that goes with a pass ("" for none).

    Raises:
        LessonError: there is no such construct.
    """
    if case.tree is None:
        run = seen[0].run if seen else None
        trouble = run_trouble(run) if run else tr("The program is too long or too deep to be looked at.")
        return CheckResult(check.name, False, trouble, hidden=check.hidden, fault=fault_of(run)), ""
    broken = broken_rule(check, case)
    if not broken:
        return passed(check), ""
    if not check.must:
        return passed(check), _note(check, case)
    return failed(check, f"{broken} {check.why}".strip() if not check.say else broken), ""


def met(check: ConstructCheck, case: Case) -> bool:
    """Whether a program keeps to it, note or no note (for `when:`)."""
    return case.tree is not None and not broken_rule(check, case)


def broken_rule(check: ConstructCheck, case: Case) -> str:
    """The first construct that is missing or not wanted, as a sentence; "" where there is none."""
    assert case.tree is not None
    for construct in check.uses:
        if find(construct, case.tree) is None:
            return tr("Your program does not use {construct} yet.", construct=in_words(construct))
    for construct in check.avoids:
        if (line := find(construct, case.tree)) is not None:
            return tr(
                "Your program uses {construct} on line {line}: this step is done without it.",
                construct=in_words(construct),
                line=line,
            )
    return ""


def _note(check: ConstructCheck, case: Case) -> str:
    assert case.tree is not None
    if check.say:
        return check.say.strip()
    missing = [in_words(construct) for construct in check.uses if find(construct, case.tree) is None]
    if missing:
        return tr(
            "Right. This step practises {construct}: try it with {construct} too.", construct=missing[0]
        )
    unwanted = next(construct for construct in check.avoids if find(construct, case.tree) is not None)
    line = find(unwanted, case.tree)
    return tr(
        "Right. This step is meant to be done without {construct}, which is on line {line}: try it without too.",
        construct=in_words(unwanted),
        line=line,
    )
