"""`test:` code made ready for the learner's process: every assertion tells both of its values.

Bare asserts, functions named `test_...` and `unittest.TestCase` classes become calls of `__compare__(operator, left, right,
line, text, test)`, which the runner provides; judging is done in this process (`tutor.checks.assertions`). What an assertion
cannot be taken apart into stays as it is, and its AssertionError is told like any other exception.
"""

from __future__ import annotations

import ast
from functools import lru_cache

from msgspec import Struct, field

from tutor.checks.prelude import PRELUDE
from tutor.checks.source import Source
from tutor.errors import LessonError
from tutor.syntax import parse
from tutor.translation import tr

_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_OPPOSITE = {"==": "!=", "!=": "==", "is": "is not", "is not": "is", "in": "not in", "not in": "in"}
_TWO_SIDED = {
    "assertEqual": "==", "assertEquals": "==", "assertListEqual": "==", "assertTupleEqual": "==", "assertDictEqual": "==",
    "assertSetEqual": "==", "assertSequenceEqual": "==", "assertMultiLineEqual": "==", "assertNotEqual": "!=",
    "assertIs": "is", "assertIsNot": "is not", "assertIn": "in", "assertNotIn": "not in",
    "assertGreater": ">", "assertGreaterEqual": ">=", "assertLess": "<", "assertLessEqual": "<=",
    "assertIsInstance": "isinstance",
}  # fmt: skip


class TestPlan(Struct, frozen=True):
    """Prepared test code, and what must be heard from it before it can count as passed.

    Args:
        code: what the learner's process runs.
        tests: names of all tests that must begin and end.
        lines: lines of assertions that are reached whenever their test ends: (test, line).
        closes: how near the two values of an assertion on this line must be (`assertAlmostEqual`).
        messages: the writer's own message of an assertion, by line.
        sources: line of `code` -> line of the text as it was written.
        assertions: how many assertions there are at all.
    """

    __test__ = False  # not a test class of ours

    code: str
    tests: tuple[str, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    closes: dict[int, float] = field(default_factory=dict)
    messages: dict[int, str] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)
    assertions: int = 0


@lru_cache(maxsize=128)
def prepared(code: str) -> TestPlan:
    """As `prepare`, from text that comes again and again: a lesson's own test code."""
    return prepare(Source.of(code))


def prepare(source: Source) -> TestPlan:
    """Make test code ready.

    Raises:
        LessonError: it is not Python, or cannot be taken apart.
    """
    if source.tree is None:
        raise LessonError(tr("The test code is not Python."))
    tree = Source.of(source.text).tree  # a copy of its own, which is changed here
    assert tree is not None
    preparer = _Preparer(source.text)
    body = preparer.block(tree.body, "", always=True)
    calls = [_call("__run__", ast.Constant(name), _name(name)) for name in preparer.functions]
    calls += [_call("__run_case__", _name(name)) for name in preparer.classes]
    prelude = parse(PRELUDE).body
    whole = ast.Module([*_from_future(body), *prelude, *body, *calls, _call("__finish__")], [])
    try:
        code = ast.unparse(ast.fix_missing_locations(whole))
        compile(code, "<test>", "exec", dont_inherit=True)
    except (ValueError, SyntaxError, RecursionError) as error:
        raise LessonError(tr("The test code cannot be taken apart: {error}.", error=error)) from None
    return TestPlan(
        code,
        tuple([*preparer.functions, *preparer.methods]),
        tuple(preparer.lines),
        preparer.closes,
        preparer.messages,
        _line_map(whole, code),
        preparer.assertions,
    )


def _from_future(body: list[ast.stmt]) -> list[ast.stmt]:
    """`from __future__ import ...` lines, which must come first: taken out of the body."""
    first: list[ast.stmt] = [s for s in body if isinstance(s, ast.ImportFrom) and s.module == "__future__"]
    for statement in first:
        body.remove(statement)
    return first


def _line_map(written: ast.Module, code: str) -> dict[int, int]:
    lines: dict[int, int] = {}
    for old, new in zip(ast.walk(written), ast.walk(parse(code)), strict=False):
        line, own = getattr(new, "lineno", None), getattr(old, "lineno", None)
        if line is not None and own is not None:
            lines.setdefault(line, own)
    return lines


class _Preparer:
    """Takes the statements of test code apart."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.functions: list[str] = []
        self.classes: list[str] = []
        self.methods: list[str] = []
        self.lines: list[tuple[str, int]] = []
        self.closes: dict[int, float] = {}
        self.messages: dict[int, str] = {}
        self.assertions = 0
        self._inside = 0  # compound statements around the one that is looked at

    def block(self, statements: list[ast.stmt], test: str, always: bool) -> list[ast.stmt]:
        """A block's statements, prepared. `always`: the block is reached whenever its test ends."""
        prepared: list[ast.stmt] = []
        for statement in statements:
            prepared += self._statement(statement, test, always)
            always = always and not _may_leave(statement)
        return prepared or [ast.Pass()]

    def _statement(self, statement: ast.stmt, test: str, always: bool) -> list[ast.stmt]:
        if isinstance(statement, ast.Assert):
            if isinstance(statement.msg, ast.Constant) and isinstance(statement.msg.value, str):
                self.messages[statement.lineno] = statement.msg.value
            return self._assertion(statement.test, statement.test, test, always)
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return self._call_statement(statement, statement.value, test, always)
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return [self._function(statement, test)]
        if isinstance(statement, ast.ClassDef):
            return [self._class(statement, test)]
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if inner and isinstance(inner[0], ast.stmt):
                setattr(statement, name, self._inner_block(inner, test))
        for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
            part.body = self._inner_block(part.body, test)
        return [statement]

    def _inner_block(self, statements: list[ast.stmt], test: str) -> list[ast.stmt]:
        """A block that may be left early, or not be entered: also one of `with`, which may swallow an exception."""
        self._inside += 1
        try:
            return self.block(statements, test, always=False)
        finally:
            self._inside -= 1

    def _function(self, function: ast.FunctionDef | ast.AsyncFunctionDef, test: str) -> ast.stmt:
        own = not test and not self._inside and isinstance(function, ast.FunctionDef)
        is_test = own and function.name.startswith("test")
        if is_test:
            self._plan(self.functions, function.name)
        function.body = self.block(function.body, test or function.name, always=is_test)
        return function

    def _class(self, kind: ast.ClassDef, test: str) -> ast.stmt:
        own = not test and not self._inside
        is_case = own and any(_last_name(base) == "TestCase" for base in kind.bases)
        if is_case and kind.name not in self.classes:
            self.classes.append(kind.name)
        body: list[ast.stmt] = []
        for statement in kind.body:
            if isinstance(statement, ast.FunctionDef):
                label = f"{kind.name}.{statement.name}"
                is_test = is_case and statement.name.startswith("test")
                if is_test:
                    self._plan(self.methods, label)
                statement.body = self.block(statement.body, label, always=is_test)
            body.append(statement)
        kind.body = body
        return kind

    def _plan(self, tests: list[str], name: str) -> None:
        """A test that must be heard from. One that is written twice is, to Python, the second."""
        if name in tests:
            self.lines = [(test, line) for test, line in self.lines if test != name]
        else:
            tests.append(name)

    def _call_statement(self, statement: ast.Expr, call: ast.Call, test: str, always: bool) -> list[ast.stmt]:
        name = _last_name(call.func)
        if (
            name == "main"
            and isinstance(call.func, ast.Attribute)
            and _last_name(call.func.value) == "unittest"
        ):
            return []  # the tests are run here; unittest would end the process
        if not (isinstance(call.func, ast.Attribute) and name.startswith("assert")):
            return [statement]
        given = call.args
        extra = {word.arg: word.value for word in call.keywords}
        messages = [extra["msg"]] if "msg" in extra else given[2:3] if name in _TWO_SIDED else given[1:2]
        for message in messages:
            if isinstance(message, ast.Constant) and isinstance(message.value, str):
                self.messages[statement.lineno] = message.value
        if set(extra) - {"msg", "places", "delta"} or any(isinstance(part, ast.Starred) for part in given):
            return [statement]
        if name in _TWO_SIDED and len(given) in (2, 3):
            return [self._compare(_TWO_SIDED[name], given[0], given[1], statement, test, always)]
        if name in ("assertIsNone", "assertIsNotNone") and len(given) in (1, 2):
            operator = "is" if name == "assertIsNone" else "is not"
            return [self._compare(operator, given[0], ast.Constant(None), statement, test, always)]
        if name == "assertTrue" and given:
            return self._assertion(given[0], given[0], test, always)
        if name == "assertFalse" and given:
            return [self._compare("not", given[0], ast.Constant(None), given[0], test, always)]
        if name == "assertAlmostEqual" and (near := _nearness(given, extra)) is not None:
            self.closes[statement.lineno] = near
            return [self._compare("==", given[0], given[1], statement, test, always)]
        return [statement]

    def _assertion(self, condition: ast.expr, whole: ast.expr, test: str, always: bool) -> list[ast.stmt]:
        """An asserted condition as statements, each of which tells one comparison."""
        if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
            found: list[ast.stmt] = []
            for position, part in enumerate(condition.values):
                found += self._assertion(part, part, test, always and position == 0)
            return found
        if isinstance(condition, ast.Compare):
            return self._comparison(condition, test, always)
        if isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not):
            inner = condition.operand
            if isinstance(inner, ast.Compare) and len(inner.ops) == 1:
                opposite = _OPPOSITE.get(_OPERATORS[type(inner.ops[0])])
                if opposite:
                    return [self._compare(opposite, inner.left, inner.comparators[0], whole, test, always)]
            return [
                self._compare("not", self._with_parts(inner, test), ast.Constant(None), whole, test, always)
            ]
        match condition:
            case ast.Call(func=ast.Name(id="isinstance"), args=[value, kind], keywords=[]):
                return [self._compare("isinstance", value, kind, whole, test, always)]
        return [
            self._compare("truth", self._with_parts(condition, test), ast.Constant(None), whole, test, always)
        ]

    def _comparison(self, condition: ast.Compare, test: str, always: bool) -> list[ast.stmt]:
        """`a < b < c` as two comparisons, with b worked out once."""
        found: list[ast.stmt] = []
        left = condition.left
        for position, (operator, right) in enumerate(zip(condition.ops, condition.comparators, strict=True)):
            last = position == len(condition.ops) - 1
            given = right if last else ast.NamedExpr(ast.Name("__between__", ast.Store()), right)
            found.append(self._compare(_OPERATORS[type(operator)], left, given, condition, test, always))
            left = _name("__between__")
        return found

    def _compare(
        self,
        operator: str,
        left: ast.expr,
        right: ast.expr,
        whole: ast.expr | ast.stmt,
        test: str,
        always: bool,
    ) -> ast.stmt:
        self.assertions += 1
        line = whole.lineno
        if always:
            self.lines.append((test, line))
        text = ast.get_source_segment(self.text, whole) or ""
        where = [ast.Constant(line), ast.Constant(" ".join(text.split())[:300]), ast.Constant(test)]
        return ast.copy_location(_call("__assert__", ast.Constant(operator), left, right, *where), whole)

    def _with_parts(self, condition: ast.expr, test: str) -> ast.expr:
        """A condition whose own comparisons are told too, so that no `__eq__` can make it true unseen."""
        return _PartTeller(test).visit(condition)  # type: ignore[no-any-return]


class _PartTeller(ast.NodeTransformer):
    """Puts `__part__` in the place of each simple comparison inside a condition."""

    def __init__(self, test: str) -> None:
        self.test = test

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        if len(node.ops) > 1:
            return node
        operator = ast.Constant(_OPERATORS[type(node.ops[0])])
        call = _call_expression(
            "__part__",
            operator,
            node.left,
            node.comparators[0],
            ast.Constant(node.lineno),
            ast.Constant(self.test),
        )
        return ast.copy_location(call, node)


def _may_leave(statement: ast.stmt) -> bool:
    """Whether a statement may leave its block before the rest of it is reached, without an exception."""
    leaves = (ast.Return, ast.Raise, ast.Break, ast.Continue)
    return any(isinstance(node, leaves) for node in ast.walk(statement)) and not isinstance(
        statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    )


def _nearness(given: list[ast.expr], extra: dict[str | None, ast.expr]) -> float | None:
    """How near `assertAlmostEqual` wants its values, where that is written as a number."""
    if len(given) not in (2, 3) or set(extra) - {"msg", "places", "delta"}:
        return None
    places = given[2] if len(given) == 3 else extra.get("places")
    delta = extra.get("delta")
    if delta is not None:
        return (
            float(delta.value)
            if isinstance(delta, ast.Constant) and isinstance(delta.value, (int, float))
            else None
        )
    if places is None:
        return 0.5e-7
    return (
        0.5 * 10.0**-places.value
        if isinstance(places, ast.Constant) and isinstance(places.value, int)
        else None
    )


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _call_expression(function: str, *given: ast.expr) -> ast.Call:
    return ast.Call(_name(function), list(given), [])


def _call(function: str, *given: ast.expr) -> ast.Expr:
    return ast.Expr(_call_expression(function, *given))
