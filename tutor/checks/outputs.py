"""Judging what a program prints (`output:`) and what it writes (`file:`)."""

from __future__ import annotations

import ast

from tutor.checks.case import Case, failed, passed
from tutor.checks.outcomes import fault_of, given_words, missing_assignment, run_trouble, setting_of
from tutor.checks.result import CheckResult
from tutor.checks.source import Source
from tutor.checks.text import standard_output
from tutor.checks.text_feedback import text_feedback
from tutor.checks.trial import Demand, Seen
from tutor.lessons.model import FileCheck, OutputCheck, RunningCheck, TextExpectation
from tutor.translation import tr

_LONGEST_DETAIL = 4000


def demands(check: OutputCheck | FileCheck) -> tuple[Demand, ...]:
    """One run, and the file where one is wanted."""
    collect = (check.path,) if isinstance(check, FileCheck) else ()
    return (Demand(setting_of(check), collect=collect),)


def judge(check: OutputCheck | FileCheck, seen: Seen, case: Case) -> CheckResult:
    """Judge one run's output, or the file that it wrote."""
    if trouble := unjudged(check, seen):
        return trouble
    assert seen.run is not None
    given = given_words(setting_of(check), check)
    if isinstance(check, OutputCheck):
        subject, what, empty = (
            tr("what the program prints"),
            tr("The program printed"),
            nothing_printed(case.source),
        )
        texts = {prompts: standard_output(seen.run, prompts) for prompts in (False, True)}
    else:
        subject, what, empty = (
            check.path,
            tr("{file} holds", file=check.path),
            tr("{file} is empty.", file=check.path),
        )
        if check.path not in seen.run.files:
            return failed(
                check,
                _no_file(check.path, seen.run.written),
                CheckResult("", False, subject=subject, given=given),
            )
        content = _decoded(seen.run.files[check.path])
        texts = {False: content, True: content}
    return judge_texts(
        check,
        check.expectations,
        texts,
        case,
        CheckResult("", False, subject=subject, given=given),
        what,
        empty,
    )


def judge_texts(
    check: RunningCheck,
    expectations: tuple[TextExpectation, ...],
    texts: dict[bool, str],
    case: Case,
    frame: CheckResult,
    what: str,
    empty: str = "",
) -> CheckResult:
    """Judge a text by all its expectations; the first that is missed is told.

    Args:
        texts: the text without (False) and with (True) the prompts of `input()`.
        frame: subject and given of the result.
        what, empty: as for `text_feedback`.
    """
    for expectation in expectations:
        got = texts[expectation.prompts]
        miss = case.miss(expectation, got)
        if miss is not None:
            sentence, sides = text_feedback(miss, what, empty)
            result = CheckResult(
                "",
                False,
                subject=frame.subject,
                given=frame.given,
                expected=sides.expected if sides else None,
                got=sides.got if sides else None,
                marks_expected=sides.marks_expected if sides else (),
                marks_got=sides.marks_got if sides else (),
                detail=got[:_LONGEST_DETAIL],
            )
            return failed(check, sentence, result)
    return passed(check, frame.subject, frame.given)


def unjudged(check: RunningCheck, seen: Seen) -> CheckResult | None:
    """The result where the program could not be run as asked, or did not end well; None where it can be judged."""
    if seen.run is None:
        value = dict(setting_of(check).replaced).get(seen.missing, "...")
        return failed(check, missing_assignment(seen.missing, value))
    if seen.run.ended_well:
        return None
    return run_failed(check, seen)


def run_failed(check: RunningCheck, seen: Seen) -> CheckResult:
    """The result where the whole run ended badly. The lesson's `say` is about something else: it stays out."""
    assert seen.run is not None
    trace = seen.run.error.traceback if seen.run.error else ""
    given = given_words(setting_of(check), check)
    return CheckResult(
        check.name,
        False,
        run_trouble(seen.run),
        given=given,
        detail=trace,
        hidden=check.hidden,
        fault=fault_of(seen.run),
    )


def nothing_printed(source: Source) -> str:
    """The sentence for a program that prints nothing, with the line that works something out and does not show it."""
    for statement in source.tree.body if source.tree else ():
        if isinstance(statement, ast.Expr) and isinstance(
            statement.value, (ast.Name, ast.BinOp, ast.Compare, ast.JoinedStr)
        ):
            if isinstance(statement.value, ast.Name) and _is_function(statement.value.id, source):
                name = statement.value.id
                return tr(
                    "The program printed nothing. Line {line} names {name} without calling it: {name}().",
                    line=statement.lineno,
                    name=name,
                )
            return tr(
                "The program printed nothing. Line {line} has a value, and print() would show it.",
                line=statement.lineno,
            )
    return tr("The program printed nothing.")


def _is_function(name: str, source: Source) -> bool:
    return source.tree is not None and any(
        isinstance(n, ast.FunctionDef) and n.name == name for n in source.tree.body
    )


def _no_file(path: str, written: tuple[str, ...]) -> str:
    others = [name for name in written if name != path]
    if others:
        return tr(
            "The program did not write {file}. It wrote {others}.", file=path, others=", ".join(others[:3])
        )
    return tr("The program did not write the file {file}.", file=path)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")
