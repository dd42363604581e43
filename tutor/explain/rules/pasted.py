"""Characters and lines that came in with pasted text, and that Python cannot read."""

from __future__ import annotations

import re

from tutor.explain.finding import Finding, found
from tutor.explain.lexer import Token
from tutor.explain.paste import CURLY, DASHES, SPACES, straighten
from tutor.explain.reading import Reading

#: Signs of arithmetic that Word and web pages use, with what Python writes.
SIGNS = {
    "×": "*", "÷": "/", "·": "*", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "==", "²": "** 2", "³": "** 3",
    "√": "math.sqrt( )", "±": "+ or -", "∧": "and", "∨": "or", "¬": "not", "→": "->", "⇒": "=>", "½": "0.5",
    "¼": "0.25", "¾": "0.75", "⁄": "/", "∕": "/", "∗": "*", "\uff08": "(", "\uff09": ")", "\uff1a": ":", "\uff0c": ",",
}  # fmt: skip
MONEY = "£$€¥"


def _others(r: Reading, wanted: str) -> Token | None:
    """The first character of a kind outside texts and comments."""
    return next((t for t in r.tokens if t.kind == "other" and t.text in wanted), None)


def _at(token: Token) -> tuple[int, int]:
    return token.column, token.end_column


def null_character(r: Reading) -> Finding | None:
    """A NUL, from a file that is not text or is stored in another way."""
    if "\0" not in r.source:
        return None
    return found("null-character", r.source[: r.source.index("\0")].count("\n") + 1)


def code_fence(r: Reading) -> Finding | None:
    """Three back-quotes, which mark code on web pages and in chats."""
    for number, text in enumerate(r.lines, 1):
        if r.masked_line(number).lstrip().startswith(("```", "~~~")):
            return found("code-fence", number, mark=text.strip()[:12])
    return None


def copied_prompt(r: Reading) -> Finding | None:
    """The >>> of Python's own prompt, copied with the program."""
    for number in r.near() + list(range(1, len(r.lines) + 1)):
        if match := re.match(r"\s*(>>>|\.\.\.(?= ))", r.masked_line(number)):
            return found(
                "copied-prompt", number, span=match.span(1), prompt=match[1], code=straighten(r.line(number))
            )
    return None


def line_number(r: Reading) -> Finding | None:
    """Line numbers copied along with the lines."""
    numbered = [n for n, text in enumerate(r.lines, 1) if re.match(r"\s*\d+[.:)|]?\s+[^\W\d\s]", text)]
    lines = [n for n, text in enumerate(r.lines, 1) if text.strip()]
    if len(numbered) < 2 or len(numbered) < len(lines) * 0.6:
        return None
    return found("line-numbers", numbered[0], number=r.line(numbered[0]).split()[0])


def html_entity(r: Reading) -> Finding | None:
    """&lt; and the like, from the source of a web page."""
    meant = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&nbsp;": " "}
    for number in r.near():
        for entity, sign in meant.items():
            column = r.masked_line(number).find(entity)
            if column >= 0:
                fixed = r.line(number)
                for one, other in meant.items():
                    fixed = fixed.replace(one, other)
                return found("html-entity", number, span=(column, column + len(entity)), entity=entity,
                             sign=sign.strip() or "a space", code=fixed)  # fmt: skip
    return None


def curly_quotes(r: Reading) -> Finding | None:
    """Quotes as Word sets them."""
    if token := _others(r, CURLY):
        return found("curly-quotes", token.line, span=_at(token), code=straighten(r.line(token.line)))
    return None


def hidden_space(r: Reading) -> Finding | None:
    """A space that is none for Python, or a character that cannot be seen."""
    for token in r.tokens:
        if token.kind == "other" and token.text in SPACES:
            return found("hidden-space", token.line, span=_at(token), name=SPACES[token.text])
    return None


def long_dash(r: Reading) -> Finding | None:
    """A dash where a minus is meant."""
    if token := _others(r, DASHES):
        fixed = r.line(token.line).replace(token.text, "-")
        return found("long-dash", token.line, span=_at(token), dash=token.text, code=fixed)
    return None


def bullet(r: Reading) -> Finding | None:
    """A bullet of a list, from Word."""
    for number in r.near():
        if match := re.match(r"\s*([•▪◦‣●○\uf0b7§])\s*", r.line(number)):
            return found("list-bullet", number, span=match.span(1), code=r.line(number)[match.end() :])
    return None


def maths_sign(r: Reading) -> Finding | None:
    """A sign of arithmetic that is not on the keyboard."""
    if token := _others(r, "".join(SIGNS)):
        return found(
            "maths-sign", token.line, span=_at(token), sign=token.text, python_sign=SIGNS[token.text]
        )
    # Python counts ² among the digits of a name, so that 4² and x² are cut otherwise.
    for token in r.tokens:
        for sign in "²³":
            if token.kind in ("name", "number") and sign in token.text and r.fault:
                return found("maths-sign", token.line, span=_at(token), sign=sign, python_sign=SIGNS[sign])
    return None


def money_sign(r: Reading) -> Finding | None:
    """A pound or dollar sign before an amount."""
    token = _others(r, MONEY)
    if token and re.match(r"\s*\d", r.line(token.line)[token.end_column :]):
        line = r.line(token.line)
        fixed = line[: token.column] + line[token.end_column :].lstrip()
        return found("money-sign", token.line, span=_at(token), sign=token.text, code=fixed)
    return None


def stray_sign(r: Reading) -> Finding | None:
    """Any other character that Python has no use for: $name, a question mark, an emoji."""
    token = next((t for t in r.tokens if t.kind == "other" and t.text not in "\\`'\"?!"), None)
    if token and r.fault:
        return found("stray-sign", token.line, span=_at(token), sign=token.text)
    return None


FIRST = (
    null_character, code_fence, copied_prompt, line_number, html_entity, curly_quotes, hidden_space,
    long_dash, bullet, maths_sign, money_sign,
)  # fmt: skip
LAST = (stray_sign,)
