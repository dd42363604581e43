"""Code as coloured HTML with inline styles, by Pygments: Qt's rich text knows no style sheets of ours."""

from __future__ import annotations

from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

from tutor.lessons.palette import MarkupPalette

_PLAIN = frozenset({"", "text", "txt", "output", "hl7"})
_lexers: dict[str, Lexer | None] = {}


def highlighted(code: str, language: str, palette: MarkupPalette) -> str:
    """The code as HTML for inside `<pre>`, coloured where its language is known. Nothing of it is lost."""
    lexer = _lexer(language)
    if lexer is None:
        return escape(code, quote=False)
    parts: list[str] = []
    style, run = "", ""
    for token, text in lexer.get_tokens(code):
        token_style = _style(token, palette) if text.strip() else style
        if token_style != style:
            parts.append(_span(run, style))
            style, run = token_style, ""
        run += text
    parts.append(_span(run, style))
    return "".join(parts)


def _span(text: str, style: str) -> str:
    shown = escape(text, quote=False)
    return f'<span style="{style}">{shown}</span>' if style and text else shown


def _lexer(language: str) -> Lexer | None:
    if language not in _lexers:
        try:
            known = language not in _PLAIN
            _lexers[language] = get_lexer_by_name(language, stripnl=False, ensurenl=False) if known else None
        except (ClassNotFound, ImportError):  # the packaged tutor carries the usual languages only
            _lexers[language] = None
    return _lexers[language]


def _style(token: _TokenType, palette: MarkupPalette) -> str:
    bold = "; font-weight:600" if palette.weights else ""
    if token in Comment:
        return f"color:{palette.comment}; font-style:italic"
    if token in Keyword or token in Operator.Word:
        return f"color:{palette.keyword}{bold}"
    if token in String:
        return f"color:{palette.string}"
    if token in Number:
        return f"color:{palette.number}"
    if token in Name.Function or token in Name.Class or token in Name.Decorator:
        return f"color:{palette.name}"
    if token in Error:
        return f"color:{palette.error}"
    return ""
