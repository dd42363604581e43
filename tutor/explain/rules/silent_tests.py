"""Silent mistakes in conditions: tests that are always true, never true, or in the wrong order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, name_of
from tutor.runner.result import RunResult

_FLIP: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_QUESTIONS = frozenset(["isdigit", "isalpha", "isnumeric", "isupper", "islower", "isspace", "isalnum"])


def _tests(r: Reading) -> Iterator[ast.expr]:
    """The conditions of if, elif, while, and of comprehensions."""
    for node in r.nodes:
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs


def or_shorthand(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """if answer == "yes" or "y": the second part is compared with nothing."""
    for test in _tests(r):
        for node in ast.walk(test):
            if not isinstance(node, ast.BoolOp) or not isinstance(node.op, ast.Or):
                continue
            first = node.values[0]
            rest = [v for v in node.values[1:] if isinstance(v, ast.Constant) and v.value]
            if (
                rest
                and isinstance(first, ast.Compare)
                and len(first.ops) == 1
                and isinstance(first.ops[0], ast.Eq | ast.NotEq)
            ):
                options = ", ".join(r.segment(v) for v in [first.comparators[0], *rest])
                word = "in" if isinstance(first.ops[0], ast.Eq) else "not in"
                yield found("or-shorthand", node.lineno, span=r.span(node), value=r.segment(rest[0]),
                            code=f"{r.segment(first.left)} {word} ({options})")  # fmt: skip
            elif isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                last = node.values[-1]
                if isinstance(last, ast.Compare) and isinstance(last.ops[0], ast.In):
                    place = r.segment(last.comparators[0])
                    yield found("or-in", node.lineno, span=r.span(node), value=r.segment(first),
                                code=f"{r.segment(first)} in {place} or {r.segment(last)}")  # fmt: skip


def function_as_test(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """if is_adult: where is_adult is a function; if name.isdigit: without brackets."""
    for test in _tests(r):
        operands = test.values if isinstance(test, ast.BoolOp) else [test]
        for operand in operands:
            node = (
                operand.operand
                if isinstance(operand, ast.UnaryOp) and isinstance(operand.op, ast.Not)
                else operand
            )
            if (
                isinstance(node, ast.Name)
                and node.id in r.functions
                and len(r.stored.get(node.id, [])) == 1
                and (isinstance(r.parents.get(r.functions[node.id]), ast.Module))
            ):
                yield found("function-as-test", node.lineno, span=r.span(node), name=node.id)
            elif (
                isinstance(node, ast.Attribute)
                and node.attr in _QUESTIONS
                and isinstance(node.value, ast.Name)
            ):
                yield found("function-as-test", node.lineno, span=r.span(node), name=r.segment(node))


def _bound(node: ast.AST) -> tuple[str, type[ast.cmpop], float] | None:
    """name, sign, number of a plain comparison, with the name on the left."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return None
    left, right, sign = node.left, node.comparators[0], type(node.ops[0])
    if isinstance(left, ast.Constant) and isinstance(right, ast.Name) and sign in _FLIP:
        left, right, sign = right, left, _FLIP[sign]
    value = _value(right)
    if isinstance(left, ast.Name) and value is not None and sign in _FLIP:
        return left.id, sign, value
    return None


def _value(node: ast.AST) -> float | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _value(node.operand)
        return -value if value is not None else None
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)  # type: ignore[arg-type]
    return None


def _implies(first: tuple[str, type[ast.cmpop], float], second: tuple[str, type[ast.cmpop], float]) -> bool:
    """True where every number that meets the first test meets the second."""
    (name, sign, value), (other, second_sign, limit) = first, second
    if name != other:
        return False
    low, second_low = sign in (ast.Gt, ast.GtE), second_sign in (ast.Gt, ast.GtE)
    if low != second_low:
        return False
    if value == limit:
        return second_sign in (ast.GtE, ast.LtE) or sign in (ast.Gt, ast.Lt)
    return value > limit if low else value < limit


def bands(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """An elif that can never be reached, and a later if that always overwrites the answer of an earlier one."""
    for node in r.nodes:
        if isinstance(node, ast.If) and not _is_elif(r, node):
            yield from _chain(r, node)
    for node in r.nodes:
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield from _overwritten(r, block)


def _is_elif(r: Reading, node: ast.If) -> bool:
    around = r.parents.get(node)
    return isinstance(around, ast.If) and around.orelse == [node]


def _chain(r: Reading, node: ast.If) -> Iterator[Finding]:
    seen: list[tuple[ast.If, tuple[str, type[ast.cmpop], float] | None, str]] = []
    current = node
    while True:
        bound, text = _bound(current.test), ast.dump(current.test)
        for earlier, limit, words in seen:
            if words == text and not any(
                isinstance(n, ast.Call | ast.NamedExpr | ast.Await) for n in ast.walk(current.test)
            ):
                yield found("test-twice", current.lineno, span=r.span(current.test), first=earlier.lineno)
                break
            if bound and limit and _implies(bound, limit):
                yield found("band-never-reached", current.lineno, span=r.span(current.test), first=earlier.lineno,
                            test=r.segment(earlier.test))  # fmt: skip
                break
        seen.append((current, bound, text))
        if len(current.orelse) == 1 and isinstance(current.orelse[0], ast.If):
            current = current.orelse[0]
        else:
            return


def _overwritten(r: Reading, block: list[ast.stmt]) -> Iterator[Finding]:
    for first, second in zip(block, block[1:], strict=False):
        if not isinstance(first, ast.If) or not isinstance(second, ast.If) or first.orelse:
            continue
        bound, wider = _bound(first.test), _bound(second.test)
        one, other = _sets(first), _sets(second)
        if bound and wider and one and one == other and _implies(bound, wider):
            yield found("if-overwrites", second.lineno, span=r.span(second.test), name=one, first=first.lineno,
                        code=f"elif {r.segment(second.test)}:")  # fmt: skip


def _sets(node: ast.If) -> str | None:
    """The one name that an if gives a plain value, and does nothing else."""
    if (
        len(node.body) == 1
        and isinstance(node.body[0], ast.Assign)
        and isinstance(node.body[0].value, ast.Constant)
    ):
        return name_of(node.body[0].targets[0])
    return None


def always(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """x != 1 or x != 2 (always true), x > 5 or x < 10 (always true), x < 3 and x > 8 (never)."""
    for node in r.nodes:
        if not isinstance(node, ast.BoolOp):
            continue
        is_or = isinstance(node.op, ast.Or)
        for first, second in zip(node.values, node.values[1:], strict=False):
            if _differs(first, second, ast.NotEq if is_or else ast.Eq):
                rule = "or-not-equal" if is_or else "and-equal"
                yield found(rule, node.lineno, span=r.span(node), name=r.segment(first.left))  # type: ignore[attr-defined]
                break
            one, other = _bound(first), _bound(second)
            if not one or not other or one[0] != other[0]:
                continue
            low, high = (one, other) if one[1] in (ast.Gt, ast.GtE) else (other, one)
            if low[1] not in (ast.Gt, ast.GtE) or high[1] not in (ast.Lt, ast.LtE):
                continue
            if is_or and low[2] < high[2]:
                yield found("always-true", node.lineno, span=r.span(node), name=one[0])
            elif not is_or and low[2] > high[2]:
                yield found("never-true", node.lineno, span=r.span(node), name=one[0])


def _differs(first: ast.AST, second: ast.AST, sign: type[ast.cmpop]) -> bool:
    """Both compare the same name by this sign with two different plain values."""
    if not isinstance(first, ast.Compare) or not isinstance(second, ast.Compare):
        return False
    if (
        len(first.ops) != 1
        or len(second.ops) != 1
        or type(first.ops[0]) is not sign
        or type(second.ops[0]) is not sign
    ):
        return False
    one, other = first.comparators[0], second.comparators[0]
    same = isinstance(first.left, ast.Name) and ast.dump(first.left) == ast.dump(second.left)
    return (
        same
        and isinstance(one, ast.Constant)
        and isinstance(other, ast.Constant)
        and one.value != other.value
    )


def identity(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """age is 5: is asks for the same object."""
    for node in r.nodes:
        if not isinstance(node, ast.Compare):
            continue
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if (
                isinstance(operator, ast.Is | ast.IsNot)
                and isinstance(right, ast.Constant)
                and (type(right.value) in (int, float, str) and len(node.ops) == 1)
            ):
                sign = "==" if isinstance(operator, ast.Is) else "!="
                yield found("is-for-equals", node.lineno, span=r.span(node), wrote="is" if sign == "==" else "is not",
                            sign=sign, code=f"{r.segment(node.left)} {sign} {r.segment(right)}")  # fmt: skip


def never_equal(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """answer.lower() == "Yes"; type(x) == "int"; x == nan."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Compare)
            or len(node.ops) != 1
            or not isinstance(node.ops[0], ast.Eq | ast.NotEq)
        ):
            continue
        left, right = node.left, node.comparators[0]
        text = right.value if isinstance(right, ast.Constant) and isinstance(right.value, str) else None
        method = called_method(left)
        if text is not None and method in ("lower", "upper", "casefold"):
            wanted = text.upper() if method == "upper" else text.lower()
            if wanted != text:
                yield found("case-never-equal", node.lineno, span=r.span(node), method=method, text=r.segment(right),
                            code=r.line(node.lineno).replace(r.segment(right), r.segment(right).replace(text, wanted)))  # fmt: skip
        elif (
            text is not None
            and called_name(left) == "type"
            and text in ("int", "float", "str", "list", "dict", "bool", "string")
        ):
            yield found("kind-as-text", node.lineno, span=r.span(node), text=r.segment(right))
        elif _is_nan(left) or _is_nan(right):
            yield found("nan-compared", node.lineno, span=r.span(node))


def _is_nan(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "nan" and name_of(node.value) == "math"
    if called_name(node) != "float" or not isinstance(node, ast.Call) or not node.args:
        return False
    given = node.args[0]
    return isinstance(given, ast.Constant) and str(given.value).lower() == "nan"


def assert_brackets(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """assert (x == 5, "text") is always true."""
    for node in r.nodes:
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Tuple) and node.test.elts:
            yield found("assert-brackets", node.lineno, span=r.span(node.test))


def except_or(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """except ValueError or TypeError."""
    for node in r.nodes:
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.BoolOp):
            kinds = ", ".join(r.segment(v) for v in node.type.values)
            yield found("except-or", node.lineno, span=r.span(node.type), first=r.segment(node.type.values[0]),
                        code=f"except ({kinds}):")  # fmt: skip


RULES = (or_shorthand, function_as_test, bands, always, identity, never_equal, assert_brackets, except_or)
