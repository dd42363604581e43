"""No text crashes the reader, hangs it, or makes it construct anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutor.lessons.compose import compose
from tutor.lessons.lesson_loader import read_lesson
from tutor.lessons.markup import LIGHT, plain_text, render
from tutor.lessons.nodes import Mapping, Node, Scalar
from tutor.lessons.python_values import PythonValueError, python_value
from tutor.lessons.source import LARGEST_FILE, Finding, decode, read_source

LOADERS = [pytest.param(yaml.CSafeLoader, id="libyaml"), pytest.param(yaml.SafeLoader, id="pure")]

DEEP = {
    "brackets": "[" * 100_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "indented keys": "".join(" " * depth + "a:\n" for depth in range(500)),
    "behind a tab": "\t" + "[" * 100_000,
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_refused_with_its_place(name: str, loader: type) -> None:
    composed = compose(DEEP[name], loader)
    assert composed.root is None
    assert "inside each other" in composed.findings[-1].problem or composed.findings[-1].rule == "tab"


def test_deep_nesting_does_not_end_the_process() -> None:
    # In a process of its own: libyaml's composer would end it without a word.
    code = (
        "from tutor.lessons.compose import compose\n"
        "for text in ('[' * 200_000, '{a: ' * 200_000, '- ' * 200_000, '!!set {' * 50_000):\n"
        "    print(compose(text).root)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "None\n" * 4), done.stderr


@pytest.mark.parametrize("loader", LOADERS)
def test_aliases_are_refused_so_none_can_explode(loader: type) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    composed = compose("\n".join(lines), loader)
    assert composed.findings
    assert all(finding.rule == "yaml" for finding in composed.findings)


@pytest.mark.parametrize("loader", LOADERS)
def test_tags_construct_nothing(loader: type, tmp_path: Path) -> None:
    mark = tmp_path / "made"
    text = (
        f"title: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{mark}']]\n"
    )
    assert any("`!`" in finding.problem for finding in compose(text, loader).findings)
    assert not mark.exists()


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    finding = read_source(file)
    assert isinstance(finding, Finding)
    assert finding.problem == "the file has 50.0 MB; at most 2 MB are read"


def test_the_largest_file_is_still_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"a" * LARGEST_FILE)
    assert isinstance(read_source(file), str)


def test_a_file_of_many_values_is_refused() -> None:
    composed = compose("- x\n" * 300_000)
    assert composed.root is None
    assert composed.findings[0].problem == "the file has more than 40,000 values"


def test_no_more_than_a_hundred_mistakes_are_listed() -> None:
    assert len(compose("a: 1\n" * 5_000).findings) == 100


YAMLISH = st.lists(
    st.sampled_from(
        [
            "format: 1\n",
            "title: ",
            "steps:\n",
            "  - kind: read\n",
            "    id: x\n",
            "    text: |\n",
            "      Hello\n",
        ]
        + [
            "checks:",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ": ",
            ":",
            " #",
            "#",
            '"',
            "'",
            "|",
            ">",
            "&a",
            "*a",
            "!",
            "%",
            "@",
            "`",
        ]
        + [
            "\n",
            " ",
            "  ",
            "\t",
            "kind: exercise",
            "call: f(1, 2)",
            "“",
            "”",
            "---",
            "...",
            "? ",
            "08",
            "no",
            "\\d",
            "x",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=200), YAMLISH))
@settings(deadline=None, max_examples=300)
@example("\ud800")
@example("a: '\n\n\nb")
@example("\ufeff")
@example("[\n}")
@example("? |\n")
def test_any_text_gives_a_lesson_or_problems(text: str) -> None:
    read = read_lesson(Path("lesson.yaml"), text=text)
    assert (read.loaded.value is None) == bool(read.loaded.errors)
    assert read.heading.broken == (read.loaded.value is None)
    for problem in read.loaded.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.place.line <= max(1, len(text.splitlines()) + 1)


@given(st.one_of(st.text(max_size=120), YAMLISH))
@settings(deadline=None, max_examples=200)
def test_both_parsers_agree_on_whether_a_text_can_be_read(text: str) -> None:
    with_libyaml, pure = compose(text, yaml.CSafeLoader), compose(text, yaml.SafeLoader)
    if not with_libyaml.findings and not pure.findings:
        assert _says(with_libyaml.root) == _says(pure.root)


def _says(node: Node | None) -> object:
    """What a tree says, without where."""
    if isinstance(node, Scalar):
        return node.style, node.text
    if isinstance(node, Mapping):
        return {key.text: _says(value) for key, value in node.pairs}
    return [_says(item) for item in node.items] if node is not None else None


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    assert isinstance(decode(data), str | Finding)


@given(st.text(alphabet="()[]{}'\"-+*123.,:abdfinset=\\ \n", max_size=60))
@settings(deadline=None)
def test_any_expression_is_a_value_or_refused(expression: str) -> None:
    try:
        python_value(expression)
    except PythonValueError as error:
        assert str(error)


@given(st.text(alphabet="[]()!#*_`<>|&-\n \\\"'abcmedia/.png:123~\u00e9", max_size=200))
@settings(deadline=None)
def test_any_markdown_becomes_html_without_tags_of_the_writer(text: str) -> None:
    html = render(text, palette=LIGHT, pictures=["media/a.png"], glossary=["a"])
    assert "<script" not in html
    assert "<iframe" not in html
    plain_text(text)
