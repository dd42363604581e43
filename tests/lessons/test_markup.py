"""Lesson Markdown as HTML for Qt's rich text, and as it is spoken."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from re import sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lessons.highlight import highlighted
from tutor.lessons.markup import DARK, LIGHT, MarkupPalette, plain_text, render, render_inline

CODE = 'def score(rate):\n    """Points."""\n    return "a" if rate <= 8 else 7  # eight\n'


def test_code_keeps_every_character_when_it_is_coloured() -> None:
    html = highlighted(CODE, "python", LIGHT)
    assert unescape(sub(r"<[^>]*>", "", html)) == CODE
    assert f'<span style="color:{LIGHT.name}">score</span>' in html
    assert LIGHT.keyword in html
    assert LIGHT.comment in html


@given(st.text(max_size=80))
def test_no_code_is_lost_whatever_it_is(code: str) -> None:
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    assert unescape(sub(r"<[^>]*>", "", highlighted(code.replace("&", ""), "python", DARK))) == code.replace(
        "&", ""
    )


def test_code_in_no_known_language_is_plain() -> None:
    assert highlighted("a < b", "no-such-language", LIGHT) == "a &lt; b"
    assert "<span" not in highlighted("print(1)", "text", LIGHT)


def test_a_palette_of_three_colours_has_no_other(tmp_path: Path) -> None:
    palette = MarkupPalette.plain("#111111", "#222222", "#333333")
    html = render(
        f"# A\n\n`b` [[c]]\n\n| d |\n|---|\n| e |\n\n> f\n\n```python\n{CODE}```\n", palette=palette
    )
    import re

    assert set(re.findall(r"#[0-9A-Fa-f]{6}", html)) == {"#111111", "#222222", "#333333"}


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_colour_of_code_can_be_read_on_its_ground(palette: MarkupPalette) -> None:
    # The contrast ratio of WCAG 2.2, "contrast (minimum)": 4.5 for text; the design wants 5.5.
    ground = _luminance(palette.sunken)
    for name in ("text", "muted", "link", "keyword", "string", "number", "comment", "name", "error"):
        colour = _luminance(getattr(palette, name))
        ratio = (max(colour, ground) + 0.05) / (min(colour, ground) + 0.05)
        assert ratio >= 5.5, (name, ratio)


def test_a_term_is_a_link_to_the_glossary() -> None:
    html = render_inline("A [[Two words]] and [[nothing]].", palette=LIGHT, glossary=["two  words"])
    assert 'href="term:two%20%20words"' in html
    assert ">Two words</a>" in html
    assert "and nothing." in html


def test_without_a_glossary_every_term_is_a_link() -> None:
    assert 'href="term:x"' in render_inline("[[x]]", palette=LIGHT)


def test_a_term_in_code_is_code() -> None:
    assert "term:" not in render("`[[x]]`\n\n```python\n[[x]]\n```", palette=LIGHT)


def test_pictures_that_are_given_are_shown_and_others_described() -> None:
    def shown(target: str) -> str:
        return render(f"![Seen]({target})", palette=LIGHT, pictures=["media/a b.png"])

    assert '<img src="picture:media/a%20b.png" alt="Seen"' in shown("media/a%20b.png")
    for target in ("https://example.org/a%20b.png", "a%20b.png", "media/none.png", "/etc/x.png", "file:///x.png"):
        assert "<img" not in shown(target)
        assert "[Seen]" in shown(target)


def test_raw_html_is_shown_as_it_is_typed() -> None:
    html = render("<script>alert(1)</script> and <b onclick=x>b</b>\n\n<div>c</div>", palette=LIGHT)
    assert "<script" not in html
    assert "<div" not in html
    assert "&lt;div&gt;c&lt;/div&gt;" in html


def test_links_lead_to_the_web_and_to_pages_and_nowhere_else() -> None:
    assert 'href="https://example.org/a?b=1&amp;c=2"' in render(
        "[a](https://example.org/a?b=1&c=2)", palette=LIGHT
    )
    assert 'href="page:data-dictionary.md"' in render("[a](data-dictionary.md)", palette=LIGHT)
    for target in ("javascript:alert(1)", "file:///etc/passwd", "../x.md", "other"):
        html = render(f"[words]({target})", palette=LIGHT)
        assert "href" not in html
        assert "words" in html


def test_a_table_is_a_table_with_its_alignment() -> None:
    html = render("| rate | points |\n|---|--:|\n| 8 | 3 |", palette=LIGHT)
    assert '<td align="right">3</td>' in html
    assert f'<th align="left" bgcolor="{LIGHT.sunken}">rate' in html


def test_it_is_spoken_without_marks() -> None:
    text = (
        "# A *title*\n\nUse [[print]] and `rate`.\nSee ![a chart](media/x.png).\n\n1. one\n2. two\n\n- three\n\n"
        "| rate | points |\n|---|---|\n| 8 | 3 |\n\n```python\nprint(1)\n```\n"
    )
    assert plain_text(text) == (
        "A title\nUse print and rate. See Picture: a chart..\n1. one\n2. two\nthree\nrate, points\n8, 3\nprint(1)"
    )


def test_no_qt_is_loaded(root: Path) -> None:
    import subprocess
    import sys

    code = "import sys, tutor.lessons.markup, tutor.lessons.loader; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_qt_draws_it(qtbot: object) -> None:
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(render(f"# A\n\nB `c`\n\n```python\n{CODE}```\n\n| d |\n|---|\n| e |", palette=DARK))
    said = document.toPlainText()
    for words in ("A\n", "B c", 'return "a" if rate <= 8 else 7  # eight', "e"):
        assert words in said
