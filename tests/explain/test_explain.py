"""What `explain` gives back, and where it looks for the mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.explain.advice import Advice
from tutor.explain.explain import explain
from tutor.runner.result import RunResult

Advise = Callable[..., tuple[Advice, ...]]


def test_nothing_is_said_about_a_program_that_is_well(advise: Advise) -> None:
    assert advise('print("Ready")\n') == ()


def test_a_program_that_python_cannot_read_needs_no_run() -> None:
    (advice,) = explain("if True\n    pass\n", None)
    assert advice.rule == "missing-colon"
    assert advice.python == "SyntaxError: expected ':'"


def test_running_it_first_says_the_same(run: Callable[..., RunResult]) -> None:
    program = "if True\n    pass\n"
    assert explain(program, run(program)) == explain(program, None)


def test_silent_advice_can_be_left_out(run: Callable[..., RunResult]) -> None:
    program = "n = 0\nn =+ 1\nprint(n)\n"
    assert [a.rule for a in explain(program, run(program))] == ["swapped-plus"]
    assert explain(program, run(program), silent=False) == ()


def test_the_error_comes_first_and_silent_advice_after_it(advise: Advise) -> None:
    advice = advise('n = 0\nn =+ 1\nprint("Dose: {n}")\nprint(m)\n')
    assert [a.rule for a in advice] == ["name-unknown", "swapped-plus"] or advice[0].line == 4
    assert [a.silent for a in advice] == [False] + [True] * (len(advice) - 1)


def test_one_line_gets_one_piece_of_advice(advise: Advise) -> None:
    advice = advise("beds = ['A']\nbeds = beds.append('B')\nprint(beds[0])\n")
    assert [a.rule for a in advice] == ["method-gives-none"]


def test_stopped_by_the_learner_and_left_by_exit_are_not_mistakes(advise: Advise) -> None:
    assert advise("import sys\nsys.exit(0)\n") == ()
    assert advise("raise SystemExit\n") == ()


WHERE = [
    ("the line that kept None", "def f():\n    print(5)\n\nx = f()\ny = 2\nprint(x + y)\n", "print-not-return", 2, 6),
    ("the line that asked", 'age = input("Age: ")\nname = "Ali"\nprint(name)\nprint(age + 1)\n', "input-is-text", 1, 4),
    ("the line that hid Python's name", "list = [1, 2]\nx = 3\nprint(list((4, 5)))\n", "builtin-covered", 1, 3),
    ("the line with the quotes", 'kg = "70"\nm = 1.75\nprint(kg / m)\n', "text-holds-number", 1, 3),
    ("the loop, not the item", "temps = [36, 38]\nfor i in range(5):\n    x = 1\n    print(temps[i])\n", "range-too-long", 2, 4),
    ("the line that kept append", "beds = ['A']\nbeds = beds.append('B')\nn = 1\nfor b in beds:\n    print(b)\n",
     "method-gives-none", 2, 4),
    ("the function called inside another", "def show(kg):\n    print(kg * 2)\n\ndef run():\n    total = show(70)\n    return total + 1\n\nrun()\n",
     "print-not-return", 2, 6),
    ("the bracket, not the next line", "x = (1 + 2\ny = 3\nprint(x, y)\n", "bracket-not-closed", 1, None),
    ("the def line without self", "class Ward:\n    def show(name):\n        print(name)\n\nWard().show('Elm')\n",
     "self-missing-in-def", 2, 5),
    ("the line in the learner's own function", "def score(row):\n    return row['news']\n\nprint(score({'bed': 4}))\n", "key-missing", 2, None),
    ("the own line, not the library's", "import statistics\nx = []\nprint(statistics.mean(x))\n", "of-nothing", 3, None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "program", "rule", "line", "noticed"), WHERE, ids=[w[0] for w in WHERE])
def test_the_line_named_is_where_the_mistake_is(
    advise: Advise, what: str, program: str, rule: str, line: int, noticed: int | None
) -> None:
    first = advise(program, "45")[0]
    assert (first.rule, first.line, first.noticed) == (rule, line, noticed)


ALSO = [
    ('print("a" + 5 + "b")', "text-plus-number"),
    ('x = 5\nprint("Score: " + x + " points")', "text-plus-number"),
    ('n = int(input())\nprint("n is " + n)', "text-plus-number"),
    ('ages = [70, 65]\nprint("Ages: " + ages)', "text-plus-other"),
    ("total = 0\nfor x in ['1', '2']:\n    total = total + x", "text-plus-number"),
    ("age = input()\nif age > 18:\n    print('adult')", "input-is-text"),
    ("n = input()\nfor i in range(n):\n    print(i)", "input-is-text"),
    ("n = input()\nprint(round(n))", "input-is-text"),
    ("beds = ['A']\ni = input()\nprint(beds[i])", "input-is-text"),
    ("def f():\n    return 1\nprint(f() + f)", "function-not-called"),
    ("name = 'Ali'\nprint(name.upper + '!')", "function-not-called"),
    ("def f(a, b=2):\n    return a\nf()", "argument-missing"),
    ("def f():\n    return 5\nf(3)", "argument-extra"),
    ("class P:\n    def __init__(self, name):\n        self.name = name\nP()", "argument-missing"),
    ("p = {'a': {'b': 1}}\nprint(p['a']['c'])", "key-missing-unknown"),
    ("rows = [{'n': 1}]\nfor row in rows:\n    print(row['m'])", "key-missing"),
    ("d = {}\nd['a'].append(1)", "key-in-empty"),
    ("x = [1, 2, 3]\nx.remove(9)", "remove-missing"),
    ("x = 'abc'\nprint(x[10])", "index-too-far"),
    ("t = (1, 2)\nprint(t[2])", "index-one-too-far"),
    ("x = 5\nx.append(1)", "not-a-list"),
    ("t = (1, 2)\nt.append(3)", "tuple-cannot-change"),
    ("s = {1}\nprint(s[0])", "view-indexed"),
    ("x = None\nfor i in x:\n    pass", "none-kept"),
    ("import math\nprint(Math.sqrt(4))", "wrong-capital"),
    ("x = 3\nX = x + y", "name-unknown"),
    ("def f():\n    inner = 5\nf()\nprint(inner)", "name-inside-function"),
    ("for i in range(3):\n    pritn(i)", "misspelt-name"),
    ("flag = TRUE", "true-capital"),
    ("x = null", "other-language-name"),
    ("bloodpressure = 120\nprint(blood_pressure)", "misspelt-name"),
    ("import datetime\nprint(datetime.today())", "datetime-twice"),
    ("from datetime import datetime\nprint(datetime.datetime.now())", "datetime-once"),
    ("x = [1, 2]\nprint(x.length)", "other-method"),
    ("x = 'a'\nprint(x.len())", "other-method"),
    ("int = 5\nage = int('70')", "builtin-covered"),
    ("x = 5\nprint(x[0])", "number-indexed"),
    ("print(5['a'])", "number-indexed"),
    ("x = float('12,5')", "convert-comma"),
    ("x = int('')", "convert-blank"),
    ("x = int('12kg')", "convert-unit"),
    ("scores = []\nprint(sum(scores) / len(scores))", "divide-by-count"),
    ("n = 0\nprint(10 % n)", "divide-by-name"),
    ("def f(n):\n    return f(n)\nf(1)", "recursion-no-end"),
    ("raise ValueError('x')", "raised-here-alone"),
    ("with open('a.csv') as f:\n    pass", "file-missing"),
    ("from maths import sqrt", "module-misspelt"),
    ("import Random", "module-misspelt"),
    ("a, b, c = [1, 2]", "unpack-count"),
    ("x = 5\nx()", "times-before-bracket"),
    ("x = [1]\nx[0]()", "item-called"),
]  # fmt: skip


@pytest.mark.parametrize(("program", "rule"), ALSO, ids=[f"{rule} {n}" for n, (_, rule) in enumerate(ALSO)])
def test_the_same_mistake_in_other_clothes_is_explained(advise: Advise, program: str, rule: str) -> None:
    assert advise(program, "45")[0].rule == rule


CANNOT_READ = [
    ('print("Hello)', "quote-not-closed"),
    ("print('It's Monday')", "apostrophe-in-text"),
    ('print("a" "b', "quote-not-closed"),
    ("def f(x)\n    return x", "missing-colon"),
    ("while x < 3\n    x += 1", "missing-colon"),
    ("for i in range(3)\n    print(i)", "missing-colon"),
    ("class Ward\n    pass", "missing-colon"),
    ("if x == 3:\n    y = 1\nelse\n    y = 2", "missing-colon"),
    ("elseif = 3\nif x:\n    y = 1\nelseif y:\n    y = 2", "else-if"),
    ("x = 5\nif x > 3:\nprint(x)", "not-indented"),
    ("x = [1, 2, 3", "bracket-not-closed"),
    ("print((1 + 2)", "bracket-not-closed"),
    ("x = 1 + 2)", "bracket-extra"),
    ("x = {1, 2]", "bracket-mismatch"),
    ("import math as", "cannot-read-first"),
    ("x == 5 = y", "cannot-read-first"),
    ("heart-rate = 80", "space-in-name"),
    ("first name = 'Ali'", "space-in-name"),
    ("1st = 5", "digit-first"),
    ("def = 5", "keyword-as-name"),
    ("import = 5", "keyword-as-name"),
    ("lambda = 5", "keyword-as-name"),
    ("dose = 5mg", "unit-after-number"),
    ("if x > 5 and < 10:\n    pass", "half-comparison"),
    ("if x <> 5:\n    pass", "other-sign"),
    ("if x => 5\n    pass", "other-sign"),
    ("if x =< 5:\n    pass", "other-sign"),
    ("if x > 5 || y:\n    pass", "other-sign"),
    ("if not ready = True:\n    pass", "single-equals"),
    ("x + 1 = 5", "assign-to-sum"),
    ("print(x) = 5", "assign-to-call"),
    ("x = {'a': 1 'b': 2}", "missing-comma"),
    ("x = [1 2]", "missing-comma"),
    ("print('a' x)", "missing-comma"),
    ("x = 3 +", "value-missing"),
    ("x =", "value-missing"),
    ("else:\n    pass", "else-alone"),
    ("return 5", "return-outside"),
    ("break", "break-outside"),
    ("let x = 5", "declared-kind"),
    ("func f() {\n}", "other-def"),
    ("for (int i = 0; i < 3; i++) {\n}", "for-other-language"),
    ("x++", "plus-plus"),
    ("import math from sqrt", "import-reversed"),
    ("if (x > 5) {\n    print(x)\n}", "curly-block"),
    ("prnit 'a'", "cannot-read-first"),
    ("x = 5 // a remark here", "other-comment"),
    ("Please enter your name", "plain-words"),
    ("f = open('C:\\Users\\x.txt')", "backslash-path"),
    ("name = ‘Ali’", "curly-quotes"),
    ("print(f'{x')", "fstring-not-closed"),
    ("if x > 3:\n    print(x)\n  print(1)", "indent-mismatch"),
    ("print('a')\n    print('b')", "unexpected-indent"),
    ("try:\n    x = 1\nprint(x)", "try-alone"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("program", "rule"), CANNOT_READ, ids=[f"{rule} {n}" for n, (_, rule) in enumerate(CANNOT_READ)]
)
def test_what_python_cannot_read_is_explained(program: str, rule: str) -> None:
    assert explain(program, None)[0].rule == rule
