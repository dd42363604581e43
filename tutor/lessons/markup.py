"""Lesson Markdown -> HTML for Qt's rich text, and -> plain text for screen readers.

CommonMark and tables; raw HTML is shown as it is typed, never obeyed; pictures are those that are given; `[[term]]` is a
link `term:NAME`. Qt's rich text has no boxes, so code stands in a one-cell table with a ground colour.
"""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from tutor.lessons.palette import DARK, LIGHT, MarkupPalette
from tutor.lessons.surroundings import fold_term

__all__ = ["DARK", "LIGHT", "MarkupPalette", "pictures_in", "plain_text", "render", "render_inline"]

#: The scheme of pictures' addresses in the HTML.
PICTURE = "picture"

_TERM = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_WEB = ("https://", "http://", "mailto:")


def render(
    text: str,
    *,
    palette: MarkupPalette,
    pictures: Collection[str] = (),
    glossary: Collection[str] | None = None,
) -> str:
    """A text as HTML for QTextDocument.setHtml.

    Args:
        text: lesson Markdown.
        palette: the colours to draw in.
        pictures: those that can be shown, by the paths that texts name them with (`media/NAME`); they become
            `<img src="picture:media/NAME">`. Others are replaced by their description.
        glossary: the terms that are links; None makes every `[[term]]` one. Others stay plain words.
    """
    return str(_PARSER.render(text, _settings(palette, pictures, glossary)))


def render_inline(text: str, *, palette: MarkupPalette, glossary: Collection[str] | None = None) -> str:
    """One paragraph without its `<p>`: for hints, messages and choices."""
    return str(_PARSER.renderInline(text, _settings(palette, (), glossary)))


def _settings(
    palette: MarkupPalette, pictures: Collection[str], glossary: Collection[str] | None
) -> dict[str, Any]:
    terms = None if glossary is None else {fold_term(term): term for term in glossary}
    return {"palette": palette, "pictures": pictures, "terms": terms}


def plain_text(text: str) -> str:
    """A text as a screen reader should say it: no marks, code as it is, pictures by their description."""
    lines: list[str] = []
    cells: list[str] = []
    mark, in_row = "", False
    for token in _PARSER.parse(text, {}):
        if token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else ""
        elif token.type in ("tr_open", "tr_close"):
            if in_row:
                lines.append(", ".join(cells))
            cells, in_row = [], token.type == "tr_open"
        elif token.type == "inline":
            (cells if in_row else lines).append(mark + _spoken(token.children or []))
            mark = ""
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n".join(line for line in lines if line.strip())


def pictures_in(text: str) -> tuple[str, ...]:
    """The pictures that a text shows, by the paths that it names them with (`media/NAME`)."""
    inner = (child for token in _PARSER.parse(text, {}) for child in token.children or ())
    return tuple(unquote(str(child.attrs.get("src", ""))) for child in inner if child.type == "image")


def _spoken(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(f"Picture: {token.content}." if token.content else "")
        elif token.type in ("text", "code_inline", "glossary_term", "html_inline"):
            parts.append(token.content)
    return "".join(parts)


# ------------------------------------------------------------------------------------------------------------ parsing


def glossary_term(state: StateInline, silent: bool) -> bool:
    """A rule for markdown-it: `[[term]]` becomes a token `glossary_term`, before ordinary links are looked for."""
    match = _TERM.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("glossary_term", "", 0)
        token.content = match.group(1).strip()
    state.pos = match.end()
    return True


# ---------------------------------------------------------------------------------------------------------- rendering

_Env = MutableMapping[str, Any]


class _QtRenderer(RendererHTML):
    """Writes the part of HTML that Qt's rich text draws well."""

    def glossary_term(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        term = tokens[index].content
        terms = env["terms"]
        if terms is not None and fold_term(term) not in terms:
            return escape(term)
        name = term if terms is None else terms[fold_term(term)]
        return f'<a href="term:{quote(name)}" style="{_link(env)}">{escape(term)}</a>'

    def code_inline(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        ground = env["palette"].sunken
        shown = escape(tokens[index].content, quote=False).replace("  ", "&nbsp; ")
        return f'<code style="background-color:{ground}">{shown}</code>'

    def fence(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        words = tokens[index].info.split()
        return _code(tokens[index].content, words[0].lower() if words else "", env)

    def code_block(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return _code(tokens[index].content, "", env)

    def image(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        token = tokens[index]
        description = escape(token.content)
        name = unquote(str(token.attrs.get("src", "")))
        if name not in env["pictures"]:
            return f"<i>[{description or 'a picture that is not here'}]</i>"
        return f'<img src="{PICTURE}:{quote(name)}" alt="{description}" title="{description}">'

    def link_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        target = str(tokens[index].attrs.get("href", ""))
        if target.startswith(_WEB):
            return f'<a href="{escape(target)}" style="{_link(env)}">'
        if target.endswith(".md") and "/" not in target and ":" not in target:
            return f'<a href="page:{escape(target)}" style="{_link(env)}">'
        return "<span>"

    def link_close(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        for before in range(index - 1, -1, -1):
            if tokens[before].type == "link_open" and tokens[before].level == tokens[index].level:
                return "</span>" if self.link_open(tokens, before, options, env) == "<span>" else "</a>"
        return "</a>"

    def table_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        border = env["palette"].border
        style = f"border-collapse:collapse; border-color:{border}"
        return f'<table border="1" cellspacing="0" cellpadding="6" style="{style}">\n'

    def th_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return f'<th align="{_align(tokens[index])}" bgcolor="{env["palette"].sunken}">'

    def td_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return f'<td align="{_align(tokens[index])}">'

    def blockquote_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return f'<blockquote style="color:{env["palette"].muted}">\n'

    def hr(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return "<hr>\n"


def _code(code: str, language: str, env: _Env) -> str:
    palette: MarkupPalette = env["palette"]
    from tutor.lessons.highlight import highlighted  # noqa: PLC0415  (Pygments: not every page has code)

    shown = highlighted(code.rstrip("\n"), language, palette)
    pre = f'<pre style="white-space:pre-wrap; color:{palette.text}; margin:0">{shown}</pre>'
    return (
        f'<table width="100%" cellspacing="0" cellpadding="8" bgcolor="{palette.sunken}">'
        f"<tr><td>{pre}</td></tr></table>\n"
    )


def _link(env: _Env) -> str:
    return f"color:{env['palette'].link}; text-decoration:underline"


def _align(token: Token) -> str:
    style = str(token.attrs.get("style", ""))
    return style.removeprefix("text-align:") or "left"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_QtRenderer).enable("table")
    parser.inline.ruler.before("link", "glossary_term", glossary_term)
    return parser


_PARSER = _parser()
