"""Texts whose quotes do not pair up, and backslashes."""

from __future__ import annotations

import re

from tutor.explain.finding import Finding, found
from tutor.explain.lexer import Token
from tutor.explain.reading import Reading


def _open_text(r: Reading) -> Token | None:
    """The first text without its closing quote."""
    return next((t for t in r.tokens if t.kind == "text" and not t.closed), None)


def _quote(token: Token) -> str:
    return token.text.lstrip("rRbBuUfF")[:1]


def triple_quote(r: Reading) -> Finding | None:
    """A text of several lines without its three closing quotes."""
    token = _open_text(r)
    if token and re.match(r"[a-zA-Z]*('''|\"\"\")", token.text):
        marks = token.text.lstrip("rRbBuUfF")[:3]
        return found(
            "triple-quote-not-closed", token.line, span=(token.column, token.column + 3), marks=marks
        )
    return None


def apostrophe(r: Reading) -> Finding | None:
    """'Don't': the apostrophe ends the text."""
    for number in sorted({*r.near(), *([t.line] if (t := _open_text(r)) else [])}):
        line = r.line(number)
        for match in re.finditer(r"'([^'\"\n]*?\w+)'(\w{1,2}\b[^'\"\n]*)'", line):
            text = f"{match[1]}'{match[2]}"
            fixed = f'{line[: match.start()]}"{text}"{line[match.end() :]}'
            if r.mends(number, fixed):
                word = re.search(r"[\w]*'\w+", text)
                return found("apostrophe-in-text", number, span=match.span(), code=fixed,
                             word=word[0] if word else "the text")  # fmt: skip
    return None


def backslash_end(r: Reading) -> Finding | None:
    """ "C:\\data\\": the last backslash swallows the quote."""
    for number in r.near():
        line = r.line(number)
        for match in re.finditer(r"\\(['\"])(?=[\s),\]:]*$|\s*,)", line):
            fixed = line[: match.start()] + line[match.start() + 1 :]
            if r.mends(number, fixed):
                return found("backslash-quote", number, span=match.span(), quote=match[1], code=fixed)
    return None


def quote_mismatch(r: Reading) -> Finding | None:
    """Opened with one kind of quote, closed with the other."""
    token = _open_text(r)
    if not token:
        return None
    line, quote = r.line(token.line), _quote(token)
    other = "'" if quote == '"' else '"'
    for column in [m.start() for m in re.finditer(other, line) if m.start() > token.column]:
        fixed = line[:column] + quote + line[column + 1 :]
        inside = line[line.index(quote, token.column) + 1 : column]
        if len(inside.strip()) and r.mends(token.line, fixed):
            return found("quote-mismatch", token.line, span=(token.column, column + 1), quote=quote, other=other,
                         code=fixed)  # fmt: skip
    return None


def quote_not_opened(r: Reading) -> Finding | None:
    """print(Hello"): only the closing quote is there."""
    token = _open_text(r)
    if not token:
        return None
    line, quote = r.line(token.line), _quote(token)
    end = token.text.find(quote) + token.column
    rest = line[end + 1 :]
    if rest.strip(" )],:") == "":
        for match in re.finditer(r"(?<=[(\[,=+])\s*(?=[^\W\d])|(?<=\bf)(?=[^\W\d])", line[:end]):
            fixed = f"{line[: match.end()]}{quote}{line[match.end() :]}"
            if line[match.end() : end].strip() and r.mends(token.line, fixed):
                return found("quote-not-opened", token.line, span=(match.end(), end + 1), quote=quote, code=fixed,
                             text=line[match.end() : end])  # fmt: skip
    return None


def quote_not_closed(r: Reading) -> Finding | None:
    """A text without its closing quote on the same line."""
    token = _open_text(r)
    if not token:
        return None
    line, quote = r.line(token.line), _quote(token)
    stripped = line.rstrip()
    tail = re.search(r"[)\]},:\s]*$", stripped)
    assert tail is not None
    first = max(tail.start(), token.column + 2)
    columns = [*range(first, len(stripped)), len(stripped)]
    columns += [m.start() for m in re.finditer(r"[,)\]:+]", line) if m.start() > token.column + 1]
    # A text that runs into the next item: "a, "b" has its missing quote at the first comma.
    for column in dict.fromkeys(columns):
        fixed = line[:column] + quote + line[column:]
        if r.mends(token.line, fixed):
            last = re.search(r"[^\s\"'(\[{,:]+$", line[:column].rstrip())
            return found("quote-not-closed", token.line, span=(token.column, max(column, token.column + 1)),
                         quote=quote, last=last[0] if last else "the text", code=fixed)  # fmt: skip
    last_word = stripped.split()[-1] if stripped.split() else "the text"
    return found(
        "quote-not-closed", token.line, span=(token.column, len(stripped)), quote=quote, last=last_word
    )


def quote_inside(r: Reading) -> Finding | None:
    """ "He said "hello" to me": quotes inside the same quotes."""
    for number in r.near():
        line = r.line(number)
        for quote, other in ('"', "'"), ("'", '"'):
            columns = [m.start() for m in re.finditer(quote, line)]
            if len(columns) < 4 or len(columns) % 2 or other in line:
                continue
            first, last = columns[0], columns[-1]
            inside = line[first + 1 : last]
            fixed = line[: first + 1] + inside.replace(quote, other) + line[last:]
            if r.mends(number, fixed):
                return found(
                    "quote-inside-text", number, span=(first, last + 1), quote=quote, other=other, code=fixed
                )
    return None


def fstring_quotes(r: Reading) -> Finding | None:
    """f"{patient["age"]}": the same quotes inside the curly brackets (Python reads this from 3.12 on)."""
    for number in r.near():
        line = r.line(number)
        for match in re.finditer(r"\{[^{}\"']*(\"[^{}\"']*\"|'[^{}\"']*')[^{}\"']*\}", line):
            quote = match[1][0]
            other = "'" if quote == '"' else '"'
            inner = match[0].replace(quote, other)
            fixed = line[: match.start()] + inner + line[match.end() :]
            if re.search(rf"\b[fF]{quote}", line[: match.start()]) and r.mends(number, fixed):
                return found("fstring-quotes", number, span=match.span(), inner=inner, code=fixed)
    return None


def backslash_path(r: Reading) -> Finding | None:
    """ "C:\\Users": Python reads \\U as the start of a character's number."""
    for token in r.tokens:
        if token.kind != "text" or not re.search(r"\\[UuNx]", token.text) or token.line != token.end_line:
            continue
        line = r.line(token.line)
        fixed = line[: token.column] + "r" + line[token.column :]
        if re.search(r"[A-Za-z]:\\|\\\w+\\", token.text) and r.mends(token.line, fixed):
            return found("backslash-path", token.line, span=(token.column, token.end_column), code=fixed)
    return None


def stray_backslash(r: Reading) -> Finding | None:
    """A backslash outside a text."""
    for number in r.near():
        column = r.masked_line(number).find("\\")
        if column < 0:
            continue
        line = r.line(number)
        with_slash = line[:column] + "/" + line[column + 1 :]
        between = re.search(r"[\w)]\s*$", line[:column]) and re.match(r"\s*[\w(]", line[column + 1 :])
        if between and r.mends(number, with_slash):
            return found("backslash-for-divide", number, span=(column, column + 1), code=with_slash)
        return found("stray-backslash", number, span=(column, column + 1))
    return None


def back_quote(r: Reading) -> Finding | None:
    """`text`: the key at the top left of the keyboard is not a quote for Python."""
    for number in r.near():
        line = r.line(number)
        column = r.masked_line(number).find("`")
        if column >= 0:
            return found("back-quote", number, span=(column, column + 1), code=line.replace("`", '"'))
    return None


def letter_before_text(r: Reading) -> Finding | None:
    """g"text", or a word stuck to a text: print"hello" has its own rule."""
    for number in r.near():
        for match in re.finditer(r"(?<![\w.])([a-zA-Z])(?=§)", r.masked_line(number)):
            line = r.line(number)
            fixed = line[: match.start()] + "f" + line[match.end() :]
            if match[1] not in "rRbBuUfF" and r.mends(number, fixed):
                return found("letter-before-text", number, span=match.span(), letter=match[1], code=fixed)
    return None


RULES = (
    triple_quote, fstring_quotes, backslash_path, apostrophe, back_quote, quote_inside, backslash_end, quote_mismatch,
    quote_not_opened, quote_not_closed, stray_backslash, letter_before_text,
)  # fmt: skip
