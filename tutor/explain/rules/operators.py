"""Signs: = and ==, those of other languages, numbers with units, commas that are missing or too many."""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, fault_in_line

_TEST = re.compile(r"\s*(if|elif|while|assert|return)\b")


def _swap(
    r: Reading, pattern: str, replacement: str | Callable[[re.Match[str]], str]
) -> tuple[int, str, re.Match[str]] | None:
    """The first line near the fault that replacing a pattern mends; each match alone, then all of them."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        matches = list(re.finditer(pattern, masked))
        for chosen in [[m] for m in matches] + ([matches] if len(matches) > 1 else []):
            fixed, shift = line, 0
            for match in chosen:
                text = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
                fixed = fixed[: match.start() + shift] + text + fixed[match.end() + shift :]
                shift += len(text) - (match.end() - match.start())
            if r.mends(number, fixed):
                return number, fixed, chosen[0]
    return None


_OTHER_SIGNS = {"=>": ">=", "=<": "<=", "&&": "and", "||": "or", "<>": "!=", "=!": "!=", "===": "==", "!==": "!=",
                "≥": ">="}  # fmt: skip
_SIGN_PATTERN = re.compile(r"!==|===|=>|=<|&&|\|\||<>|=!(?!=)")


def other_sign(r: Reading) -> Finding | None:
    """=>, &&, || and others, each with what Python writes; two kinds on one line are named together."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        matches = list(_SIGN_PATTERN.finditer(masked))
        if not matches:
            continue
        fixed, shift = line, 0
        for match in matches:
            sign = _OTHER_SIGNS[match[0]]
            if sign in ("and", "or"):
                before = fixed[match.start() + shift - 1 : match.start() + shift]
                after = fixed[match.end() + shift : match.end() + shift + 1]
                sign = (" " if before != " " else "") + sign + (" " if after != " " else "")
            fixed = fixed[: match.start() + shift] + sign + fixed[match.end() + shift :]
            shift += len(sign) - len(match[0])
        if not r.mends(number, fixed):
            # Two slips on one line: the sign, and the colon at its end.
            fixed = fixed.rstrip() + ":"
            if masked.rstrip().endswith(":") or fault_in_line(fixed) is not None:
                continue
        pairs = list(dict.fromkeys((m[0], _OTHER_SIGNS[m[0]]) for m in matches))
        said = " and ".join(
            f"{'the word ' if new.isalpha() else ''}{new} (not {old})" for old, new in pairs[:2]
        )
        return found("other-sign", number, span=matches[0].span(), said=said, code=fixed)
    return None


def split_sign(r: Reading) -> Finding | None:
    """> = or = =, with a space inside."""
    hit = _swap(r, r"([<>=!+*/-])\s+=(?!=)", r"\1=")
    if hit:
        number, fixed, match = hit
        return found("split-sign", number, span=match.span(), sign=f"{match[1]}=", code=fixed)
    return None


def swapped_sign(r: Reading) -> Finding | None:
    """=* and =/, which Python cannot read (=+ and =- it reads otherwise)."""
    if hit := _swap(r, r"=(\*\*|//|[*/%])(?!=)", r"\1="):
        number, fixed, match = hit
        return found(
            "swapped-sign", number, span=match.span(), wrote=match[0], sign=f"{match[1]}=", code=fixed
        )
    return None


def not_sign(r: Reading) -> Finding | None:
    """!ready for not ready."""
    if hit := _swap(r, r"!(?=[\w(])\s*", "not "):
        number, fixed, match = hit
        return found("not-sign", number, span=match.span(), code=fixed)
    return None


def plus_plus(r: Reading) -> Finding | None:
    """n++ and n--."""
    for number in r.near():
        if match := re.search(r"(?<![\w.])([^\W\d]\w*)\s*(\+\+|--)\s*;?\s*$", r.masked_line(number)):
            line = r.line(number)
            fixed = f"{line[: match.start()]}{match[1]} {match[2][0]}= 1"
            if r.mends(number, fixed):
                return found("plus-plus", number, span=match.span(2), sign=match[2], name=match[1],
                             code=fixed.strip())  # fmt: skip
    return None


def single_equals(r: Reading) -> Finding | None:
    """if sex = "F": one = where == is meant."""
    for number in r.near():
        masked = r.masked_line(number)
        if not (_TEST.match(masked) or re.search(r"\b(if|while|and|or|not)\b", masked)):
            continue
        line = r.line(number)
        matches = list(re.finditer(r"(?<![=<>!:+*/%&|^-])=(?!=)", masked))
        for chosen in [[m] for m in matches] + ([matches] if len(matches) > 1 else []):
            fixed = line
            for match in reversed(chosen):
                fixed = fixed[: match.start()] + "==" + fixed[match.end() :]
            if r.mends(number, fixed):
                return found("single-equals", number, span=chosen[0].span(), code=fixed)
            if (
                not masked.rstrip().endswith(":")
                and _TEST.match(masked)
                and r.mends(number, fixed.rstrip() + ":")
            ):
                return found("single-equals", number, span=chosen[0].span(), code=fixed.rstrip() + ":")
    return None


def unit_after_number(r: Reading) -> Finding | None:
    """72kg, 5 mg: a unit has no place in a number."""
    for number in r.near():
        masked, line = r.masked_line(number), r.line(number)
        for match in re.finditer(
            r"(?<![\w.])(\d+(?:\.\d+)?)\s?([a-zA-Zµμ]+(?:/[a-zA-Z]+)?)(?![\w(\"'§])", masked
        ):
            unit = match[2]
            if unit in ("and", "or", "in", "is", "not", "if", "else", "for", "j", "e", "then", "do", "to", "None", "True",
                        "False") or _in_list(r, number, match.start()):  # fmt: skip
                continue
            fixed = line[: match.end(1)] + line[match.end() :]
            if not r.mends(number, fixed):
                continue
            if re.search(rf"\b{re.escape(unit)}\b", "\n".join(r.masked[: number - 1])):
                return found("times-missing", number, span=match.span(), number=match[1], name=unit,
                             code=f"{line[: match.end(1)]} * {line[match.start(2) :]}")  # fmt: skip
            target = re.match(r"\s*([^\W\d]\w*)\s*=[^=]", masked)
            label = f"{target[1]}_{unit.lower()}" if target and "/" not in unit else "dose_mg"
            return found("unit-after-number", number, span=match.span(), number=match[1], unit=unit, label=label,
                         code=fixed)  # fmt: skip
    return None


def _in_list(r: Reading, line: int, column: int) -> bool:
    """True where several values stand in brackets, so that a comma is what is missing between two of them."""
    masked = r.masked_line(line)
    return _depth(r, line, column) > 0 and ("," in masked or "range" in masked)


def percent_sign(r: Reading) -> Finding | None:
    """5% written as on paper."""
    for number in r.near():
        masked, line = r.masked_line(number), r.line(number)
        if match := re.search(r"(\d+(?:\.\d+)?)\s?%(?=\s*($|[):,]|[*/+<>=-]))", masked):
            value = f"{float(match[1]) / 100:g}"
            if r.mends(number, line[: match.start()] + value + line[match.end() :]):
                return found("percent-sign", number, span=match.span(), wrote=match[0], value=value)
    return None


def leading_zero(r: Reading) -> Finding | None:
    """007: a whole number that starts with 0."""
    for number in r.near():
        masked, line = r.masked_line(number), r.line(number)
        match = re.search(r"(?<![\w.])0+([1-9]\d*)(?![\w.])", masked)
        if match and r.mends(number, line[: match.start()] + match[1] + line[match.end() :]):
            return found("leading-zero", number, span=match.span(), number=match[0], plain=match[1])
    return None


def two_points(r: Reading) -> Finding | None:
    """1.2.3: two decimal points, as in a date; or two dots before a method."""
    for number in r.near():
        masked, line = r.masked_line(number), r.line(number)
        if match := re.search(r"(?<![\w.])\d+\.\d+\.\d+(?![\w])", masked):
            return found("two-points", number, span=match.span(), number=match[0])
        if match := re.search(r"(?<=[\w)\]§])\.\.(?=[^\W\d])", masked):
            fixed = line[: match.start()] + "." + line[match.end() :]
            if r.mends(number, fixed):
                return found("two-dots", number, span=match.span(), code=fixed)
    return None


#: A value as it is written in a test: a name, what is in a list or comes from a call, a number, a text, or a sum of these.
_VALUE = r"(?:[^\W\d][\w.]*(?:\[[^\]]*\]|\([^()]*\))?|[\d.]+|§+)"
_SUM = rf"({_VALUE}(?:\s*[-+*/%]{{1,2}}\s*{_VALUE})*)"
_HALF = re.compile(rf"{_SUM}\s*(?:[<>]=?|==|!=)\s*{_SUM}\s+(and|or)\s+(?=[<>=!])")


def half_comparison(r: Reading) -> Finding | None:
    """if age > 18 and < 65: the name is missing after and."""
    for number in r.near():
        line = r.line(number)
        if match := _HALF.search(r.masked_line(number)):
            # 90 < pulse or > 60: the value that is tested is the one that is no number.
            side = 1 if re.match(r"[^\W\d]", match[1]) else 2
            tested = line[match.start(side) : match.end(side)]
            fixed = f"{line[: match.end()]}{tested} {line[match.end() :]}"
            if r.mends(number, fixed):
                return found(
                    "half-comparison", number, span=match.span(3), word=match[3], name=tested, code=fixed
                )
    return None


def not_words(r: Reading) -> Finding | None:
    """not equal, is not in, not ==, greater than."""
    for pattern, new in (
        (r"\bis\s+not\s+in\b", "not in"), (r"\bnot\s*==|\bis\s+not\s+equal(?:\s+to)?\b|\bnot\s+equal(?:\s+to)?\b", "!="),
        (r"\bis\s+in\b", "in"), (r"\bis\s+equal(?:\s+to)?\b|\bequals(?:\s+to)?\b|\bis\s*==", "=="),
        (r"\b(?:is\s+)?(?:greater|more|bigger|higher)\s+than\b|\bis\s*>(?!=)", ">"),
        (r"\b(?:is\s+)?(?:less|lower|smaller)\s+than\b|\bis\s*<(?!=)", "<"), (r"\bis\s*>=|\bat\s+least\b", ">="),
        (r"\bis\s*<=|\bat\s+most\b", "<="),
    ):  # fmt: skip
        if hit := _swap(r, pattern, new):
            number, fixed, match = hit
            return found("words-for-sign", number, span=match.span(), wrote=match[0], sign=new, code=fixed)
    return None


def assign_to_value(r: Reading) -> Finding | None:
    """70 = weight, weight + 1 = x, len(x) = 5."""
    for number in r.near():
        masked, line = r.masked_line(number), r.line(number)
        match = re.match(
            r"(\s*)(?!if\b|elif\b|while\b|for\b|return\b|def\b|print\s)([^=<>!:]+?)\s*=(?!=)\s*(.+?)\s*$",
            masked,
        )
        if not match:
            continue
        left, right = line[match.start(2) : match.end(2)], line[match.start(3) : match.end(3)]
        if re.fullmatch(r"True|False|None|__debug__", left) and r.mends(number, f"{match[1]}x = {right}"):
            return found("assign-to-constant", number, span=match.span(2), word=left)
        if re.fullmatch(r"[\d.]+|§+|-\s*[\d.]+", match[2]):
            fixed = f"{match[1]}{right} = {left}"
            if re.fullmatch(r"[^\W\d]\w*", right) and r.mends(number, fixed):
                return found(
                    "assign-to-value", number, span=match.span(2), value=left, name=right, code=fixed
                )
            if r.mends(number, f"{match[1]}x = {right}"):
                return found("assign-to-value-only", number, span=match.span(2), value=left)
        if re.fullmatch(r"[\w.]+\(.*\)", match[2]) and r.mends(number, f"{match[1]}x = {right}"):
            return found("assign-to-call", number, span=match.span(2), call=left)
        if re.search(r"[+*/%]|\s-\s|\w-\d", match[2]) and r.mends(number, f"{match[1]}x = {right}"):
            return found("assign-to-sum", number, span=match.span(2), sum=left)
    return None


def walrus(r: Reading) -> Finding | None:
    """x := 5 on a line of its own."""
    for number in r.near():
        line = r.line(number)
        if match := re.match(r"\s*\w+\s*(:\s?=|=\s?:)(?!=)", r.masked_line(number)):
            fixed = line[: match.start(1)] + "=" + line[match.end(1) :]
            if r.mends(number, fixed):
                return found("colon-equals", number, span=match.span(1), wrote=match[1], code=fixed)
    return None


def missing_comma(r: Reading) -> Finding | None:
    """Two values side by side in brackets."""
    numbers = r.near()
    for number in numbers:
        masked, line = r.masked_line(number), r.line(number)
        for match in re.finditer(
            r"([\w.§)\]}]+)(\s+|(?<=§)(?=\w)|(?<=[)\]}])(?=[\w§({\[]))(?=([\w.§]+|[\[{(]))", masked
        ):
            left = re.search(r"(§+|[\w.]+|[)\]}])$", masked[: match.end(1)])
            if left is None or re.fullmatch(r"and|or|not|in|is|if|else|for|lambda", left[0]):
                continue
            if re.match(r"(and|or|not|in|is|if|else|for)\b", masked[match.end() :]):
                continue
            fixed = f"{line[: match.end(1)]},{line[match.end(1) :]}"
            inside = _depth(r, number, match.end(1)) > 0
            if inside and r.mends(number, fixed):
                right = re.match(r"§+|[\w.]+|[\[{(]", masked[match.end() :])
                first = line[left.start() : left.end()]
                second = line[match.end() : match.end() + (right.end() if right else 1)]
                return found("missing-comma", number, span=(left.start(), match.end()), first=first, second=second,
                             code=fixed)  # fmt: skip
        masked = masked.rstrip()
        if number != numbers[0] and masked and masked[-1] in "§)]}\"'" or masked[-1:].isalnum():
            fixed = line[: len(masked)] + "," + line[len(masked) :]
            if _depth(r, number, len(masked)) > 0 and r.mends(number, fixed):
                return found(
                    "missing-comma-at-end", number, span=(max(len(masked) - 1, 0), len(masked)), code=fixed
                )
    return None


def _depth(r: Reading, line: int, column: int) -> int:
    """How many brackets are open at a place."""
    depth = 0
    for token in r.tokens:
        if (token.line, token.column) >= (line, column):
            break
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
    return depth


def extra_comma(r: Reading) -> Finding | None:
    """[1,, 2] or (, 1)."""
    if hit := _swap(r, r",\s*,", ","):
        number, fixed, match = hit
        return found("extra-comma", number, span=match.span(), code=fixed)
    if hit := _swap(r, r"(?<=[(\[{])\s*,", ""):
        number, fixed, match = hit
        return found("extra-comma", number, span=match.span(), code=fixed)
    return None


def dangling_operator(r: Reading) -> Finding | None:
    """x = 5 + with nothing behind it; x = alone; if x > :"""
    for number in r.near():
        masked, line = r.masked_line(number).rstrip(), r.line(number)
        match = re.search(r"(\*\*|//|[<>=!]=|[-+*/%=<>]|\band|\bor|\bnot|\bin)(\s*)(:?)$", masked)
        if match and not re.search(r"\b(for|while)\b.*\bin$", masked[: match.end(1)]):
            fixed = f"{line[: match.end(1)]} 1{match[3]}"
            if r.mends(number, fixed) or r.helps(r.with_line(number, fixed)):
                return found("value-missing", number, span=match.span(1), sign=match[1])
    if hit := _swap(r, r"(?<=[(,\[])\s*([*/%<>]=?|==)\s*(?=[\w§])", ""):
        number, _, match = hit
        return found("value-missing-before", number, span=match.span(1), sign=match[1])
    if hit := _swap(r, r"(?<![*/<>=!])(?:([-+/%])\s*[*/%](?![*/=])|([<>])\s*[<>=](?=\s*[<>=]))", "+"):
        number, _, match = hit
        return found("two-signs", number, span=match.span(), signs=match[0])
    return None


def equals_in_dict(r: Reading) -> Finding | None:
    """{"a" = 1} and ["a": 1] and {"a", 1: ...}."""
    if hit := _swap(r, r"(?<=[§\w])\s*(?<![=!<>])=(?!=)\s*", ": "):
        number, fixed, match = hit
        if _depth(r, number, match.start()) > 0:
            return found("equals-in-dict", number, span=match.span(), code=fixed)
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        if inside := re.search(r"\[([^\[\]]*[§\w]\s*:[^\[\]]*)\]", masked):
            fixed = (
                f"{line[: inside.start()]}{{{line[inside.start(1) : inside.end(1)]}}}{line[inside.end() :]}"
            )
            if "=" in masked[: inside.start()] and r.mends(number, fixed):
                return found("colon-in-list", number, span=inside.span(), code=fixed)
    return None


def dict_colon(r: Reading) -> Finding | None:
    """{"a" 1}: the colon between label and value is missing; {"a": , "b": 2}: the value is."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        hit = re.search(r"§\s*:\s*(?=[,}]|$)", masked)
        if hit and r.mends(number, f"{line[: hit.end()]} 1{line[hit.end() :]}"):
            label = re.search(r"§+\s*:", masked[: hit.end()])
            text = line[label.start() : hit.end()].rstrip(" :") if label else "the label"
            return found("dict-value-missing", number, span=hit.span(), label=text)
        for match in re.finditer(r"(?<=§)(\s+)(?=[\w§\[{-])|(?<=§)(\s*[,;]\s*)(?=[\w§\[{-])", masked):
            fixed = f"{line[: match.start()]}: {line[match.end() :]}"
            if (
                _depth(r, number, match.start())
                and r.mends(number, fixed)
                and ("{" in masked or ":" in masked)
            ):
                return found("dict-colon", number, span=match.span(), code=fixed)
    return None


def question_mark(r: Reading) -> Finding | None:
    """x > 5 ? "a" : "b", as in other languages."""
    for number in r.near():
        if match := re.search(r"\S\s*(\?)\s*\S.*:\s*\S", r.masked_line(number)):
            return found("question-mark", number, span=match.span(1))
    return None


def caret_missing_times(r: Reading) -> Finding | None:
    """3(x) is a call, but 2 x and (a)(b) x have nothing between them: 2 weight."""
    for number in r.near():
        line, masked = r.line(number), r.masked_line(number)
        for match in re.finditer(r"(?<![\w.])(\d+(?:\.\d+)?|\))\s?(?=([^\W\d]\w*)|\()", masked):
            name = match[2] or "( )"
            fixed = f"{line[: match.end(1)]} * {line[match.end() :]}"
            if match[2] in ("and", "or", "in", "is", "if", "else", "for", "not"):
                continue
            if (
                "=" in masked[: match.start()]
                and _depth(r, number, match.end(1)) == 0
                and r.mends(number, fixed)
            ):
                return found(
                    "times-missing", number, span=match.span(), number=match[1], name=name, code=fixed
                )
    return None


RULES = (
    single_equals, other_sign, split_sign, swapped_sign, plus_plus, not_sign, half_comparison, not_words, question_mark,
    percent_sign, leading_zero, two_points, unit_after_number, walrus, assign_to_value, equals_in_dict, dict_colon,
    extra_comma, missing_comma, dangling_operator, caret_missing_times,
)  # fmt: skip
