"""YAML 1.2's plain values: what `12:30`, `08`, `1e-6`, `no` and `1_000` are.

After the core schema of YAML 1.2.2, section 10.3.2. PyYAML follows YAML 1.1, where `no` is False and `12:30` is 750.
"""

from __future__ import annotations

import re

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = re.compile(r"\.(?:nan|NaN|NAN)")

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

#: Words that were Booleans in YAML 1.1 and are text in YAML 1.2: where they matter, the writer is asked.
OLD_BOOLEANS = frozenset({"yes", "no", "on", "off"})

#: More digits than any lesson needs; Python itself refuses to read more than 4,300.
LONGEST_NUMBER = 1_000


def plain_value(text: str) -> None | bool | int | float | str:
    """What a plain (unquoted) YAML value stands for."""
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in "-+.0123456789" or len(text) > LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEX.fullmatch(text):
        return int(text[2:], 16)
    if _INFINITY.fullmatch(text):
        return float("-inf") if text.startswith("-") else float("inf")
    if _NOT_A_NUMBER.fullmatch(text):
        return float("nan")
    return text


def is_old_boolean(text: str) -> bool:
    """Whether a plain value is `yes`, `no`, `on` or `off`, in any capitals."""
    return text.lower() in OLD_BOOLEANS


def has_leading_zero(text: str) -> bool:
    """Whether a plain number starts with a zero that a reader would take for part of it, as in `08`."""
    digits = text.lstrip("+-")
    return 1 < len(digits) < 100 and digits[0] == "0" and digits.isascii() and digits.isdecimal()
