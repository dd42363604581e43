"""Judging the comparisons that test code made: plain data here, objects of the learner's own classes as Python said there."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from tutor.checks import prelude
from tutor.checks.compare import FAIR, equal
from tutor.checks.described import plain, type_names
from tutor.checks.showing import shorten, show
from tutor.checks.source import parse
from tutor.checks.testcode import TestPlan
from tutor.checks.value_feedback import value_feedback
from tutor.lessons.model import Tolerance
from tutor.runner.result import Answer, Comparison, Outcome
from tutor.runner.values import Described, is_plain
from tutor.syntax import literal
from tutor.translation import tr

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_BUILTIN_TYPES = {
    kind.__name__: kind
    for kind in (
        bool,
        int,
        float,
        complex,
        str,
        bytes,
        list,
        tuple,
        set,
        frozenset,
        dict,
        range,
        bytearray,
        type(None),
    )
}


class Failure(Struct, frozen=True):
    """One assertion that does not hold, or one test that stopped.

    `line` is the line of the test code as it was written; `expected` and `got` are both values where there is such a pair.
    """

    message: str
    line: int = 0
    test: str = ""
    text: str = ""
    expected: str | None = None
    got: str | None = None


def failures(answer: Answer, plan: TestPlan) -> list[Failure]:
    """All that failed in one run of test code, in order; empty where every test held to its end."""
    found = [*_failed_comparisons(answer, plan)]
    if answer.outcome is not Outcome.FINISHED:
        found.append(_stopped(answer, plan))
    elif not found and (missing := _unheard(answer, plan)):
        found.append(missing)
    return found


def _failed_comparisons(answer: Answer, plan: TestPlan) -> Iterator[Failure]:
    parts_differ = False
    for made in answer.comparisons:
        if made.text == prelude.PART:
            parts_differ = parts_differ or (made.held and not holds(made))
            continue
        if made.text == prelude.RAISED:
            yield _raised(made, plan)
        elif made.text not in (prelude.BEGIN, prelude.END, prelude.SKIPPED):
            tolerance = Tolerance(close=plan.closes.get(made.line))
            if parts_differ or not holds(made, tolerance):
                yield _failed(made, plan, tolerance)
        parts_differ = False


def _unheard(answer: Answer, plan: TestPlan) -> Failure | None:
    """A test that did not report its end, or an assertion that must have been reached and was not: never a pass."""
    if len(answer.comparisons) > prelude.MOST_TOLD:
        return None  # the prepared code counted on its own from there, and found nothing
    ended = {made.test for made in answer.comparisons if made.text in (prelude.END, prelude.SKIPPED)}
    skipped = {made.test for made in answer.comparisons if made.text == prelude.SKIPPED}
    reached = {(made.test, made.line) for made in answer.comparisons}
    for test in plan.tests:
        if test not in ended:
            return Failure(tr("The test {test} did not come to its end.", test=test), test=test)
    for test, line in plan.lines:
        if (test, line) not in reached and test not in skipped:
            return Failure(tr("The test on line {line} was not carried out.", line=line), line, test)
    return None


# -------------------------------------------------------------------------------------------------------------- judging


def holds(made: Comparison, tolerance: Tolerance = FAIR) -> bool:
    """Whether a comparison holds: judged here where plain data is on one side at least, else as Python said there."""
    left, right = plain(made.left), plain(made.right)
    own_left, own_right = not is_plain(left), not is_plain(right)
    match made.operator:
        case "==":
            return made.held if own_left and own_right else _same(left, right, tolerance)
        case "!=":
            return made.held if own_left and own_right else not _python_same(left, right)
        case "<" | "<=" | ">" | ">=":
            return made.held if own_left and own_right else _in_order(made.operator, left, right)
        case "in" | "not in":
            return _contained(made, left, right) == (made.operator == "in")
        case "is" | "is not":
            return _identical(made, left, right) == (made.operator == "is")
        case "truth" | "not":
            true = made.held == (made.operator == "truth") if isinstance(left, Described) else bool(left)
            return true == (made.operator == "truth")
        case "isinstance":
            return _is_instance(made, left)
    return False


def _same(left: Any, right: Any, tolerance: Tolerance) -> bool:
    return equal(right, left, tolerance) or _python_same(left, right)


def _python_same(left: Any, right: Any) -> bool:
    try:
        return bool(left == right)
    except RecursionError:
        return False


def _in_order(name: str, left: Any, right: Any) -> bool:
    try:
        return bool(_ORDERS[name](left, right))
    except (TypeError, ValueError, ArithmeticError, RecursionError):
        return False


def _contained(made: Comparison, left: Any, right: Any) -> bool:
    said = made.held == (made.operator == "in")
    if isinstance(right, Described) or (not is_plain(left) and not is_plain(right)):
        return said
    if isinstance(right, (str, bytes, bytearray)):
        return isinstance(left, (str, bytes, bytearray, int)) and said and _in_text(left, right)
    return isinstance(right, (list, tuple, set, frozenset, dict, range)) and any(
        _same(left, item, FAIR) for item in right
    )


def _in_text(left: Any, right: Any) -> bool:
    try:
        return left in right
    except (TypeError, ValueError):
        return False


def _identical(made: Comparison, left: Any, right: Any) -> bool:
    """None, True and False are what they are; whether two other values are one object, only Python there can say."""
    singles = (None, True, False)
    if any(left is one for one in singles) or any(right is one for one in singles):
        return left is right
    return made.held == (made.operator == "is")


def _is_instance(made: Comparison, left: Any) -> bool:
    kinds = made.right if isinstance(made.right, tuple) else (made.right,)
    names = [kind.name for kind in kinds if isinstance(kind, Described)]
    if len(names) != len(kinds) or any(name not in _BUILTIN_TYPES for name in names):
        return made.held
    return isinstance(left, tuple(_BUILTIN_TYPES[name] for name in names))


# ------------------------------------------------------------------------------------------------------------- messages


def _failed(made: Comparison, plan: TestPlan, tolerance: Tolerance) -> Failure:
    own = plan.messages.get(made.line, "")
    sentence, expected, got = _words(made, tolerance)
    if own:
        sentence = f"{own.rstrip('.')}. {sentence}"
    return Failure(sentence, made.line, made.test, made.text, expected, got)


def _words(made: Comparison, tolerance: Tolerance) -> tuple[str, str | None, str | None]:
    left_text, right_text = _operands(made.text)
    left, right = made.left, made.right
    if made.operator == "==":
        if _is_literal(left_text) and not _is_literal(right_text):
            left_text, right_text, left, right = right_text, left_text, right, left
        sentence, sides = value_feedback(left_text or tr("Your value"), right, left, tolerance)
        return sentence, sides.expected, sides.got
    told = shorten(made.text, 80)
    if made.operator in ("truth", "not"):
        name = shorten(left_text or told, 80)
        if made.operator == "truth":
            words = tr("{name} gave {value}, which does not count as true.", name=name, value=show(left, 50))
        else:
            words = tr("{name} gave {value}, which does not count as false.", name=name, value=show(left, 50))
        return words, str(made.operator == "truth"), show(left)
    if made.operator == "isinstance":
        return (
            tr(
                "{told} does not hold: it is {left}, of the type {kind}.",
                told=told,
                left=show(left, 50),
                kind=type_names(left)[0],
            ),
            None,
            show(left),
        )
    between = f"{made.operator} {show(right)}"
    if _is_literal(left_text) and not _is_literal(right_text):
        return (
            tr(
                "{told} does not hold: {subject} gave {value}.",
                told=told,
                subject=right_text,
                value=show(right, 50),
            ),
            f"{show(left)} {made.operator}",
            show(right),
        )
    subject = left_text or tr("the value")
    return (
        tr("{told} does not hold: {subject} gave {value}.", told=told, subject=subject, value=show(left, 50)),
        between,
        show(left),
    )


def _operands(text: str) -> tuple[str, str]:
    """The two sides of an assertion as they were written; "" where they cannot be told."""
    tree = parse(text)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return "", ""
    node = tree.body[0].value
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return ast.unparse(node.left), ast.unparse(node.comparators[0])
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("assert")
    ):
        texts = [ast.unparse(part) for part in node.args[:2]]
        return (texts[0] if texts else "", texts[1] if len(texts) > 1 else "")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ast.unparse(node.operand), ""
    return (ast.unparse(node), "") if not isinstance(node, ast.Compare) else ("", "")


def _is_literal(text: str) -> bool:
    try:
        literal(text)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _raised(made: Comparison, plan: TestPlan) -> Failure:
    """A test that stopped with an exception."""
    line = plan.sources.get(made.line, made.line)
    told = (
        made.right if isinstance(made.right, list) and len(made.right) == 4 else [tr("an error"), "", 0, ""]
    )
    kind, words, own, file = told
    if kind == "AssertionError":
        return Failure(
            tr(
                "On line {line} of the tests: {words}.",
                line=line,
                words=shorten(str(words), 200) or tr("an assertion does not hold"),
            ),
            line,
            made.test,
        )
    said = shorten(f"{kind}: {words}" if words else str(kind), 120)
    if own:
        sentence = tr(
            "The test {test} stopped in line {line} of {file}: {said}.",
            test=made.test,
            line=own,
            file=file,
            said=said,
        )
    else:
        sentence = tr("The test {test} stopped: {said}.", test=made.test, said=said)
    return Failure(sentence, line, made.test)


def _stopped(answer: Answer, plan: TestPlan) -> Failure:
    """Test code that did not come to its end."""
    error = answer.error
    if answer.outcome is Outcome.ERROR and error is not None:
        inner = error.frames[-1] if error.frames else None
        said = shorten(" ".join(error.python.split()), 120).rstrip(".")
        if inner and not inner.file.endswith("<test>"):
            sentence = tr(
                "The tests stopped in line {line} of {file}: {said}.",
                line=inner.line,
                file=inner.file,
                said=said,
            )
        else:
            sentence = tr("The tests stopped: {said}.", said=said)
        frames = [frame.line for frame in error.frames if frame.file.endswith("<test>")]
        line = plan.sources.get(frames[-1], 0) if frames else 0
        return Failure(sentence, line)
    words = {
        Outcome.TIME_LIMIT: tr("The tests had not ended when their time was over."),
        Outcome.NOT_STARTED: tr("The tests were not tried."),
    }
    return Failure(words.get(answer.outcome, tr("The program ended in the middle of the tests.")))
