"""Lesson files as text: bytes from Notepad, Word or a repository become text, or a problem that says what to do."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

#: Bytes. The longest real lesson is some 30 kB; a glossary of thousands of terms stays below this too.
LARGEST_FILE = 2_000_000

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ue0ef\ue0f1-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_END = re.compile(r"\r\n|\n|\r")


class Finding(Struct, frozen=True):
    """A mistake in one file's text, before the file's name and the part of the lesson are put to it."""

    line: int
    column: int
    problem: str
    hint: str = ""
    warning: bool = False
    rule: str = "yaml"


def read_source(path: Path) -> str | Finding:
    """The text of a file, without its byte order mark.

    Returns:
        the text, or a Finding where the file is missing, too large, or in an encoding that is not UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            return Finding(
                1,
                1,
                f"the file has {size / 1e6:,.1f} MB; at most {LARGEST_FILE / 1e6:,.0f} MB are read",
                "put data into files under data/, and split long lessons",
                rule="file-size",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return Finding(1, 1, "there is no such file", "check its name and its folder", rule="file-missing")
    except IsADirectoryError:
        return Finding(1, 1, "this is a folder; a file was expected", rule="file-missing")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Finding(
            1, 1, f"the file cannot be read: {reason}", "is it open elsewhere?", rule="file-missing"
        )
    return decode(data)


def decode(data: bytes) -> str | Finding:
    """Bytes as text; other encodings than UTF-8 are recognised and named."""
    utf_16 = _utf_16_name(data)
    if utf_16:
        return _other_encoding(1, 1, utf_16)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place_of_byte(data, error.start)
        shown = data[error.start : error.start + 1].decode("cp1252", errors="replace")
        if _looks_like_text(data):
            return _other_encoding(line, column, "Windows-1252 (ANSI)", f" (here: `{shown}`)")
        return Finding(
            line, column, "this is not a text file", "lessons are text files, saved as UTF-8", rule="encoding"
        )


def _utf_16_name(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = data[:400]
    if len(start) >= 4 and start.count(0) >= len(start) // 3:
        every_second = max(start[0::2].count(0), start[1::2].count(0))
        if every_second >= len(start) // 3:
            return "UTF-16"
    return ""


def _other_encoding(line: int, column: int, name: str, shown: str = "") -> Finding:
    return Finding(
        line,
        column,
        f"the file is saved as {name}{shown}; lessons are UTF-8",
        "in Notepad choose Save as, and under Encoding choose UTF-8",
        rule="encoding",
    )


def _looks_like_text(data: bytes) -> bool:
    return b"\x00" not in data and not any(byte < 9 for byte in data[:4000])


def _place_of_byte(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    return place_of_offset(before, len(before))


def place_of_offset(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of a character offset."""
    ends = [match.end() for match in _LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


def split_lines(text: str) -> list[str]:
    """Lines as an editor numbers them: ended by CR LF, LF or CR and nothing else."""
    return _LINE_END.split(text)


def unprintable(text: str) -> Finding | None:
    """The first character that may not stand in a lesson file: control characters and Word's own line ends."""
    match = _UNPRINTABLE.search(text)
    if not match:
        return None
    line, column = place_of_offset(text, match.start())
    code = f"U+{ord(match.group()):04X}"
    if match.group() in "\x0b\x0c\x85\u2028\u2029":
        problem, hint = f"a line end of another program ({code}) stands here", "delete it and press Enter"
    else:
        problem, hint = (
            f"a character that cannot be seen ({code}) stands here",
            "delete it and type the place again",
        )
    return Finding(line, column, problem, hint, rule="character")
