"""The constructs that `uses` and `avoids` can name, and how they are spelled."""

from __future__ import annotations

import re
from typing import Final

from tutor.lessons.report import nearest

#: Constructs that stand for themselves.
PLAIN: Final = (
    "for",
    "while",
    "if",
    "elif",
    "else",
    "def",
    "return",
    "class",
    "lambda",
    "with",
    "try",
    "raise",
    "import",
    "f-string",
    "list-comprehension",
    "dict-comprehension",
    "recursion",
)
#: Constructs that name something after a colon.
PREFIXES: Final = ("call", "name", "import", "operator", "literal")
#: What `operator:` can name.
OPERATORS: Final = (
    *(
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "**",
        "@",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "&",
        "|",
        "^",
        "~",
        "<<",
        ">>",
    ),
    *("and", "or", "not", "in", "not in", "is", "is not"),
    *("+=", "-=", "*=", "/=", "//=", "%=", "**=", ":="),
)

_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def construct_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with the spelling of a construct, and what was probably meant; None where it is well."""
    if text in PLAIN:
        return None
    prefix, colon, name = text.partition(":")
    if not colon or prefix not in PREFIXES:
        return _unknown(text, prefix if colon else "", name)
    if name != name.strip() or not name:
        return f"`{text}` needs a name right after the colon", f"write it as `{prefix}:{_EXAMPLES[prefix]}`"
    if prefix == "operator":
        if name in OPERATORS:
            return None
        return f"`{name}` is not an operator of Python", f"operators are {' '.join(OPERATORS)}"
    if prefix == "literal":
        return None
    if not _DOTTED.fullmatch(name):
        return f"`{name}` is not a name in Python", f"write it as `{prefix}:{_EXAMPLES[prefix]}`"
    return None


_EXAMPLES = {"call": "print", "name": "score", "import": "csv", "operator": "+", "literal": "7"}


def _unknown(text: str, prefix: str, name: str) -> tuple[str, str]:
    said = f"`{text[:40]}` is not a construct"
    if prefix:
        near = nearest(prefix, PREFIXES)
        return said, f"did you mean `{near}:{name}`?" if near else f"these take a name: {', '.join(PREFIXES)}"
    near = _TAKEN_FOR.get(text.lower()) or nearest(text, PLAIN)
    if near:
        return said, f"did you mean `{near}`?"
    if _DOTTED.fullmatch(text.rstrip("()")):
        return said, f"for a call write `call:{text.rstrip('()')}`, for a name `name:{text.rstrip('()')}`"
    return said, f"constructs are {', '.join(PLAIN)}; or {', '.join(f'{one}:...' for one in PREFIXES)}"


_TAKEN_FOR = {
    "function": "def",
    "loop": "for",
    "fstring": "f-string",
    "comprehension": "list-comprehension",
    "except": "try",
    "condition": "if",
    "from": "import",
}
