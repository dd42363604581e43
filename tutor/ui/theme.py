"""The look as data: tokens for colour, space and type (light, dark, and whatever contrast theme the system has)."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from PySide6.QtGui import QColor, QPalette


class ThemeChoice(StrEnum):
    """What the learner asked for; SYSTEM follows the system's light, dark or high contrast as it changes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(Struct, frozen=True):
    """Every colour of the window, by what it is for. Colours are "#RRGGBB".

    `window`, `surface`, `sunken` are grounds: frame, panes, code and output. The `_soft` colours are grounds of cards.
    `control` is the outline of something that can be used (at least 3:1 on the grounds), `border` a hairline between
    parts. `focus` is the ring around what the keyboard talks to. `high_contrast` switches fills off and outlines on.
    """

    name: str
    dark: bool
    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    border: str
    control: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    wrong: str
    wrong_soft: str
    caution: str
    caution_soft: str
    focus: str
    selection: str
    on_selection: str
    high_contrast: bool = False

    def colours(self) -> dict[str, str]:
        """Every colour by its name."""
        return {
            name: getattr(self, name)
            for name in self.__struct_fields__
            if name not in {"name", "dark", "high_contrast"}
        }


LIGHT = Theme(
    name="light",
    dark=False,
    window="#F6F7F9",
    surface="#FFFFFF",
    sunken="#EEF1F4",
    text="#1A2530",
    muted="#52606D",
    border="#CFD6DD",
    control="#7A8794",
    accent="#0B5CAD",
    accent_soft="#E4EEF9",
    on_accent="#FFFFFF",
    good="#17693A",
    good_soft="#E3F3E9",
    wrong="#A8201A",
    wrong_soft="#FBE9E7",
    caution="#7A4F00",
    caution_soft="#FFF3D6",
    focus="#0B5CAD",
    selection="#0B5CAD",
    on_selection="#FFFFFF",
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#12171C",
    surface="#1A2128",
    sunken="#0F1418",
    text="#E7ECF1",
    muted="#A9B4BF",
    border="#3A4652",
    control="#75838F",
    accent="#7CBBF5",
    accent_soft="#1C3246",
    on_accent="#0F1418",
    good="#7BD3A0",
    good_soft="#17301F",
    wrong="#FF9C93",
    wrong_soft="#3A1E1C",
    caution="#F1C768",
    caution_soft="#352A12",
    focus="#7CBBF5",
    selection="#7CBBF5",
    on_selection="#0F1418",
)


def high_contrast(palette: QPalette) -> Theme:
    """The system's contrast theme, in our tokens: its colours only, never ours."""

    def role(which: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, which).name().upper()

    window, text = role(QPalette.ColorRole.Window), role(QPalette.ColorRole.WindowText)
    highlight, on_highlight = role(QPalette.ColorRole.Highlight), role(QPalette.ColorRole.HighlightedText)
    link = role(QPalette.ColorRole.Link)
    accent = link if contrast(link, window) >= 4.5 else text
    return Theme(
        name="high contrast",
        dark=QColor(window).lightness() < 128,
        high_contrast=True,
        window=window,
        surface=window,
        sunken=window,
        text=text,
        muted=text,
        border=text,
        control=text,
        accent=accent,
        accent_soft=window,
        on_accent=window,
        good=text,
        good_soft=window,
        wrong=text,
        wrong_soft=window,
        caution=text,
        caution_soft=window,
        focus=accent,
        selection=highlight if contrast(highlight, on_highlight) >= 4.5 else text,
        on_selection=on_highlight if contrast(highlight, on_highlight) >= 4.5 else window,
    )


def contrast_palette() -> QPalette:
    """What "High contrast" means when it is chosen here and the system itself has no contrast theme."""
    palette = QPalette(QColor("#000000"))
    for role, colour in (
        (QPalette.ColorRole.Window, "#000000"),
        (QPalette.ColorRole.WindowText, "#FFFFFF"),
        (QPalette.ColorRole.Link, "#FFEB3B"),
        (QPalette.ColorRole.Highlight, "#1AEBFF"),
        (QPalette.ColorRole.HighlightedText, "#000000"),
    ):
        palette.setColor(role, QColor(colour))
    return palette


#: (foreground, background) of every pair in which words are shown; a test computes their contrast.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((fore, ground) for fore in ("text", "muted", "accent") for ground in ("window", "surface", "sunken")),
    *((fore, ground) for fore in ("good", "wrong", "caution") for ground in ("surface", "sunken", "window")),
    *(("text", f"{kind}_soft") for kind in ("accent", "good", "wrong", "caution")),
    *(("muted", f"{kind}_soft") for kind in ("accent", "good", "wrong", "caution")),
    *((kind, f"{kind}_soft") for kind in ("accent", "good", "wrong", "caution")),
    ("on_accent", "accent"),
    ("on_selection", "selection"),
)

#: (foreground, background) of outlines and marks that must be seen: at least 3:1.
SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    *((fore, ground) for fore in ("control", "focus") for ground in ("window", "surface", "sunken")),
)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def qt_palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette: what the style sheet does not reach (menus, scroll bars, tool tips) follows it."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.sunken),
        (roles.Text, theme.text),
        (roles.PlaceholderText, theme.muted),
        (roles.Button, theme.surface),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.wrong),
        (roles.Highlight, theme.selection),
        (roles.HighlightedText, theme.on_selection),
        (roles.Accent, theme.accent),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.ToolTipBase, theme.surface),
        (roles.ToolTipText, theme.text),
        (roles.Light, theme.surface),
        (roles.Midlight, theme.border),
        (roles.Mid, theme.border),
        (roles.Dark, theme.control),
        (roles.Shadow, theme.border),
    ):
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(disabled, role, QColor(theme.muted))
    return palette
