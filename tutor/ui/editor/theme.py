"""The editor's colours as data: light and dark from the window's theme, high contrast from whatever palette there is."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QColor, QPalette

from tutor.ui import theme
from tutor.ui.theme import contrast


class EditorTheme(Struct, frozen=True):
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
    def of(
        cls, window: theme.Theme, *, current_line: str, selection: str, stopped_line: str, gap: str, line_number: str,
        comment: str, builtin: str, definition: str, string: str, number: str, guide: str,
    ) -> EditorTheme:  # fmt: skip
        """The colours of a window's theme, with those that only code needs."""
        return cls(
            name=window.name,
            ground=window.sunken, current_line=current_line, selection=selection, stopped_line=stopped_line, gap=gap,
            popup=window.surface, popup_selected=window.accent_soft,
            text=window.text, line_number=line_number, comment=comment, keyword=window.accent, builtin=builtin,
            definition=definition, string=string, number=number,
            wrong=window.wrong, wrong_ground=window.wrong_soft, caution=window.caution, caution_ground=window.caution_soft,
            caret=window.accent, border=window.border, guide=guide, bracket_match=window.accent,
            gap_border=window.accent, focus=window.focus,
        )  # fmt: skip

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


LIGHT = EditorTheme.of(
    theme.LIGHT,
    current_line="#E4E9EE", selection="#CFE0F2", stopped_line="#FBEFC9", gap="#FFFFFF",
    line_number="#5F6C78", comment="#4C5965", builtin="#6A3D9A", definition="#0A4A7A", string="#17603A", number="#8A3A00",
    guide="#D3DAE1",
)  # fmt: skip

DARK = EditorTheme.of(
    theme.DARK,
    current_line="#172027", selection="#1F3E58", stopped_line="#3A2F12", gap="#1C3246",
    line_number="#84919D", comment="#A9B4BF", builtin="#CBB2F2", definition="#9CD2F0", string="#8FD6AE", number="#F0B98A",
    guide="#26303A",
)  # fmt: skip


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
