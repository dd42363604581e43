"""A file as its writer's editor shows it, and back into bytes: mark at its start, line ends and all that was not touched stay."""

from __future__ import annotations

import difflib
import re
from collections import Counter

from msgspec import Struct

from tutor.lessons.source import LARGEST_FILE, Finding, decode

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_MARK = b"\xef\xbb\xbf"


class SourceText(Struct, frozen=True):
    """A text file.

    Args:
        text: what it says, with line feeds.
        ends: the line end of each line as it was; the last line has none.
        marked: whether a byte order mark stood before it.
        was: the encoding that it was in, where that is not UTF-8; it is written as UTF-8 all the same.
    """

    text: str
    ends: tuple[str, ...] = ()
    marked: bool = False
    was: str = ""

    @property
    def end(self) -> str:
        """The line end that most lines have."""
        counted = Counter(end for end in self.ends if end)
        return counted.most_common(1)[0][0] if counted else "\n"

    def encoded(self, text: str) -> bytes:
        """Another text (with line feeds) as bytes in this file's way; lines that it shares with this one keep their ends."""
        lines = text.split("\n")
        ends = [self.end] * len(lines)
        if len(set(self.ends) - {""}) > 1:
            matcher = difflib.SequenceMatcher(None, self.text.split("\n"), lines, autojunk=False)
            for old, new, size in matcher.get_matching_blocks():
                for at in range(size):
                    ends[new + at] = self.ends[old + at] or self.end
        ends[-1] = ""
        whole = "".join(line + end for line, end in zip(lines, ends, strict=True))
        return (_MARK if self.marked else b"") + whole.encode("utf-8", "replace")


def source_text(data: bytes) -> SourceText | Finding:
    """A file's bytes as text that can be edited.

    Returns:
        the text; a Finding for what is no text, or far too long for a lesson.
    """
    if len(data) > LARGEST_FILE:
        return Finding(
            1, 1, f"the file has {len(data) / 1e6:,.1f} MB, too much for a lesson", rule="file-size"
        )
    decoded = decode(data)
    if isinstance(decoded, Finding):
        was, decoded = _other(data, decoded)
        if not was:
            return decoded if isinstance(decoded, Finding) else Finding(1, 1, "this is not a text file")
    else:
        was = ""
    assert isinstance(decoded, str)
    parts = [(match[1], match[2]) for match in _LINE.finditer(decoded)]
    if len(parts) > 1 and parts[-1] == ("", "") and not parts[-2][1]:
        parts.pop()  # the pattern matches the end of the text once more
    text = "\n".join(line for line, _end in parts)
    marked = not was and data.startswith(_MARK)
    return SourceText(text, tuple(end for _line, end in parts), marked, was)


def _other(data: bytes, finding: Finding) -> tuple[str, str | Finding]:
    """The text in an encoding of another time, with its name; without a name where it is no text."""
    if "UTF-16" in finding.problem:
        name = "UTF-16"
        order = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-le"
        return name, data.decode(order, "replace").removeprefix("\ufeff")
    if "Windows-1252" in finding.problem:
        return "Windows-1252 (ANSI)", data.decode("cp1252", "replace")
    return "", finding
