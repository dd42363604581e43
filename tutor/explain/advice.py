"""One piece of advice."""

from __future__ import annotations

from msgspec import Struct


class Advice(Struct, frozen=True):
    """What to say about a program, best first in a list of them.

    Args:
        rule: the rule's stable id, such as "missing-colon".
        line: the line of the mistake (from 1), which is not always where Python noticed; None where there is none.
        title: a few words.
        text: at most 30 words: what is there, then what to type.
        python: Python's own words, or None where Python said nothing (a silent mistake).
        column, end_column: the part of the line to underline, in characters from 0; None for the whole line.
        noticed: the line where Python noticed, where that is another one.
        code: a line to type instead, where one is certain; else "".
        silent: advice about a program that Python did not complain about.
    """

    rule: str
    line: int | None
    title: str
    text: str
    python: str | None = None
    column: int | None = None
    end_column: int | None = None
    noticed: int | None = None
    code: str = ""
    silent: bool = False
