"""A program's text and its syntax tree, read safely: learners write anything."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass, field

from tutor import syntax
from tutor.translation import tr

_LONGEST = 1_000_000  # characters that are parsed: far more than anyone types
_LONGEST_IN_TOKENS = 20_000
_NO_TOKENS = (tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER)
_DEEPEST = 200  # levels of a tree that is looked at here; deeper ones are no beginner's program


def normal_text(source: str) -> str:
    """Text with "\\n" as its only line end and without a byte-order mark, so that lines count as Python counts them."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parse(source: str) -> ast.Module | None:
    """The syntax tree, or None for what is not Python, or is too long or too deep to look at."""
    return Source.of(source).tree


def _depth_is_safe(tree: ast.AST) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Source:
    """One program: its text, with normal line ends, and its tree where it has one."""

    text: str
    tree: ast.Module | None = field(compare=False)
    broken: bool = False  # not Python: it fails alike, whatever it is given

    @classmethod
    def of(cls, text: str) -> Source:
        """Read a program."""
        text = normal_text(text)
        if len(text) > _LONGEST:
            return cls(text, None)
        try:
            tree = syntax.parse(text)
        except (SyntaxError, ValueError):
            return cls(text, None, broken=True)
        except (RecursionError, MemoryError, OverflowError):
            return cls(text, None)
        return cls(text, tree if _depth_is_safe(tree) else None)


def tokens(text: str) -> tuple[list[str], bool]:
    """The Python tokens of a piece of a program, without comments and blank lines, and whether it could be read to its end.

    Strings and numbers count by their value: 'a' is "a", and 8. is 8.0.
    """
    found: list[str] = []
    try:
        with syntax.alone():
            for token in tokenize.generate_tokens(io.StringIO(normal_text(text)).readline):
                if token.type not in _NO_TOKENS:
                    found.append(_token_value(token))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return found, False
    return found, True


def _token_value(token: tokenize.TokenInfo) -> str:
    if token.type in (tokenize.STRING, tokenize.NUMBER):
        try:
            return repr(syntax.literal(token.string))
        except (ValueError, SyntaxError):
            return token.string
    if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
        return tokenize.tok_name[token.type]
    return token.string


def same_tokens(one: str, other: str) -> bool:
    """Whether two pieces of a program are the same but for spaces, comments and the kind of quotes."""
    if max(len(one), len(other)) > _LONGEST_IN_TOKENS:
        return one.split() == other.split()
    (left, left_whole), (right, right_whole) = tokens(one.strip()), tokens(other.strip())
    same = _without_last_newline(left) == _without_last_newline(right)
    if left_whole and right_whole:
        return same
    return same and "".join(one.split()) == "".join(other.split())


def _without_last_newline(found: list[str]) -> list[str]:
    while found and found[-1] == "NEWLINE":
        found = found[:-1]
    return found


def placeholder_line(source: Source) -> int | None:
    """The line of the first `...` that stands where a statement or an assigned value belongs; None without one."""
    lines = _placeholders(source)
    return min(lines) if lines else None


def _placeholders(source: Source) -> list[int]:
    if source.tree is None:
        return [n for n, line in enumerate(source.text.split("\n"), 1) if line.split("#")[0].strip() == "..."]
    found = []
    for node in ast.walk(source.tree):
        held = node.value if isinstance(node, (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return)) else None
        if isinstance(held, ast.Constant) and held.value is Ellipsis:
            found.append(held.lineno)
    return found


def _comments(text: str) -> list[str]:
    """The words of the comments, in order; none where the program cannot be read."""
    try:
        with syntax.alone():
            found = list(tokenize.generate_tokens(io.StringIO(normal_text(text)).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return []
    return [token.string.strip("# ") for token in found if token.type == tokenize.COMMENT]


def unfinished(program: Source, starter: Source) -> str:
    """Why a program is not begun rather than wrong, in a sentence; "" where it is begun."""
    if not program.text.strip():
        return tr("Your program is still empty.")
    if same_tokens(program.text, starter.text):
        if _comments(program.text) != _comments(starter.text):
            return tr("Only comments have changed so far. Python runs the lines that are no comments.")
        return tr("Your program is still the one you were given.")
    if _placeholders(starter) and (line := placeholder_line(program)) is not None:
        return tr("Not done yet: the ... on line {line} is still to be replaced.", line=line)
    return ""
