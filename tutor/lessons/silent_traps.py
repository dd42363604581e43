"""YAML that can be read but does not say what its writer meant: text cut off at ` #`, lines run together, curly quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.lessons.nodes import Mapping, Node, Scalar, Sequence, shortened
from tutor.lessons.source import Finding

_COMMENT = re.compile(r"(?P<spaces>[ \t]+)#(?P<after>.?)")
_JOINED_ITEM = re.compile(r"\s*-(?: |(?=[^\W\d_\"'`(]))")
_JOINED_KEY = re.compile(r"\s*(?P<key>[a-z][\w-]*):(?=[^\s/:])")
_ODD_STARTS = frozenset("-“‘„”’")
_CURLY = {"“": "”", "‘": "’", "„": "“", "”": "”", "’": "’"}


def silent_traps(root: Node, lines: list[str]) -> Iterator[Finding]:
    """What looks unlike what was meant, in the order of the file."""
    comments = any(" #" in line or "\t#" in line for line in lines)
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.style == "" and (comments or node.end_line != node.line or node.text[:1] in _ODD_STARTS):
                yield from _plain(node, lines, comments)
        elif isinstance(node, Sequence):
            if node.flow:
                yield from _cut_item(node)
            waiting.extend(reversed(node.items))
        elif isinstance(node, Mapping):
            for _key, value in reversed(node.pairs):
                waiting.append(value)


def _plain(node: Scalar, lines: list[str], comments: bool) -> Iterator[Finding]:
    if comments:
        yield from _comment(node, lines)
    own_line = node.line <= len(lines) and not lines[node.line - 1][: node.column - 1].strip()
    if own_line and re.match(r"-[^\W\d_]", node.text):
        yield _missing_after_dash(node.line, node.column + 1, lines[node.line - 1])
    if node.line < node.end_line <= len(lines):
        yield from _joined(node, lines)
    if node.text[:1] in _CURLY and len(node.text) > 1 and node.text[-1] == _CURLY[node.text[0]]:
        yield Finding(
            node.line,
            node.column,
            f"curly quotes ({node.text[0]} {node.text[-1]}) stand around this value; to YAML they are letters like others",
            'replace them by straight ones (")',
            rule="curly-quotes",
        )


def _comment(node: Scalar, lines: list[str]) -> Iterator[Finding]:
    if node.end_line > len(lines):  # nothing at all, noticed behind the last line
        return
    tail = lines[node.end_line - 1][node.end_column - 1 :]
    match = _COMMENT.match(tail)
    if not match:
        return
    meant_as_text = match["after"] not in ("", " ", "\t", "#", "!")
    column = node.end_column + len(match["spaces"])
    cut = f"the value ends before ` #`: `{shortened(tail.strip())}` is a comment, which nobody sees"
    if len(match["spaces"]) > 1:
        return
    if (meant_as_text and (node.empty or " " in node.text)) or opens_more(node.text):
        yield Finding(node.end_line, column, cut, "put quotes around the whole value", rule="comment")
    elif meant_as_text or " " in node.text:
        hint = "put quotes around the whole value; for a comment put two spaces before #"
        yield Finding(node.end_line, column, cut, hint, warning=True, rule="comment")


def _joined(node: Scalar, lines: list[str]) -> Iterator[Finding]:
    for number in range(node.line + 1, node.end_line + 1):
        line = lines[number - 1]
        item, key = _JOINED_ITEM.match(line), _JOINED_KEY.match(line)
        if item and not line.lstrip().startswith("- "):
            yield _missing_after_dash(number, item.end() + 1, line)
        elif key:
            yield Finding(
                number,
                key.end() + 1,
                f"a space is missing after `{key['key']}:`; this line is read as part of the value above",
                f"write `{key['key']}: {shortened(line[key.end() :])}`",
                rule="space",
            )


def _missing_after_dash(line: int, column: int, text: str) -> Finding:
    return Finding(
        line,
        column,
        "a space is missing after the dash; this line is read as part of a text",
        f"write `- {shortened(text.strip()[1:])}`",
        rule="space",
    )


def _cut_item(node: Sequence) -> Iterator[Finding]:
    """`[f(1, 2)]`: the comma makes two items of it."""
    for first, second in zip(node.items, node.items[1:], strict=False):
        if not (isinstance(first, Scalar) and isinstance(second, Scalar) and first.plain and second.plain):
            continue
        if opens_more(first.text) and second.text.count(")") > second.text.count("("):
            whole = f"{first.text}, {second.text}"
            yield Finding(
                first.line,
                first.column,
                f"the comma inside [ ] cuts this value in two: `{shortened(first.text)}` and `{shortened(second.text)}`",
                f'put quotes around the whole value: "{shortened(whole)}"',
                rule="comma",
            )


def opens_more(text: str) -> bool:
    """Whether a bracket or quote that opens in a text is not closed in it."""
    pairs = (("(", ")"), ("[", "]"), ("{", "}"))
    return (
        any(text.count(opening) > text.count(closing) for opening, closing in pairs)
        or text.count('"') % 2 == 1
    )
