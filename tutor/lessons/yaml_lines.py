"""One line of a YAML file as its writer sees it: blanks, dashes, a key, a value. Used only to explain mistakes."""

from __future__ import annotations

import re

from msgspec import Struct

_LINE = re.compile(
    r"""(?P<indent>\s*)
        (?P<dashes>(?:-[ ]+)*)
        (?:(?P<key>[\w][\w -]*|"[^"]*"|'[^']*')[ ]*:(?=[ ]|$)(?P<gap>[ ]*))?
        (?P<value>.*)""",
    re.VERBOSE,
)
_BLOCK_HEADER = re.compile(r"(?:^|[ ])[|>][-+0-9]*[ ]*(?:#.*)?$")

#: Stands for a value that was reported and could not be mended; readers pass over it.
UNREADABLE_MARK = "\ue0f0"


class YamlLine(Struct, frozen=True):
    """Columns count from 0 here."""

    text: str
    indent: int
    dashes: str
    key: str | None
    value: str
    value_column: int

    @property
    def content_column(self) -> int:
        """Where the key or the value starts, behind blanks and dashes."""
        return self.indent + len(self.dashes)

    @property
    def opens_block(self) -> bool:
        """Whether the lines below are one text (`|` or `>`)."""
        return bool(_BLOCK_HEADER.search(self.text))

    def with_value(self, value: str) -> str:
        """The line with another value."""
        return self.text[: self.value_column] + value

    def with_indent(self, indent: int) -> str:
        """The line with other blanks at its start."""
        return " " * indent + self.text.lstrip(" \t")


def parse_line(text: str) -> YamlLine:
    """A line in its parts."""
    match = _LINE.fullmatch(text.rstrip("\n"))
    assert match is not None  # the last group takes anything
    return YamlLine(
        text=text,
        indent=len(match["indent"]),
        dashes=match["dashes"],
        key=match["key"],
        value=match["value"],
        value_column=match.start("value"),
    )


def quoted(value: str) -> str:
    """The value between single quotes."""
    return "'" + value.rstrip().replace("'", "''") + "'"


def suggested(value: str) -> str:
    """The value as its writer would put it between quotes: double ones where that is simple."""
    value = value.strip()
    if '"' in value or "\\" in value:
        return quoted(value)
    return f'"{value}"'


def previous_line(lines: list[str], index: int) -> int | None:
    """The index of the nearest line above that says something."""
    for other in range(index - 1, -1, -1):
        if lines[other].strip() and not lines[other].lstrip().startswith("#"):
            return other
    return None


def block_above(lines: list[str], index: int) -> int | None:
    """The index of the line that opens the text block which a line was meant to be in, or None.

    That is the nearest line above which ends in `|` or `>`, when all between are blank or indented more than it.
    """
    for other in range(index - 1, -1, -1):
        line = parse_line(lines[other])
        if not lines[other].strip():
            continue
        if line.opens_block:
            between = [one for one in lines[other + 1 : index] if one.strip()]
            deep_enough = all(parse_line(one).indent > line.indent for one in between)
            return other if deep_enough else None
        if line.indent == 0 and line.key:
            return None
    return None


def nearest_column(lines: list[str], index: int) -> tuple[int, int] | None:
    """Among the columns at which earlier lines still open start: the nearest, and one of its lines (an index)."""
    own = parse_line(lines[index])
    wanted = own.indent
    open_columns: dict[int, int] = {}
    lowest = 10_000
    for other in range(index - 1, -1, -1):
        line = parse_line(lines[other])
        if line.key is None and not line.dashes:
            continue
        for column in {line.indent, line.content_column}:
            fits = column == line.indent if own.dashes else column == line.content_column
            if column <= lowest and fits and bool(own.dashes) <= bool(line.dashes):
                open_columns.setdefault(column, other)
        lowest = min(lowest, line.content_column)
        if lowest == 0:
            break
    if not open_columns:
        return None
    column = min(open_columns, key=lambda one: (abs(one - wanted), one))
    return column, open_columns[column]
