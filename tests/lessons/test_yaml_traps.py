"""YAML's traps get their own words, at the place that has to be mended, from both parsers."""

from __future__ import annotations

import pytest
import yaml

from tutor.lessons.compose import compose
from tutor.lessons.nodes import Mapping, Scalar

LOADERS = [pytest.param(yaml.CSafeLoader, id="libyaml"), pytest.param(yaml.SafeLoader, id="pure")]

#: text -> line, column, words of the problem, words of the hint
TRAPS = {
    "tab": ("a:\n\tb: 1\n", 2, 1, "a tab stands at the start", "replace each tab by two spaces"),
    "tab in a block": ("text: |\n\tHello\n", 2, 1, "a tab stands at the start", ""),
    "colon": ("title: Note: this\n", 1, 12, "`: ` stands inside the value of `title`", 'quotes around the value: "Note: this"'),
    "colon at the end": ("say: look here:\n", 1, 15, "`: ` stands inside the value of `say`", '"look here:"'),
    "colon in curly quotes": ("say: “a: b”\n", 1, 8, "`: ` stands inside", "curly quotes"),
    "exclamation": ("say: !important\n", 1, 6, "starts with `!`", "between quotes"),
    "hash": ("say: Bed one #4 is free\n", 1, 14, "the value ends before ` #`", "quotes around the whole value"),
    "hash in code": ('code: print("Bed # 4")\n', 1, 18, "the value ends before ` #`", "quotes around the whole value"),
    "hash at the start": ("say: #4 is free\n", 1, 6, "the value ends before ` #`", "quotes"),
    "brace": ("say: {name} is missing\n", 1, 6, "starts with `{`", '"{name} is missing"'),
    "two braces": ("say: {{name}}\n", 1, 7, "a list or keys stand where a key is expected", "quotes"),
    "bracket": ("say: [[term]] is a word\n", 1, 6, "starts with `[`", "quotes"),
    "star": ("say: **bold** text\n", 1, 6, "starts with `*`", '"**bold** text"'),
    "star alone": ("say: *bold\n", 1, 6, "starts with `*`", "quotes"),
    "ampersand": ("say: & more\n", 1, 6, "starts with `&`", '"& more"'),
    "percent": ("say: %d is a sign\n", 1, 6, "cannot start with `%`", "quotes"),
    "at": ("hints:\n  - @home\n", 2, 5, "cannot start with `@`", '"@home"'),
    "backtick": ("say: `x` is a name\n", 1, 6, "cannot start with a backtick", '"`x` is a name"'),
    "pipe": ("say: |x| is\n", 1, 6, "`|` starts a block of text", "quotes"),
    "more than": ("say: > 8 scores\n", 1, 6, "`>` starts a block of text", '"> 8 scores"'),
    "dash": ("say: - something\n", 1, 6, "would start a list", '"- something"'),
    "comma in a list": ("uses: [max(1, 2)]\n", 1, 8, "the comma inside [ ] cuts this value in two", '"max(1, 2)"'),
    "bracket in braces": ("- {call: f([1]), returns: 3}\n", 1, 12, "`[` stands inside a value between `{` and `}`", "quotes"),
    "colon in braces": ("- {say: a: b}\n", 1, 10, "`: ` comes a second time", "quotes"),
    "open bracket": ("a: [1, 2\nb: 3\n", 1, 4, "the `[` that opens here is not closed", "put `]` at the end"),
    "open brace": ("a: {b: 1\nc: 3\n", 1, 4, "the `{` that opens here is not closed", "put `}` at the end"),
    "open quote": ('say: "abc\nid: x\n', 1, 6, "the double quote that opens here is not closed", 'put " at the end'),
    "open quote before another": ('say: "abc\nid: x\nb: "y"\n', 1, 6, "the double quote that opens here", ""),
    "apostrophe": ("say: 'It's here'\n", 1, 10, "text goes on after the closing quote", 'put " around'),
    "text after quotes": ('say: "one" and two\n', 1, 12, "text goes on after the closing quote", "put ' around"),
    "backslash": ('matches: "\\d+"\n', 1, 11, "`\\d` means nothing between double quotes", "single quotes"),
    "no space after a colon": ("id: x\ntitle:Say\n", 2, 7, "a space is missing after `title:`", "`title: Say`"),
    "no space in the first line": ("title:Say\nid: x\n", 1, 7, "a space is missing after `title:`", "`title: Say`"),
    "no space after a dash": ("a:\n  - one\n  -two\n", 3, 4, "a space is missing after the dash", "`- two`"),
    "no space after any dash": ("a:\n  -one\n  -two\n", 2, 4, "a space is missing after the dash", "`- one`"),
    "run together": ("say: one\n  id:two\n", 2, 6, "a space is missing after `id:`", "`id: two`"),
    "block too far left": ("text: |\n  One\n two\n", 3, 2, "belongs to the text under `text:` (line 1)", "put 2 spaces before it"),
    "block not indented": ("- text: |\n  One\n  two\n  id: x\n", 2, 3, "belongs to the text under `text:`", "put 4 spaces"),
    "one space too many": ("- kind: read\n   id: x\n", 2, 4, "starts after 3 spaces", "put 2 spaces before it"),
    "one space too few": ("a:\n  - kind: read\n   id: x\n", 3, 4, "starts after 3 spaces", "put 4 spaces before it"),
    "an item among keys": ("a:\n  b: 1\n  - c\n", 3, 3, "a list item (`- `) stands among keys", "indent it"),
    "a key among items": ("a:\n  - c\n  b: 1\n", 3, 3, "a key stands among list items", "start it with `- `"),
    "no colon": ("a: 1\nminutes 20\nb: 2\n", 2, 1, "neither a key with a value nor a list item", "`minutes: ...`"),
    "duplicate": ("a: 1\nb: 2\na: 3\n", 3, 1, "`a` stands here a second time; it first stands in line 1", "keep one"),
    "curly quotes": ("say: “Hello”\n", 1, 6, "curly quotes (“ ”) stand around", 'straight ones (")'),
    "second document": ("a: 1\n---\nb: 2\n", 2, 1, "`---` starts a second document", "delete this line"),
}  # fmt: skip


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_has_its_own_words(name: str, loader: type) -> None:
    text, line, column, problem, hint = TRAPS[name]
    finding = compose(text, loader).findings[0]
    assert (finding.line, finding.column) == (line, column), finding
    assert problem in finding.problem
    assert hint in finding.hint
    assert "parser" not in finding.problem


FINE = {
    "colons in words": "a: 12:30 and http://x\n",
    "hash in a word": "a: C# and F#\nb: x#y\n",
    "a comment with two spaces": "a: one two  # a comment\n",
    "a comment after a number": "a: 20 # about\n",
    "quotes inside": "a: He said \"yes\" and 'no'\n",
    "curly quotes inside": "a: The “red” score\n",
    "curly quotes at both ends of several": 'a: "“one” and “two”"\n',
    "a wrapped text": "a: one\n  two - three\n  four\n",
    "a negative number": "a:\n  - -5\n  - -x\n",
    "a list in brackets": "a: [f(1), g(2)]\n",
    "a document mark": "---\na: 1\n",
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", FINE)
def test_what_is_no_trap_is_not_reported(name: str, loader: type) -> None:
    assert compose(FINE[name], loader).findings == []


@pytest.mark.parametrize("loader", LOADERS)
def test_several_mistakes_in_yaml_are_found_in_one_run(loader: type) -> None:
    text = "title: a: b\nsay: `x`\nminutes:20\nhints:\n  - @two\nneeds:\n  -one\ncode: |\n    x\n  y\n"
    composed = compose(text, loader)
    assert [finding.line for finding in composed.findings] == [1, 2, 3, 5, 7, 10]
    assert composed.root is not None


@pytest.mark.parametrize("loader", LOADERS)
def test_after_mending_the_values_are_what_was_typed(loader: type) -> None:
    root = compose("title: It's a: b\n", loader).root
    assert isinstance(root, Mapping)
    value = root.get("title")
    assert isinstance(value, Scalar)
    assert value.text == "It's a: b"


def test_nothing_is_said_twice_of_one_line() -> None:
    composed = compose("title: a: b: c: d\n")
    assert len(composed.findings) == 1
