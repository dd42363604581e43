"""f-texts: curly brackets that do not pair up."""

from __future__ import annotations

import re

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading


def fstring_brackets(r: Reading) -> Finding | None:
    """An f-text whose { has no }, whose } has no {, or whose { } is empty."""
    for token in r.tokens:
        if token.kind != "text" or not re.match(r"[rR]?[fF]", token.text) or not token.closed:
            continue
        if token.line != token.end_line or (r.fault and abs(token.line - r.fault.line) > 1):
            continue
        start = token.column + re.match(r"\w+['\"]+", token.text).end()  # type: ignore[union-attr]
        body = r.line(token.line)[start : token.end_column - 1]
        if finding := _brackets(r, token.line, start, body):
            return finding
    return None


def _brackets(r: Reading, number: int, start: int, body: str) -> Finding | None:
    line = r.line(number)
    plain = body.replace("{{", "\0\0").replace("}}", "\0\0")
    if match := re.search(r"\{\s*\}", plain):
        span = start + match.start(), start + match.end()
        if r.mends(number, line[: span[0]] + "{1}" + line[span[1] :]):
            return found("fstring-empty", number, span=span)
    for match in re.finditer(r"\{([^{}]*)(?=\{|$)", plain):
        inside = re.match(r"[\w.\[\]]*", match[1])
        for length in (
            len(inside[0]) if inside else 0,
            len(match[1].rstrip()),
            len(match[1].rstrip(" .,;!?")),
        ):
            at = start + match.start(1) + length
            fixed = line[:at] + "}" + line[at:]
            if length and r.mends(number, fixed):
                return found("fstring-not-closed", number, span=(start + match.start(), at),
                             name=line[start + match.start(1) : at], code=fixed)  # fmt: skip
    for match in re.finditer(r"(?:^|\})([^{}]*?)(\w+)\}", plain):
        at = start + match.start(2)
        fixed = line[:at] + "{" + line[at:]
        if r.mends(number, fixed):
            return found(
                "fstring-not-opened", number, span=(at, start + match.end()), name=match[2], code=fixed
            )
    for match in re.finditer(r"\{\s*([^\W\d]\w*)\s*[,;]?\s*(\.\d+[feg%])\}", plain):
        span = start + match.start(), start + match.end()
        fixed = f"{line[: span[0]]}{{{match[1]}:{match[2]}}}{line[span[1] :]}"
        if r.mends(number, fixed):
            return found("fstring-format-colon", number, span=span, name=match[1], form=match[2], code=fixed)
    for match in re.finditer(r"\{([^{}]*)\}", plain):
        code = match[1].split(":")[0].split("!")[0].rstrip(" =")
        span = start + match.start(), start + match.end()
        if r.mends(number, line[: span[0]] + "{1}" + line[span[1] :]):
            return found("fstring-inside", number, span=span, inside=code)
    return None


RULES = (fstring_brackets,)
