"""The editor's colours as data: light, dark, high contrast, and whatever palette the system brings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class EditorTheme:
    """Every colour of the editor, each as `#rrggbb`.

    Text colours stand on `ground`, and on `current_line`, `selection`, `stopped_line` and `gap` as well, so each keeps a
    contrast of at least 4.5:1 there (tested). `bold_words` marks keywords by weight too, for themes with few colours.
    """

    name: str
    # grounds
    ground: str
    current_line: str
    selection: str
    stopped_line: str
    gap: str
    popup: str
    popup_selected: str
    # text on them
    text: str
    line_number: str
    comment: str
    keyword: str
    builtin: str
    definition: str
    string: str
    number: str
    # text on grounds of its own
    wrong: str
    wrong_ground: str
    caution: str
    caution_ground: str
    # lines and signs: at least 3:1 where they carry meaning
    caret: str
    border: str
    guide: str
    bracket_match: str
    gap_border: str
    focus: str
    bold_words: bool = False

    def text_pairs(self) -> list[tuple[str, str, str]]:
        """Each text colour with each ground that it can stand on: (what it is, text colour, ground)."""
        grounds = (self.ground, self.current_line, self.selection, self.stopped_line, self.gap)
        tokens = ("text", "comment", "keyword", "builtin", "definition", "string", "number")
        pairs = [(token, getattr(self, token), ground) for token in tokens for ground in grounds]
        pairs += [("line_number", self.line_number, self.ground), ("wrong", self.wrong, self.wrong_ground)]
        pairs += [("caution", self.caution, self.caution_ground)]
        pairs += [("popup", colour, self.popup) for colour in (self.text, self.comment)]
        pairs += [("popup_selected", colour, self.popup_selected) for colour in (self.text, self.comment)]
        return pairs

    @classmethod
    def from_palette(cls, palette: QPalette) -> EditorTheme:
        """High contrast in the system's own colours (a Windows contrast theme); kinds of words differ by weight."""
        ground = palette.color(QPalette.ColorRole.Base).name()
        text = palette.color(QPalette.ColorRole.Text).name()
        if contrast(text, ground) < 4.5:
            text = max(("#000000", "#ffffff"), key=lambda colour: contrast(colour, ground))
        link = palette.color(QPalette.ColorRole.Link).name()
        accent = link if contrast(link, ground) >= 4.5 else text
        # The selection is drawn under the text, so the highlight colour is mixed into the ground until all text stands on it.
        highlight = palette.color(QPalette.ColorRole.Highlight)
        selection = _readable_ground(highlight, QColor(ground), (text, accent))
        return cls(
            name="system",
            ground=ground, current_line=ground, selection=selection, stopped_line=selection, gap=ground,
            popup=ground, popup_selected=selection,
            text=text, line_number=text, comment=text, keyword=accent, builtin=text, definition=text, string=accent,
            number=text,
            wrong=text, wrong_ground=ground, caution=text, caution_ground=ground,
            caret=text, border=text, guide=_mixed(QColor(text), QColor(ground), 0.35).name(), bracket_match=accent,
            gap_border=text, focus=accent,
            bold_words=True,
        )  # fmt: skip


LIGHT = EditorTheme(
    name="light",
    ground="#EEF1F4", current_line="#E4E9EE", selection="#CFE0F2", stopped_line="#FBEFC9", gap="#FFFFFF",
    popup="#FFFFFF", popup_selected="#E4EEF9",
    text="#1A2530", line_number="#5F6C78", comment="#4C5965", keyword="#0B5CAD", builtin="#6A3D9A",
    definition="#0A4A7A", string="#17603A", number="#8A3A00",
    wrong="#A8201A", wrong_ground="#FBE9E7", caution="#7A4F00", caution_ground="#FFF3D6",
    caret="#0B5CAD", border="#CFD6DD", guide="#D3DAE1", bracket_match="#0B5CAD", gap_border="#0B5CAD", focus="#0B5CAD",
)  # fmt: skip

DARK = EditorTheme(
    name="dark",
    ground="#0F1418", current_line="#172027", selection="#1F3E58", stopped_line="#3A2F12", gap="#1C3246",
    popup="#1A2128", popup_selected="#1C3246",
    text="#E7ECF1", line_number="#84919D", comment="#A9B4BF", keyword="#7CBBF5", builtin="#CBB2F2",
    definition="#9CD2F0", string="#8FD6AE", number="#F0B98A",
    wrong="#FF9C93", wrong_ground="#3A1E1C", caution="#F1C768", caution_ground="#352A12",
    caret="#7CBBF5", border="#3A4652", guide="#26303A", bracket_match="#7CBBF5", gap_border="#7CBBF5", focus="#7CBBF5",
)  # fmt: skip

HIGH_CONTRAST = EditorTheme(
    name="high contrast",
    ground="#000000", current_line="#000000", selection="#00407A", stopped_line="#3D3D00", gap="#000000",
    popup="#000000", popup_selected="#00407A",
    text="#FFFFFF", line_number="#FFFFFF", comment="#D0D0D0", keyword="#8CD3FF", builtin="#FFFFFF",
    definition="#FFFFFF", string="#B8F5A8", number="#FFFFFF",
    wrong="#FFFFFF", wrong_ground="#000000", caution="#FFFF66", caution_ground="#000000",
    caret="#FFFF66", border="#FFFFFF", guide="#5A5A5A", bracket_match="#FFFF66", gap_border="#FFFF66", focus="#FFFF66",
    bold_words=True,
)  # fmt: skip


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    rgb = QColor(colour)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (rgb.redF(), rgb.greenF(), rgb.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        first.redF() * share + second.redF() * (1 - share),
        first.greenF() * share + second.greenF() * (1 - share),
        first.blueF() * share + second.blueF() * (1 - share),
    )


def _readable_ground(wanted: QColor, ground: QColor, texts: tuple[str, ...]) -> str:
    """`wanted`, mixed with `ground` no further than needed for every text to keep 4.5:1."""
    for tenths in range(10, -1, -1):
        mixed = _mixed(wanted, ground, tenths / 10).name()
        if all(contrast(text, mixed) >= 4.5 for text in texts):
            return mixed
    return ground.name()
