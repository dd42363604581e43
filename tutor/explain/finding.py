"""What a rule found: facts, before they are put into words."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Finding(Struct, frozen=True):
    """A rule that fits, with the facts that its wording needs.

    `values` fills the placeholders of the rule's wording; `line` is one of them without being named again.
    The other fields are those of `Advice`.
    """

    rule: str
    line: int | None
    values: Mapping[str, str] = field(default_factory=dict)
    column: int | None = None
    end_column: int | None = None
    noticed: int | None = None
    code: str = ""


def found(
    rule: str,
    line: int | None,
    *,
    span: tuple[int, int] | None = None,
    noticed: int | None = None,
    code: str = "",
    **values: object,
) -> Finding:
    """A finding whose remaining keyword arguments are the values for its wording."""
    column, end = span if span else (None, None)
    texts = {name: str(value) for name, value in values.items()}
    return Finding(rule, line, texts, column, end, noticed if noticed != line else None, code.strip())
