"""Puts a theme and a typeface on a surface. Sizes come from the font's own metrics, so every scale and text size works."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication
from pyside6_scintilla import Scintilla

from tutor.translation import tr
from tutor.ui.editor import numbers as n
from tutor.ui.editor.fonts import DEFAULT_POINTS, code_font_family
from tutor.ui.editor.gaps import END, START
from tutor.ui.editor.language import PYTHON, Language
from tutor.ui.editor.surface import Surface
from tutor.ui.editor.theme import LIGHT, EditorTheme

SMALLEST_ZOOM, LARGEST_ZOOM = -5, 20
_LINE_SPACE = 0.24  # of the font's height, above and below each line
_STYLE_DEFAULT, _STYLE_NUMBERS, _STYLE_BRACE, _STYLE_BRACE_BAD, _STYLE_CONTROL, _STYLE_GUIDE = range(32, 38)

# Characters that look like nothing, or like a blank, and make Python fail.
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINE_BREAKS = "\u0085\u2028\u2029"


def _hidden() -> dict[str, str]:
    """What each of them is shown as, in a box."""
    return {
        tr("odd blank"): _BLANKS,
        tr("hidden"): _NOTHING,
        tr("direction"): _DIRECTIONS,
        tr("line break"): _LINE_BREAKS,
    }


class Appearance:
    """How one surface looks."""

    def __init__(self, surface: Surface, *, line_numbers: bool = True, language: Language = PYTHON) -> None:
        self._surface = surface
        self._language = language
        self._line_numbers = line_numbers
        self._wide_for = 0
        self.theme = LIGHT
        self.points = DEFAULT_POINTS
        self.family = code_font_family()
        surface.view_changed.connect(self.measure)
        surface.zoom_asked.connect(self.zoom_by)
        surface.text_settled.connect(self._fit_numbers)
        self.apply()

    def set(
        self, *, theme: EditorTheme | None = None, points: float | None = None, family: str | None = None
    ) -> None:
        """Change what is given."""
        self.theme = theme or self.theme
        self.points = points or self.points
        self.family = family or self.family
        self.apply()

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by so many points; 0 goes back."""
        surface = self._surface
        wanted = 0 if steps == 0 else self.zoom_level() + steps
        surface.setZoom(min(max(wanted, SMALLEST_ZOOM), LARGEST_ZOOM))
        surface.view_changed.emit()

    def zoom_level(self) -> int:
        """Points added to the text size by zooming."""
        return int(self._surface.send(Scintilla.Message.GetZoom))

    def apply(self) -> None:
        """Everything anew."""
        self._fonts()
        self._colours()
        self._signs()
        self.measure()

    # ----------------------------------------------------------------------------------------------------------- in parts

    def _fonts(self) -> None:
        surface = self._surface
        surface.styleResetDefault()
        surface.styleSetFont(_STYLE_DEFAULT, self.family)
        surface.styleSetSizeFractional(_STYLE_DEFAULT, round(self.points * 100))
        surface.styleSetFore(_STYLE_DEFAULT, _colour(self.theme.text))
        surface.styleSetBack(_STYLE_DEFAULT, _colour(self.theme.ground))
        surface.styleClearAll()
        for style in (n.STYLE_ANNOTATION, n.STYLE_ANNOTATION_CAUTION):
            surface.styleSetFont(style, QApplication.font().family())

    def _colours(self) -> None:
        surface, theme = self._surface, self.theme
        pairs = self._language.colours(theme)
        pairs += [
            (_STYLE_NUMBERS, theme.line_number),
            (_STYLE_GUIDE, theme.guide),
            (_STYLE_CONTROL, theme.caution),
        ]
        for style, colour in pairs:
            surface.styleSetFore(style, _colour(colour))
        for style in (*self._language.bold, *((self._language.keyword,) if theme.bold_words else ())):
            surface.styleSetWeight(style, QFont.Weight.DemiBold)
        for style, colour in ((_STYLE_BRACE, theme.bracket_match), (_STYLE_BRACE_BAD, theme.wrong)):
            surface.styleSetFore(style, _colour(colour))
            surface.styleSetBold(style, True)
            surface.styleSetUnderline(style, True)
        surface.styleSetFore(n.STYLE_ANNOTATION, _colour(theme.wrong))
        surface.styleSetBack(n.STYLE_ANNOTATION, _colour(theme.wrong_ground))
        surface.styleSetFore(n.STYLE_ANNOTATION_CAUTION, _colour(theme.caution))
        surface.styleSetBack(n.STYLE_ANNOTATION_CAUTION, _colour(theme.caution_ground))
        element = Scintilla.Element
        for which, colour in (
            (element.Caret, theme.caret),
            *(((element.CaretLineBack, theme.current_line),) if self._line_numbers else ()),
            (element.SelectionBack, theme.selection),
            (element.SelectionInactiveBack, theme.selection),
        ):
            surface.setElementColour(which, _opaque(colour))
        palette = surface.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.ground))
        surface.setPalette(palette)

    def _signs(self) -> None:
        surface, theme = self._surface, self.theme
        symbol, style = Scintilla.MarkerSymbol, Scintilla.IndicatorStyle
        for marker, sign, colour in (
            (n.MARKER_ERROR, "✗", theme.wrong),
            (n.MARKER_CAUTION, "i", theme.caution),  # as on its card beside the output
        ):
            surface.markerDefine(marker, symbol.Character + ord(sign))
            surface.markerSetFore(marker, _colour(colour))
            surface.markerSetBack(marker, _colour(theme.ground))
        surface.markerDefine(n.MARKER_STOPPED, symbol.ShortArrow)
        surface.markerSetFore(n.MARKER_STOPPED, _colour(theme.caution))
        surface.markerSetBack(n.MARKER_STOPPED, _colour(theme.caution))
        surface.markerDefine(n.MARKER_STOPPED_LINE, symbol.Background)
        surface.markerSetBack(n.MARKER_STOPPED_LINE, _colour(theme.stopped_line))
        for indicator, look, colour in (
            (n.INDICATOR_ERROR, style.Squiggle, theme.wrong),
            (n.INDICATOR_CAUTION, style.Squiggle, theme.caution),
            (n.INDICATOR_MARK, style.Squiggle, theme.caution),
            (n.INDICATOR_LIVE_ERROR, style.Squiggle, theme.wrong),
            (n.INDICATOR_FOUND, style.StraightBox, theme.caution),
            (n.INDICATOR_CLOSER, style.Hidden, theme.text),
            (n.INDICATOR_GAP, style.FullBox, theme.gap_border),
        ):
            surface.indicSetStyle(indicator, look)
            surface.indicSetFore(indicator, _colour(colour))
        surface.indicSetAlpha(n.INDICATOR_FOUND, 40)
        surface.indicSetOutlineAlpha(n.INDICATOR_FOUND, 200)
        surface.indicSetAlpha(n.INDICATOR_GAP, 28)
        surface.indicSetOutlineAlpha(n.INDICATOR_GAP, 255)
        surface.annotationSetVisible(Scintilla.AnnotationVisible.Boxed)
        self.show_hidden()

    def show_hidden(self) -> None:
        """Boxes for hidden characters, blanks for the guards of gaps. Scintilla forgets them when the document changes."""
        surface = self._surface
        boxed = Scintilla.RepresentationAppearance.Blob | Scintilla.RepresentationAppearance.Colour
        for word, signs in _hidden().items():
            for sign in signs:
                surface.setRepresentation(sign, word)
                surface.setRepresentationAppearance(sign, boxed)
                surface.setRepresentationColour(sign, _opaque(self.theme.caution))
        for guard, room in ((START, " "), (END, "  ")):
            surface.setRepresentation(guard, room)
            surface.setRepresentationAppearance(guard, Scintilla.RepresentationAppearance.Plain)

    def measure(self) -> None:
        """Spaces between lines and the width of the margins, from the font as it is now (zoomed or not)."""
        surface = self._surface
        ascent, descent = surface.extraAscent(), surface.extraDescent()
        bare = surface.textHeight(0) - ascent - descent
        space = max(1, round(bare * _LINE_SPACE))
        if (ascent, descent) != (space, space):
            surface.setExtraAscent(space)
            surface.setExtraDescent(space)
        surface.setCaretWidth(max(1, round(bare / 9)))
        blank = surface.textWidth(_STYLE_DEFAULT, "0")
        surface.setMarginLeft(blank // 2)
        if self._line_numbers:
            surface.setMarginTypeN(n.MARGIN_SIGNS, Scintilla.MarginType.Back)
            signs = 1 << n.MARKER_ERROR | 1 << n.MARKER_CAUTION | 1 << n.MARKER_STOPPED
            surface.setMarginMaskN(n.MARGIN_SIGNS, signs)
            surface.setMarginWidthN(n.MARGIN_SIGNS, blank * 5 // 2)
            surface.setMarginTypeN(n.MARGIN_NUMBERS, Scintilla.MarginType.Number)
            surface.setMarginMaskN(n.MARGIN_NUMBERS, 0)
            surface.setMarginTypeN(n.MARGIN_SPACE, Scintilla.MarginType.Back)
            surface.setMarginMaskN(n.MARGIN_SPACE, 0)
            surface.setMarginWidthN(n.MARGIN_SPACE, blank)
        else:
            for margin in range(5):
                surface.setMarginWidthN(margin, 0)
        surface.styleSetBack(_STYLE_NUMBERS, _colour(self.theme.ground))
        self._wide_for = 0
        self._fit_numbers()

    def _fit_numbers(self) -> None:
        """Room for the largest line number, at least two digits."""
        digits = max(2, len(str(self._surface.lineCount())))
        if self._line_numbers and digits != self._wide_for:
            self._wide_for = digits
            width = self._surface.textWidth(_STYLE_NUMBERS, "9" * digits)
            self._surface.setMarginWidthN(n.MARGIN_NUMBERS, width)


def _colour(name: str) -> int:
    """`#rrggbb` as Scintilla's 0xBBGGRR."""
    colour = QColor(name)
    return colour.red() | colour.green() << 8 | colour.blue() << 16


def _opaque(name: str) -> int:
    """As `_colour`, with alpha, kept within what fits a signed 32-bit number."""
    value = _colour(name) | 0xFF << 24
    return value - (1 << 32) if value >= 1 << 31 else value
