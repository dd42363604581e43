"""Silent mistakes with values: thrown away, never handed back, of another kind than meant."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tutor.explain.crash import NONE_METHODS, NUMBERS
from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, called_method, called_name, name_of, own_nodes, returns_value
from tutor.explain.rules.nothing import from_call
from tutor.runner.result import Outcome, RunResult

#: Methods of text that give back a new text; calling one and keeping nothing is without effect.
_TEXT_METHODS = frozenset(
    "upper lower strip lstrip rstrip replace title capitalize swapcase zfill center ljust rjust".split()
)
_PURE = frozenset(
    "sorted round len str int float abs sum max min reversed list tuple set range isinstance bool".split()
)
_NUMBER_WORDS = re.compile(
    r"numb|age\b|weight|height|dose|how many|count|score|rate|pulse|temp|total|amount|price|\bkg\b|\bmg\b|\bml\b|num\d|bmi|hours|days",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"nhs|phone|mobile|hospital_?n|\bmrn\b|postcode|gmc", re.IGNORECASE)


def _statements(r: Reading) -> Iterator[ast.Expr]:
    return (n for n in r.nodes if isinstance(n, ast.Expr))


def thrown_away(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A comparison, a sum, a name or the result of a pure call as a line of its own."""
    last = r.tree.body[-1] if r.tree and r.tree.body else None
    for node in _statements(r):
        value, span, line = node.value, r.span(node), node.lineno
        if isinstance(value, ast.Compare) and _inside_try(r, node) is None:
            left = value.left
            if isinstance(value.ops[0], ast.Eq) and isinstance(
                left, ast.Name | ast.Attribute | ast.Subscript
            ):
                yield found("comparison-thrown-away", line, span=span,
                            code=f"{r.segment(left)} = {r.segment(value.comparators[0])}")  # fmt: skip
        elif isinstance(value, ast.BinOp) and _inside_try(r, node) is None and _plain_sum(value):
            if node is not last or not isinstance(value.op, ast.BitOr):
                yield found("sum-thrown-away", line, span=span, sum=r.segment(value))
        elif isinstance(value, ast.Name) and _inside_try(r, node) is None:
            if value.id in r.functions and value.id in r.stored and _plain_function(r, value.id):
                yield found("function-not-run", line, span=span, name=value.id, code=f"{value.id}()")
            elif value.id in ("exit", "quit", "print", "input") and value.id not in r.stored:
                yield found("function-not-run", line, span=span, name=value.id, code=f"{value.id}()")
        elif isinstance(value, ast.Attribute) and _inside_try(r, node) is None:
            if value.attr in _TEXT_METHODS | NONE_METHODS - {"add", "update"} and isinstance(
                value.value, ast.Name
            ):
                yield found(
                    "method-not-run", line, span=span, name=r.segment(value), code=f"{r.segment(value)}()"
                )


def _plain_function(r: Reading, name: str) -> bool:
    return any(called_name(n) == name for n in r.nodes) is False or len(r.stored[name]) == 1


def _plain_sum(node: ast.BinOp) -> bool:
    """A sum of names and numbers, not of objects whose signs may do something (a pipeline, an operator of a library)."""
    if not isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow):
        return False
    parts = (node.left, node.right)
    constant = any(isinstance(part, ast.Constant) and isinstance(part.value, int | float) for part in parts)
    return constant and all(isinstance(part, ast.Constant | ast.Name) for part in parts)


def _inside_try(r: Reading, node: ast.AST) -> ast.AST | None:
    """The try or with around a node: there, a line is often meant to raise."""
    around = r.parents.get(node)
    while around is not None:
        if isinstance(around, ast.Try | ast.With | ast.AsyncWith):
            return around
        around = r.parents.get(around)
    return None


def not_kept(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """name.upper() alone; sorted(beds) alone; a pure function's answer thrown away."""
    for node in _statements(r):
        call = node.value
        if not isinstance(call, ast.Call) or _inside_try(r, node) is not None:
            continue
        method, name = called_method(call), called_name(call)
        if (
            method in _TEXT_METHODS
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
        ):
            target = call.func.value.id
            arguments = len(call.args)
            if _is_text(r, target, node) and arguments == (2 if method == "replace" else arguments):
                yield found("text-not-kept", node.lineno, span=r.span(call), target=target, method=method,
                            code=f"{target} = {r.segment(call, 80)}")  # fmt: skip
        elif name in ("sorted", "round", "reversed") and name not in r.stored and call.args:
            target = r.segment(call.args[0])
            code = f"{target} = {r.segment(call, 80)}" if isinstance(call.args[0], ast.Name) else ""
            yield found("result-not-kept", node.lineno, span=r.span(call), function=name, code=code)
        elif (
            name in ("int", "float", "str")
            and name not in r.stored
            and len(call.args) == 1
            and (isinstance(call.args[0], ast.Name) or called_name(call.args[0]) == "input")
        ):
            target = r.segment(call.args[0])
            code = f"{target} = {r.segment(call)}" if isinstance(call.args[0], ast.Name) else ""
            yield found("result-not-kept", node.lineno, span=r.span(call), function=name, code=code)
        elif name in r.functions and _pure(r, r.functions[name]) and call.args:
            yield found(
                "answer-not-kept",
                node.lineno,
                span=r.span(call),
                function=name,
                code=f"print({r.segment(call, 60)})",
            )


def _is_text(r: Reading, name: str, node: ast.AST) -> bool:
    origin = r.origin(name, node)
    value = origin.value if origin else None
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str)
    return (
        isinstance(value, ast.JoinedStr)
        or called_name(value) in ("input", "str")
        or called_method(value) in _TEXT_METHODS
    )


def _pure(r: Reading, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function that only works out a value from numbers and texts, and hands it back."""
    if not isinstance(function, ast.FunctionDef) or function.decorator_list or not returns_value(function):
        return False
    for node in own_nodes(function):
        if isinstance(
            node,
            ast.Global | ast.Nonlocal | ast.Yield | ast.YieldFrom | ast.Raise | ast.Attribute | ast.Assert,
        ):
            return False
        if isinstance(node, ast.Subscript):
            return False
        if isinstance(node, ast.Call) and called_name(node) not in _PURE:
            return False
        if isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.Try | ast.With | ast.Import | ast.ImportFrom
        ):
            return False
        if isinstance(node, ast.AugAssign) and not isinstance(node.target, ast.Name):
            return False
    # int( ) and float( ) may be called for their ValueError alone.
    return not any(called_name(n) in ("int", "float") for n in own_nodes(function))


def none_kept(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """beds = beds.append("B"); dose = print(5)."""
    for node in r.nodes:
        if (
            not isinstance(node, ast.Assign)
            or len(node.targets) != 1
            or not isinstance(node.targets[0], ast.Name)
        ):
            continue
        target, value = node.targets[0].id, node.value
        method = called_method(value)
        if method in ("append", "sort", "reverse", "extend", "insert") and isinstance(value, ast.Call):
            assert isinstance(value.func, ast.Attribute)
            owner = name_of(value.func.value)
            if (
                owner
                and _is_list(r, owner, node)
                and (finding := from_call(r, value, node.lineno, target, node.lineno))
            ):
                yield finding
        elif called_name(value) == "print" and "print" not in r.stored and isinstance(value, ast.Call):
            yield found("print-kept", node.lineno, span=r.span(value), name=target)


def _is_list(r: Reading, name: str, node: ast.AST) -> bool:
    origin = r.origin(name, node)
    return origin is not None and (isinstance(origin.value, ast.List | ast.ListComp) or called_name(origin.value) in ("list", "sorted")
                                   or called_method(origin.value) == "split")  # fmt: skip


def none_shown(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print(bmi(70, 1.75)) where bmi prints, or forgets to return."""
    if result is None or not re.search(r"\bNone\b", result.stdout):
        return
    for node in r.nodes:
        if called_name(node) != "print" or not isinstance(node, ast.Call):
            continue
        for argument in [*node.args, *_placed(node)]:
            value, line = argument, node.lineno
            if isinstance(argument, ast.Name):
                origin = r.origin(argument.id, node)
                if origin is None or origin.value is None:
                    continue
                value, line = origin.value, origin.lineno
            function = r.functions.get(called_name(value) or "")
            if function is not None and _returns_none(function):
                if finding := from_call(r, value, line, r.segment(argument), node.lineno):
                    yield finding
            elif (
                isinstance(value, ast.Call)
                and called_method(value) in ("append", "sort", "reverse")
                and value is argument
            ):
                assert isinstance(value.func, ast.Attribute)
                if finding := from_call(r, value, line, r.segment(value.func.value), node.lineno):
                    yield finding
            elif called_name(argument) == "print":
                yield found("print-in-print", node.lineno, span=r.span(argument))


def _placed(node: ast.Call) -> list[ast.expr]:
    """The values in the f-texts of a call."""
    return [part.value for text in node.args if isinstance(text, ast.JoinedStr) for part in text.values
            if isinstance(part, ast.FormattedValue)]  # fmt: skip


def _returns_none(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if returns_value(function):
        return False
    body = [n for n in function.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    return bool(body) and not all(isinstance(n, ast.Pass) for n in body)


def function_shown(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print(total) showed <function total at 0x...>."""
    if result is None or not re.search(
        r"<(function|built-in method|bound method|built-in function)\b", result.stdout
    ):
        return
    for node in r.nodes:
        if called_name(node) != "print" or not isinstance(node, ast.Call):
            continue
        for argument in [*node.args, *_placed(node)]:
            value, line = argument, node.lineno
            if (
                isinstance(argument, ast.Name)
                and argument.id not in r.functions
                and (origin := r.origin(argument.id, node))
            ):
                value, line = origin.value or argument, origin.lineno
            name = r.segment(value)
            is_function = (isinstance(value, ast.Name) and (value.id in r.functions or value.id in _PURE | {"input", "print"})
                           and f"{value.id} at 0x" in result.stdout or f"built-in function {name}>" in result.stdout)  # fmt: skip
            is_method = isinstance(value, ast.Attribute) and re.search(
                rf"method {value.attr} of|bound method \w+\.{value.attr} of", result.stdout
            )
            if is_function or is_method:
                yield found("function-not-called", line, noticed=node.lineno, span=r.span(value), name=name)


def no_f(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print("BMI {bmi}") printed the curly brackets."""
    for node in r.nodes:
        if called_name(node) not in ("print", "input") or not isinstance(node, ast.Call):
            continue
        for text in node.args:
            if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                continue
            names = re.findall(
                r"(?<!\{)\{([A-Za-z_]\w*)(?:\[[^\]{}]*\]|\(\))?(?::[^{}]*)?\}(?!\})", text.value
            )
            known = [name for name in names if name in r.stored]
            segment = r.segment(text, 400)
            if (
                known
                and not segment.lower().startswith(("f", "rf"))
                and (result is None or "{" + known[0] in result.stdout)
            ):
                span = r.span(text)
                code = f"{r.line(text.lineno)[: span[0]]}f{r.line(text.lineno)[span[0] :]}" if span else ""
                yield found("f-missing", text.lineno, span=span, name=known[0], code=code)


def placed_by_comma(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """print("Dose: %d", dose) and print("Dose: {}", dose)."""
    for node in r.nodes:
        if called_name(node) != "print" or not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        first = node.args[0]
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            continue
        if re.search(r"%(\.\d+)?[dsfi]\b", first.value):
            yield found("percent-comma", node.lineno, span=r.span(node))
        elif re.search(r"\{\d?\}", first.value):
            yield found("format-comma", node.lineno, span=r.span(node))


def input_text(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """Answers of input used as numbers without int or float, where Python does not complain."""
    for node in r.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if (asked := _asked(r, side, node)) and (
                    _number(r, other, node) or _asked(r, other, node) is not None
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


def input_not_called(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """age = input, and shout = name.upper without brackets."""
    for node in r.nodes:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        value = node.value
        if isinstance(value, ast.Name) and value.id == "input" and "input" not in r.stored:
            target = node.targets[0].id
            called = any(called_name(n) == target for n in r.nodes)
            if not called and target not in ("raw_input", "_input", "input_"):
                yield found(
                    "input-not-run", node.lineno, span=r.span(value), name=target, code=f"{target} = input()"
                )


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
            and (not segment.startswith("("))
        ):
            yield found("comma-at-end", node.lineno, span=r.span(node.value), name=node.targets[0].id,
                        code=f"{node.targets[0].id} = {segment[:-1]}")  # fmt: skip


def joined_texts(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A comma is missing at the end of a line of a list, so that two texts became one."""
    for node in r.nodes:
        if not isinstance(node, ast.List | ast.Tuple | ast.Set) or len(node.elts) < 2:
            continue
        texts = [e for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        if len(texts) != len(node.elts):
            continue
        long_ones = [e for e in texts if e.end_lineno != e.lineno]
        short = [e for e in texts if e.end_lineno == e.lineno]
        if len(long_ones) != 1 or len({e.lineno for e in short}) < len(short) or not short:
            continue
        text = long_ones[0]
        parts = [t for t in r.tokens if t.kind == "text" and text.lineno <= t.line <= (text.end_lineno or 0)]
        if (
            len(parts) == 2
            and parts[0].column == parts[1].column
            and all(
                len(p.text) <= 32 and p.text[-2:-1] not in (" ", "n", ".", ",") and p.line == p.end_line
                for p in parts
            )
        ):
            yield found("texts-joined", parts[0].line, span=(parts[0].column, parts[0].end_column), first=parts[0].text,
                        second=parts[1].text)  # fmt: skip


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


def main_never_called(r: Reading, result: RunResult | None) -> Iterator[Finding]:
    """A result that did not come because main was never called."""
    if result is None or result.outcome is not Outcome.FINISHED or result.stdout or not r.tree:
        return
    body = [n for n in r.tree.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    plain = all(
        isinstance(n, ast.FunctionDef | ast.Import | ast.ImportFrom) or (isinstance(n, ast.Assign))
        for n in body
    )
    used = any(isinstance(n, ast.Name) and n.id == "main" for n in r.nodes)
    function = r.functions.get("main")
    if plain and function is not None and not used and not function.args.args:
        yield found("main-not-called", function.lineno, name="main", code="main()")


RULES = (
    none_kept, none_shown, function_shown, no_f, placed_by_comma, thrown_away, not_kept, input_text, identifier,
    input_not_called, number_with_comma, joined_texts, exact_decimals, rounding, age_in_days, caret, main_never_called,
)  # fmt: skip
