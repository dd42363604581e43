"""Lesson Markdown as plain HTML for a browser and for paper: pictures go into the page, `[[term]]` leads to the glossary."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import MutableMapping, Sequence
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from tutor.lessons.highlight import highlighted
from tutor.lessons.markup import glossary_term
from tutor.lessons.palette import LIGHT
from tutor.lessons.surroundings import fold_term

#: A lesson's own headings stand below those of its step.
_LOWEST_OF_OURS = 4


def markdown(text: str, folder: Path | None = None) -> str:
    """A text as HTML.

    Args:
        text: lesson Markdown.
        folder: the lesson's folder, for its media/.
    """
    return str(_PARSER.render(text, {"folder": folder}))


def inline(text: str) -> str:
    """One paragraph without its `<p>`."""
    return str(_PARSER.renderInline(text, {"folder": None}))


def program(text: str, language: str = "python", label: str = "") -> str:
    """A program as a block of its own; `label` says what it is."""
    caption = f"<figcaption>{escape(label)}</figcaption>" if label else ""
    shown = highlighted(text.rstrip("\n"), language, LIGHT)
    return f'<figure class="code">{caption}<pre tabindex="0"><code>{shown}</code></pre></figure>\n'


def anchor(kind: str, name: str) -> str:
    """The id of an element that others link to."""
    folded = re.sub(r"[^a-z0-9]+", "-", fold_term(name)).strip("-")
    return f"{kind}-{folded or 'x'}"


_Env = MutableMapping[str, Any]


class _BookRenderer(RendererHTML):
    def glossary_term(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        term = tokens[index].content
        return f'<a href="#{anchor("term", term)}">{escape(term)}</a>'

    def fence(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        words = tokens[index].info.split()
        return program(tokens[index].content, words[0].lower() if words else "")

    def code_block(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return program(tokens[index].content, "")

    def heading_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return f"<h{_level(tokens[index])}>"

    def heading_close(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        return f"</h{_level(tokens[index])}>\n"

    def link_open(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        target = str(tokens[index].attrs.get("href", ""))
        if target.endswith(".md") and "/" not in target and ":" not in target:
            target = "#" + anchor("page", target.removesuffix(".md"))
        return f'<a href="{escape(target)}">'

    def image(self, tokens: Sequence[Token], index: int, options: Any, env: _Env) -> str:
        token = tokens[index]
        description = escape(token.content)
        data = _picture(str(token.attrs.get("src", "")), env["folder"])
        if not data:
            return f"<em>[Picture: {description or 'not described'}]</em>"
        return f'<img src="{data}" alt="{description}">'


def _level(token: Token) -> int:
    return min(6, int(token.tag[1:]) + _LOWEST_OF_OURS)


def _picture(source: str, folder: Path | None) -> str:
    """A picture of media/ as a data address; "" for what is not there, or not in it."""
    path = PurePosixPath(unquote(source))
    if folder is None or len(path.parts) < 2 or path.parts[0] != "media" or ".." in path.parts:
        return ""
    file = (folder / path).resolve()
    if not file.is_file() or not file.is_relative_to((folder / "media").resolve()):
        return ""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_BookRenderer).enable("table")
    parser.inline.ruler.before("link", "glossary_term", glossary_term)
    return parser


_PARSER = _parser()
