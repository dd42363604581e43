"""Exceptions as facts: where, what the names stood for, and the traceback as Python prints it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor.runner.facts import Sources, error_facts
from tutor.runner.protocol import ProtocolError
from tutor.runner.result import ErrorFacts, RunResult

Run = Callable[..., RunResult]


def error_of(run: Run, source: str, **fields: object) -> ErrorFacts:
    error = run(source, **fields).error
    assert error is not None
    return error


TRACEBACKS = {
    "a division": "def half(x):\n    return x / 0\n\nhalf(3)\n",
    "letters beyond ASCII": "größe = 1\nprint('éé' + größe)  # ü\n",
    "tabs": "if True:\n\tif True:\n\t\tx = [1][5]\n",
    "recursion": "def f(n):\n    return f(n + 1)\nf(0)\n",
    "a cause": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('no') from e\n",
    "a context": "try:\n    {}['a']\nexcept KeyError:\n    int('x')\n",
    "no context": "try:\n    {}['a']\nexcept KeyError:\n    raise ValueError('no') from None\n",
    "a class of one's own": "class Wrong(Exception):\n    pass\nraise Wrong('so', 3)\n",
    "a note": "e = ValueError('no')\ne.add_note('look there')\nraise e\n",
    "a library's class": "import decimal\ndecimal.Decimal('x')\n",
    "several lines": "x = (1 +\n     'a')\n",
    "no message": "raise ValueError\n",
    "a missing colon": "x = 1\nif x\n    y = 2\n",
    "an open bracket": "print((1,\n  2)\n",
    "a bad indent": "if True:\nx = 1\n",
    "mixed tabs": "if True:\n    x = 1\n\ty = 2\n",
    "an open string": "x = 'abc\n",
    "a word too many": "x = 1 2\n",
}


@pytest.mark.parametrize("name", TRACEBACKS)
def test_the_traceback_is_as_python_prints_it(run: Run, tmp_path: Path, name: str) -> None:
    source = TRACEBACKS[name]
    (tmp_path / "main.py").write_text(source)
    printed = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "main.py"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    ).stderr
    lines = printed.replace(f'"{tmp_path}/main.py"', '"main.py"').splitlines()
    kept, skip = [], False
    for line in lines:  # the library's own frames are not the learner's
        if line.startswith("  File "):
            skip = '"main.py"' not in line
        elif not line.startswith("    "):
            skip = False
        if not skip and "Previous line repeated" not in line:
            kept.append(line)
    told = [
        line for line in error_of(run, source).traceback.splitlines() if "Previous line repeated" not in line
    ]
    assert told == [line.partition(". Did you mean")[0] for line in kept]


def test_a_name_error_comes_with_the_names_that_there_were(run: Run) -> None:
    error = error_of(
        run,
        "import math\nrates = [12, 14]\ndef mean(values):\n    count = len(values)\n    return total / count\nmean(rates)",
    )
    assert (error.type, error.line, error.column, error.end_column) == ("NameError", 5, 11, 16)
    assert error.attributes["name"] == "total"
    names = error.frames[-1].names
    assert (names["values"].kind, names["values"].text, names["values"].length) == ("list", "[12, 14]", 2)
    assert names["count"].text == "2"
    assert names["rates"].text == "[12, 14]"
    assert names["math"].kind == "module" and "sqrt" in names["math"].keys
    assert names["mean"].text == "the function mean"
    assert [frame.function for frame in error.frames] == ["<module>", "mean"]


def test_a_key_error_tells_the_key_and_the_keys_that_there_were(run: Run) -> None:
    error = error_of(run, "patient = {'name': 'Ada', 3: 'x'}\npatient['nmae']")
    assert error.attributes["key"] == "nmae"
    assert error.frames[-1].names["patient"].keys == ("name", "3")


def test_an_attribute_error_tells_what_the_object_has(run: Run) -> None:
    error = error_of(
        run, "class P:\n    def __init__(self):\n        self.name = 'Ada'\n    def age(self): ...\nP().nmae"
    )
    assert error.attributes["obj"] == "P"
    assert error.attributes["obj_keys"].split("\n") == ["name", "age"]


def test_an_os_error_tells_number_and_file(run: Run) -> None:
    error = error_of(run, "open('obs.csv')")
    assert (error.attributes["errno"], error.attributes["filename"]) == ("2", "obs.csv")
    assert error.bases[:2] == ("FileNotFoundError", "OSError")


def test_a_syntax_error_tells_line_column_and_text(run: Run) -> None:
    error = error_of(run, "x = 1\nif x\n    y = 2\n")
    assert (error.line, error.column, error.text) == (2, 4, "if x\n")
    assert error.python == "SyntaxError: expected ':'"


def test_python_names_a_librarys_exception_in_full(run: Run) -> None:
    error = error_of(run, "import json\njson.loads('{')")
    assert error.type == "JSONDecodeError"
    assert error.python.startswith("json.decoder.JSONDecodeError: Expecting property name")
    assert (error.attributes["lineno"], error.attributes["colno"]) == ("1", "2")
    assert error.line == 2


def test_the_chain_holds_what_came_before(run: Run) -> None:
    error = error_of(run, TRACEBACKS["a cause"])
    assert [before.type for before in error.chain] == ["KeyError"]
    assert error.chain[0].line == 2


def test_an_error_in_a_file_of_ones_own_points_into_the_program_too(run: Run) -> None:
    error = error_of(run, "import ward\nward.f()", modules={"ward.py": "def f():\n    return 1 / 0\n"})
    assert error.line == 2
    assert [(frame.file, frame.line, frame.own) for frame in error.frames] == [
        ("main.py", 2, True),
        ("ward.py", 2, True),
    ]


def test_describing_names_runs_no_code_of_the_program(run: Run) -> None:
    source = (
        "class Loud:\n    def __repr__(self): print('repr')\n    def __len__(self): print('len')\n"
        "    def __getattr__(self, name): print(name)\n    @property\n    def secret(self): print('secret')\n"
        "    __str__ = __hash__ = __eq__ = __repr__\nx = Loud()\n1 / 0"
    )
    result = run(source)
    assert result.stdout == ""
    assert result.error.frames[-1].names["x"].kind == "Loud"


def test_long_values_are_described_in_short(run: Run) -> None:
    names = (
        error_of(run, "a = 'x' * 10000\nb = list(range(10**5))\nc = 10**5000\nl = []\nl.append(l)\n1 / 0")
        .frames[-1]
        .names
    )
    assert len(names["a"].text) < 130 and names["a"].length == 10000
    assert names["b"].text == "[0, 1, 2, 3, 4, 5, ...]" and names["b"].length == 100000
    assert names["c"].text.startswith("a whole number of about 5000 digits".replace("5000", "498"[:3])[:20])
    assert names["l"].text.startswith("[")


@pytest.mark.parametrize(
    ("filename", "modules"),
    [("random.py", {}), ("main.py", {"random.py": "x = 1"})],
    ids=["itself", "beside"],
)
def test_a_file_that_stands_in_for_a_standard_module_is_told(
    run: Run, filename: str, modules: dict[str, str]
) -> None:
    error = error_of(run, "import random\nprint(random.randint(1, 6))", filename=filename, modules=modules)
    assert error.type == "AttributeError"
    assert error.attributes["shadows"] == "random"
    assert "/" not in error.message


def test_a_standard_module_that_is_not_shadowed_is_not_accused(run: Run) -> None:
    assert "shadows" not in error_of(run, "import random\nrandom.randnit(1, 6)").attributes
    assert "shadows" not in error_of(run, "x = 1 / 0", filename="random.py").attributes


def test_an_exception_whose_words_raise_is_still_told(run: Run) -> None:
    error = error_of(run, "class Odd(Exception):\n    def __str__(self): return 1 / 0\nraise Odd()")
    assert error.type == "Odd" and "could not be read" in error.message


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"type": 1},
        {
            "type": "X",
            "module": "m",
            "message": "",
            "bases": [],
            "attributes": {"a": 1},
            "frames": [],
            "notes": [],
        },
        {
            "type": "X",
            "module": "m",
            "message": "",
            "bases": [],
            "attributes": {},
            "frames": [[1]],
            "notes": [],
        },
        {"type": "X", "module": "m", "message": "", "bases": [], "attributes": {}, "frames": {}, "notes": []},
        {
            "type": "X",
            "module": "m",
            "message": "",
            "bases": [],
            "attributes": {},
            "frames": [],
            "notes": [],
            "syntax": 3,
        },
        {
            "type": "X",
            "module": "m",
            "message": "",
            "bases": [],
            "attributes": {},
            "frames": [],
            "notes": [],
            "before": [],
        },
    ],
)
def test_facts_that_are_none_are_refused(told: object) -> None:
    with pytest.raises(ProtocolError):
        error_facts(told, Sources("main.py", {}))
