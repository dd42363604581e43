"""Mistakes in YAML itself, in a writer's words, at the place that has to be mended (often not where the parser noticed).

The parser's words differ between libyaml and PyYAML and help no writer, so nearly all is told from the lines. Each
explanation comes with the text mended, where it is clear enough, so that reading can go on and find the next mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from tutor.lessons.nodes import shortened
from tutor.lessons.source import Finding, split_lines
from tutor.lessons.yaml_lines import (
    UNREADABLE_MARK,
    YamlLine,
    block_above,
    nearest_column,
    parse_line,
    previous_line,
    quoted,
    suggested,
)

#: Makes the events: libyaml's parser where PyYAML has it, else PyYAML's own.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Lists and keys inside each other; a lesson needs some eight.
DEEPEST = 40

#: A file with more tabbed lines is mended by its writer first.
_MOST_TABBED = 500

#: What the parser says of these after a guess may come of the guess itself.
LAYOUT = frozenset({"indent", "block-indent", "bracket", "colon-missing", "yaml"})

_NO_SPACE_AFTER_COLON = re.compile(r"(\s*(?:- +)?[A-Za-z][\w-]*):(?=[^\s:/])")
_NO_SPACE_AFTER_DASH = re.compile(r"(\s*)-(?=[^\s-])")
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


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong, and the text with it mended (None where that is not clear).

    `lines`: the lines (from 1) that were changed: nothing else is said of them. `guessed`: what the parser says next
    may come of the mending: of that, mistakes of layout are not reported.
    """

    finding: Finding
    text: str | None = None
    lines: frozenset[int] = frozenset()
    guessed: bool = False


class _Mistake:
    """The lines around a parser's error. Indexes count from 0."""

    def __init__(self, text: str, error: Any) -> None:
        self.lines = split_lines(text)
        self.problem: str = error.problem or ""
        self.context: str = error.context or ""
        mark = error.problem_mark or error.context_mark
        self.index, self.column = self._inside(mark.line, mark.column) if mark else (0, 0)
        start = error.context_mark or mark
        self.start, self.start_column = self._inside(start.line, start.column) if start else (0, 0)
        self.line: YamlLine = parse_line(self.lines[self.index])

    def _inside(self, line: int, column: int) -> tuple[int, int]:
        """The parser may notice at the end of the file: then the last line that says something is meant."""
        if line < len(self.lines) and self.lines[line].strip():
            return line, column
        above = previous_line(self.lines, min(line, len(self.lines)))
        return (line, column) if above is None else (above, len(self.lines[above]))

    def repair(
        self, finding: Finding, changed: dict[int, str] | None = None, guessed: bool = False
    ) -> Repair:
        """The finding, with some lines (by index) replaced."""
        if changed is None:
            return Repair(finding)
        lines = [changed.get(index, line) for index, line in enumerate(self.lines)]
        return Repair(finding, "\n".join(lines), frozenset(index + 1 for index in changed), guessed)


def explain_syntax(text: str, error: Any) -> Repair:
    """The mistake behind an error of PyYAML's or libyaml's parser."""
    mistake = _Mistake(text, error) if text else None
    if mistake is not None:
        for explain in _EXPLANATIONS:
            repair = explain(mistake)
            if repair is not None:
                return repair
        index, column = mistake.index, mistake.column
        words = f" (the parser's words: {mistake.problem})" if mistake.problem else ""
    else:
        index, column, words = 0, 0, ""
    hint = "compare it with the lines around it: spaces at the start, `: ` after each key, quotes in pairs"
    return Repair(Finding(index + 1, column + 1, f"this cannot be read as YAML{words}", hint))


# ---------------------------------------------------------------------------------------------- blanks at the start


def _tab(mistake: _Mistake) -> Repair | None:
    for index in range(min(mistake.start, mistake.index), mistake.index + 1):
        line = mistake.lines[index]
        blanks = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" not in blanks or not line.strip():
            continue
        tabbed = [
            i for i, one in enumerate(mistake.lines) if "\t" in one[: len(one) - len(one.lstrip(" \t"))]
        ]
        others = f"; so do {len(tabbed) - 1} other lines" if len(tabbed) > 1 else ""
        finding = Finding(
            index + 1,
            blanks.index("\t") + 1,
            f"a tab stands at the start of the line{others}; YAML counts spaces and takes no tabs there",
            "replace each tab by two spaces",
            rule="tab",
        )
        if len(tabbed) > _MOST_TABBED:
            return Repair(finding)
        widths = [{i: _untabbed(mistake.lines[i], width) for i in tabbed} for width in (2, 4, 8)]
        return mistake.repair(
            finding, max(widths, key=lambda changed: _readable(mistake.lines, changed)), guessed=True
        )
    return None


def _untabbed(line: str, width: int) -> str:
    start = len(line) - len(line.lstrip(" \t"))
    return line[:start].replace("\t", " " * width) + line[start:]


def _readable(lines: list[str], changed: dict[int, str]) -> int:
    """How many lines can be read when some of them are replaced."""
    text = "\n".join(changed.get(index, line) for index, line in enumerate(lines))
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:  # the parser takes quadratic time
                return event.start_mark.line if event.start_mark else 0
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return mark.line if mark else 0
    return len(lines) + 1


def _block_not_indented(mistake: _Mistake) -> Repair | None:
    index = mistake.start if "simple key" in mistake.context else mistake.index
    header_index = block_above(mistake.lines, index)
    if header_index is None:
        return None
    header, line = parse_line(mistake.lines[header_index]), parse_line(mistake.lines[index])
    inside = [one for one in mistake.lines[header_index + 1 : index] if one.strip()]
    if inside and line.indent <= header.indent:
        return None  # the block has ended well before this line
    if not inside and line.indent > header.content_column:
        return None
    wanted = parse_line(inside[0]).indent if inside else header.content_column + 2
    key = f"`{header.key}:`" if header.key else "the block"
    finding = Finding(
        index + 1,
        line.indent + 1,
        f"this line belongs to the text under {key} (line {header_index + 1}) but is not indented as far",
        f"put {_spaces(wanted)} before it",
        rule="block-indent",
    )
    changed = {}
    for number in range(index, len(mistake.lines)):
        one = parse_line(mistake.lines[number])
        ended = one.indent < line.indent or (number > index and one.indent == line.indent and one.key)
        if mistake.lines[number].strip() and ended:
            break
        if mistake.lines[number].strip():
            changed[number] = " " * (wanted - line.indent) + mistake.lines[number]
    return mistake.repair(finding, changed)


def _no_space(mistake: _Mistake) -> Repair | None:
    """`key:value` and `-item`: noticed at the line itself or at a line below."""
    if ("simple key" in mistake.context) or "mapping values" in mistake.problem:
        above = previous_line(mistake.lines, mistake.index)
        candidates = [mistake.start, mistake.index, above if above is not None else mistake.index]
        for index in dict.fromkeys(candidates):
            line = mistake.lines[index]
            match = _NO_SPACE_AFTER_COLON.match(line)
            if match:
                finding = Finding(
                    index + 1,
                    match.end() + 1,
                    f"a space is missing after `{match.group(1).strip()}:`",
                    f"write `{line[: match.end()].strip()} {line[match.end() :].strip()[:40]}`",
                    rule="space",
                )
                return mistake.repair(finding, {index: f"{line[: match.end()]} {line[match.end() :]}"})
            match = _NO_SPACE_AFTER_DASH.match(line)
            if match:
                finding = Finding(
                    index + 1,
                    match.end() + 1,
                    "a space is missing after the dash",
                    f"write `- {line[match.end() :].strip()[:40]}`",
                    rule="space",
                )
                return mistake.repair(finding, {index: f"{line[: match.end()]} {line[match.end() :]}"})
    return None


def _wrong_column(mistake: _Mistake) -> Repair | None:
    """A line that stands in a column where nothing is open."""
    expects = ("expected key", "block end", "'-' indicator", "mapping values")
    if not any(words in mistake.problem for words in expects) or "flow" in mistake.context:
        return None
    line = mistake.line
    if mistake.column > line.content_column + len(line.key or "") + 1:
        return None
    mixed = _mixed(mistake)
    if mixed is not None:
        return mixed
    near = nearest_column(mistake.lines, mistake.index)
    if near is None:
        return None
    column, other = near
    if column == line.indent:
        return None
    finding = Finding(
        mistake.index + 1,
        line.indent + 1,
        f"this line starts after {_spaces(line.indent)}; the lines that it stands with start after {_spaces(column)} "
        f"(line {other + 1})",
        f"put {_spaces(column)} before it",
        rule="indent",
    )
    return mistake.repair(finding, {mistake.index: line.with_indent(column)}, guessed=True)


def _mixed(mistake: _Mistake) -> Repair | None:
    """A key among list items, or a list item among keys, in the same column."""
    line = mistake.line
    for other in range(mistake.index - 1, -1, -1):
        above = parse_line(mistake.lines[other])
        if not above.text.strip() or above.indent > line.indent:
            continue
        if above.indent < line.indent or bool(above.dashes) == bool(line.dashes):
            return None
        break
    else:
        return None
    if line.dashes:
        problem, hint = "a list item (`- `) stands among keys", "indent it under the key that it belongs to"
    else:
        problem, hint = "a key stands among list items", "start it with `- `, or indent it under its item"
    return Repair(Finding(mistake.index + 1, line.indent + 1, problem, hint, rule="indent"))


# ------------------------------------------------------------------------------------------------------------ quotes


def _open_quote(mistake: _Mistake) -> Repair | None:
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


def _unclosed(mistake: _Mistake, index: int, column: int) -> Repair:
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


def _after_quote(mistake: _Mistake) -> Repair | None:
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


def _escape(mistake: _Mistake) -> Repair | None:
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


# ---------------------------------------------------------------------------------------------- what a value starts with


def _colon(mistake: _Mistake) -> Repair | None:
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


def _start_of_value(mistake: _Mistake) -> Repair | None:
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


def _dash_after_key(mistake: _Mistake) -> Repair | None:
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


def _spaces(count: int) -> str:
    return {0: "no spaces", 1: "1 space"}.get(count, f"{count} spaces")


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:56] + "..." + text[-1]


# ------------------------------------------------------------------------------------------------ brackets and braces


def _flow(mistake: _Mistake) -> Repair | None:
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


# ------------------------------------------------------------------------------------------------------ plain text


def _not_a_key(mistake: _Mistake) -> Repair | None:
    if "simple key" not in mistake.context:
        return None
    line = mistake.lines[mistake.start]
    word = line.split()[0] if line.split() else ""
    finding = Finding(
        mistake.start + 1,
        mistake.start_column + 1,
        f"`{shortened(line)}` is neither a key with a value nor a list item",
        f"write `{word}: ...` for a key, or indent the line if it belongs to the text above",
        rule="colon-missing",
    )
    return Repair(finding)


_EXPLANATIONS: tuple[Callable[[_Mistake], Repair | None], ...] = (
    _tab,
    _escape,
    _open_quote,
    _flow,
    _dash_after_key,
    _colon,
    _no_space,
    _block_not_indented,
    _after_quote,
    _start_of_value,
    _wrong_column,
    _not_a_key,
)
