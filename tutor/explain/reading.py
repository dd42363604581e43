"""A program as the rules see it: its text, its tokens, its syntax tree or the reason why there is none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from tutor.explain.lexer import Token, mask, scan
from tutor.syntax import alone, parse

#: Longer programs are not searched for silent mistakes; a lesson's program has a few dozen lines.
LONGEST = 200_000

#: No rule looks for a pattern in a longer line.
LONGEST_LINE = 500

#: Trying repairs costs a compilation each; a program with more lines than this is repaired near the fault only.
MANY_LINES = 1500


class Fault(Struct, frozen=True):
    """Why Python cannot read a program: the exception's class, its words, and where (line from 1, column from 0)."""

    type: str
    message: str
    line: int
    column: int

    @property
    def python(self) -> str:
        """Python's own words."""
        return f"{self.type}: {self.message}"


def fault_in(source: str) -> Fault | None:
    """What keeps this Python from compiling the program, or None."""
    try:
        with alone():
            compile(source, "main.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return Fault(type(error).__name__, error.msg, error.lineno or 1, max((error.offset or 1) - 1, 0))
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return Fault(type(error).__name__, str(error), 1, 0)
    return None


class Reading:
    """A program's text and what can be read from it, worked out on first use."""

    def __init__(self, source: str) -> None:
        self.source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.lines = self.source.split("\n")

    @cached_property
    def fault(self) -> Fault | None:
        """Why Python cannot read the program, or None."""
        return fault_in(self.source)

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, tolerant of mistakes."""
        return scan(self.source)

    @cached_property
    def masked(self) -> list[str]:
        """The lines with texts and comments blanked out, columns kept."""
        return mask(self.source, self.tokens)

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None where Python cannot read the program."""
        if self.fault is not None:
            return None
        try:
            return parse(self.source)
        except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError):
            return None

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree, in the order of `ast.walk`."""
        return list(ast.walk(self.tree)) if self.tree else []

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
        """The functions (and methods) that the program defines, by name; the last of the same name."""
        return {n.name: n for n in self.nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """The classes that the program defines, by name."""
        return {n.name: n for n in self.nodes if isinstance(n, ast.ClassDef)}

    @cached_property
    def stored(self) -> dict[str, list[int]]:
        """The names that the program gives a value, with the lines, in order."""
        names: dict[str, list[int]] = {}
        for node in self.nodes:
            for name, line in _stores(node):
                names.setdefault(name, []).append(line)
        return {name: sorted(lines) for name, lines in names.items()}

    @cached_property
    def assignments(self) -> dict[str, list[ast.Assign | ast.AnnAssign]]:
        """The plain assignments to each name."""
        found: dict[str, list[ast.Assign | ast.AnnAssign]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, []).append(node)
        return found

    def line(self, number: int) -> str:
        """A line's text; empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def masked_line(self, number: int) -> str:
        """A line with texts and comments blanked out."""
        return self.masked[number - 1] if 0 < number <= len(self.masked) else ""

    def indent(self, number: int) -> str:
        """The spaces and tabs at the start of a line."""
        text = self.line(number)
        return text[: len(text) - len(text.lstrip())]

    def before(self, number: int) -> int | None:
        """The nearest line above that holds code."""
        return next((n for n in range(number - 1, 0, -1) if self.masked_line(n).strip()), None)

    def after(self, number: int) -> int | None:
        """The nearest line below that holds code."""
        return next((n for n in range(number + 1, len(self.lines) + 1) if self.masked_line(n).strip()), None)

    def near(self) -> list[int]:
        """Where the mistake can be: the line that Python points at, then the line of code above it.

        Without very long lines, which nobody has typed, and which patterns would search for seconds.
        """
        if self.fault is None:
            return []
        above = self.before(self.fault.line)
        lines = [self.fault.line, above] if above else [self.fault.line]
        return [number for number in lines if len(self.line(number)) <= LONGEST_LINE]

    def with_line(self, number: int, text: str) -> str:
        """The program with one line replaced."""
        return "\n".join([*self.lines[: number - 1], text, *self.lines[number:]])

    def helps(self, repaired: str, line: int | None = None) -> bool:
        """True where a repair lets Python read the program, or at least read on to a later line.

        Args:
            repaired: the whole program after the repair, with as many lines as before.
            line: the line that was mended, where it may be another than the one Python points at.
        """
        if self.fault is None or repaired == self.source:
            return False
        rest = fault_in(repaired)
        return rest is None or rest.line > max(self.fault.line, line or 0)

    def mends(self, number: int, text: str) -> bool:
        """True where replacing this one line helps."""
        return self.helps(self.with_line(number, text), number)

    def segment(self, node: ast.AST, longest: int = 40) -> str:
        """A node's source on one line, cut where it is long."""
        text = self._source_of(node)
        text = re.sub(r"\s+", " ", text)
        return text if len(text) <= longest else text[: longest - 1] + "…"

    def _source_of(self, node: ast.AST) -> str:
        """A node's source; `ast.get_source_segment` cuts the whole program into lines each time."""
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        if not first or not last or last > len(self.lines):
            return ""
        rows = [row.encode(errors="replace") for row in self.lines[first - 1 : last]]
        rows[-1] = rows[-1][: node.end_col_offset]  # type: ignore[attr-defined]
        rows[0] = rows[0][node.col_offset :]  # type: ignore[attr-defined]
        return b"\n".join(rows).decode(errors="replace")

    def span(self, node: ast.AST) -> tuple[int, int] | None:
        """The columns of a node in characters, where it stands on one line."""
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        if not first or first != last:
            return None
        raw = self.line(first).encode(errors="replace")
        start, end = raw[: node.col_offset], raw[: node.end_col_offset]  # type: ignore[attr-defined]
        return len(start.decode(errors="replace")), len(end.decode(errors="replace"))

    def scope(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The function that a node stands in, or None at the top level."""
        around = self.parents.get(node)
        while around is not None and not isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
            around = self.parents.get(around)
        return around

    def statement(self, node: ast.AST) -> ast.AST:
        """The statement that a node belongs to."""
        while not isinstance(node, ast.stmt) and node in self.parents:
            node = self.parents[node]
        return node

    def block(self, node: ast.AST) -> list[ast.stmt]:
        """The statements that a statement stands among; empty for what is no statement."""
        around = self.parents.get(node)
        for field in ("body", "orelse", "finalbody"):
            block = getattr(around, field, None)
            if isinstance(block, list) and node in block:
                return block
        return []

    def loops(self, node: ast.AST) -> list[ast.For | ast.While]:
        """The loops that a node stands in, innermost first, within its own function."""
        result: list[ast.For | ast.While] = []
        around = self.parents.get(node)
        while around is not None and not isinstance(
            around, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ):
            if isinstance(around, ast.For | ast.While):
                result.append(around)
            around = self.parents.get(around)
        return result

    def origin(self, name: str, at: ast.AST) -> ast.Assign | ast.AnnAssign | None:
        """The last plain assignment of a name above a node: in the same function, else at the top level.

        None for a parameter of the function that was given no other value there.
        """
        line, scope = getattr(at, "lineno", 0), self.scope(at)
        above = [node for node in self.assignments.get(name, []) if node.lineno < line]
        own = [node for node in above if self.scope(node) is scope]
        if not own and scope is not None and name not in _parameters(scope):
            own = [node for node in self.assignments.get(name, []) if self.scope(node) is None]
        return max(own, key=lambda node: node.lineno) if own else None

    def loop_of(self, name: str, at: ast.AST) -> ast.For | None:
        """The for loop around a node whose loop variable has this name."""
        for loop in self.loops(at):
            if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name) and loop.target.id == name:
                return loop
        return None


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}


def _stores(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id, node.lineno
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name, node.lineno
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield (alias.asname or alias.name).split(".")[0], node.lineno
    elif isinstance(node, ast.arg):
        yield node.arg, node.lineno
    elif isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name, node.lineno


def fault_in_line(line: str) -> Fault | None:
    """What keeps Python from reading a line that opens a block, with a block put under it."""
    text = line.strip()
    before = "if 1:\n pass\n" if text.startswith(("elif", "else")) else ""
    before = "try:\n pass\n" if text.startswith(("except", "finally")) else before
    return fault_in(f"{before}{text}\n pass\n")


def name_of(node: ast.AST | None) -> str | None:
    """The name that a Name node stands for, else None."""
    return node.id if isinstance(node, ast.Name) else None


def called_name(node: ast.AST | None) -> str | None:
    """The name of the function that a Call of a plain name runs, else None."""
    return name_of(node.func) if isinstance(node, ast.Call) else None


def called_method(node: ast.AST | None) -> str | None:
    """The word after the dot that a Call runs, else None."""
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function's (or loop's) body, without those of functions and classes defined inside it."""
    stack: list[ast.AST] = list(ast.iter_child_nodes(function))
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def returns_value(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """True where some path of a function gives back a value (or it is a generator)."""
    return any(
        (isinstance(node, ast.Return) and node.value is not None)
        or isinstance(node, ast.Yield | ast.YieldFrom)
        for node in own_nodes(function)
    )
