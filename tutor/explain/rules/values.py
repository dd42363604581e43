"""The right kind, but a value that does not fit: conversions, dates, empty lists, division by zero."""

from __future__ import annotations

import ast
import re

from tutor.explain.crash import Crash, in_words
from tutor.explain.finding import Finding, found
from tutor.explain.reading import called_method, called_name


def _quoted(text: str) -> str:
    return text.replace("'", '"')


def conversion(c: Crash) -> Finding | None:
    """int or float of a text that is no number."""
    if not c.is_a("ValueError") or c.inside_library:
        return None
    for node in c.pick(ast.Call):
        assert isinstance(node, ast.Call)
        function = called_name(node)
        if function not in ("int", "float") or not node.args or function in c.reading.stored:
            continue
        match = re.search(r":\s+(['\"])(.*)\1$", c.message, re.DOTALL)
        if match is None:
            if "NaN" in c.message:
                return found("convert-nan", c.line, span=c.span(node), name=c.text(node.args[0]))
            if "digits" in c.message:
                return found("number-too-long", c.line, span=c.span(node))
            continue
        return _convert(c, node, function, match[2])
    return None


def _convert(c: Crash, node: ast.Call, function: str, value: str) -> Finding:
    span, shown = c.span(node), f'"{value}"'
    text = value.strip()
    name = c.text(node.args[0])
    if not text:
        return found("convert-blank", c.line, span=span, name=name)
    if function == "int" and re.fullmatch(r"[-+]?\d*\.\d*", text):
        return found("int-of-decimal", c.line, span=span, value=value, code=f"float({name})")
    if re.fullmatch(r"[-+]?\d+,\d{1,2}", text):
        return found(
            "convert-comma", c.line, span=span, value=shown, code=f'{function}({name}.replace(",", "."))'
        )
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return found(
            "convert-thousands", c.line, span=span, value=shown, code=f'{function}({name}.replace(",", ""))'
        )
    if match := re.fullmatch(r"([-+]?\d+(?:\.\d+)?)\s*([^\W\d][\w/%]*|%)", text):
        return found("convert-unit", c.line, span=span, value=shown, number=match[1], unit=match[2])
    if re.fullmatch(r"\d+\s*[/-]\s*\d+(\s*[/-]\s*\d+)?", text):
        return found("convert-two", c.line, span=span, value=shown, function=function)
    if re.search(r"\d\s+\d", text):
        return found("convert-several", c.line, span=span, value=shown, function=function)
    if text.lower() in ("n/a", "na", "none", "null", "nan", "-", "missing", "unknown", "nil"):
        return found("convert-blank", c.line, span=span, name=name)
    return found("convert-words", c.line, span=span, value=shown, function=function)


def number_format(c: Crash) -> Finding | None:
    """f"{name:.1f}" where name is a text, None or a list."""
    wrong = c.is_a("ValueError") and re.search(
        r"Unknown format code|format specifier|Sign not allowed|precision", c.message, re.I
    )
    kinds = c.is_a("TypeError") and "__format__" in c.message
    if not wrong and not kinds:
        return None
    for node in c.here:
        if not isinstance(node, ast.FormattedValue) or node.format_spec is None:
            continue
        kind = c.kind(node.value)
        match = re.search(r"type '(\w+)'|to (\w+)\.__format__", c.message)
        kind = (match[1] or match[2]) if match else kind
        name = c.text(node.value)
        if kind == "NoneType":
            from tutor.explain.rules.nothing import of_none  # noqa: PLC0415 - one case

            return of_none(c, node.value)
        if kind == "str":
            if asked := c.input_line(node.value):
                return found("input-is-text", asked[0], noticed=c.line, name=asked[1], code=asked[2])
            return found("format-text", c.line, name=name)
        if kind in ("int", "float"):
            return found("format-code", c.line, name=name)
        return found("format-kind", c.line, name=name, kind=in_words(kind))
    for node in c.here:
        if called_name(node) == "format" or called_method(node) == "format":
            return found("format-code", c.line, name="the value")
    return None


def dates(c: Crash) -> Finding | None:
    """Dates that do not exist or are written another way."""
    if not c.is_a("ValueError"):
        return None
    for node in c.pick(ast.Call):
        assert isinstance(node, ast.Call)
        name = called_name(node) or called_method(node)
        if name == "strptime":
            match = re.search(r"time data ['\"](.*?)['\"] does not match format ['\"](.*?)['\"]", c.message)
            if match:
                return found("date-format", c.line, span=c.span(node), value=match[1], format=match[2])
            return found("date-format-code", c.line, span=c.span(node))
        if name == "fromisoformat":
            return found("date-iso", c.line, span=c.span(node))
        if name in ("date", "datetime", "replace") and re.search(
            r"\b(day|month|year|hour|minute|second)\b", c.message
        ):
            part = re.search(r"\b(day|month|year|hour|minute|second)\b", c.message)
            assert part is not None
            if part[1] == "month" and node.args[1:2] and (len(node.args) > 2):
                return found("date-no-month", c.line, span=c.span(node), month=c.text(node.args[1]))
            return found("date-not-there", c.line, span=c.span(node), part=part[1])
    return None


def empty(c: Crash) -> Finding | None:
    """max, min, mean of nothing."""
    if not c.is_a("ValueError", "StatisticsError"):
        return None
    for node in c.pick(ast.Call):
        assert isinstance(node, ast.Call)
        name = called_name(node) or called_method(node)
        if name in ("max", "min") and "empty" in c.message and node.args:
            return found("of-nothing", c.line, span=c.span(node), function=name, name=c.text(node.args[0]))
        if c.is_a("StatisticsError") and node.args:
            fact = c.fact(node.args[0])
            if fact and fact.length == 1:
                return found(
                    "spread-of-one", c.line, span=c.span(node), function=name, name=c.text(node.args[0])
                )
            return found("of-nothing", c.line, span=c.span(node), function=name, name=c.text(node.args[0]))
    return None


def other_values(c: Crash) -> Finding | None:
    """The root of a negative number, a step of 0, an empty separator, a closed file, a random range upside down."""
    if not c.is_a("ValueError"):
        return None
    for node in c.pick(ast.Call):
        assert isinstance(node, ast.Call)
        name, span = called_name(node) or called_method(node), c.span(node)
        if name in ("sqrt", "log", "log10", "log2") and node.args:
            what = "a square root" if name == "sqrt" else "a logarithm"
            limit = "0 or more" if name == "sqrt" else "more than 0"
            fact = c.fact(node.args[0])
            return found("maths-domain", c.line, span=span, what=what, limit=limit, name=c.text(node.args[0]),
                         value=f" ({fact.text})" if fact and fact.text != c.text(node.args[0]) else "")  # fmt: skip
        if name == "range" and "zero" in c.message:
            return found("range-step-zero", c.line, span=span)
        if name == "split" and "empty separator" in c.message:
            return found("split-nothing", c.line, span=span)
        if name in ("randint", "randrange") and "range" in c.message:
            return found("randint-order", c.line, span=span, name=name)
        if name in ("sample",):
            return found("sample-too-large", c.line, span=span)
        if "closed file" in c.message:
            return found("file-closed", c.line, span=span)
        if name == "open" and "mode" in c.message:
            return found("file-mode-unknown", c.line, span=span)
    if "closed file" in c.message:
        return found("file-closed", c.line)
    return None


def division(c: Crash) -> Finding | None:
    """Division by zero: what was 0."""
    if not c.is_a("ZeroDivisionError"):
        return None
    for node in c.pick(ast.BinOp, ast.AugAssign):
        if not isinstance(node, ast.BinOp | ast.AugAssign) or not isinstance(
            node.op, ast.Div | ast.FloorDiv | ast.Mod
        ):
            continue
        below = node.right if isinstance(node, ast.BinOp) else node.value
        name, span = c.text(below), c.span(node)
        if called_name(below) == "len" and isinstance(below, ast.Call) and below.args:
            return found("divide-by-count", c.line, span=span, name=c.text(below.args[0]))
        if isinstance(below, ast.Constant):
            return found("divide-by-zero", c.line, span=span)
        if isinstance(below, ast.Name):
            origin = c.reading.origin(below.id, node)
            value = origin.value if origin else None
            if called_name(value) == "len" and isinstance(value, ast.Call) and value.args:
                return found("divide-by-count", c.line, span=span, name=c.text(value.args[0]))
        return found("divide-by-name", c.line, span=span, name=name)
    return found("divide-by-zero", c.line)


def too_large(c: Crash) -> Finding | None:
    """A result that no decimal number can hold."""
    return found("too-large", c.line) if c.is_a("OverflowError") else None


def json_text(c: Crash) -> Finding | None:
    """A text that is not JSON."""
    if not c.is_a("JSONDecodeError"):
        return None
    where = c.error.attributes.get("lineno", "1")
    if (
        c.error.attributes.get("msg", c.message).startswith("Expecting value")
        and where == "1"
        and (c.error.attributes.get("colno", "1") == "1")
    ):
        return found("json-none", c.line)
    return found("json-broken", c.line, where=where)


def assertion(c: Crash) -> Finding | None:
    """An assert that does not hold."""
    if not c.is_a("AssertionError"):
        return None
    node = next((n for n in c.here if isinstance(n, ast.Assert)), None)
    if node is None:
        return None
    return found("assert-failed", c.line, span=c.span(node.test), test=c.text(node.test))


def raised_here(c: Crash) -> Finding | None:
    """The program's own raise."""
    node = next((n for n in c.here if isinstance(n, ast.Raise) and n.lineno == c.line), None)
    if node is None or c.inside_library or node.exc is None:
        return None
    if c.is_a("TypeError") and "exceptions must derive" in c.message:
        return None
    caller = next((f.line for f in reversed(c.error.frames) if f.own and f is not c.frame), None)
    if caller is not None and caller != c.line:
        return found(
            "raised-here", c.line, span=c.span(node), noticed=None, error=c.error.type, caller=caller
        )
    return found("raised-here-alone", c.line, span=c.span(node), error=c.error.type)


EARLY = (raised_here,)
RULES = (json_text, conversion, number_format, dates, empty, other_values, division, too_large, assertion)
