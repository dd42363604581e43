"""A run that ended in an exception, as the rules see it: what failed, where, and with which values."""

from __future__ import annotations

import ast
import builtins
import re
from functools import cached_property
from pathlib import PurePath

from tutor.explain.reading import Reading, called_method, called_name, name_of, returns_value
from tutor.runner.result import ErrorFacts, FrameFact, NameFact

FUNCTION_KINDS = (
    "function",
    "builtin_function_or_method",
    "method",
    "type",
    "method_descriptor",
    "method-wrapper",
)
NUMBERS = ("int", "float", "bool", "complex")

_CALL_KINDS = {
    "input": "str", "str": "str", "repr": "str", "chr": "str", "int": "int", "len": "int", "ord": "int", "float": "float",
    "list": "list", "sorted": "list", "dict": "dict", "set": "set", "tuple": "tuple", "bool": "bool",
    "isinstance": "bool", "any": "bool", "all": "bool", "print": "NoneType", "range": "range",
}  # fmt: skip
_METHOD_KINDS = {
    **dict.fromkeys(("upper", "lower", "strip", "lstrip", "rstrip", "replace", "title", "capitalize", "join", "format",
                     "read", "readline", "zfill", "center", "strftime", "isoformat"), "str"),
    **dict.fromkeys(("append", "extend", "insert", "remove", "sort", "reverse", "clear", "add", "discard"), "NoneType"),
    **dict.fromkeys(("split", "readlines", "splitlines"), "list"),
    **dict.fromkeys(("isdigit", "isalpha", "startswith", "endswith", "isupper", "islower", "isnumeric"), "bool"),
    "keys": "dict_keys", "values": "dict_values", "items": "dict_items",
}  # fmt: skip
#: Methods that change their list (or set, or dictionary) and give back None.
NONE_METHODS = frozenset(name for name, kind in _METHOD_KINDS.items() if kind == "NoneType") | {"update"}

_DISPLAYS: dict[type[ast.AST], str] = {
    ast.JoinedStr: "str", ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict", ast.Set: "set",
    ast.SetComp: "set", ast.Tuple: "tuple", ast.GeneratorExp: "generator", ast.Lambda: "function",
}  # fmt: skip

SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.BitXor: "^", ast.BitAnd: "&", ast.BitOr: "|", ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">=",
    ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip

_WORDS = {
    "str": "text (a string)", "int": "a whole number", "float": "a decimal number", "bool": "True or False", "list": "a list",
    "dict": "a dictionary", "tuple": "a tuple", "set": "a set", "NoneType": "None (nothing)", "module": "a module",
    "function": "a function", "builtin_function_or_method": "a function", "method": "a function", "type": "a kind of value",
    "range": "a range", "date": "a date", "datetime": "a date and time", "generator": "a row of values",
    "TextIOWrapper": "an open file", "dict_keys": "the labels of a dictionary", "dict_values": "the values of a dictionary",
    "dict_items": "the pairs of a dictionary", "timedelta": "a length of time",
}  # fmt: skip


def in_words(kind: str | None) -> str:
    """A type's name in ordinary words."""
    if not kind:
        return "another kind of value"
    return _WORDS.get(kind, f"a {kind}")


class Crash:
    """An exception that ended a program, with the piece of the program that it came from.

    Args:
        reading: the program; it compiles, else it would not have run.
        error: the facts of the exception.
        filename: the learner's own file.
    """

    def __init__(self, reading: Reading, error: ErrorFacts, filename: str = "main.py") -> None:
        self.reading = reading
        self.error = error
        name = PurePath(filename).name
        own = [frame for frame in error.frames if frame.own and PurePath(frame.file).name == name]
        self.frame: FrameFact | None = own[-1] if own else None
        #: True where the exception came from inside the library, not from the learner's own line.
        self.inside_library = bool(error.frames) and self.frame is not error.frames[-1]
        self.line: int = self.frame.line if self.frame else error.line or 0
        self.message = error.message

    def is_a(self, *types: str) -> bool:
        """True for an exception of one of these classes, or of one made from them."""
        return self.error.type in types or any(base in types for base in self.error.bases)

    @cached_property
    def node(self) -> ast.AST | None:
        """The expression that failed, where Python knows the columns."""
        frame = self.frame
        if frame is None or frame.column is None:
            return None
        best: ast.AST | None = None
        for node in self.here:
            if getattr(node, "lineno", 0) != frame.line or getattr(node, "end_lineno", 0) != (
                frame.end_line or frame.line
            ):
                continue
            span = self.reading.span(node)
            raw = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
            if (frame.column, frame.end_column) in (span, raw):
                best = node if best is None or isinstance(best, ast.Expr) else best
        return best

    @cached_property
    def here(self) -> list[ast.AST]:
        """The nodes that begin on the failing line, or reach over it, innermost statement's own ones only."""
        nodes = [
            n for n in self.reading.nodes
            if getattr(n, "lineno", self.line + 1) <= self.line <= (getattr(n, "end_lineno", 0) or 0)
        ]  # fmt: skip
        statements = [n for n in nodes if isinstance(n, ast.stmt)]
        if not statements:
            return nodes
        inner = max(statements, key=lambda n: n.lineno)
        same = [n for n in statements if n.lineno == inner.lineno]
        return [n for n in nodes if n in same or any(self.reading.statement(n) is s for s in same)]

    def pick(self, *types: type[ast.AST]) -> list[ast.AST]:
        """The nodes of these types that can have failed: the one that Python points at, else those on the line."""
        if isinstance(self.node, types):
            return [self.node]
        around = [n for n in self.here if isinstance(n, types)]
        if self.node is not None and isinstance(self.node, ast.expr):
            inside = [n for n in ast.walk(self.node) if isinstance(n, types)]
            return inside or around
        return around

    @cached_property
    def names(self) -> dict[str, NameFact]:
        """What the names stood for, those of the failing frame first."""
        known: dict[str, NameFact] = {}
        for frame in reversed(self.error.frames):
            if not frame.own:
                continue
            if frame is self.frame or frame.function == "<module>":
                for name, fact in frame.names.items():
                    known.setdefault(name, fact)
        return known

    def fact(self, node: ast.AST | None) -> NameFact | None:
        """What a name stood for when the program failed."""
        name = name_of(node)
        return self.names.get(name) if name else None

    def quoted_kinds(self) -> list[str]:
        """The types that Python's message names, in its order."""
        return [kind.rsplit(".", 1)[-1] for kind in re.findall(r"['\"]([A-Za-z_][\w.]*)['\"]", self.message)]

    def said_kind(self, position: int) -> str | None:
        """One of the types that Python's message names: 0 the first, -1 the last."""
        said = self.quoted_kinds()
        return said[position] if said else None

    def kind(self, node: ast.AST | None, depth: int = 0) -> str | None:
        """The type of an expression's value where it can be told, from the facts or from the text."""
        if node is None or depth > 6:
            return None
        if isinstance(node, ast.Constant):
            return type(node.value).__name__
        if type(node) in _DISPLAYS:
            return _DISPLAYS[type(node)]
        if fact := self.fact(node):
            return fact.kind
        if isinstance(node, ast.Name):
            return self._kind_of_name(node.id)
        if isinstance(node, ast.Call):
            return self._kind_of_call(node)
        if isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            return "bool"
        if isinstance(node, ast.BinOp):
            return self._kind_of_sum(node, depth)
        if isinstance(node, ast.UnaryOp):
            return self.kind(node.operand, depth + 1)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            return self.kind(node.value, depth + 1)
        if isinstance(node, ast.Subscript) and self.kind(node.value, depth + 1) == "str":
            return "str"
        return None

    def _kind_of_name(self, name: str) -> str | None:
        if name in self.reading.functions:
            return "function"
        thing = getattr(builtins, name, None)
        return type(thing).__name__ if thing is not None else None

    def _kind_of_call(self, node: ast.Call) -> str | None:
        if name := called_name(node):
            function = self.reading.functions.get(name)
            if function is not None and not returns_value(function):
                return "NoneType"
            if name in ("date", "datetime", "timedelta") and name in self.reading.stored:
                return name
            return None if name in self.reading.stored else _CALL_KINDS.get(name)
        method = called_method(node)
        if method in ("today", "now") and isinstance(node.func, ast.Attribute):
            return self.text(node.func.value).rsplit(".", 1)[-1]
        return _METHOD_KINDS.get(method) if method else None

    def _kind_of_sum(self, node: ast.BinOp, depth: int) -> str | None:
        left, right = self.kind(node.left, depth + 1), self.kind(node.right, depth + 1)
        if "str" in (left, right) and isinstance(node.op, ast.Add | ast.Mult | ast.Mod):
            return "str"
        if left in NUMBERS and right in NUMBERS:
            return "float" if "float" in (left, right) or isinstance(node.op, ast.Div) else "int"
        return left if left == right else None

    def operands(self, left: ast.AST, right: ast.AST) -> tuple[str | None, str | None]:
        """The types on both sides of a sign: worked out, else those that Python's message names."""
        said = [kind for kind in self.quoted_kinds() if kind.isidentifier()]
        first, second = self.kind(left), self.kind(right)
        if len(said) >= 2:
            first, second = said[-2], said[-1]
        elif len(said) == 1 and first is None and second != said[0]:
            first = said[0]
        elif len(said) == 1 and second is None and first != said[0]:
            second = said[0]
        return first, second

    def input_line(self, node: ast.AST | None) -> tuple[int, str, str] | None:
        """Where a value came from `input`: the line, its name, and the line mended with int or float."""
        call, name, line = node, "", 0
        if isinstance(node, ast.Name):
            origin = self.reading.origin(node.id, node)
            if origin is None:
                return None
            call, name, line = origin.value, node.id, origin.lineno
        while called_method(call) in ("strip", "rstrip", "lstrip", "lower", "replace"):
            assert isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            call = call.func.value
        if called_name(call) != "input" or "input" in self.reading.stored:
            return None
        line = line or getattr(call, "lineno", self.line)
        span = self.reading.span(call) if call is not None else None
        fact = self.names.get(name)
        kind = "float" if fact and re.search(r"\d\.\d", fact.text) else "int"
        text = self.reading.line(line)
        code = f"{text[: span[0]]}{kind}({text[span[0] : span[1]]}){text[span[1] :]}" if span else ""
        return line, name or "it", code

    def text(self, node: ast.AST | None) -> str:
        """An expression as it stands in the program."""
        return self.reading.segment(node) if node is not None else "it"

    def span(self, node: ast.AST | None) -> tuple[int, int] | None:
        """The columns of an expression."""
        return self.reading.span(node) if node is not None else None
