"""What differs between the languages that the editor is used for: Python, and the YAML of lesson files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tutor.lessons.offering import offered
from tutor.lessons.yaml_lines import block_above, parse_line
from tutor.ui.editor import numbers as n
from tutor.ui.editor.code_text import INDENT, next_indent
from tutor.ui.editor.lexer import colour_as_python
from tutor.ui.editor.signatures import Entry
from tutor.ui.editor.suggest import CallTip, Offer, call_tip, offer
from tutor.ui.editor.surface import Surface
from tutor.ui.editor.theme import EditorTheme
from tutor.ui.editor.yaml_colours import PROGRAMS, YamlColours

YAML_INDENT = 2
_LETTERS_BEFORE_OFFER = 2


@dataclass(frozen=True)
class Language:
    """How one language is written and shown.

    Args:
        name: what it is called.
        indent: blanks of one level.
        colour: gives the document that is shown its lexer, where it has one.
        attach: colours a surface whose documents have no lexer.
        colours: the colour of each style of that lexer.
        bold: styles that are always semi-bold.
        keyword: the style that is semi-bold in themes with few colours.
        next_indent: given the text before the caret, the blanks of the line after it.
        closes_brackets: whether brackets and quotes close by themselves.
        wraps_lines: whether long lines go on in the next row, indented: prose has them.
        offer: what can be typed at a place (`suggest.offer`).
        call_tip: what the call around a place takes (`suggest.call_tip`).
    """

    name: str
    indent: int
    colour: Callable[[Surface], None]
    attach: Callable[[Surface], object]
    colours: Callable[[EditorTheme], list[tuple[int, str]]]
    bold: tuple[int, ...]
    keyword: int
    next_indent: Callable[[str], int]
    closes_brackets: bool
    wraps_lines: bool
    offer: Callable[[str, int, Iterable[Entry], bool], Offer | None]
    call_tip: Callable[[str, int], CallTip | None]


def _python_colours(theme: EditorTheme) -> list[tuple[int, str]]:
    pairs = [(style, theme.comment) for style in n.PY_COMMENTS]
    pairs += [(style, theme.string) for style in n.PY_STRINGS]
    pairs += [(style, theme.definition) for style in n.PY_DEFINITIONS]
    pairs += [(n.PY_KEYWORD, theme.keyword), (n.PY_KEYWORD2, theme.builtin), (n.PY_DECORATOR, theme.builtin)]
    pairs += [(n.PY_NUMBER, theme.number), (n.PY_OPERATOR, theme.text)]
    return pairs


def _yaml_colours(theme: EditorTheme) -> list[tuple[int, str]]:
    return [
        (n.YAML_COMMENT, theme.comment),
        (n.YAML_KEY, theme.keyword),
        (n.YAML_KEYWORD, theme.builtin),
        (n.YAML_NUMBER, theme.number),
        (n.YAML_TEXT, theme.string),
        (n.YAML_KEYWORD2, theme.keyword),
        (n.YAML_MADE, theme.definition),
    ]


def yaml_next_indent(before: str) -> int:
    """The blanks of the line after the one that ends `before`: below a key, beside a key, or as the text goes on."""
    lines = before.split("\n")
    line = parse_line(lines[-1])
    opener = block_above(lines, len(lines) - 1)
    if opener is not None:
        program = (parse_line(lines[opener]).key or "") in PROGRAMS
        return line.indent + (INDENT if program and line.text.rstrip().endswith(":") else 0)
    if line.key is not None and (not line.value.strip() or line.opens_block):
        return line.content_column + YAML_INDENT
    return line.content_column if line.key is not None else line.indent


def yaml_offer(text: str, offset: int, _extra: Iterable[Entry], asked: bool) -> Offer | None:
    """The keys and words of the lesson format that can stand at a place."""
    found = offered(text, offset)
    if found is None or (len(found.typed) < _LETTERS_BEFORE_OFFER and not asked):
        return None
    fitting = [
        Entry(name, "", says)
        for name, says in found.words
        if name.startswith(found.typed.lower()) and name.rstrip(": ") != found.typed
    ]
    return Offer(found.typed, False, tuple(fitting)) if fitting else None


PYTHON = Language(
    name="Python",
    indent=INDENT,
    colour=colour_as_python,
    attach=lambda _surface: None,
    colours=_python_colours,
    bold=n.PY_DEFINITIONS,
    keyword=n.PY_KEYWORD,
    next_indent=next_indent,
    closes_brackets=True,
    wraps_lines=False,
    offer=lambda text, offset, extra, asked: offer(text, offset, extra, asked=asked),
    call_tip=call_tip,
)
YAML = Language(
    name="YAML",
    indent=YAML_INDENT,
    colour=lambda _surface: None,
    attach=YamlColours,
    colours=_yaml_colours,
    bold=(),
    keyword=n.YAML_KEY,
    next_indent=yaml_next_indent,
    closes_brackets=False,
    wraps_lines=True,
    offer=yaml_offer,
    call_tip=lambda _text, _offset: None,
)
