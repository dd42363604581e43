"""Lines as other languages write them."""

from __future__ import annotations

import re

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, fault_in_line

_NAME = r"[^\W\d]\w*"


def print_without_brackets(r: Reading) -> Finding | None:
    """print "Hello"."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        match = re.match(r"(\s*)(?:(?:if|elif|while|for|else)\b[^:]*:\s*)?(print|input|len|str|int|float)\b\s*(?=[\w§\[-])",
                         masked)  # fmt: skip
        if match:
            inside = line[match.end() :].split("#")[0].rstrip() if "#" not in r.lines[number - 1] else ""
            inside = inside or line[match.end() : len(masked.rstrip())]
            inside = inside.strip().rstrip(";")
            fixed = f"{line[: match.end(2)]}({inside})"
            if r.mends(number, fixed):
                return found(
                    "print-without-brackets", number, span=match.span(2), name=match[2], code=fixed.strip()
                )
        match = re.search(
            r"(?:=|return)\s*(input|int|float|str|len|round|sum|max|min|abs|sorted)\s+(?=[\w§\[])(.+?)\s*$",
            masked,
        )
        if match:
            fixed = f"{line[: match.end(1)]}({line[match.start(2) : match.end(2)]})"
            if r.mends(number, fixed):
                return found(
                    "print-without-brackets", number, span=match.span(1), name=match[1], code=fixed.strip()
                )
    return None


def _opens(fixed: str) -> bool:
    """True for a line that opens a block and is well by itself, whatever is wrong below it."""
    return fixed.rstrip().endswith(":") and fault_in_line(fixed) is None


def declared(r: Reading) -> Finding | None:
    """var x = 5, int x = 5, let, const."""
    for number in r.near():
        match = re.match(r"\s*((?:var|let|const|int|float|double|str|string|String|bool|boolean|Dim|dim|set|new|char|my|auto|final)\s+)(?:as\s+)?[^\W\d]\w*",
                         r.masked_line(number))  # fmt: skip
        if match:
            line = r.line(number)
            fixed = (line[: match.start(1)] + line[match.end(1) :]).rstrip().rstrip(";")
            if "=" not in fixed:
                continue
            if r.mends(number, fixed):
                return found("declared-kind", number, span=match.span(1), word=match[1].strip(), code=fixed)
    return None


def other_def(r: Reading) -> Finding | None:
    """function greet(name), func, sub."""
    for number in r.near():
        match = re.match(
            rf"\s*((?:function|func|fun|fn|sub|void|define|procedure|public\s+\w+)\s+)({_NAME})\s*(\([^)]*\))?",
            r.masked_line(number),
        )
        if match:
            fixed = f"{r.indent(number)}def {match[2]}{match[3] or '()'}:"
            return found("other-def", number, span=match.span(1), word=match[1].strip(), code=fixed)
    return None


def other_comment(r: Reading) -> Finding | None:
    """// or -- or /* for a remark, as other languages do."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        match = re.match(
            r"\s*(//|/\*|--|<!--|\*/|;(?=\s)|'(?=\s?\w[^']*$)|REM\b|rem\b|%(?=\s))", line
        ) or re.search(r"\s(//|/\*)", masked)
        if match:
            fixed = f"{line[: match.start(1)]}# {line[match.end(1) :].replace('*/', '').strip()}"
            if r.mends(number, fixed):
                return found("other-comment", number, span=match.span(1), sign=match[1], code=fixed)
    return None


def for_forms(r: Reading) -> Finding | None:
    """for i range(3), for i of list, for i = 1 to 3, for each, for i in range 3."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        if match := re.match(r"\s*for\s+(each\s+)", masked):
            fixed = line[: match.start(1)] + line[match.end(1) :]
            if r.mends(number, fixed) or r.mends(number, fixed.rstrip(" :") + ":"):
                return found("for-each", number, span=match.span(1), code=fixed)
        if match := re.match(r"\s*foreach\b", masked):
            return found("for-each", number, span=match.span())
        if match := re.match(
            rf"\s*for\s*\(?\s*(?:int |let |var )?({_NAME})\s*=\s*[\w.]+\s*(?:;|to\b|,|\.\.|:)", masked
        ):
            return found("for-other-language", number, span=(match.start(1), len(masked.rstrip())), name=match[1],
                         code=f"{r.indent(number)}for {match[1]} in range(10):")  # fmt: skip
        if match := re.match(
            rf"\s*for\s+{_NAME}(?:\s*,\s*{_NAME})*\s+(?!in\b)(of|from|on|over|through|is|=|:|to)?\s*(?=[\w\[({{§])",
            masked,
        ):
            start = match.start(1) if match[1] else match.end()
            fixed = f"{line[:start].rstrip()} in {line[match.end() :]}"
            if r.mends(number, fixed) or _opens(fixed):
                return found("for-without-in", number, span=match.span(), code=fixed)
        if match := re.search(r"\brange\s+(\w[\w ,]*?)\s*(?=:|$)", masked):
            fixed = (
                f"{line[: match.start()]}range({line[match.start(1) : match.end(1)]}){line[match.end() :]}"
            )
            if r.mends(number, fixed):
                return found("range-without-brackets", number, span=match.span(), code=fixed)
        if (
            match := re.match(
                r"\s*(repeat|loop|until|unless|switch|do|end if|endif|end|wend|next)\b(.*)", masked
            )
        ) and (r.mends(number, f"{r.indent(number)}pass") or match[2].rstrip().endswith((":", "{"))):
            return found("other-word", number, span=match.span(1), word=match[1])
    return None


def except_comma(r: Reading) -> Finding | None:
    """except ValueError, e: from Python 2; except ValueError, TypeError: without brackets."""
    for number in r.near():
        if match := re.match(r"\s*except\s+(\w+(?:\s*,\s*\w+)+)\s*(as\s+\w+\s*)?:", r.masked_line(number)):
            fixed = r.line(number)[: match.start(1)] + f"({match[1]})" + r.line(number)[match.end(1) :]
            if r.mends(number, fixed):
                return found("except-comma", number, span=match.span(1), code=fixed)
    return None


RULES = (
    declared,
    print_without_brackets,
    other_def,
    other_comment,
    for_forms,
    except_comma,
)
