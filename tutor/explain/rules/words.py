"""Python's own words misspelt or misused, names that cannot be names, plain English."""

from __future__ import annotations

import builtins
import difflib
import keyword
import re

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, fault_in_line

_NAME = r"[^\W\d]\w*"


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
            if r.mends(number, text) or (match.start() == len(r.indent(number)) and _opens(text)):
                return found(
                    "capital-keyword",
                    number,
                    span=match.span(),
                    wrote=match[0],
                    word=match[0].lower(),
                    code=text,
                )
    return None


def _opens(fixed: str) -> bool:
    """True for a line that opens a block and is well by itself, whatever is wrong below it."""
    return fixed.rstrip().endswith(":") and fault_in_line(fixed) is None


def misspelt_keyword(r: Reading) -> Finding | None:
    """whlie, esle, retrun, fro i in, improt."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for match in re.finditer(r"(?<![\w.])[a-z]{2,9}(?!\w)", masked):
            word = match[0]
            if word in keyword.kwlist or _in_words_of_a_text(r, number, match.start()):
                continue
            close = difflib.get_close_matches(word, keyword.kwlist, n=2, cutoff=0.6)
            close += [k for k in ("for", "if", "def", "in", "or", "and") if sorted(k) == sorted(word)]
            for right in dict.fromkeys(close):
                fixed = line[: match.start()] + right + line[match.end() :]
                if r.mends(number, fixed) or (match.start() == len(r.indent(number)) and _opens(fixed)):
                    return found(
                        "misspelt-keyword", number, span=match.span(), wrote=word, word=right, code=fixed
                    )
    return None


def _in_words_of_a_text(r: Reading, number: int, column: int) -> bool:
    """Whether a word is one of several that stand for a value and are no names: flag = no flag."""
    match = re.match(r"\s*[^\W\d]\w*\s*=\s*([^\W\d]\w*(?: +\w+)+)\s*$", r.masked_line(number))
    if match is None or not match.start(1) <= column < match.end(1) or _JOINING.search(match[1]):
        return False
    return not _any_known(r, number, match[1])


def _any_known(r: Reading, number: int, words: str) -> bool:
    """Whether any of these words is a name that another line gives a value, or one of Python's own."""
    given = "|".join(re.escape(word) for word in re.findall(r"[^\W\d]\w*", words))
    pattern = re.compile(
        rf"\b(?:{given})\s*(?:[-+*/]?=(?!=)|:)|\b(?:for|def|import|as|class)\b.*\b(?:{given})\b"
    )
    if any(pattern.search(r.masked_line(n)) for n in range(1, len(r.lines) + 1) if n != number):
        return True
    return any(hasattr(builtins, word) for word in words.split())


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
            if words[0] in keyword.kwlist:
                continue
            if r.mends(number, r.indent(number) + "# " + text) or r.mends(number, r.indent(number) + "pass"):
                return found("plain-words", number, span=(len(r.indent(number)), len(r.line(number).rstrip())),
                             code=f"{r.indent(number)}# {text}")  # fmt: skip
    return None


#: Words side by side where a value belongs; with a colon between them only as all that is printed or kept.
_WORDS = re.compile(r"(?<=[(=,])\s*([^\W\d]\w*(?:[ ,]+[\w']+)+[.?!:]*)(?=\s*\)|\s*$|\s*,\s*§)")
_WORDS_AND_COLON = re.compile(
    r"^\s*(?:print\(|[^\W\d]\w*\s*=)\s*([^\W\d]\w*(?:[ ,]+[\w']+)*:(?: +[\w']+)+[.?!]*)(?=\s*\)?\s*$)"
)
_JOINING = re.compile(r"\b(and|or|not|in|is|if|else|for|lambda)\b")


def text_not_quoted(r: Reading) -> Finding | None:
    """print(Good morning everyone), print(Bed 6: free): words where a text is meant."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for pattern in (_WORDS, _WORDS_AND_COLON):
            match = pattern.search(masked)
            if match is None or _JOINING.search(match[1]):
                continue
            if pattern is _WORDS_AND_COLON and _any_known(r, number, match[1]):
                continue
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
    capital_keyword,
    keyword_as_name,
)


LATE = (
    space_in_used_name,
    misspelt_keyword,
    broken_name,
    two_statements,
    text_not_quoted,
    plain_words,
    dot_or_sign_first,
)
