"""Colours of a lesson file: keys, values, remarks, texts, and the programs in it as Python.

Lexilla's own YAML lexer loses its way in blocks of text (a line of prose that ends in a colon becomes a key), and a lesson file is
mostly such blocks; so this looks at the file itself, a line at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.lessons.yaml_lines import YamlLine, parse_line
from tutor.ui.editor import numbers as n
from tutor.ui.editor.lexer import BUILTINS, KEYWORDS
from tutor.ui.editor.surface import Surface

#: Keys of a lesson whose text is a program.
PROGRAMS = frozenset({"code", "solution", "starter", "example", "test"})
#: A line that is in no block of text, as lessons are laid out: a key at the left edge, or the first line of a step.
_OUTSIDE = re.compile(r"[\w-]|(?: {0,2})- \w+:")

Piece = tuple[int, int]  # characters, style

_PYTHON = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>[rbfuRBFU]{0,2}(?:\"{3}.*?(?:\"{3}|\Z)|'{3}.*?(?:'{3}|\Z)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))
      | (?P<made>(?<=def[ ])\w+|(?<=class[ ])\w+)
      | (?P<name>[^\W\d]\w*)
      | (?P<number>\d[\w.]*)""",
    re.VERBOSE | re.DOTALL,
)
_FLOW = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?)
      | (?P<comment>(?:(?<=[ ])|\A)\#.*)
      | (?P<key>[\w-]+(?=:[ ]))
      | (?P<word>\b(?:true|false|null)\b)
      | (?P<number>(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-]))""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"(?P<value>.*?)(?P<comment>(?:[ ]+|\A)\#.*)?\Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STYLES = {
    "string": n.YAML_TEXT,
    "comment": n.YAML_COMMENT,
    "key": n.YAML_KEY,
    "word": n.YAML_KEYWORD,
    "number": n.YAML_NUMBER,
}
_PYTHON_STYLES = {
    "string": n.YAML_TEXT,
    "comment": n.YAML_COMMENT,
    "number": n.YAML_NUMBER,
    "made": n.YAML_MADE,
}
_KEYWORDS, _BUILTINS = frozenset(KEYWORDS.split()), frozenset(BUILTINS.split())


def colours(text: str) -> Iterator[Piece]:
    """The pieces of a lesson file in order, each with its style; together they are the whole text."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = parse_line(lines[number])
        last = number == len(lines) - 1
        yield from _line(line)
        if not last:
            yield 1, 0
        number += 1
        if line.opens_block and not line.text.lstrip().startswith("#"):
            body = _block(lines, number, line)
            whole = "\n".join(lines[number : number + body])
            number += body
            if body:
                yield from _python(whole) if line.key in PROGRAMS else [(len(whole), n.YAML_TEXT)]
                if number < len(lines):
                    yield 1, 0


def _block(lines: list[str], start: int, opener: YamlLine) -> int:
    """How many lines belong to the block that `opener` opens."""
    least = opener.content_column if opener.key is not None else opener.indent
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= least:
            break
        if line.strip():
            end = number + 1
    return end - start


def _line(line: YamlLine) -> Iterator[Piece]:
    text = line.text
    if text.lstrip().startswith("#"):
        yield len(text), n.YAML_COMMENT
        return
    start = line.content_column if line.key is not None else line.value_column
    yield start, 0
    if line.key is not None:
        yield len(line.key), n.YAML_KEY
        yield line.value_column - start - len(line.key), 0
    yield from _value(text[line.value_column :])


def _value(value: str) -> Iterator[Piece]:
    if value[:1] in ("[", "{", '"', "'"):
        yield from _matched(value, _FLOW, _STYLES)
        return
    found = _PLAIN.match(value)
    assert found is not None  # every line matches
    plain = found["value"]
    style = n.YAML_NUMBER if _NUMBER.fullmatch(plain) else 0
    yield len(plain), n.YAML_KEYWORD if plain in ("true", "false", "null") else style
    yield len(value) - len(plain), n.YAML_COMMENT


def _python(program: str) -> Iterator[Piece]:
    at = 0
    for found in _PYTHON.finditer(program):
        yield found.start() - at, 0
        kind, word = found.lastgroup or "", found[0]
        style = _PYTHON_STYLES.get(kind, 0)
        if kind == "name":
            style = n.YAML_KEYWORD2 if word in _KEYWORDS else n.YAML_KEYWORD if word in _BUILTINS else 0
        yield len(word), style
        at = found.end()
    yield len(program) - at, 0


def _matched(text: str, pattern: re.Pattern[str], styles: dict[str, int]) -> Iterator[Piece]:
    at = 0
    for found in pattern.finditer(text):
        yield found.start() - at, 0
        yield len(found[0]), styles[found.lastgroup or ""]
        at = found.end()
    yield len(text) - at, 0


class YamlColours:
    """Colours one surface whenever Scintilla asks: its documents have no lexer of their own."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        surface.styleNeeded.connect(self.colour)

    def colour(self, end: int) -> None:
        """Colour on from where it is needed, up to the line of a position.

        What a line is depends on the lines above it, so this begins at the last line that no block of text can hold.
        """
        surface = self._surface
        first = int(surface.lineFromPosition(surface.endStyled()))
        while first > 0 and not _OUTSIDE.match(surface.line_text(first + 1)):
            first -= 1
        last = int(surface.lineFromPosition(end)) + 1
        stop = surface.positionFromLine(last) if last < surface.lineCount() else surface.textLength()
        start = surface.positionFromLine(first)
        text = surface.slice(start, stop)
        surface.startStyling(start, 0)
        at, waiting, style = 0, 0, 0
        for length, wanted in colours(text):
            size = len(text[at : at + length].encode())
            at += length
            if wanted == style or not size:
                waiting += size
                continue
            surface.setStyling(waiting, style)
            waiting, style = size, wanted
        surface.setStyling(waiting, style)
