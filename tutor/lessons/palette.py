"""The colours in which lesson text is drawn. The window passes one; nothing here knows themes or Qt."""

from __future__ import annotations

from msgspec import Struct



class MarkupPalette(Struct, frozen=True):
    """Colours as `#rrggbb`.

    Args:
        text, muted, link, border: of prose.
        sunken: the ground of code and of table headings.
        keyword, string, number, comment, name, error: of code; `name` is for functions and classes.
        weights: whether keywords are also bold, so that colour is never the only sign.
    """

    text: str
    muted: str
    link: str
    border: str
    sunken: str
    keyword: str
    string: str
    number: str
    comment: str
    name: str
    error: str
    weights: bool = True

    @classmethod
    def plain(cls, text: str, ground: str, link: str) -> MarkupPalette:
        """For high contrast: the system's three colours and no others."""
        return cls(
            text=text,
            muted=text,
            link=link,
            border=text,
            sunken=ground,
            keyword=text,
            string=text,
            number=text,
            comment=text,
            name=text,
            error=text,
        )


#: After the design's tokens; every colour has at least 5.5:1 on its ground.
LIGHT = MarkupPalette(
    text="#1A2530",
    muted="#52606D",
    link="#0B5CAD",
    border="#CFD6DD",
    sunken="#EEF1F4",
    keyword="#0B5CAD",
    string="#17693A",
    number="#7A4F00",
    comment="#52606D",
    name="#6B2FA0",
    error="#A8201A",
)
DARK = MarkupPalette(
    text="#E7ECF1",
    muted="#A9B4BF",
    link="#7CBBF5",
    border="#3A4652",
    sunken="#0F1418",
    keyword="#7CBBF5",
    string="#7BD3A0",
    number="#F1C768",
    comment="#A9B4BF",
    name="#D0AEF5",
    error="#FF9C93",
)
