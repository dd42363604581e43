"""TypeErrors of + - * / and of comparisons: the kinds on both sides do not go together."""

from __future__ import annotations

import ast
import re

from tutor.explain.crash import FUNCTION_KINDS, NUMBERS, SIGNS, Crash, in_words
from tutor.explain.finding import Finding, found
from tutor.explain.reading import called_name
from tutor.explain.rules.nothing import of_function, of_none

_COMPARISONS = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)


def _sides(c: Crash) -> tuple[ast.AST, ast.AST, str, bool] | None:
    """What stands on both sides of the sign that failed, the sign, and whether it compares."""
    for node in c.pick(ast.BinOp, ast.AugAssign, ast.Compare):
        if isinstance(node, ast.AugAssign):
            return node.target, node.value, SIGNS[type(node.op)], False
        if isinstance(node, ast.BinOp) and _fits(c, node):
            return node.left, node.right, SIGNS.get(type(node.op), "?"), False
        if isinstance(node, ast.Compare):
            for left, operator, right in zip(
                [node.left, *node.comparators], node.ops, node.comparators, strict=False
            ):
                if isinstance(operator, _COMPARISONS):
                    return left, right, SIGNS[type(operator)], True
    return None


def _fits(c: Crash, node: ast.BinOp) -> bool:
    return node is c.node or c.kind(node.left) != c.kind(node.right) or c.kind(node.left) is None


def operands(c: Crash) -> Finding | None:
    """Two kinds that do not go together."""
    if not c.is_a("TypeError") or "not callable" in c.message or c.inside_library:
        return None
    if (
        "operand" not in c.message
        and "concatenate" not in c.message
        and "not supported between" not in c.message
        and (
            "multiply" not in c.message
            and "not all arguments" not in c.message
            and "compare" not in c.message
        )
    ):
        return None
    sides = _sides(c)
    if sides is None:
        return None
    left, right, sign, compares = sides
    kinds = c.operands(left, right)
    for node, kind in zip((left, right), kinds, strict=True):
        if kind == "NoneType":
            return of_none(c, node)
    for node, kind in zip((left, right), kinds, strict=True):
        if kind in FUNCTION_KINDS:
            return of_function(c, node)
    if compares:
        return _compared(c, left, right, kinds, sign)
    return _summed(c, left, right, kinds, sign)


def _whole(c: Crash, left: ast.AST) -> tuple[int, int] | None:
    return c.span(c.node) or c.span(c.reading.parents.get(left))


def _text_side(
    c: Crash, left: ast.AST, right: ast.AST, kinds: tuple[str | None, str | None]
) -> Finding | None:
    """A text from input, or one that looks like a number, among numbers."""
    for node, kind in zip((left, right), kinds, strict=True):
        if kind != "str":
            continue
        if asked := c.input_line(node):
            line, name, code = asked
            return found("input-is-text", line, noticed=c.line, name=name, code=code)
    for node, kind in zip((left, right), kinds, strict=True):
        fact = c.fact(node)
        if (
            kind == "str"
            and fact
            and re.fullmatch(r"'\s*-?\d+(\.\d+)?\s*'", fact.text)
            and isinstance(node, ast.Name)
        ):
            origin = c.reading.origin(node.id, node)
            if origin is None or not isinstance(origin.value, ast.Constant):
                continue
            return found("text-holds-number", origin.lineno, noticed=c.line, name=node.id, value=fact.text.replace("'", '"'),
                         number=fact.text.strip("' "))  # fmt: skip
    return None


def _summed(
    c: Crash, left: ast.AST, right: ast.AST, kinds: tuple[str | None, str | None], sign: str
) -> Finding | None:
    first, second = kinds
    span = _whole(c, left)
    if "str" in kinds and (first in NUMBERS or second in NUMBERS):
        if finding := _text_side(c, left, right, kinds):
            return finding
        text, number = (left, right) if first == "str" else (right, left)
        if sign == "%" and first == "str":
            return found("percent-format", c.line, span=span)
        if sign == "+":
            return found(
                "text-plus-number", c.line, span=span, number=c.text(number), code=_with_comma(c, left, right)
            )
        return found("text-arithmetic", c.line, span=span, sign=sign, text=c.text(text))
    if kinds == ("str", "str"):
        if finding := _text_side(c, left, right, kinds):
            return finding
        if sign == "%":
            return found("percent-format", c.line, span=span)
        return found("text-arithmetic", c.line, span=span, sign=sign, text=c.text(left))
    if first == "str" and sign == "%":
        return found("percent-format", c.line, span=span)
    if "str" in kinds and sign == "+" and first != "list":
        other, node = (second, right) if first == "str" else (first, left)
        return found("text-plus-other", c.line, span=span, name=c.text(node), kind=in_words(other))
    if {first, second} & {"date", "datetime", "timedelta", "time"}:
        return _dates(c, left, right, kinds, sign)
    if first == "list" or second == "list":
        target, item = (left, right) if first == "list" else (right, left)
        if sign == "+" and first == "list":
            return found("list-plus-item", c.line, span=span, target=c.text(target), item=c.text(item),
                         code=f"{c.text(target)}.append({c.text(item)})" if isinstance(target, ast.Name) else "")  # fmt: skip
        return found("list-arithmetic", c.line, span=span, name=c.text(target), sign=sign)
    if first == second == "dict" or first == second == "set":
        return found("dict-plus", c.line, span=span, kind="dictionaries" if first == "dict" else "sets",
                     code=f"{c.text(left)} | {c.text(right)}")  # fmt: skip
    if sign == "^" and {first, second} <= set(NUMBERS):
        return found("caret-power", c.line, span=span, code=f"{c.text(left)} ** {c.text(right)}")
    return found("kinds-differ", c.line, span=span, sign=sign, left=in_words(first), right=in_words(second))


def _dates(
    c: Crash, left: ast.AST, right: ast.AST, kinds: tuple[str | None, str | None], sign: str
) -> Finding | None:
    span = _whole(c, left)
    if "str" in kinds:
        node = left if kinds[0] == "str" else right
        return found("date-as-text", c.line, span=span, name=c.text(node))
    if set(kinds) & set(NUMBERS):
        node = left if kinds[0] in NUMBERS else right
        return found("date-plus-number", c.line, span=span, number=c.text(node))
    if set(kinds) == {"date", "datetime"}:
        node = left if kinds[0] == "datetime" else right
        return found("date-and-datetime", c.line, span=span, name=c.text(node))
    return found(
        "kinds-differ", c.line, span=span, sign=sign, left=in_words(kinds[0]), right=in_words(kinds[1])
    )


def _with_comma(c: Crash, left: ast.AST, right: ast.AST) -> str:
    """The same print with a comma in place of the +."""
    node = c.reading.parents.get(left)
    call = c.reading.parents.get(node) if node is not None else None
    if called_name(call) != "print" or not isinstance(call, ast.Call) or len(call.args) != 1:
        return ""
    parts = []
    for side in (left, right):
        if isinstance(side, ast.Constant) and isinstance(side.value, str):
            text = side.value.rstrip() if side is left else side.value.lstrip()
            parts.append('"' + text.replace('"', '\\"') + '"')
        elif isinstance(side, ast.BinOp):
            return ""
        else:
            parts.append(c.reading.segment(side, 80))
    return f"print({', '.join(parts)})"


def _compared(
    c: Crash, left: ast.AST, right: ast.AST, kinds: tuple[str | None, str | None], sign: str
) -> Finding | None:
    span = _whole(c, left)
    if "str" in kinds and set(kinds) & set(NUMBERS):
        if finding := _text_side(c, left, right, kinds):
            return finding
        node, other = (left, right) if kinds[0] == "str" else (right, left)
        return found("compare-text-number", c.line, span=span, text=c.text(node), number=c.text(other))
    if set(kinds) == {"date", "datetime"}:
        node = left if kinds[0] == "datetime" else right
        return found("date-and-datetime", c.line, span=span, name=c.text(node))
    if "str" in kinds and set(kinds) & {"date", "datetime"}:
        return found("date-as-text", c.line, span=span, name=c.text(left if kinds[0] == "str" else right))
    if "list" in kinds and set(kinds) & set(NUMBERS):
        node = left if kinds[0] == "list" else right
        return found("compare-list", c.line, span=span, name=c.text(node), sign=sign)
    return found(
        "compare-kinds", c.line, span=span, left=in_words(kinds[0]), right=in_words(kinds[1]), sign=sign
    )


def membership(c: Crash) -> Finding | None:
    """5 in "555" and "5" in 555."""
    if not c.is_a("TypeError"):
        return None
    for node in c.pick(ast.Compare):
        assert isinstance(node, ast.Compare)
        for left, operator, right in zip(
            [node.left, *node.comparators], node.ops, node.comparators, strict=False
        ):
            if not isinstance(operator, ast.In | ast.NotIn):
                continue
            if c.kind(right) == "str" and c.kind(left) in (*NUMBERS, None):
                return found(
                    "in-text", c.line, span=c.span(node), item=c.text(left), code=f"str({c.text(left)})"
                )
            if c.kind(right) == "NoneType":
                return of_none(c, right)
            if c.kind(right) in FUNCTION_KINDS:
                return of_function(c, right)
            if c.kind(right) in NUMBERS or (c.node is node and re.search(r"'(int|float|bool)'", c.message)):
                return found("in-number", c.line, span=c.span(node), name=c.text(right))
    return None


def negated(c: Crash) -> Finding | None:
    """-x where x is a text."""
    if not c.is_a("TypeError") or "unary" not in c.message:
        return None
    for node in c.pick(ast.UnaryOp):
        assert isinstance(node, ast.UnaryOp)
        kind = c.kind(node.operand) or c.said_kind(-1)
        if kind == "NoneType":
            return of_none(c, node.operand)
        if asked := c.input_line(node.operand):
            return found("input-is-text", asked[0], noticed=c.line, name=asked[1], code=asked[2])
        return found("text-arithmetic", c.line, span=c.span(node), sign="-", text=c.text(node.operand))
    return None


RULES = (operands, membership, negated)
