"""UK postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.guarding.finding import Span

# The postcode areas. ZZ, which the NHS uses for people without one, is none of them.
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|"
    "G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|"
    "NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|"
    "WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(rf"(?<!\w)(?:{_AREAS})\d[0-9A-Z]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)")


def postcodes_in(line: str) -> Iterator[Span]:
    """Where postcodes stand in a line."""
    for match in _POSTCODE.finditer(line):
        yield Span(match.start(), match.end())


def has_invented(line: str) -> bool:
    """Whether a line has a postcode that no place has."""
    return re.search(r"(?<!\w)ZZ99 ?\d[A-Z]{2}(?!\w)", line) is not None
