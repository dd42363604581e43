"""Colons, indentation, and else and its kin."""

from __future__ import annotations

import re

from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading, fault_in_line

BLOCK_WORDS = (
    "if",
    "elif",
    "else",
    "for",
    "while",
    "def",
    "class",
    "try",
    "except",
    "finally",
    "with",
    "match",
    "case",
)
_HEAD = re.compile(rf"\s*(async\s+)?({'|'.join(BLOCK_WORDS)})\b")


def _head(r: Reading, number: int) -> str | None:
    match = _HEAD.match(r.masked_line(number))
    return match[2] if match else None


def else_if(r: Reading) -> Finding | None:
    """else if, elseif, elsif."""
    for number in r.near():
        if match := re.match(
            r"\s*(else\s+if|elseif|elsif|elif\s+if|elf|elsif|elseIf)\b", r.masked_line(number)
        ):
            line = r.line(number)
            fixed = line[: match.start(1)] + "elif" + line[match.end(1) :]
            if not r.masked_line(number).rstrip().endswith(":"):
                fixed = fixed.rstrip() + ":"
            if r.mends(number, fixed) or fault_in_line(fixed) is None:
                return found("else-if", number, span=match.span(1), wrote=match[1], code=fixed)
    return None


def else_with_test(r: Reading) -> Finding | None:
    """else x < 2: a test after else."""
    for number in r.near():
        match = re.match(r"(\s*)else\s+([^:\s].*?):?\s*$", r.masked_line(number))
        if match:
            line = r.line(number)
            test = line[match.start(2) : match.end(2)]
            fixed = f"{match[1]}elif {test}:"
            if r.mends(number, fixed):
                return found("else-with-test", number, test=test, span=(match.start(2), match.end(2)))
    return None


def then_word(r: Reading) -> Finding | None:
    """if x > 5 then:"""
    for number in r.near():
        if match := re.match(
            r"\s*(?:if|elif|while|for)\b.*?(\s*\b(then|do)\b\s*:?)\s*$", r.masked_line(number)
        ):
            fixed = r.line(number)[: match.start(1)] + ":"
            if r.mends(number, fixed) or fault_in_line(fixed) is None:
                return found("then-word", number, span=match.span(2), word=match[2], code=fixed)
    return None


def colon_replaced(r: Reading) -> Finding | None:
    """A semicolon, comma or full stop where the colon belongs."""
    for number in r.near():
        masked = r.masked_line(number).rstrip()
        if _head(r, number) and masked.endswith((";", ",", ".", ">", "-", "=")):
            line = r.line(number)
            end = len(masked.rstrip(";,.>-="))
            fixed = line[:end] + ":" + line[len(masked) :]
            if r.mends(number, fixed) or fault_in_line(fixed[: end + 1]) is None:
                return found("colon-replaced", number, span=(end, len(masked)), word=_head(r, number),
                             sign=masked[end:], code=fixed)  # fmt: skip
    return None


def missing_colon(r: Reading) -> Finding | None:
    """A line that opens a block without its colon."""
    for number in r.near():
        word = _head(r, number)
        masked = r.masked_line(number).rstrip()
        if not word or masked.endswith(":"):
            continue
        line = r.line(number)
        fixed = line[: len(masked)] + ":" + line[len(masked) :]
        if r.mends(number, fixed) or fault_in_line(fixed[: len(masked) + 1]) is None:
            return found(
                "missing-colon", number, span=(max(len(masked) - 1, 0), len(masked)), word=word, code=fixed
            )
        # The whole block on one line: if x > 3 print(x)
        for gap in re.finditer(r"(?<=[\w)\]§])\s+(?=\w)", masked):
            fixed = f"{line[: gap.start()]}: {line[gap.end() :]}"
            if gap.start() > len(word) + 1 and r.mends(number, fixed):
                return found("missing-colon-inside", number, span=gap.span(), word=word, code=fixed)
    return None


def brackets_on_def(r: Reading) -> Finding | None:
    """def greet: the round brackets are missing."""
    for number in r.near():
        if match := re.match(r"(\s*)def\s+(\w+)\s*(:?)\s*$", r.masked_line(number)):
            code = f"{match[1]}def {match[2]}():"
            if r.mends(number, code) or fault_in_line(code) is None:
                return found("def-without-brackets", number, span=match.span(2), name=match[2], code=code)
        if match := re.match(r"(\s*)def\s+(\w+)\s+([\w\s,=]+?)\s*:?\s*$", r.masked_line(number)):
            words = match[3].replace(",", " ").split()
            code = f"{match[1]}def {match[2]}({match[3]}):"
            few = "," in match[3] or len(words) == 1
            if few and (r.mends(number, code) or fault_in_line(code) is None):
                return found("def-without-brackets", number, span=match.span(3), name=match[2], code=code)
        if match := re.match(r"\s*def\s+(\w+(?:[ -]+\w+)+)\s*\(", r.masked_line(number)):
            name = re.sub(r"[ -]+", "_", match[1])
            line = r.line(number)
            fixed = line[: match.start(1)] + name + line[match.end(1) :]
            if r.mends(number, fixed):
                return found("space-in-name", number, span=match.span(1), name=match[1], joined=name, code=fixed,
                             sign="space" if " " in match[1] else "hyphen")  # fmt: skip
    return None


def extra_colon(r: Reading) -> Finding | None:
    """A colon at the end of a line that opens nothing."""
    for number in r.near():
        masked = r.masked_line(number).rstrip()
        if masked.endswith(":") and not _head(r, number):
            line = r.line(number)
            fixed = line[: len(masked) - 1] + line[len(masked) :]
            if r.mends(number, fixed) and len(masked) > 1:
                return found("extra-colon", number, span=(len(masked) - 1, len(masked)), code=fixed)
    return None


def tabs_and_spaces(r: Reading) -> Finding | None:
    """A line indented with a tab among lines indented with spaces, or the other way round."""
    if not r.fault or r.fault.type not in ("TabError", "IndentationError"):
        return None
    number = r.fault.line
    indent = r.indent(number)
    above = r.before(number)
    while above and not r.indent(above):
        above = r.before(above)
    if not above or (indent[:1] == r.indent(above)[:1] and r.fault.type != "TabError") or not indent:
        return None
    kinds = {" ": "spaces", "\t": "a tab"}
    first, other = kinds.get(indent[:1], "spaces"), kinds.get(r.indent(above)[:1], "spaces")
    if first == other:
        first, other = "tabs and spaces", "others"
    if r.fault.type != "TabError" and "\t" not in indent + r.indent(above):
        return None
    return found("tabs-and-spaces", number, span=(0, len(indent)), first=first, other=other, above=above)


def not_indented(r: Reading) -> Finding | None:
    """The line under a colon is not indented, or there is none."""
    if not r.fault or r.fault.type != "IndentationError":
        return None
    number = r.fault.line
    if not r.masked_line(number).strip():
        number = r.after(number) or number
    head = r.before(number)
    if head is None or not r.masked_line(head).rstrip().endswith(":"):
        last = r.before(len(r.lines) + 1)
        if last and r.masked_line(last).rstrip().endswith(":"):
            head, number = last, last + 1
        else:
            return None
    word = _head(r, head) or "this line"
    depth = len(r.indent(head).expandtabs(4))
    if len(r.indent(number).expandtabs(4)) > depth and r.line(number).strip():
        return None
    follows = r.after(head)
    lower = follows is not None and len(r.indent(follows).expandtabs(4)) < depth
    if lower and follows is not None and r.mends(follows, " " * (depth + 4) + r.line(follows).strip()):
        lower = False
    if follows is None or lower or _head(r, follows) in ("elif", "else", "except", "finally"):
        return found("block-empty", head, word=word)
    if _head(r, follows) == "def" and word == "def":
        return found("block-empty", head, word=word)
    code = " " * (depth + 4) + r.line(follows).strip()
    return Finding("not-indented", follows, {"head": str(head), "word": word}, 0, len(r.indent(follows)) or 1,
                   None, code)  # fmt: skip


def indent_mismatch(r: Reading) -> Finding | None:
    """The spaces at the start of a line match no line above, or open a block that is not there."""
    if not r.fault or r.fault.type != "IndentationError":
        return None
    number = r.fault.line
    indent = r.indent(number)
    above = r.before(number)
    if above is None:
        if indent:
            return found("first-line-indented", number, span=(0, len(indent)), code=r.line(number).strip())
        return None
    width = len(indent.expandtabs())
    levels: dict[int, int] = {}
    for n in range(1, number):
        if r.masked_line(n).strip():
            here = len(r.indent(n).expandtabs())
            levels = {level: line for level, line in levels.items() if level < here} | {here: n}
    if width not in levels and width < max(levels, default=0):
        near = sorted(levels.items(), key=lambda item: abs(item[0] - width))[:2]
        first, second = sorted(line for _, line in near) if len(near) == 2 else (near[0][1], near[0][1])
        return found("indent-mismatch", number, span=(0, len(indent)), first=first, second=second)
    if width > len(r.indent(above).expandtabs()):
        head = _head(r, above)
        if head and not r.masked_line(above).rstrip().endswith(":"):
            return None
        return found("unexpected-indent", number, span=(0, len(indent)), above=above,
                     code=r.indent(above) + r.line(number).strip())  # fmt: skip
    return None


def else_alone(r: Reading) -> Finding | None:
    """else, elif or except that belongs to nothing, because of its indentation or of a line in between."""
    if not r.fault:
        return None
    number = r.fault.line
    word = _head(r, number)
    owners = {"else": ("if", "elif", "for", "while", "except"), "elif": ("if", "elif"), "except": ("try", "except"),
              "finally": ("try", "except", "else")}  # fmt: skip
    if word not in owners:
        return None
    indent = r.indent(number)
    for above in range(number - 1, 0, -1):
        if not r.masked_line(above).strip():
            continue
        head, here = _head(r, above), r.indent(above)
        if head == "else" and here == indent and word in ("else", "elif"):
            return found(
                "else-after-else", number, word=word, above=above, span=(len(indent), len(indent) + 4)
            )
        if head in owners[word]:
            if here == indent:
                break
            if r.mends(number, here + r.line(number).strip()) or _dedent_helps(r, number, here):
                return found("else-not-lined-up", number, word=word, head=head, above=above,
                             span=(0, len(indent) + len(word)), code=here + r.line(number).strip())  # fmt: skip
            if len(here) <= len(indent):
                break
    for above in range(number - 1, 0, -1):
        if r.masked_line(above).strip() and r.indent(above) == indent and _head(r, above) in owners[word]:
            between = r.before(number)
            if between and r.indent(between) == indent and _head(r, between) is None:
                return found("else-cut-off", number, word=word, between=between, head=_head(r, above))
            break
        if r.masked_line(above).strip() and len(r.indent(above)) < len(indent):
            break
    if r.fault.column <= len(indent) + len(word):
        return found(
            "else-alone",
            number,
            word=word,
            owner=owners[word][0],
            span=(len(indent), len(indent) + len(word)),
        )
    return None


def _dedent_helps(r: Reading, number: int, indent: str) -> bool:
    """True where moving the else and the block under it to another indentation helps."""
    old = len(r.indent(number))
    lines = list(r.lines)
    lines[number - 1] = indent + lines[number - 1].strip()
    for n in range(number, len(lines)):
        if lines[n].strip() and len(r.indent(n + 1)) <= old:
            break
        if lines[n].strip():
            lines[n] = indent + "    " + lines[n].strip()
    return r.helps("\n".join(lines), number)


def try_alone(r: Reading) -> Finding | None:
    """try without except."""
    if not r.fault:
        return None
    for number in range(min(r.fault.line, len(r.lines)), 0, -1):
        if _head(r, number) == "try":
            indent = r.indent(number)
            below = r.after(number)
            while below and len(r.indent(below)) > len(indent):
                below = r.after(below)
            if below is None or (r.indent(below) == indent and _head(r, below) not in ("except", "finally")):
                return found("try-alone", number, span=(len(indent), len(indent) + 3))
            return None
    return None


RULES = (
    else_if, then_word, else_with_test, colon_replaced, brackets_on_def, missing_colon, extra_colon, tabs_and_spaces,
    not_indented, indent_mismatch, try_alone, else_alone,
)  # fmt: skip
