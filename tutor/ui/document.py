"""Lesson text as the HTML that Qt's rich text shows, in the look's colours."""

from __future__ import annotations

import html
import re
from string import Template

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer, TextLexer

from tutor.ui.look import Look

_TERM = re.compile(r"\[\[([^\[\]\n]+)\]\]")

_SHEET = Template("""
body { color: $text; }
p, li { line-height: 145%; }
p { margin-top: 0px; margin-bottom: ${p12}px; }
ul, ol { margin-top: 0px; margin-bottom: ${p12}px; -qt-list-indent: 1; }
li { margin-bottom: ${p4}px; }
.h1 { font-size: ${f20}px; font-weight: 600; margin-top: ${p8}px; margin-bottom: ${p12}px; }
.h2 { font-size: ${f17}px; font-weight: 600; margin-top: ${p16}px; margin-bottom: ${p8}px; }
.h3 { font-size: ${f15}px; font-weight: 600; margin-top: ${p12}px; margin-bottom: ${p4}px; }
code { font-family: '$code'; background-color: $sunken; }
pre { font-family: '$code'; margin: 0px; line-height: 135%; }
a { color: $accent; text-decoration: underline; }
th { text-align: left; font-weight: 600; }
.small { color: $muted; font-size: ${f13}px; }
.label { font-weight: 600; }
""")


def document_style(look: Look) -> str:
    """The style sheet for a document in this look."""
    return _SHEET.substitute(
        **look.theme.colours(),
        **{f"p{n}": look.px(n) for n in (4, 8, 12, 16)},
        **{f"f{n}": look.px(n) for n in (13, 15, 17, 20)},
        code=look.code_family,
    )


def lesson_html(markdown: str, look: Look) -> str:
    """A step's Markdown as HTML."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.options["highlight"] = lambda code, language, _more: coloured(code, language or "python", look)
    markdown = _TERM.sub(lambda found: f"[{found[1]}](<term:{found[1].strip().lower()}>)", markdown)
    made = str(parser.render(markdown))
    return framed(made, look)


def inline_html(markdown: str, look: Look) -> str:
    """A sentence of Markdown (code, emphasis) as HTML for a label."""
    made = str(MarkdownIt("commonmark", {"html": False}).renderInline(markdown.strip()))
    code = (
        f"<span style=\"font-family: '{look.code_family}'; background-color: {look.theme.sunken};\">&#8202;"
    )
    return made.replace("<code>", code).replace("</code>", "&#8202;</span>").replace("\n", "<br>")


def framed(made: str, look: Look) -> str:
    """Give code blocks a ground with room around the text, and tables their lines: rich text knows no padding."""
    for level in (1, 2, 3):
        # Qt enlarges real headings whatever their style says.
        made = made.replace(f"<h{level}>", f'<p class="h{min(3, level + 1)}">').replace(
            f"</h{level}>", "</p>"
        )
    card = _card_start(look.theme.sunken, look)
    made = made.replace("<pre>", f"{card}<pre>").replace("</pre>", f"</pre>{_CARD_END}")
    table = (
        f'<table border="1" cellspacing="0" cellpadding="{look.px(6)}" '
        f'style="border-collapse: collapse; border-color: {look.theme.border}; margin-bottom: {look.px(12)}px;">'
    )
    return made.replace("<table>", table)


def card(inner: str, ground: str, look: Look) -> str:
    """A piece of HTML on a ground of its own."""
    return f"{_card_start(ground, look)}{inner}{_CARD_END}"


def _card_start(ground: str, look: Look) -> str:
    edge = f' border="1" style="border-color: {look.theme.border}"' if look.theme.high_contrast else ""
    return (
        f'<table width="100%" cellspacing="0" cellpadding="{look.px(10)}"{edge}><tr><td bgcolor="{ground}">'
    )


_CARD_END = '</td></tr></table><p style="font-size: 4px; margin: 0px; line-height: 100%">&nbsp;</p>'


def coloured(code: str, language: str, look: Look) -> str:
    """Program text with its colours, as HTML in one `<pre>`."""
    lexer = PythonLexer() if language in {"python", "py", "python3"} else TextLexer()
    style = "github-dark" if look.theme.dark else "default"
    formatter = HtmlFormatter(noclasses=True, nobackground=True, nowrap=True, style=style)
    if look.theme.high_contrast:
        return f"<pre>{html.escape(code.rstrip())}</pre>"
    return f"<pre>{highlight(code, lexer, formatter).rstrip()}</pre>"
