"""What differs between the languages that the editor is used for: Python here, YAML in `yaml_language.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from tutor.ui.editor import numbers as n
from tutor.ui.editor.code_text import INDENT, next_indent
from tutor.ui.editor.lexer import colour_as_python
from tutor.ui.editor.signatures import Entry
from tutor.ui.editor.suggest import CallTip, Offer, call_tip, offer
from tutor.ui.editor.surface import Surface
from tutor.ui.editor.theme import EditorTheme


class Language(Struct, frozen=True):
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
