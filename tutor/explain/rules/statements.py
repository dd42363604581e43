"""Python's own words misspelt or misused, names that cannot be names, lines of other languages, plain English."""

from __future__ import annotations

import difflib
import keyword
import re

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading

STARTERS = ("if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with", "return", "import",
            "from", "break", "continue", "pass", "raise", "global", "assert", "del", "lambda")  # fmt: skip
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
            rf"(?:=|return)\s*(input|int|float|str|len|round|sum|max|min|abs|sorted)\s+(?=[\w§\[])(.+?)\s*$",
            masked,
        )
        if match:
            fixed = f"{line[: match.end(1)]}({line[match.start(2) : match.end(2)]})"
            if r.mends(number, fixed):
                return found(
                    "print-without-brackets", number, span=match.span(1), name=match[1], code=fixed.strip()
                )
    return None


def capital_keyword(r: Reading) -> Finding | None:
    """For, If, WHILE, Import: Python's own words with capitals."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        words = [m for m in re.finditer(r"(?<![\w.])[A-Za-z]+(?!\w)", masked)
                 if m[0] not in keyword.kwlist and m[0].lower() in keyword.kwlist
                 and m[0].lower() not in ("true", "false", "none")]  # fmt: skip
        if not words:
            continue
        fixed = line
        for match in reversed(words):
            fixed = fixed[: match.start()] + match[0].lower() + fixed[match.end() :]
        candidates = [(fixed, words[0])]
        candidates += [(line[: m.start()] + m[0].lower() + line[m.end() :], m) for m in words]
        for text, match in candidates:
            if r.mends(number, text) or (match.start() == len(r.indent(number)) and _opens(r, text)):
                return found(
                    "capital-keyword",
                    number,
                    span=match.span(),
                    wrote=match[0],
                    word=match[0].lower(),
                    code=text,
                )
    return None


def _opens(r: Reading, fixed: str) -> bool:
    from tutor.explain.rules.blocks import _block_line  # noqa: PLC0415 - the families may look at one another

    return fixed.rstrip().endswith(":") and _block_line(r, fixed)


def misspelt_keyword(r: Reading) -> Finding | None:
    """whlie, esle, retrun, fro i in, improt."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for match in re.finditer(r"(?<![\w.])[a-z]{2,9}(?!\w)", masked):
            word = match[0]
            if word in keyword.kwlist:
                continue
            close = difflib.get_close_matches(word, keyword.kwlist, n=2, cutoff=0.6)
            close += [k for k in ("for", "if", "def", "in", "or", "and") if sorted(k) == sorted(word)]
            for right in dict.fromkeys(close):
                fixed = line[: match.start()] + right + line[match.end() :]
                if r.mends(number, fixed) or (match.start() == len(r.indent(number)) and _opens(r, fixed)):
                    return found(
                        "misspelt-keyword", number, span=match.span(), wrote=word, word=right, code=fixed
                    )
    return None


def keyword_as_name(r: Reading) -> Finding | None:
    """class = 5, def from(x):, lambda as a parameter."""
    reserved = "|".join(w for w in keyword.kwlist if w not in ("True", "False", "None"))
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for match in re.finditer(
            rf"(?<![\w.])({reserved})(?=\s*[-+*/]?=(?!=))|(?<=\bdef )\s*({reserved})(?=\s*\()|(?<=\bfor )\s*({reserved})(?= in\b)"
            rf"|(?<=\.)({reserved})\b|(?<=[(,])\s*({reserved})(?=\s*[,)])|\bimport\s+({reserved})\b", masked,
        ):  # fmt: skip
            word = next(g for g in match.groups() if g)
            start = match.start() + match[0].index(word)
            if r.mends(number, f"{line[:start]}{word}_{line[start + len(word) :]}"):
                return found("keyword-as-name", number, span=(start, start + len(word)), word=word)
    return None


def broken_name(r: Reading) -> Finding | None:
    """blood pressure = 120, blood-pressure = 120, 2nd_dose = 5."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        # At the start of the line, before = (or where a value is given to it as a parameter or loop variable).
        match = re.match(rf"\s*(?:for\s+)?({_NAME}(?:[ ]+\w+)+)\s*(?==(?!=)|[-+*/]=|in\b)", masked)
        if match and not re.match(
            r"(?:for|if|while|return|else|elif|import|from|not|lambda|let|var|const)\b", match[1]
        ):
            joined = "_".join(match[1].removesuffix(" in").split())
            fixed = line[: match.start(1)] + joined + line[match.end(1) :]
            if r.mends(number, fixed):
                return found("space-in-name", number, span=match.span(1), name=match[1], joined=joined, sign="space",
                             code=fixed)  # fmt: skip
        match = re.match(rf"\s*(?:for\s+)?({_NAME}(?:\s?-\s?\w+)+)\s*(?==(?!=)|\bin\b)", masked)
        if match:
            joined = re.sub(r"\s?-\s?", "_", match[1])
            fixed = line[: match.start(1)] + joined + line[match.end(1) :]
            if r.mends(number, fixed):
                return found("space-in-name", number, span=match.span(1), name=match[1], joined=joined, sign="hyphen",
                             code=fixed)  # fmt: skip
        for match in re.finditer(r"(?<![\w.])(\d+)(_?[^\W\d]\w*)", masked):
            name = f"{match[2].strip('_')}_{match[1]}"
            if (
                "=" in masked[match.end() :]
                or re.match(r"\s*(def|for|class)\b", masked)
                or match[0] in _names(r, number)
            ):
                fixed = line[: match.start()] + name + line[match.end() :]
                if r.mends(number, fixed):
                    return found(
                        "digit-first", number, span=match.span(), name=match[0], other=name, code=fixed
                    )
        match = re.match(rf"\s*({_NAME}[?$!@#%&]\w*|{_NAME}\.\d\w*)\s*=(?!=)", line)
        if match:
            name = re.sub(r"\W+", "_", match[1]).strip("_")
            fixed = line[: match.start(1)] + name + line[match.end(1) :]
            if r.mends(number, fixed):
                sign = re.sub(r"\w", "", match[1])
                return found("sign-in-name", number, span=match.span(1), name=match[1], sign=sign[:1], other=name,
                             code=fixed)  # fmt: skip
    return None


def _names(r: Reading, number: int) -> str:
    return "\n".join(r.masked[: number - 1])


def space_in_used_name(r: Reading) -> Finding | None:
    """print(blood pressure), where blood_pressure is there."""
    known = set(re.findall(_NAME, "\n".join(r.masked)))
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for match in re.finditer(rf"({_NAME}) +({_NAME})", masked):
            joined = f"{match[1]}_{match[2]}"
            fixed = line[: match.start()] + joined + line[match.end() :]
            if joined in known and r.mends(number, fixed):
                return found("space-in-name", number, span=match.span(), name=match[0], joined=joined, sign="space",
                             code=fixed)  # fmt: skip
    return None


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
            if r.mends(number, fixed) or _opens(r, fixed):
                return found("for-without-in", number, span=match.span(), code=fixed)
        if match := re.search(r"\brange\s+(\w[\w ,]*?)\s*(?=:|$)", masked):
            fixed = (
                f"{line[: match.start()]}range({line[match.start(1) : match.end(1)]}){line[match.end() :]}"
            )
            if r.mends(number, fixed):
                return found("range-without-brackets", number, span=match.span(), code=fixed)
        if match := re.match(
            r"\s*(repeat|loop|until|unless|switch|do|end if|endif|end|wend|next)\b(.*)", masked
        ):
            if r.mends(number, f"{r.indent(number)}pass") or match[2].rstrip().endswith((":", "{")):
                return found("other-word", number, span=match.span(1), word=match[1])
    return None


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
    if not match or not r.mends(number, r.line(number)[: match.start(1)] + "pass"):
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


def except_comma(r: Reading) -> Finding | None:
    """except ValueError, e: from Python 2; except ValueError, TypeError: without brackets."""
    for number in r.near():
        if match := re.match(r"\s*except\s+(\w+(?:\s*,\s*\w+)+)\s*(as\s+\w+\s*)?:", r.masked_line(number)):
            fixed = r.line(number)[: match.start(1)] + f"({match[1]})" + r.line(number)[match.end(1) :]
            if r.mends(number, fixed):
                return found("except-comma", number, span=match.span(1), code=fixed)
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


def two_statements(r: Reading) -> Finding | None:
    """x = 5 y = 6 on one line."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for gap in re.finditer(
            r"(?<=[\w)\]}§])(\s+)(?=[^\W\d]\w*\s*(?:[-+*/]?=(?!=)|\())|(?<=[)\]}])(?=[^\W\d]\w*\s*[=(])",
            masked,
        ):
            fixed = f"{line[: gap.start()]}; {line[gap.end() :]}"
            if r.mends(number, fixed) and not re.match(r"\s*(if|for|while|else|elif)\b", masked):
                return found("two-statements", number, span=(gap.end(), len(masked.rstrip())),
                             second=line[gap.end() :].strip())  # fmt: skip
    return None


def plain_words(r: Reading) -> Finding | None:
    """A sentence in English without the # of a remark, or without quotes."""
    for number in r.near():
        text = r.line(number).strip()
        words = re.findall(r"[A-Za-z][\w'’]*[,.:;?!]?", text)
        rest = re.sub(r"[A-Za-z][\w'’]*[,.:;?!]?|\s|\d+", "", text)
        if len(words) >= 3 and len(rest) <= 1 and not re.search(r"[=\[\]{}()]", text):
            if words[0].lower() in keyword.kwlist and text.endswith(":"):
                continue
            if r.mends(number, r.indent(number) + "# " + text) or r.mends(number, r.indent(number) + "pass"):
                return found("plain-words", number, span=(len(r.indent(number)), len(r.line(number).rstrip())),
                             code=f"{r.indent(number)}# {text}")  # fmt: skip
    return None


def text_not_quoted(r: Reading) -> Finding | None:
    """print(Good morning everyone): words where a text is meant."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        match = re.search(r"(?<=[(=,])\s*([^\W\d]\w*(?:[ ,]+[\w']+)+[.?!:]*)(?=\s*\)|\s*$|\s*,\s*§)", masked)
        if match and not re.search(r"\b(and|or|not|in|is|if|else|for|lambda)\b", match[1]):
            fixed = f'{line[: match.start(1)]}"{match[1]}"{line[match.end(1) :]}'
            if r.mends(number, fixed):
                return found("text-without-quotes", number, span=match.span(1), words=match[1], code=fixed)
    return None


def dot_or_sign_first(r: Reading) -> Finding | None:
    """A line that begins with a sign, such as a closing bracket's leftover or .append(3)."""
    for number in r.near():
        if match := re.match(r"\s*(\.)\s*\w+\(", r.masked_line(number)):
            return found("dot-first", number, span=match.span(1))
    return None


EARLY = (
    declared, print_without_brackets, other_def, capital_keyword, keyword_as_name, other_comment,
    import_forms, for_forms, with_form, except_comma, parameters, global_forms, outside,
)  # fmt: skip
LATE = (
    space_in_used_name,
    broken_name,
    two_statements,
    text_not_quoted,
    plain_words,
    misspelt_keyword,
    dot_or_sign_first,
)
