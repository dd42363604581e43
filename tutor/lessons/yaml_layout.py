"""Mistakes of layout: tabs, spaces that are missing, lines that start in the wrong column."""

from __future__ import annotations

import re

import yaml

from tutor.lessons.source import Finding
from tutor.lessons.yaml_lines import block_above, nearest_column, parse_line, previous_line
from tutor.lessons.yaml_mistake import DEEPEST, LOADER, Repair, YamlMistake

#: A file with more tabbed lines is mended by its writer first.
_MOST_TABBED = 500

_NO_SPACE_AFTER_COLON = re.compile(r"(\s*(?:- +)?[A-Za-z][\w-]*):(?=[^\s:/])")
_NO_SPACE_AFTER_DASH = re.compile(r"(\s*)-(?=[^\s-])")


def tab(mistake: YamlMistake) -> Repair | None:
    """A tab at the start of a line."""
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


def block_not_indented(mistake: YamlMistake) -> Repair | None:
    """A line that was meant to be in the text block above it."""
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


def no_space(mistake: YamlMistake) -> Repair | None:
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


def wrong_column(mistake: YamlMistake) -> Repair | None:
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


def _mixed(mistake: YamlMistake) -> Repair | None:
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


def _spaces(count: int) -> str:
    return {0: "no spaces", 1: "1 space"}.get(count, f"{count} spaces")
