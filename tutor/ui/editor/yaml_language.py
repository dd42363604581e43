"""The YAML of lesson files as the editor's language. Apart, since only lesson writers load what knows the format."""

from __future__ import annotations

from collections.abc import Iterable

from tutor.lessons.offering import offered
from tutor.lessons.yaml_lines import block_above, parse_line
from tutor.ui.editor import numbers as n
from tutor.ui.editor.code_text import INDENT
from tutor.ui.editor.language import Language
from tutor.ui.editor.signatures import Entry
from tutor.ui.editor.suggest import Offer
from tutor.ui.editor.theme import EditorTheme
from tutor.ui.editor.yaml_colours import PROGRAMS, YamlColours

YAML_INDENT = 2
_LETTERS_BEFORE_OFFER = 2


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
