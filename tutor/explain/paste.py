"""Straightening pasted text: Word, web pages and chats change characters that Python needs as they were."""

from __future__ import annotations

import re

from tutor.explain.lexer import scan
from tutor.explain.reading import fault_in

_DOUBLE = "“”„‟″«»＂"
_SINGLE = "‘’‚‛′`´＇"
#: Curly and other quotes that Python cannot read (the back-quote is not among them: it has a rule of its own).
CURLY = _DOUBLE + _SINGLE.replace("`", "")
DASHES = "—–−‐‑‒―"
#: Spaces that Python does not take for spaces, and characters that cannot be seen, with their names.
SPACES = {
    "\u00a0": "a non-breaking space", "\u2007": "a figure space", "\u202f": "a narrow space", "\u2009": "a thin space",
    "\u2002": "a wide space", "\u2003": "a wide space", "\u2004": "a wide space", "\u2005": "a wide space",
    "\u2006": "a wide space", "\u2008": "a narrow space", "\u200a": "a thin space", "\u3000": "a wide space",
    "\u200b": "a space with no width", "\u200c": "a mark with no width", "\u200d": "a mark with no width",
    "\u2060": "a mark with no width", "\ufeff": "a mark with no width", "\u00ad": "a soft hyphen",
    "\u200e": "a mark for the direction of writing", "\u200f": "a mark for the direction of writing",
    "\u2028": "a line separator", "\u2029": "a paragraph separator", "\u0085": "a line separator",
}  # fmt: skip
_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_BULLET = re.compile(r"^([ \t]*)[•▪◦‣●○\uf0b7][ \t\u00a0]*", re.MULTILINE)
_PROMPT = re.compile(r"^[ \t]*(>>>|\.\.\.)(?: |$)", re.MULTILINE)
_OTHER_CLASS = str.maketrans(
    {
        **dict.fromkeys(DASHES, "-"), **{space: " " for space in SPACES}, **dict.fromkeys(_NO_WIDTH, ""),
        "\u2028": "\n", "\u2029": "\n", "\u0085": "\n",
    }
)  # fmt: skip


def straighten(text: str) -> str:
    """Pasted text as Python needs it: straight quotes, plain spaces, hyphens, no bullets, no >>> prompts.

    Text between straight quotes and comments keeps its curly quotes and dashes, since Python can read them there and
    they may be meant; so does text between curly quotes, whose apostrophes and dashes stay (only its own two quotes
    are straightened, to a kind that does not end the text early). A program that is well already comes back as it is.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if fault_in(text) is None:
        return text
    text = _without_prompts(_BULLET.sub(r"\1", text))
    return _characters(text)


def _without_prompts(text: str) -> str:
    """Lines copied from Python's prompt: the prompts go, and so do the answers that Python printed between them."""
    if not re.search(r"^[ \t]*>>>", text, re.MULTILINE):
        return text
    lines = []
    for line in text.split("\n"):
        if match := _PROMPT.match(line):
            lines.append(line[match.end() :])
        elif not line.strip() or line.lstrip().startswith("#"):
            lines.append(line)
    return "\n".join(lines)


def _characters(text: str) -> str:
    """The text with the characters between straight texts and comments made plain."""
    result: list[str] = []
    at = 0
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for token in scan(text):
        begin = starts[token.line - 1] + token.column
        end = starts[token.end_line - 1] + token.end_column
        if begin < at or token.kind not in ("text", "comment"):
            continue
        if token.kind == "text" and not token.closed:
            continue
        if token.kind == "text" and _opened_curly(text[at:begin]):
            continue  # a straight quote inside curly ones belongs to the text
        if token.kind == "comment" and _opened_curly(text[at:begin]):
            continue  # as does a # inside curly ones
        result += [_outside(text[at:begin]), text[begin:end]]
        at = end
    return "".join([*result, _outside(text[at:])])


def _opened_curly(text: str) -> bool:
    """True where the last line of a text is inside curly quotes."""
    line = text.rsplit("\n", 1)[-1]
    return sum(line.count(c) for c in "“„«") > sum(line.count(c) for c in "”»")


#: A text between a pair of curly quotes on one line, perhaps opened by a straight one or closed by one.
_CURLY_TEXT = re.compile(
    r"“(?P<a>[^“”\n]*)”|”(?P<b>[^“”\n]*)”|„(?P<c>[^„“”\n]*)[“”]|«(?P<d>[^«»\n]*)»|″(?P<e>[^″\n]*)″"
    r"|(?<!\w)‘(?P<f>[^\n‘]*?)’(?!\w)|(?<!\w)’(?P<g>[^\n’]*?)’(?!\w)|′(?P<h>[^′\n]*)′"
)


def _outside(text: str) -> str:
    """Code between straight texts: its curly texts get straight quotes, the rest plain characters."""
    result: list[str] = []
    at = 0
    for match in _CURLY_TEXT.finditer(text):
        inside = next(group for group in match.groups() if group is not None)
        quote = '"' if match[0][0] in _DOUBLE else "'"
        if quote in inside:
            other = "'" if quote == '"' else '"'
            if other in inside:
                inside = inside.replace(quote, "\\" + quote)
            else:
                quote = other
        result += [_plain(text[at : match.start()]), quote, inside.translate(_inside_table), quote]
        at = match.end()
    return "".join([*result, _plain(text[at:])])


_inside_table = str.maketrans({**dict.fromkeys(_NO_WIDTH, ""), "\u00a0": " "})


def _plain(text: str) -> str:
    for quotes, straight in ((_DOUBLE, '"'), (_SINGLE, "'")):
        for quote in quotes:
            if quote != "`":
                text = text.replace(quote, straight)
    return text.translate(_OTHER_CLASS).replace("…", "...")
