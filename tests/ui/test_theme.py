"""Colours, computed: every theme can be read, also the system's own contrast themes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tutor.ui.stylesheet import _SHEET
from tutor.ui.theme import (
    DARK,
    LIGHT,
    SHAPE_PAIRS,
    TEXT_PAIRS,
    Theme,
    contrast,
    contrast_palette,
    high_contrast,
)

#: The colours of the contrast themes that come with Windows: window, text, link, highlight, highlighted text.
WINDOWS_THEMES = {
    "aquatic": ("#202020", "#FFFFFF", "#75E9FC", "#8EE3F0", "#263B50"),
    "desert": ("#FFFAEF", "#3D3D3D", "#1C5E75", "#903909", "#FFF5E3"),
    "dusk": ("#2D3236", "#FFFFFF", "#70EBDE", "#A1BFDE", "#212D3B"),
    "night sky": ("#000000", "#FFFFFF", "#8080FF", "#D6B4FD", "#2B2B2B"),
}


def palette_of(name: str) -> QPalette:
    window, text, link, highlight, on_highlight = (QColor(colour) for colour in WINDOWS_THEMES[name])
    palette = QPalette(window)
    for role, colour in (
        (QPalette.ColorRole.Window, window),
        (QPalette.ColorRole.WindowText, text),
        (QPalette.ColorRole.Link, link),
        (QPalette.ColorRole.Highlight, highlight),
        (QPalette.ColorRole.HighlightedText, on_highlight),
    ):
        palette.setColor(role, colour)
    return palette


def themes() -> list[Theme]:
    found = [LIGHT, DARK, high_contrast(contrast_palette())]
    return found + [high_contrast(palette_of(name)) for name in WINDOWS_THEMES]


def test_every_text_has_a_contrast_of_at_least_4_5_on_every_ground_that_it_stands_on(
    qapp: QApplication,
) -> None:
    for theme in themes():
        colours = theme.colours()
        for fore, ground in TEXT_PAIRS:
            ratio = contrast(colours[fore], colours[ground])
            assert ratio >= 4.5, f"{theme.name}: {fore} on {ground} is {ratio:.2f}:1"


def test_outlines_and_the_focus_ring_have_a_contrast_of_at_least_3(qapp: QApplication) -> None:
    for theme in themes():
        colours = theme.colours()
        for fore, ground in SHAPE_PAIRS:
            ratio = contrast(colours[fore], colours[ground])
            assert ratio >= 3, f"{theme.name}: {fore} on {ground} is {ratio:.2f}:1"


def test_every_pair_of_colours_in_the_style_sheet_is_one_whose_contrast_is_computed() -> None:
    """Rules that set both: a colour of words on a ground. `$name` is a token of the theme."""
    same = {"on_accent": "on_accent", "accent_hover": "accent"}  # in the light and the dark theme
    pairs = set()
    for rule in re.findall(r"\{([^{}]*)\}", _SHEET.template.replace("${", "$(")):
        fore = re.search(r"(?<![-\w])color: \$(\w+)", rule)
        ground = re.search(r"background(?:-color)?: \$(\w+)", rule)
        chosen = re.search(r"selection-color: \$(\w+)", rule)
        chosen_ground = re.search(r"selection-background-color: \$(\w+)", rule)
        for one, other in ((fore, ground), (chosen, chosen_ground)):
            if one and other:
                pairs.add((same.get(one[1], one[1]), same.get(other[1], other[1])))
    assert len(pairs) >= 5, "the rules are read"
    assert pairs <= set(TEXT_PAIRS)


def test_every_colour_of_a_theme_is_looked_at_or_is_a_mere_hairline() -> None:
    looked_at = {name for pair in (*TEXT_PAIRS, *SHAPE_PAIRS) for name in pair}
    assert set(LIGHT.colours()) - looked_at == {"border"}


def test_high_contrast_uses_the_colours_of_the_system_and_no_others(qapp: QApplication) -> None:
    for name, given in WINDOWS_THEMES.items():
        used = set(high_contrast(palette_of(name)).colours().values())
        assert used <= {colour.upper() for colour in given}, name


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_computed_as_wcag_defines_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)
