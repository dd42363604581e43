"""A theme, its fonts and its scale, ready to draw with: what every pane is given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tutor.paths import resources_folder
from tutor.ui.theme import LIGHT, Theme

#: Body text at 100 %: 15 px where a logical inch has 96 of them. Points, so that the system's scaling is followed.
BODY_POINTS = 11.25

#: The text sizes that are offered, in per cent.
TEXT_SIZES = (85, 100, 115, 130, 150, 175, 200)

#: Lower than this (in design pixels) a window puts together what else stands on lines of its own.
LOW = 430

UI_FAMILIES = ("Segoe UI Variable Text", "Segoe UI", "Noto Sans", "DejaVu Sans")
CODE_FAMILIES = ("Cascadia Mono", "Consolas", "Source Code Pro", "DejaVu Sans Mono")


def installed(wanted: tuple[str, ...], otherwise: QFontDatabase.SystemFont, families: Collection[str]) -> str:
    """The first of these families that this PC has (`families`): one family, never a list of fall-backs."""
    return next((name for name in wanted if name in families), QFontDatabase.systemFont(otherwise).family())


@dataclass(frozen=True)
class Look:
    """How the window looks now.

    Args:
        theme: the colours.
        ui_family, code_family: the two typefaces.
        text_size: the learner's own text size; 1.0 is 100 %.
        unit: how many real pixels stand for one pixel of the design: the system's scaling times the text size.
    """

    theme: Theme
    ui_family: str
    code_family: str
    text_size: float = 1.0
    unit: float = 1.0
    _drawn: dict[tuple[str, str, float], QPixmap] = field(default_factory=dict, compare=False, repr=False)

    def px(self, design: float) -> int:
        """A length of the design in this window's pixels; never less than one."""
        return max(1, round(design * self.unit))

    def is_narrow(self, width: int, design: int) -> bool:
        """Whether `width` real pixels are less than `design` pixels of the design, for what can stand in two ways.

        Large text alone changes nothing until words no longer fit, at about one and a half of the usual size: whoever
        makes the text a little larger wants the same window.
        """
        return width < design * self.unit * max(0.85, 1 / max(1.0, self.text_size))

    def is_low(self, height: int) -> bool:
        """Whether a window of `height` real pixels has no room for anything but words: a laptop's at twice the text size."""
        return height < self.px(LOW)

    @property
    def hairline(self) -> int:
        """The width of a border: one real pixel, and no more."""
        return 1

    def font(self, design_px: float = 15, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The typeface of the window, at a size of the design."""
        font = QFont(self.ui_family)
        font.setPointSizeF(BODY_POINTS * design_px / 15 * self.text_size)
        font.setWeight(weight)
        return font

    def code_font(self, design_px: float = 15) -> QFont:
        """The typeface of code, at a size of the design."""
        font = QFont(self.code_family)
        font.setPointSizeF(BODY_POINTS * design_px / 15 * self.text_size)
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFixedPitch(True)
        return font

    def icon(self, name: str, colour: str | None = None, design_px: float = 20) -> QIcon:
        """One of our icons in a colour (the text's by default), with a muted twin for what cannot be used now."""
        icon = QIcon(self.picture(name, colour or self.theme.text, design_px))
        icon.addPixmap(self.picture(name, self.theme.muted, design_px), QIcon.Mode.Disabled)
        return icon

    def picture(self, name: str, colour: str, design_px: float = 20) -> QPixmap:
        """An icon as a picture, sharp on screens of up to two real pixels a pixel; drawn once for each look."""
        key = (name, colour, design_px)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, colour, design_px)
        return self._drawn[key]

    def _draw(self, name: str, colour: str, design_px: float, ratio: float = 2.0) -> QPixmap:
        drawing = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        side = self.px(design_px)
        picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode())).render(
            painter, QRectF(0, 0, side * ratio, side * ratio)
        )
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def size(self, design_px: float) -> QSize:
        """A square of the design, as for icons."""
        return QSize(self.px(design_px), self.px(design_px))


def make_look(theme: Theme = LIGHT, text_size: float = 1.0, code_family: str = "") -> Look:
    """A look from what this PC has; asks the font system how large a design pixel is here."""
    families = set(QFontDatabase.families())
    ui = installed(UI_FAMILIES, QFontDatabase.SystemFont.GeneralFont, families)
    chosen = (code_family, *CODE_FAMILIES) if code_family else CODE_FAMILIES
    code = installed(chosen, QFontDatabase.SystemFont.FixedFont, families)
    probe = QFont(ui)
    # A large probe: the font system rounds to whole pixels, and 15 of them are too few to measure a scale with.
    probe.setPointSizeF(BODY_POINTS * 20)
    unit = QFontInfo(probe).pixelSize() / 300 * text_size
    return Look(theme=theme, ui_family=ui, code_family=code, text_size=text_size, unit=unit)
