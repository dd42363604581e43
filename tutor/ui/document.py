"""Lesson text as the HTML that Qt's rich text shows, in the look's colours and sizes."""

from __future__ import annotations

from collections.abc import Collection
from string import Template

from tutor.lessons.markup import render, render_inline
from tutor.lessons.palette import DARK, LIGHT, MarkupPalette
from tutor.ui.look import Look

_SHEET = Template("""
body { color: $text; }
p, li { line-height: 145%; }
p { margin-top: 0px; margin-bottom: ${p12}px; }
ul, ol { margin-top: 0px; margin-bottom: ${p12}px; -qt-list-indent: 1; }
li { margin-bottom: ${p4}px; }
.h1 { font-size: ${f20}px; font-weight: 600; margin-top: 0px; margin-bottom: ${p12}px; }
.h2 { font-size: ${f17}px; font-weight: 600; margin-top: ${p16}px; margin-bottom: ${p8}px; }
.h3 { font-size: ${f15}px; font-weight: 600; margin-top: ${p12}px; margin-bottom: ${p4}px; }
code, pre { font-family: '$code'; }
pre { line-height: 135%; }
a { color: $accent; text-decoration: underline; }
th { text-align: left; font-weight: 600; }
.small { color: $muted; font-size: ${f13}px; }
.label { font-weight: 600; margin-bottom: ${p4}px; }
.gap { font-size: ${p4}px; line-height: 100%; margin: 0px; }
""")


def document_style(look: Look) -> str:
    """The style sheet for a document in this look."""
    return _SHEET.substitute(
        **look.theme.colours(),
        **{f"p{n}": look.px(n) for n in (4, 8, 12, 16)},
        **{f"f{n}": look.px(n) for n in (13, 15, 17, 20)},
        code=look.code_family,
    )


def markup_palette(look: Look) -> MarkupPalette:
    """The look's colours as lesson text wants them."""
    theme = look.theme
    if theme.high_contrast:
        return MarkupPalette.plain(theme.text, theme.sunken, theme.accent)
    return DARK if theme.dark else LIGHT


def lesson_html(
    markdown: str, look: Look, *, pictures: Collection[str] = (), glossary: Collection[str] | None = None
) -> str:
    """A step's Markdown as HTML."""
    made = render(markdown, palette=markup_palette(look), pictures=pictures, glossary=glossary)
    for level in range(1, 7):
        # Qt enlarges real headings whatever their style says.
        made = made.replace(f"<h{level}>", f'<p class="h{min(3, level + 1)}">').replace(
            f"</h{level}>", "</p>"
        )
    return made.replace("</table>", f"</table>{_GAP}").replace("<table ", f"{edge_of_tables(look)} ")


def edge_of_tables(look: Look) -> str:
    """How a table begins: code on a ground of its own needs an outline where grounds are all the same."""
    return f'<table style="border: 1px solid {look.theme.border}"' if look.theme.high_contrast else "<table"


def inline_html(markdown: str, look: Look) -> str:
    """A sentence of Markdown (code, emphasis) as HTML for a label."""
    made = render_inline(markdown.strip(), palette=markup_palette(look), glossary=())
    return made.replace('<code style="', f"<code style=\"font-family:'{look.code_family}';").replace(
        "\n", "<br>"
    )


def card(inner: str, ground: str, look: Look) -> str:
    """A piece of HTML on a ground of its own."""
    edge = f' border="1" style="border-color: {look.theme.border}"' if look.theme.high_contrast else ""
    start = (
        f'<table width="100%" cellspacing="0" cellpadding="{look.px(10)}"{edge}><tr><td bgcolor="{ground}">'
    )
    return f"{start}{inner}</td></tr></table>{_GAP}"


_GAP = '<p class="gap">&nbsp;</p>'


def program_html(code: str, look: Look) -> str:
    """A program in its colours."""
    from tutor.lessons.highlight import highlighted  # noqa: PLC0415  (Pygments: not every page has code)

    return f'<pre style="margin: 0px">{highlighted(code.rstrip(), "python", markup_palette(look))}</pre>'
