"""What a program is made of, by its syntax tree: the constructs that `uses:` and `avoids:` name."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tutor.errors import LessonError
from tutor.syntax import literal
from tutor.translation import tr

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CONDITIONS = (ast.If, ast.IfExp)

_SIMPLE: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor),
    "while": (ast.While,),
    "if": _CONDITIONS,
    "def": _FUNCTIONS,
    "return": (ast.Return,),
    "class": (ast.ClassDef,),
    "lambda": (ast.Lambda,),
    "with": (ast.With, ast.AsyncWith),
    "try": (ast.Try, ast.TryStar),
    "raise": (ast.Raise,),
    "import": (ast.Import, ast.ImportFrom),
    "f-string": (ast.JoinedStr,),
    "list-comprehension": (ast.ListComp,),
    "dict-comprehension": (ast.DictComp,),
}

_OPERATORS: dict[str, type[ast.AST]] = {
    "+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div, "//": ast.FloorDiv, "%": ast.Mod, "**": ast.Pow,
    "@": ast.MatMult, "<<": ast.LShift, ">>": ast.RShift, "&": ast.BitAnd, "|": ast.BitOr, "^": ast.BitXor,
    "~": ast.Invert, "not": ast.Not, "and": ast.And, "or": ast.Or,
    "==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
    "is": ast.Is, "is not": ast.IsNot, "in": ast.In, "not in": ast.NotIn,
}  # fmt: skip

#: Constructs that are spelled in one word (lesson-format, "Checks").
WORDS: tuple[str, ...] = (*_SIMPLE, "elif", "else", "recursion")
#: Constructs that are spelled KIND:WHAT.
KINDS: tuple[str, ...] = ("call", "name", "import", "operator", "literal")


def find(construct: str, tree: ast.Module) -> int | None:
    """The line of the first place where a program has a construct; None where it has none.

    Raises:
        LessonError: there is no such construct.
    """
    return min(_lines(construct, tree), default=None)


def _lines(construct: str, tree: ast.Module) -> Iterator[int]:
    if construct in _SIMPLE:
        return _of_types(tree, _SIMPLE[construct])
    words: dict[str, Callable[[ast.Module], Iterator[int]]] = {
        "elif": _elif,
        "else": _else,
        "recursion": _recursion,
    }
    if construct in words:
        return words[construct](tree)
    kind, colon, what = construct.partition(":")
    kinds: dict[str, Callable[[ast.Module, str], Iterator[int]]] = {
        "call": _calls, "name": _names, "import": _imports, "operator": _operators, "literal": _literals,
    }  # fmt: skip
    if not colon or not what or kind not in kinds:
        raise LessonError(
            tr("There is no construct {construct}.", construct=repr(construct)),
            tr("The lesson format lists them."),
        )
    return kinds[kind](tree, what.strip())


def in_words(construct: str) -> str:
    """A construct as a sentence names it: "elif", "a call of round", "the operator +"."""
    kind, colon, what = construct.partition(":")
    if not colon:
        articles = {"f-string": tr("an f-string"), "list-comprehension": tr("a list comprehension")}
        articles |= {"dict-comprehension": tr("a dictionary comprehension"), "recursion": "recursion"}
        return articles.get(construct, construct)
    names = {"call": f"{what}()", "name": tr("the name {what}", what=what), "import": f"import {what}"}
    names |= {
        "operator": tr("the operator {what}", what=what),
        "literal": tr("the literal value {what}", what=what),
    }
    return names.get(kind, construct)


def _of_types(tree: ast.AST, types: tuple[type[ast.AST], ...]) -> Iterator[int]:
    return (getattr(node, "lineno", 1) for node in ast.walk(tree) if isinstance(node, types))


def _is_elif(parent: ast.If) -> bool:
    """`elif` rather than `else:` with an `if` in it: only the first starts in the column of its own `if`."""
    first = parent.orelse[0] if len(parent.orelse) == 1 else None
    return isinstance(first, ast.If) and first.col_offset == parent.col_offset


def _elif(tree: ast.Module) -> Iterator[int]:
    return (node.orelse[0].lineno for node in ast.walk(tree) if isinstance(node, ast.If) and _is_elif(node))


def _else(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp):
            yield node.orelse.lineno
        elif isinstance(node, ast.If):
            if node.orelse and not _is_elif(node):
                yield node.orelse[0].lineno - 1
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar)) and node.orelse:
            yield node.orelse[0].lineno - 1


def _recursion(tree: ast.Module) -> Iterator[int]:
    """Functions from which a chain of calls leads back to themselves."""
    called: dict[str, set[str]] = {}
    line: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, _FUNCTIONS):
            own = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
            called.setdefault(node.name, set()).update(_called_names(node) - own)
            line.setdefault(node.name, node.lineno)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    called.setdefault(target.id, set()).update(_called_names(node.value))
                    line.setdefault(target.id, node.lineno)
    for name in called:
        reached: set[str] = set()
        todo = list(called[name])
        while todo:
            other = todo.pop()
            if other not in reached:
                reached.add(other)
                todo += called.get(other, ())
        if name in reached:
            yield line[name]


def _called_names(node: ast.AST) -> set[str]:
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            function = call.func
            if isinstance(function, ast.Name):
                names.add(function.id)
            elif (
                isinstance(function, ast.Attribute)
                and isinstance(function.value, ast.Name)
                and function.value.id in ("self", "cls")
            ):
                names.add(function.attr)
    return names


def dotted(node: ast.AST) -> str:
    """`csv.reader` for such an expression, "reader" for a method of anything else; "" for what has no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


def _imported_as(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: {"c": "csv", "reader": "csv.reader"}."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}".lstrip(".")
    return names


def _calls(tree: ast.Module, wanted: str) -> Iterator[int]:
    imported = _imported_as(tree)
    wanted = wanted.removesuffix("()")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            written = dotted(node.func)
            first, dot, rest = written.partition(".")
            meant = imported.get(first, first) + dot + rest
            if any(name == wanted or name.endswith(f".{wanted}") for name in (written, meant)):
                yield node.lineno


def _names(tree: ast.Module, wanted: str) -> Iterator[int]:
    for node in ast.walk(tree):
        held = (
            getattr(node, "id", None)
            or getattr(node, "arg", None)
            or getattr(node, "asname", None)
            or (
                node.name
                if isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.alias))
                else None
            )
        )
        if held == wanted and not isinstance(node, ast.keyword):
            yield getattr(node, "lineno", 1)


def _imports(tree: ast.Module, wanted: str) -> Iterator[int]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and dotted(node.func) in (
            "__import__",
            "importlib.import_module",
            "import_module",
        ):
            names = [str(given.value) for given in node.args[:1] if isinstance(given, ast.Constant)]
        if any(name == wanted or name.startswith(f"{wanted}.") for name in names):
            yield getattr(node, "lineno", 1)


def _operators(tree: ast.Module, wanted: str) -> Iterator[int]:
    if wanted == ":=":
        yield from _of_types(tree, (ast.NamedExpr,))
        return
    augmented = wanted.endswith("=") and wanted not in _OPERATORS
    kind = _OPERATORS.get(wanted.removesuffix("=") if augmented else " ".join(wanted.split()))
    if kind is None:
        raise LessonError(
            tr("There is no operator {operator}.", operator=repr(wanted)),
            tr("The lesson format lists the constructs."),
        )
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, kind):
            yield node.lineno
        elif augmented:
            continue
        elif (isinstance(node, (ast.BinOp, ast.BoolOp, ast.UnaryOp)) and isinstance(node.op, kind)) or (
            isinstance(node, ast.Compare) and any(isinstance(op, kind) for op in node.ops)
        ):
            yield node.lineno


def _literals(tree: ast.Module, wanted: str) -> Iterator[int]:
    try:
        value = literal(wanted)
    except (ValueError, SyntaxError):
        value = wanted
    parts_of_f_strings = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if id(node) in parts_of_f_strings:
            continue
        found, held = _literal_of(node)
        if found and isinstance(held, bool) == isinstance(value, bool) and held == value:
            yield getattr(node, "lineno", 1)


def _literal_of(node: ast.AST) -> tuple[bool, object]:
    if isinstance(node, ast.Constant):
        return True, node.value
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    ):
        number = node.operand.value
        if isinstance(number, (int, float, complex)) and not isinstance(number, bool):
            return True, -number
    return False, None
