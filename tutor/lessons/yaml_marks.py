"""Mistakes with the marks that mean something in YAML: quotes, colons, brackets, and what a value may start with."""

from __future__ import annotations

import re

from tutor.lessons.nodes import shortened
from tutor.lessons.source import Finding
from tutor.lessons.yaml_lines import UNREADABLE_MARK, parse_line, quoted, suggested
from tutor.lessons.yaml_mistake import Repair, YamlMistake

_BAD_ESCAPE = re.compile(
    r"\\(?:[^0abtnvfre \"/\\N_LPxuU]|x(?![0-9A-Fa-f]{2})|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))"
)
_STARTS_NOTHING = {
    "@": "a value cannot start with `@`",
    "`": "a value cannot start with a backtick",
    "%": "a value cannot start with `%`",
    "*": "a value that starts with `*` refers to something elsewhere",
    "&": "a value that starts with `&` gives a name to what follows",
    "!": "a value that starts with `!` gives a type to what follows",
    "|": "`|` starts a block of text, which begins on the next line",
    ">": "`>` starts a block of text, which begins on the next line",
    "?": "`? ` at the start means something else in YAML",
    "}": "a value cannot start with `}`",
    "]": "a value cannot start with `]`",
    ",": "a value cannot start with a comma",
}
_CURLY = "“”„‘’‚"


def open_quote(mistake: YamlMistake) -> Repair | None:
    """A quote that is never closed, or that the next quote of another line closed."""
    ended = "quoted scalar" in mistake.context and "end of stream" in mistake.problem
    index = mistake.start if ended else mistake.index
    if ended:
        return _unclosed(mistake, index, mistake.start_column)
    if "flow" in mistake.context:
        return None
    before = mistake.lines[mistake.index][: mistake.column].rstrip()
    if not before.endswith(("'", '"')):
        return None
    mark = before[-1]
    for other in range(mistake.index - 1, max(-1, mistake.index - 30), -1):
        line = parse_line(mistake.lines[other])
        value = line.value
        if value.startswith(mark) and value.count(mark) % 2 == 1:
            return _unclosed(mistake, other, line.value_column)
    return None


def _unclosed(mistake: YamlMistake, index: int, column: int) -> Repair:
    line = mistake.lines[index]
    mark = line[column : column + 1]
    name = "double quote" if mark == '"' else "single quote"
    finding = Finding(
        index + 1,
        column + 1,
        f"the {name} that opens here is not closed on this line",
        f"put {mark} at the end, or leave the first one out",
        rule="quote",
    )
    return mistake.repair(finding, {index: line.rstrip() + mark})


def after_quote(mistake: YamlMistake) -> Repair | None:
    """Text behind the quote that closes a value."""
    line = mistake.line
    if (
        not line.value.startswith(("'", '"'))
        or "flow" in mistake.context
        or mistake.column <= line.value_column
    ):
        return None
    if "escape" in mistake.problem or "hexdecimal" in mistake.problem or "quoted scalar" in mistake.context:
        return None
    mark = line.value[0]
    other = '"' if mark == "'" else "'"
    hint = (
        f"put {other} around the whole value" if other not in line.value else "put the whole value under `|`"
    )
    if mark == "'" and other in line.value:
        hint = "write '' for each ' inside single quotes"
    finding = Finding(
        mistake.index + 1,
        mistake.column + 1,
        f"text goes on after the closing quote: `{shortened(line.text[mistake.column :])}`",
        hint,
        rule="quote",
    )
    return mistake.repair(finding, {mistake.index: line.with_value(quoted(line.value))})


def escape(mistake: YamlMistake) -> Repair | None:
    """A backslash between double quotes that means nothing."""
    if "quoted scalar" not in mistake.context:
        return None
    index = mistake.index if _BAD_ESCAPE.search(mistake.lines[mistake.index]) else mistake.start
    line = mistake.lines[index]
    match = _BAD_ESCAPE.search(line)
    if not match:
        return None
    finding = Finding(
        index + 1,
        match.start() + 1,
        f"`{match.group()}` means nothing between double quotes",
        "use single quotes, or write each backslash twice",
        rule="quote",
    )
    return mistake.repair(finding, {index: _BAD_ESCAPE.sub(lambda found: "\\" + found.group(), line)})


def colon(mistake: YamlMistake) -> Repair | None:
    """A second `: ` in a line, which would make a key of a text."""
    if "mapping values" not in mistake.problem:
        return None
    line = mistake.line
    inner = re.search(r":(?=\s|$)", line.value)
    if not inner or (line.key is None and not line.dashes):
        return None
    curly = line.value[:1] in _CURLY
    hint = (
        "replace the curly quotes by straight ones"
        if curly
        else f"put quotes around the value: {_cut(suggested(line.value))}"
    )
    finding = Finding(
        mistake.index + 1,
        line.value_column + inner.start() + 1,
        f"`: ` stands inside the value of `{line.key or 'this item'}`, where it would start a new key",
        hint,
        rule="colon",
    )
    return mistake.repair(finding, {mistake.index: line.with_value(quoted(line.value))})


def start_of_value(mistake: YamlMistake) -> Repair | None:
    """A value whose first sign means something else in YAML."""
    line = mistake.line
    first = line.value[:1]
    if "flow" in mistake.context:
        return None
    if first in _STARTS_NOTHING and (line.key or line.dashes or first != "!"):
        said = _STARTS_NOTHING[first]
    elif first in ("{", "[") and mistake.column > line.value_column:
        said = f"a value that starts with `{first}` is {'keys with values' if first == '{' else 'a list'}, and text follows"
    elif line.value.startswith("- ") or (line.key and "sequence entries" in mistake.problem):
        said = "`- ` at the start of a value would start a list"
    else:
        return None
    column = line.value_column
    if line.dashes and line.key is None and "sequence entries" in mistake.problem:
        return None
    finding = Finding(
        mistake.index + 1,
        column + 1,
        said,
        f"put quotes around the value: {_cut(suggested(line.value))}",
        rule="quotes-needed",
    )
    return mistake.repair(finding, {mistake.index: line.with_value(quoted(line.value))})


def dash_after_key(mistake: YamlMistake) -> Repair | None:
    """`say: - something`: the dash was taken for an item's."""
    line = mistake.lines[mistake.index]
    match = re.match(r"(\s*(?:- +)?[\w-]+: +)(- .*)", line)
    if "sequence entries" not in mistake.problem or not match:
        return None
    finding = Finding(
        mistake.index + 1,
        match.end(1) + 1,
        "`- ` at the start of a value would start a list",
        f"put quotes around the value: {_cut(suggested(match.group(2)))}; a list starts on the next line",
        rule="quotes-needed",
    )
    return mistake.repair(finding, {mistake.index: match.group(1) + quoted(match.group(2))})


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:56] + "..." + text[-1]


def flow(mistake: YamlMistake) -> Repair | None:
    """Brackets and braces that do not close, or values in them that need quotes."""
    if "flow" not in mistake.context:
        return None
    opened = mistake.lines[mistake.start][mistake.start_column : mistake.start_column + 1]
    closing = {"{": "}", "[": "]"}.get(opened, "")
    if not closing:
        return None
    if mistake.index != mistake.start:
        finding = Finding(
            mistake.start + 1,
            mistake.start_column + 1,
            f"the `{opened}` that opens here is not closed with `{closing}`",
            f"put `{closing}` at the end; text that starts with `{opened}` needs quotes around it",
            rule="bracket",
        )
        mended = mistake.lines[mistake.start][: mistake.start_column] + f'"{UNREADABLE_MARK}"'
        return mistake.repair(finding, {mistake.start: mended}, guessed=True)
    line = mistake.lines[mistake.index]
    rest = line[mistake.column :]
    if rest[:1] in ("[", "{", '"', "'"):
        problem = f"`{rest[0]}` stands inside a value between `{opened}` and `{closing}`"
        hint = "put quotes around the whole value"
    elif rest[:1] == ":":
        problem = f"`: ` comes a second time before the next comma between `{opened}` and `{closing}`"
        hint = "put quotes around a value that holds `: `, or a comma before the next key"
    else:
        problem = (
            f"a comma or `{closing}` is expected before `{shortened(rest)}`"
            if rest
            else f"`{closing}` is missing"
        )
        hint = f"`{opened}` opens in column {mistake.start_column + 1}; values with brackets, commas or `: ` need quotes"
    finding = Finding(mistake.index + 1, mistake.column + 1, problem, hint, rule="bracket")
    mended = line[: mistake.start_column] + f'"{UNREADABLE_MARK}"'
    return mistake.repair(finding, {mistake.index: mended})
