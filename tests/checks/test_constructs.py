"""Constructs, patterns, `with:` replacement and style notes: all by syntax tree."""

from __future__ import annotations

import ast
import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.checks.constructs import find, in_words
from tutor.checks.patterns import found
from tutor.checks.replacing import NoAssignment, literal, replaced
from tutor.checks.source import Source, same_tokens, unfinished
from tutor.checks.style_notes import style_notes
from tutor.errors import LessonError
from tutor.lessons.constructs import OPERATORS, PLAIN


def tree(code: str) -> ast.Module:
    parsed = Source.of(code).tree
    assert parsed is not None
    return parsed


HAS = [
    ("for", "for x in y:\n    pass", "[x for x in y]"),
    ("while", "while x:\n    pass", "'while'"),
    ("if", "if x:\n    pass", "while x:\n    pass"),
    ("if", "y = 1 if x else 2", "[x for x in y if x]"),
    ("elif", "if x:\n    pass\nelif y:\n    pass", "if x:\n    pass\nelse:\n    if y:\n        pass"),
    ("else", "if x:\n    pass\nelse:\n    pass", "if x:\n    pass\nelif y:\n    pass"),
    ("else", "for x in y:\n    pass\nelse:\n    pass", "for x in y:\n    pass"),
    ("def", "def f():\n    pass", "f = lambda: 1"),
    ("return", "def f():\n    return 1", "def f():\n    yield 1"),
    ("class", "class A:\n    pass", "A = type('A', (), {})"),
    ("lambda", "f = lambda: 1", "def f():\n    pass"),
    ("with", "with open('x') as f:\n    pass", "f = open('x')"),
    ("try", "try:\n    x\nexcept ValueError:\n    pass", "x  # try"),
    ("raise", "raise ValueError", "assert x"),
    ("import", "from csv import reader", "csv = 1"),
    ("f-string", 'f"{x}"', '"{x}".format(x=1)'),
    ("list-comprehension", "[x for x in y]", "list(x for x in y)"),
    ("dict-comprehension", "{x: 1 for x in y}", "{x for x in y}"),
    ("recursion", "def f(n):\n    return n * f(n - 1)", "def f(n):\n    return g(n)\nf(1)"),
    ("recursion", "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)", "def f(f):\n    return f(1)"),
    (
        "recursion",
        "class A:\n    def m(self):\n        self.m()",
        "class A:\n    def m(self, other):\n        other.m()",
    ),
    ("recursion", "f = lambda n: n * f(n - 1)", "f = lambda n: n"),
    ("call:round", "round(1.5)", "round"),
    ("call:append", "beds.append(4)", "append = 4"),
    ("call:csv.reader", "import csv as c\nc.reader(f)", "reader(f)"),
    ("call:reader", "from csv import reader as r\nr(f)", "r(f)"),
    ("name:total", "total = 1", "'total'"),
    ("name:total", "def total():\n    pass", "x.total"),
    ("name:total", "def f(total):\n    pass", "f(total=1)"),
    ("name:total", "from x import y as total", "from x import y"),
    ("import:datetime", "from datetime import date", "import datetimes"),
    ("import:os.path", "import os.path", "import os"),
    ("operator:+", "x + y", "+x"),
    ("operator:+", "x += 1", "x -= 1"),
    ("operator:-", "x - 1", "x = -1"),
    ("operator:+=", "x += 1", "x = x + 1"),
    ("operator:not", "not x", "x != y"),
    ("operator:and", "x and y", "x & y"),
    ("operator:in", "x in y", "for x in y:\n    pass"),
    ("operator:not in", "x not in y", "not x in y"),
    ("operator:<=", "0 < x <= 8", "x < 8"),
    ("operator::=", "(x := 1)", "x = 1"),
    ("literal:7", "x = 7", "x = 70"),
    ("literal:7", "x = 7.0", "x = '7'"),
    ("literal:-5", "x = -5", "x = 5"),
    ("literal:Amara", "x = 'Amara'", "Amara = 1"),
    ("literal:1", "x = 1", "x = True"),
    ("literal:True", "x = True", "x = 1"),
    ("literal:high", "x = 'high'", "x = f'high{y}'"),
]


@pytest.mark.parametrize(("construct", "yes", "no"), HAS)
def test_each_construct_is_found_by_the_syntax_tree_and_nowhere_else(construct, yes, no):
    assert find(construct, tree("\n" + yes)) is not None
    assert find(construct, tree(no)) is None


@pytest.mark.parametrize("construct", [*PLAIN, *(f"operator:{name}" for name in OPERATORS), "call:f", "name:x", "import:os", "literal:7"])  # fmt: skip
def test_every_construct_of_the_format_is_known_and_has_words(construct):
    find(construct, tree("x = 1"))
    assert in_words(construct)


def test_an_unknown_construct_is_our_fault():
    for construct in ("loop", "operator:<>", "call:", "calls:f"):
        with pytest.raises(LessonError):
            find(construct, tree("x = 1"))


# ------------------------------------------------------------------------------------------------------------- patterns


@pytest.mark.parametrize(
    ("pattern", "program", "line"),
    [
        ("_ == True", "x = 1\nif x == True:\n    pass", 2),
        ("_ == True", "x = True", None),
        ("_ / 100", "def f(a):\n    return (a + 1) / 100", 2),
        ("round(_)", "y = round(x, 1)", None),
        ("round(_, ...)", "y = round(x, 1)", 1),
        ("round(...)", "y = round()", 1),
        ("print(_)", "print(x)\n", 1),
        ("return _", "def f():\n    return 1", 2),
        ("return", "def f():\n    return 1", None),
        ("if _:\n    ...\nif _:\n    ...", "if a:\n    x = 1\nif b:\n    x = 2", 1),
        ("if _:\n    ...\nif _:\n    ...", "if a:\n    x = 1\nelif b:\n    x = 2", None),
        (
            "for _ in _:\n    ...\n    return _\n    ...",
            "def f(xs):\n    for x in xs:\n        y = x\n        return y",
            2,
        ),
        (
            "for _ in _:\n    ...\n    return _",
            "def f(xs):\n    for x in xs:\n        y = x\n    return y",
            None,
        ),
        ("def _(*_):\n    ...\n    print(_)", "def f(a, b):\n    x = a\n    print(x)", 1),
        ("def f(_):\n    ...", "def f(rate):\n    return 1", 1),
        ("def f(_):\n    ...", "def f(rate, more):\n    return 1", None),
        ("x = 0\n...\nprint(x)", "x = 0\ny = 1\nz = 2\nprint(x)", 1),
        ("_ = _.append(_)", "beds = []\nbeds = beds.append(1)", 2),
        ("x += _", "x = 0\nx += 5", 2),
        ("[_, ..., 3]", "y = [1, 2, 2, 3]", 1),
        ("'a'", "y = 'a'", 1),
        ("try:\n    ...\nexcept:\n    ...", "try:\n    x()\nexcept:\n    pass", 1),
        ("try:\n    ...\nexcept:\n    ...", "try:\n    x()\nexcept ValueError:\n    pass", None),
    ],
)
def test_a_pattern_is_found_where_it_fits(pattern, program, line):
    assert found(pattern, tree(program)) == line


def test_a_pattern_that_is_no_python_is_our_fault():
    for pattern in ("if", "", "# only a comment"):
        with pytest.raises(LessonError):
            found(pattern, tree("x = 1"))


# ---------------------------------------------------------------------------------------------------------------- with


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("rr = 10\nprint(rr)", "rr = 8\nprint(rr)"),
        ("rr: int = 10  # rate", "rr: int = 8  # rate"),
        ("rr, temp = 10, 37", "rr, temp = 8, 37"),
        ("(temp, (rr, x)) = 37, (10, 1)", "(temp, (rr, x)) = 37, (8, 1)"),
        ("rr, temp = read()", "rr, temp = read(); rr = 8"),
        ("rr, *rest = [1, 2]", "rr, *rest = [1, 2]; rr = 8"),
        ("rate = rr = 10", "rate = rr = 8"),
        ("rr = int(input('Rate? '))", "rr = 8"),
        ("rr = input()\nrr = int(rr)", "rr = 8\nrr = int(rr)"),
        ("rr = 0\nrr = 10\nprint(rr)", "rr = 0\nrr = 8\nprint(rr)"),
        ("rr = 0\nprint(rr)\nrr = 10", "rr = 8\nprint(rr)\nrr = 10"),
        ("rr = 0\nrr += 10", "rr = 8\nrr += 10"),
        (
            "try:\n    rr = int(x)\nexcept ValueError:\n    rr = 0",
            "try:\n    rr = 8\nexcept ValueError:\n    rr = 0",
        ),
        ("if True:\n    rr = 10", "if True:\n    rr = 8"),
        ("while True:\n    rr = int(input())\n    break", "while True:\n    rr = 8\n    break"),
        ("with open('x') as f:\n    rr = f.read()", "with open('x') as f:\n    rr = 8"),
        ("match x:\n    case 1:\n        rr = 2", "match x:\n    case 1:\n        rr = 8"),
        ("if (rr := int(input())) > 3:\n    pass", "if (rr := 8) > 3:\n    pass"),
        ("def f():\n    rr = 1\nrr = 10", "def f():\n    rr = 1\nrr = 8"),
        ("def f():\n    return rr\nrr = 10", "def f():\n    return rr\nrr = 8"),
        ("rr = [\n    1,\n    2,\n]; x = 1\ny = 2", "rr = (8\n\n\n); x = 1\ny = 2"),
        ("# h\u00e9\nn = '\u00e9'; rr = '\u00e9\u00e9'; x = 1", "# h\u00e9\nn = '\u00e9'; rr = 8; x = 1"),
        ("\ufeffrr = 10\r\nx = 1", "rr = 8\nx = 1"),
        ("rr = 10 = 5", "rr = 10 = 5"),
    ],
)
def test_the_first_assignment_is_replaced_and_every_line_stays(program, result):
    assert replaced(Source.of(program), {"rr": "8"}) == result


@pytest.mark.parametrize("program", ["", "print(rr)", "def f():\n    rr = 1", "for rr in x:\n    pass", "rr += 1", "rr: int", "x.rr = 1", "f(rr=1)"])  # fmt: skip
def test_a_program_without_an_assignment_has_none_to_replace(program):
    with pytest.raises(NoAssignment):
        replaced(Source.of(program), {"rr": "8"})


def test_several_names_are_replaced_at_once():
    source = Source.of("rr, temp = 1, 2\nrate = spo2 = 3")
    given_values = {"rr": "8", "temp": "37", "rate": "5", "spo2": "96"}
    assert replaced(source, given_values) == "rr, temp = 8, 37\nrate = spo2 = 5; spo2 = 96"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates() | st.datetimes() | st.times()
    | st.timedeltas() | st.fractions() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(values)
def test_any_plain_value_can_be_written_as_an_expression_that_needs_no_import(value):
    from tutor.checks.compare import equal
    from tutor.lessons.model import Tolerance

    assert equal(value, eval(literal(value), {}), Tolerance(exactly=True))


def test_what_cannot_be_written_is_our_fault():
    assert literal({1}) == "set([1])"
    assert literal(datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)).count("__import__") == 2
    assert literal([Decimal("1.50"), Fraction(1, 3), 1 + 2j]).startswith("[__import__('decimal')")
    with pytest.raises(LessonError):
        literal(object())


# ---------------------------------------------------------------------------------------------------- source and style


@pytest.mark.parametrize("text", ["-" * 100_000 + "1", "(" * 5000, "[" * 3000 + "]" * 3000, "x = 1 + " * 50_000 + "1", "\0", "a" * 2_000_000, "\ud800", "f(" * 150 + ")" * 150, "if x:\n" + " x" * 10])  # fmt: skip
def test_no_text_is_too_strange_to_be_read(text):
    source = Source.of(text)
    unfinished(source, Source.of("..."))
    same_tokens(text, text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x<8", "x < 8", True),
        ("'a'", '"a"', True),
        ("8.0", "8.", True),
        ("x  # why", "x", True),
        ("f(x,y)", "f( x, y )", True),
        ("x < 8", "x <= 8", False),
        ("x<8", "8>x", False),
        ("ab", "a b", False),
        ("(3", "( 3", True),
        ("'a", "'a", True),
        ("1", "'1'", False),
    ],
)
def test_pieces_of_a_program_compare_as_tokens(one, other, same):
    assert same_tokens(one, other) is same


@pytest.mark.parametrize(
    ("program", "note"),
    [
        ("if ok == True:\n    pass", "Line 1 is right. It can be shorter, because the value is already True or False: ok."),
        ("if ok == False:\n    pass", "Line 1 is right. It can be shorter, because the value is already True or False: not ok."),
        ("def f(a):\n    if a > 17:\n        return True\n    else:\n        return False", "Line 2 is right. A shorter form: return a > 17. The test is already True or False."),
        ("try:\n    x()\nexcept:\n    pass", "Line 3 hides every mistake, also real ones. Name the error you expect: except ValueError:"),
        ("for i in range(len(beds)):\n    print(beds[i])", "Line 1 is right. The loop can hand you each item: for item in beds:"),
        ("for i in range(len(beds)):\n    print(i, beds[i])", None),
        ("for i in range(len(beds)):\n    beds[i] = 0", None),
        ("if ok:\n    pass", None),
        ("if x == 1:\n    pass", None),
        ("try:\n    x()\nexcept ValueError:\n    pass", None),
    ],
)  # fmt: skip
def test_notes_on_style_are_made_of_what_could_be_plainer(program, note):
    assert style_notes(tree(program), None) == ((note,) if note else ())
    assert style_notes(tree(program), tree(program)) == ()
