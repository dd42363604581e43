"""Silent mistakes with numbers: answers of input, commas, rounding, identifiers, ages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tutor.explain.crash import NUMBERS
from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_name, name_of
from tutor.runner.result import RunResult

_NUMBER_WORDS = re.compile(
    r"numb|age\b|weight|height|dose|how many|count|score|rate|pulse|temp|total|amount|price|\bkg\b|\bmg\b|\bml\b|num\d|bmi|hours|days",
    re.IGNORECASE,
)


#: What is asked for as text.
_TEXT_WORDS = re.compile(
    r"name|letter|word|text|sign|char|symbol|message|line|phrase|pattern|string", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"nhs|phone|mobile|hospital_?n|\bmrn\b|postcode|gmc", re.IGNORECASE)


def input_text(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """Answers of input used as numbers without int or float, where Python does not complain."""
    for node in r.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for side, other in ((node.left, node.right), (node.right, node.left)):
                asked = _asked(r, side, node)
                if (
                    asked
                    and not _is_repeated(r, asked)
                    and (_number(r, other, node) or _asked(r, other, node))
                ):
                    yield _convert(r, "input-repeated", asked, node.lineno, r.segment(node))
                    break
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = _asked(r, node.left, node), _asked(r, node.right, node)
            if left and right and left[2] and right[2]:
                yield _convert(r, "input-joined", left, node.lineno, r.segment(node))
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            left, right = _asked(r, node.left, node), _asked(r, node.comparators[0], node)
            number = isinstance(node.comparators[0], ast.Constant) and type(node.comparators[0].value) in (
                int,
                float,
            )
            if left and number and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                yield _convert(r, "input-never-equal", left, node.lineno, r.segment(node.comparators[0]))
            elif (
                left
                and right
                and left[2]
                and right[2]
                and isinstance(node.ops[0], ast.Lt | ast.Gt | ast.LtE | ast.GtE)
            ):
                yield _convert(r, "input-compared-as-text", left, node.lineno, r.segment(node))


def _asked(
    r: Reading, node: ast.AST, at: ast.AST
) -> tuple[ast.Assign | ast.AnnAssign, ast.Call, bool] | None:
    """The line where a name got its value from a bare input, the call, and whether it asked for a number."""
    name = name_of(node)
    if not name or "input" in r.stored or len(r.stored.get(name, [])) != 1:
        return None
    origin = r.origin(name, at)
    if origin is None or called_name(origin.value) != "input":
        return None
    assert isinstance(origin.value, ast.Call)
    prompt = origin.value.args[0] if origin.value.args else None
    asked = prompt.value if isinstance(prompt, ast.Constant) and isinstance(prompt.value, str) else ""
    return origin, origin.value, bool(_NUMBER_WORDS.search(f"{asked} {name}"))


def _is_repeated(r: Reading, asked: tuple[ast.Assign | ast.AnnAssign, ast.Call, bool]) -> bool:
    """True where a text was asked for, which may well be meant to be repeated with *."""
    return not asked[2] and bool(_TEXT_WORDS.search(r.segment(asked[0], 200)))


def _number(r: Reading, node: ast.AST, at: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.Name) and (origin := r.origin(node.id, at)):
        return called_name(origin.value) in ("int", "float") or (
            isinstance(origin.value, ast.Constant) and type(origin.value.value).__name__ in NUMBERS
        )
    return False


def _convert(
    r: Reading, rule: str, asked: tuple[ast.Assign | ast.AnnAssign, ast.Call, bool], line: int, what: str
) -> Finding:
    origin, call, _ = asked
    span = r.span(call)
    text = r.line(origin.lineno)
    code = f"{text[: span[0]]}float({text[span[0] : span[1]]}){text[span[1] :]}" if span else ""
    targets = origin.targets if isinstance(origin, ast.Assign) else [origin.target]
    return found(rule, origin.lineno, noticed=line, name=name_of(targets[0]) or "it", what=what, code=code)


def identifier(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """int of an NHS or telephone number."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or called_name(node.value) != "int"
            or not isinstance(node.value, ast.Call)
        ):
            continue
        name = name_of(node.targets[0]) or ""
        given = node.value.args[0] if node.value.args else None
        leading = (
            isinstance(given, ast.Constant)
            and isinstance(given.value, str)
            and re.fullmatch(r"0\d{4,}", given.value)
        )
        if leading or (
            _IDENTIFIER.search(name) and (called_name(given) == "input" or isinstance(given, ast.Constant))
        ):
            yield found("identifier-as-number", node.lineno, span=r.span(node.value), name=name or "it",
                        code=f"{name} = {r.segment(given)}" if given is not None and name else "")  # fmt: skip


def number_with_comma(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """dose = 1,5 and print(1,000): a comma makes two values."""
    for token, comma, after in zip(r.tokens, r.tokens[1:], r.tokens[2:], strict=False):
        if (
            token.kind == after.kind == "number"
            and comma.text == ","
            and token.end_column == comma.column
            and (comma.end_column == after.column and token.line == after.line)
        ):
            shown = f"{token.text},{after.text}"
            if re.fullmatch(r"\d{1,3}", token.text) and re.fullmatch(r"0\d\d", after.text):
                yield found("comma-in-thousands", token.line, span=(token.column, after.end_column), wrote=shown,
                            plain=token.text + after.text)  # fmt: skip
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or not isinstance(node.value, ast.Tuple)
            or not isinstance(node.targets[0], ast.Name)
        ):
            continue
        segment = r.segment(node.value)
        if re.fullmatch(r"\d{1,3},\d{3}", segment):
            yield found(
                "comma-in-thousands",
                node.lineno,
                span=r.span(node.value),
                wrote=segment,
                plain=segment.replace(",", ""),
            )
        elif re.fullmatch(r"\d+,\d{1,2}", segment):
            yield found("comma-for-point", node.lineno, span=r.span(node.value), wrote=segment,
                        code=f"{node.targets[0].id} = {segment.replace(',', '.')}")  # fmt: skip
        elif (
            len(node.value.elts) == 1
            and isinstance(node.value.elts[0], ast.Constant)
            and segment.endswith(",")
            and not segment.startswith("(")
            and not node.targets[0].id.startswith("__")
        ):
            yield found("comma-at-end", node.lineno, span=r.span(node.value), name=node.targets[0].id,
                        code=f"{node.targets[0].id} = {segment[:-1]}")  # fmt: skip


def exact_decimals(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """0.1 + 0.2 == 0.3."""
    for node in r.nodes:
        if (
            isinstance(node, ast.Compare)
            and len(node.ops) == 1
            and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        ):
            sides = (node.left, node.comparators[0])
            sums = [s for s in sides if isinstance(s, ast.BinOp) and isinstance(s.op, ast.Add | ast.Sub | ast.Mult)
                    and any(_fraction(n) for n in ast.walk(s))]  # fmt: skip
            if (
                sums
                and all(isinstance(s, ast.BinOp) or _fraction(s) for s in sides)
                and all(
                    isinstance(n, ast.Constant | ast.BinOp | ast.operator | ast.Name | ast.expr_context)
                    for s in sides
                    for n in ast.walk(s)
                )
            ):
                yield found("decimals-compared", node.lineno, span=r.span(node),
                            code=f"math.isclose({r.segment(sides[0])}, {r.segment(sides[1])})")  # fmt: skip


def _fraction(node: ast.AST) -> bool:
    """A decimal number that a computer stores only approximately."""
    if not isinstance(node, ast.Constant) or type(node.value) is not float:
        return False
    return (node.value * 1024) != int(node.value * 1024) if abs(node.value) < 1e9 else False


def rounding(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """round(2.5), int(27.9), and a rounded value that is calculated with again."""
    for node in r.nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name, first = called_name(node), node.args[0]
        value = first.value if isinstance(first, ast.Constant) else None
        if name == "round" and len(node.args) == 1 and isinstance(value, float) and value % 2 == 0.5:
            yield found(
                "round-half", node.lineno, span=r.span(node), value=r.segment(first), got=round(value)
            )
        if name == "int" and isinstance(value, float) and value % 1 >= 0.5:
            yield found(
                "int-cuts",
                node.lineno,
                span=r.span(node),
                value=r.segment(first),
                got=int(value),
                near=round(value),
            )
    for node in r.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.Name):
            origin = r.origin(node.left.id, node)
            value_of = origin.value if origin else None
            far = (
                isinstance(node.right, ast.Constant)
                and isinstance(node.right.value, int | float)
                and node.right.value >= 10
            )
            if (
                origin
                and called_name(value_of) == "round"
                and isinstance(value_of, ast.Call)
                and len(value_of.args) == 2
                and far
            ):
                assert node.left is not None
                yield found(
                    "rounded-early",
                    origin.lineno,
                    noticed=node.lineno,
                    span=r.span(value_of),
                    name=node.left.id,
                )


def age_in_days(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """(today - born).days // 365."""
    for node in r.nodes:
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.FloorDiv | ast.Div)
            and isinstance(node.right, ast.Constant)
        ):
            left = node.left
            days = isinstance(left, ast.Attribute) and left.attr == "days"
            if isinstance(left, ast.Name) and (origin := r.origin(left.id, node)):
                days = isinstance(origin.value, ast.Attribute) and origin.value.attr == "days"
            whole = isinstance(node.op, ast.FloorDiv) or called_name(r.parents.get(node)) == "int"
            if days and whole and node.right.value == 365:
                yield found("days-365", node.lineno, span=r.span(node))


def caret(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """height ^ 2 on whole numbers."""
    powers = [n for n in r.nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.BitXor)]
    bits = any(isinstance(n, ast.BitAnd | ast.BitOr | ast.LShift | ast.RShift | ast.Invert) for n in r.nodes)
    for node in powers:
        if (
            not bits
            and isinstance(node.right, ast.Constant)
            and node.right.value in (2, 3)
            and isinstance(node.left, ast.Name)
        ):
            yield found(
                "caret-power",
                node.lineno,
                span=r.span(node),
                code=f"{r.segment(node.left)} ** {r.segment(node.right)}",
            )


RULES = (
    input_text,
    identifier,
    number_with_comma,
    exact_decimals,
    rounding,
    age_in_days,
    caret,
)
