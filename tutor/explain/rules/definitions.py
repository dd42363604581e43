"""Imports, def lines and calls, global, return and break in the wrong place."""

from __future__ import annotations

import re

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading

_NAME = r"[^\W\d]\w*"


def import_forms(r: Reading) -> Finding | None:
    """import sqrt from math, from math import sqrt(), import "math", from math import."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        if match := re.match(rf"\s*import\s+({_NAME}(?:\s*,\s*{_NAME})*)\s+from\s+([\w.]+)", masked):
            fixed = f"{r.indent(number)}from {match[2]} import {match[1]}"
            return found("import-reversed", number, span=match.span(), code=fixed)
        if match := re.match(r"\s*(?:from\s+[\w.]+\s+)?import\s+[\w.]+\s*(\(\s*\))", masked):
            fixed = line[: match.start(1)] + line[match.end(1) :]
            if r.mends(number, fixed):
                return found("import-with-brackets", number, span=match.span(1), code=fixed)
        if match := re.match(r"\s*import\s+(§+)\s*$", masked):
            name = line[match.start(1) + 1 : match.end(1) - 1]
            return found(
                "import-with-quotes", number, span=match.span(1), code=f"import {name}".removesuffix(".py")
            )
        if match := re.match(r"\s*(import|from\s+[\w.]+\s+import)\s*$", masked):
            return found("import-what", number, span=match.span(1))
        match = re.match(r"\s*(include|using|require|#include|load|library)\b\s*[(<§\"]?\s*([\w§.]+)", line)
        if match and r.mends(number, f"{r.indent(number)}import math"):
            name = re.sub(r"\W", "", match[2]) or "math"
            return found(
                "import-other-word", number, span=match.span(1), word=match[1], code=f"import {name}"
            )
        if match := re.match(rf"\s*import\s+({_NAME})((?:\s+{_NAME})+)\s*$", masked):
            fixed = line[: match.end(1)] + ", " + ", ".join(match[2].split())
            if r.mends(number, fixed) and " as" not in match[2]:
                return found("import-commas", number, span=match.span(2), code=fixed)
    return None


def outside(r: Reading) -> Finding | None:
    """return outside a function, break or continue outside a loop."""
    if not r.fault:
        return None
    number = r.fault.line
    match = re.match(r"(?:[^#§]*:)?\s*(return|break|continue|yield|await)\b", r.masked_line(number))
    start = r.line(number)[: match.start(1)] if match else ""
    if not match or not r.mends(number, start + "pass") or r.mends(number, start + match[1]):
        return None
    span = match.span(1)
    if match[1] in ("break", "continue"):
        return found("break-outside", number, span=span, word=match[1])
    if match[1] == "return":
        above = next((n for n in range(number - 1, 0, -1) if re.match(r"\s*def\b", r.masked_line(n))), None)
        if above:
            return found("return-not-indented", number, span=span, above=above)
        return found("return-outside", number, span=span)
    return found("yield-outside", number, span=span, word=match[1])


def parameters(r: Reading) -> Finding | None:
    """def f(5), def f(a=1, b), f(a=1, 2), f(a=1, a=2), def f(a, a)."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        match = re.match(r"\s*def\s+\w+\s*\((.*)\)\s*(?:->.*)?:?", masked)
        if match:
            offset, parts = match.start(1), match[1].split(",")
            names = [re.sub(r"[=:].*", "", part).strip() for part in parts]
            for index, part in enumerate(parts):
                start = offset + sum(len(p) + 1 for p in parts[:index])
                span = (start + len(part) - len(part.lstrip()), start + len(part))
                if re.fullmatch(r"\s*(§+|[\d.]+|\w+\[.*\]|\w+\.\w+)\s*", part):
                    return found("parameter-not-name", number, span=span, wrote=line[span[0] : span[1]])
                if names[index] and names[index] in names[:index]:
                    return found("parameter-twice", number, span=span, name=names[index])
                if (
                    index
                    and "=" not in part
                    and "=" in parts[index - 1]
                    and not part.strip().startswith(("*", "/"))
                    and (not any(p.strip().startswith("*") for p in parts[:index]))
                ):
                    return found("default-order", number, span=span, name=names[index])
        call = re.search(r"\w\(([^()]*\w\s*=(?!=)[^()]*)\)", masked)
        if call and not match:
            parts = call[1].split(",")
            given = [p.split("=")[0].strip() if re.match(r"\s*\w+\s*=(?!=)", p) else None for p in parts]
            for index, name in enumerate(given):
                start = call.start(1) + sum(len(p) + 1 for p in parts[:index])
                span = (start, start + len(parts[index]))
                if name and name in given[:index]:
                    return found("argument-twice", number, span=span, name=name)
                if name is None and parts[index].strip() and any(given[:index]) and "*" not in parts[index]:
                    return found(
                        "plain-after-named", number, span=span, value=line[span[0] : span[1]].strip()
                    )
    return None


def global_forms(r: Reading) -> Finding | None:
    """global after the name was used; global x = 5."""
    for number in r.near():
        match = re.match(rf"\s*(global|nonlocal)\s+({_NAME})\s*(=)?", r.masked_line(number))
        if not match:
            continue
        if match[3]:
            return found("global-with-value", number, span=match.span(), name=match[2],
                         code=f"{r.indent(number)}global {match[2]}")  # fmt: skip
        if r.mends(number, f"{r.indent(number)}pass"):
            rule = "global-late" if match[1] == "global" else "nonlocal-unknown"
            return found(rule, number, span=match.span(), name=match[2])
    return None


def with_form(r: Reading) -> Finding | None:
    """with open("a.txt") f: without as."""
    for number in r.near():
        line = r.line(number)
        if match := re.match(rf"\s*with\s+.*\)(\s*[:=]?\s*)(?={_NAME}\s*:)", r.masked_line(number)):
            fixed = f"{line[: match.start(1)]} as {line[match.end() :].lstrip(' =:')}"
            if r.mends(number, fixed):
                return found("with-without-as", number, span=match.span(1), code=fixed)
    return None


RULES = (
    import_forms,
    with_form,
    parameters,
    global_forms,
    outside,
)
