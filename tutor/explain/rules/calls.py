"""Calls: of what is no function, and with too few, too many or other things than the function takes."""

from __future__ import annotations

import ast
import builtins
import difflib
import re

from tutor.explain.crash import FUNCTION_KINDS, NUMBERS, Crash, in_words
from tutor.explain.finding import Finding, found
from tutor.explain.reading import called_method, called_name
from tutor.explain.rules.nothing import of_function, of_none

_BUILTINS = frozenset(dir(builtins))
_ON_NUMBERS = frozenset(
    [
        "round",
        "abs",
        "pow",
        "divmod",
        "sqrt",
        "floor",
        "ceil",
        "log",
        "log10",
        "exp",
        "sin",
        "cos",
        "radians",
        "degrees",
        "isnan",
        "trunc",
        "fabs",
        "sleep",
        "sum",
        "mean",
        "median",
        "isclose",
        "hex",
        "bin",
        "chr",
        "factorial",
        "gcd",
        "fsum",
    ]
)


def _calls(c: Crash) -> list[ast.Call]:
    return [n for n in c.pick(ast.Call) if isinstance(n, ast.Call)]


def not_callable(c: Crash) -> Finding | None:
    """Round brackets after something that is no function."""
    if not c.is_a("TypeError") or "not callable" not in c.message:
        return None
    kind = (c.quoted_kinds() or [""])[0]
    calls = _calls(c)
    node = next((n for n in calls if n is c.node), None) or next(
        (n for n in calls if c.kind(n.func) == kind), None
    )
    node = node or (calls[0] if calls else None)
    if node is None:
        return None
    func, span = node.func, c.span(node)
    if any(k.arg == "key" for k in node.keywords):
        return found("key-needs-function", c.line, span=span, function=c.text(func))
    if isinstance(func, ast.Name):
        return _covered(c, node, func, kind)
    if isinstance(func, ast.Tuple | ast.List | ast.Dict) or (
        isinstance(func, ast.Constant) and kind == "str"
    ):
        return found("call-comma-missing", c.line, span=span)
    if kind in NUMBERS and isinstance(func, ast.Constant | ast.BinOp):
        sign = "-" if isinstance(c.reading.parents.get(node), ast.UnaryOp) else ""
        inside = ", ".join(c.text(a) for a in node.args)
        return found(
            "times-before-bracket",
            c.line,
            span=span,
            number=c.text(func),
            code=f"{sign}{c.text(func)} * ({inside})",
        )
    if isinstance(func, ast.Call):
        if kind == "NoneType":
            return found("called-twice-none", c.line, span=span, name=c.text(func))
        return found("called-twice", c.line, span=span, name=c.text(func))
    if isinstance(func, ast.Attribute):
        return found("value-called", c.line, span=span, name=c.text(func), code=c.text(func))
    if isinstance(func, ast.Subscript):
        return found("item-called", c.line, span=span, name=c.text(func), kind=in_words(kind))
    return None


def _covered(c: Crash, node: ast.Call, func: ast.Name, kind: str) -> Finding | None:
    name, span = func.id, c.span(node)
    stores = [line for line in c.reading.stored.get(name, [])]
    function = c.reading.functions.get(name)
    if function is not None and any(line != function.lineno for line in stores):
        line = next(line for line in stores if line != function.lineno)
        return found("function-covered", line, noticed=c.line, name=name, made=function.lineno)
    if name in _BUILTINS and stores:
        line = max([s for s in stores if s <= c.line], default=stores[0])
        return found("builtin-covered", line, noticed=c.line, name=name)
    if kind == "module":
        fact = c.names.get(name)
        if fact and name in fact.keys:
            return found("module-called", c.line, span=span, name=name, inside=f"{name}.{name}")
        return found("module-called", c.line, span=span, name=name, inside=f"{name}.something")
    if kind == "NoneType":
        return of_none(c, func)
    if kind in ("list", "tuple", "dict", "str", "range"):
        inside = c.text(node.args[0]) if len(node.args) == 1 else ""
        return found("round-index", c.line, span=span, name=name, kind=in_words(kind),
                     code=c.reading.line(c.line).replace(c.text(node), f"{name}[{inside}]") if inside else "")  # fmt: skip
    if kind in NUMBERS:
        inside = ", ".join(c.text(a) for a in node.args)
        return found("times-before-bracket", c.line, span=span, number=name, code=f"{name} * ({inside})")
    return found("value-called", c.line, span=span, name=name, code=name)


def _signature(
    c: Crash, node: ast.Call
) -> tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | None, bool, str] | None:
    """The learner's own function that a call runs: its name in words, its definition, is it a method, its class."""
    if name := called_name(node):
        if name in c.reading.functions and name not in c.reading.classes:
            return name, c.reading.functions[name], False, ""
        if name in c.reading.classes:
            init = next((n for n in c.reading.classes[name].body
                         if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)  # fmt: skip
            return name, init, True, name
    method = called_method(node)
    for owner in c.reading.classes.values():
        for item in owner.body:
            if isinstance(item, ast.FunctionDef) and item.name == method:
                static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in item.decorator_list)
                return method or "", item, not static, owner.name
    return None


def arguments(c: Crash) -> Finding | None:
    """Too few, too many, unknown or doubled arguments for a function of the learner's own."""
    if not c.is_a("TypeError") or not re.search(r"argument|takes no", c.message):
        return None
    for node in _calls(c):
        signature = _signature(c, node)
        if (
            signature is None
            or any(isinstance(a, ast.Starred) for a in node.args)
            or any(k.arg is None for k in node.keywords)
        ):
            continue
        if finding := _compare(c, node, *signature):
            return finding
    return None


def _compare(
    c: Crash,
    node: ast.Call,
    name: str,
    function: ast.FunctionDef | ast.AsyncFunctionDef | None,
    method: bool,
    owner: str,
) -> Finding | None:
    span = c.span(node)
    if function is None:
        if not node.args and not node.keywords:
            return None
        body = c.reading.classes[owner].body
        near = next(
            (
                n
                for n in body
                if isinstance(n, ast.FunctionDef) and n.name.strip("_") in ("init", "int", "__init", "inti")
            ),
            None,
        )
        if near is not None:
            return found("init-misspelt", near.lineno, noticed=c.line, name=near.name)
        return found("class-takes-nothing", c.line, span=span, name=owner)
    names = [a.arg for a in [*function.args.posonlyargs, *function.args.args]]
    if method:
        if not names:
            return found("self-missing-in-def", function.lineno, noticed=c.line, name=function.name)
        if names[0] != "self" and len(node.args) == len(names):
            return found("self-missing-in-def", function.lineno, noticed=c.line, name=function.name)
        names = names[1:]
    by_name = [k.arg for k in node.keywords if k.arg]
    only = [a.arg for a in function.args.kwonlyargs]
    for given in by_name:
        if given not in names + only and function.args.kwarg is None:
            close = difflib.get_close_matches(given, names + only, n=1, cutoff=0.6)
            listed = close[0] if close else ", ".join(names[:3]) or "nothing"
            return found("argument-unknown", c.line, span=span, name=name, given=given, known=listed)
        if given in names[: len(node.args)]:
            return found("argument-given-twice", c.line, span=span, name=name, given=given)
    if len(node.args) > len(names) and function.args.vararg is None:
        return found("argument-extra", c.line, span=span, name=name, given=_count(len(node.args)), wanted=_count(len(names)),
                     made=function.lineno)  # fmt: skip
    needed = names[: len(names) - len(function.args.defaults)] if function.args.defaults else names
    missing = [n for n in needed[len(node.args) :] if n not in by_name]
    if missing:
        return found("argument-missing", c.line, span=span, name=name, wanted=_count(len(needed)),
                     given=_count(len(node.args) + len(by_name)), missing=" and ".join(missing[:3]))  # fmt: skip
    return None


def _count(number: int) -> str:
    return {0: "nothing", 1: "1 value"}.get(number, f"{number} values")


def library_call(c: Crash) -> Finding | None:
    """Python's own functions given what they do not take."""
    if not c.is_a("TypeError"):
        return None
    for node in _calls(c):
        if c.node is not None and node is not c.node and not c.inside_library:
            continue
        for rule in (_join, _input_many, _append_many, _length, _number_function, _convert, _range, _sorted, _sum, _write,
                     _text_method, _kind_asked, _json, _too_many):  # fmt: skip
            if finding := rule(c, node):
                return finding
    return None


def _first_kind(c: Crash, node: ast.Call) -> str | None:
    return c.kind(node.args[0]) if node.args else None


def _join(c: Crash, node: ast.Call) -> Finding | None:
    if called_method(node) == "join" and "expected str" in c.message and node.args:
        what = c.text(node.args[0])
        assert isinstance(node.func, ast.Attribute)
        return found("join-numbers", c.line, span=c.span(node), what=what,
                     code=f"{c.text(node.func.value)}.join(str(x) for x in {what})")  # fmt: skip
    return None


def _input_many(c: Crash, node: ast.Call) -> Finding | None:
    if called_name(node) == "input" and len(node.args) > 1:
        return found("input-many", c.line, span=c.span(node), count=len(node.args))
    return None


def _append_many(c: Crash, node: ast.Call) -> Finding | None:
    if (
        called_method(node) in ("append", "add")
        and len(node.args) != 1
        and isinstance(node.func, ast.Attribute)
    ):
        return found(
            "append-one", c.line, span=c.span(node), method=called_method(node), count=_count(len(node.args))
        )
    return None


def _length(c: Crash, node: ast.Call) -> Finding | None:
    if called_name(node) != "len" or "len()" not in c.message:
        return None
    if len(node.args) != 1:
        return found("len-one", c.line, span=c.span(node), count=_count(len(node.args)))
    kind = c.said_kind(0)
    if kind == "NoneType":
        return of_none(c, node.args[0])
    if kind in FUNCTION_KINDS:
        return of_function(c, node.args[0])
    return found("len-of-number", c.line, span=c.span(node), name=c.text(node.args[0]), kind=in_words(kind))


def _number_function(c: Crash, node: ast.Call) -> Finding | None:
    name = called_name(node) or called_method(node)
    if name not in _ON_NUMBERS or not node.args:
        return None
    for argument in node.args:
        if c.kind(argument) == "NoneType" or (
            len(node.args) == 1 and "NoneType" in c.message and name != "sum"
        ):
            return of_none(c, argument)
        if c.kind(argument) == "str" and name != "sum":
            if asked := c.input_line(argument):
                return found("input-is-text", asked[0], noticed=c.line, name=asked[1], code=asked[2])
            return found(
                "number-function-text", c.line, span=c.span(node), function=name, text=c.text(argument)
            )
        if c.kind(argument) == "list" and name not in ("sum", "mean", "median", "fsum"):
            return found(
                "number-function-list", c.line, span=c.span(node), function=name, name=c.text(argument)
            )
    return None


def _convert(c: Crash, node: ast.Call) -> Finding | None:
    name = called_name(node)
    if name not in ("int", "float") or not node.args:
        return None
    kind = c.kind(node.args[0]) or c.said_kind(-1)
    if kind == "NoneType":
        return of_none(c, node.args[0])
    if kind in FUNCTION_KINDS:
        return of_function(c, node.args[0])
    return found(
        "convert-kind",
        c.line,
        span=c.span(node),
        function=name,
        name=c.text(node.args[0]),
        kind=in_words(kind),
    )


def _range(c: Crash, node: ast.Call) -> Finding | None:
    if called_name(node) != "range" or "interpreted as an integer" not in c.message:
        return None
    kind = c.said_kind(0)
    for argument in node.args:
        if asked := c.input_line(argument):
            return found("input-is-text", asked[0], noticed=c.line, name=asked[1], code=asked[2])
    argument = next((a for a in node.args if c.kind(a) == kind), node.args[0])
    if kind == "NoneType":
        return of_none(c, argument)
    if kind == "list":
        return found("range-of-list", c.line, span=c.span(node), name=c.text(argument),
                     code=c.reading.line(c.line).replace(c.text(node), c.text(argument)))  # fmt: skip
    return found("range-whole", c.line, span=c.span(node), value=c.text(argument), kind=in_words(kind))


def _sorted(c: Crash, node: ast.Call) -> Finding | None:
    name = called_name(node) or called_method(node)
    if name not in ("sorted", "sort", "max", "min") or "not supported between" not in c.message:
        return None
    kinds = set(c.quoted_kinds()[-2:])
    target = node.args[0] if node.args else node.func.value if isinstance(node.func, ast.Attribute) else node
    if kinds == {"dict"}:
        return found("sort-dictionaries", c.line, span=c.span(node), name=c.text(target), function=name)
    if "NoneType" in kinds:
        return found("sort-none", c.line, span=c.span(node), name=c.text(target), function=name)
    words = sorted(in_words(kind) for kind in kinds)
    return found(
        "sort-mixed", c.line, span=c.span(node), name=c.text(target), function=name, kinds=" and ".join(words)
    )


def _sum(c: Crash, node: ast.Call) -> Finding | None:
    if called_name(node) != "sum" or "sum" in c.reading.stored or "operand" not in c.message:
        return None
    kinds = c.quoted_kinds()
    if "str" in kinds:
        return found("sum-texts", c.line, span=c.span(node), name=c.text(node.args[0]),
                     code=f"sum(float(x) for x in {c.text(node.args[0])})")  # fmt: skip
    if "NoneType" in kinds:
        return found("sort-none", c.line, span=c.span(node), name=c.text(node.args[0]), function="sum")
    return None


def _write(c: Crash, node: ast.Call) -> Finding | None:
    if called_method(node) != "write" or not node.args or "must be str" not in c.message:
        return None
    return found("write-text", c.line, span=c.span(node), value=c.text(node.args[0]),
                 code=c.reading.line(c.line).replace(c.text(node.args[0]), f"str({c.text(node.args[0])})"))  # fmt: skip


def _text_method(c: Crash, node: ast.Call) -> Finding | None:
    method = called_method(node)
    if (
        method in ("replace", "startswith", "endswith", "count", "find", "split", "strip")
        and "str" in c.message
        and node.args
    ):
        wrong = next((a for a in node.args if c.kind(a) in NUMBERS), None)
        if wrong is not None:
            return found("method-needs-text", c.line, span=c.span(node), method=method, value=c.text(wrong),
                         code=f'"{c.text(wrong)}"' if isinstance(wrong, ast.Constant) else "")  # fmt: skip
    return None


def _kind_asked(c: Crash, node: ast.Call) -> Finding | None:
    if called_name(node) == "isinstance" and len(node.args) == 2 and "arg 2" in c.message:
        kind = str(node.args[1].value) if isinstance(node.args[1], ast.Constant) else "str"
        return found(
            "isinstance-kind", c.line, span=c.span(node), code=f"isinstance({c.text(node.args[0])}, {kind})"
        )
    return None


def _json(c: Crash, node: ast.Call) -> Finding | None:
    match = re.search(r"type (\w+) is not JSON serializable", c.message)
    if match:
        return found("json-kind", c.line, span=c.span(node), kind=in_words(match[1]))
    return None


def _too_many(c: Crash, node: ast.Call) -> Finding | None:
    name = called_name(node) or called_method(node)
    if not name or "argument" not in c.message or c.inside_library:
        return None
    if "keyword" in c.message and node.keywords:
        given = next((k.arg for k in node.keywords if k.arg and k.arg in c.message), node.keywords[0].arg)
        return found("builtin-argument-name", c.line, span=c.span(node), name=name, given=given)
    if re.search(r"takes|expected|missing", c.message):
        return found("builtin-arguments", c.line, span=c.span(node), name=name,
                     given=_count(len(node.args) + len(node.keywords)))  # fmt: skip
    return None


def raised_text(c: Crash) -> Finding | None:
    """raise "text"."""
    if not c.is_a("TypeError") or "exceptions must derive" not in c.message:
        return None
    node = next((n for n in c.here if isinstance(n, ast.Raise)), None)
    if node is None or node.exc is None:
        return None
    return found("raise-text", c.line, span=c.span(node.exc), code=f"raise ValueError({c.text(node.exc)})")


RULES = (raised_text, not_callable, arguments, library_call)
