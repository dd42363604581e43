"""Lesson texts as prose: code, links and quotations masked, then cut into paragraphs, sentences and words.

Every mask keeps the length of the text, so that an offset in the masked text is one in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

#: Stands for masked characters: it counts as a letter (a private-use character, made one here), so that inline code is one word.
CODE = "\ue000"

_FENCE = re.compile(r"^ {0,3}(?:>\s?)*(?P<mark>`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TERM = re.compile(r"\[\[[^\[\]\n]+\]\]")
_LINK_TARGET = re.compile(r"(?<=\])\([^)\n]*\)|<?https?://[^\s>)]+>?")
_QUOTED = re.compile("\"[^\"\n]{1,120}\"|\u201c[^\u201d\n]{1,120}\u201d|(?<![\\w'])'[^'\n]{1,80}'(?!\\w)")
_ITEM = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_RULER = re.compile(r"^[ \t|:-]+$")
_WORD = re.compile(rf"[\w{CODE}][\w{CODE}'\u2019./%-]*")
_END = re.compile(rf"[.?!]+[\"'\u201d\u2019)*_]*(?=\s+[\"'\u201c(*_]*[A-Z0-9{CODE}\[]|\s*$)|:(?=\s*$)")
#: A full stop after one of these ends no sentence.
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|approx|Dr|Mr|Mrs|Ms|Prof|St)\.$")


class Sentence(Struct, frozen=True):
    """A sentence: where it starts in the whole text, and its words (inline code and each link are one word)."""

    offset: int
    words: int


class Paragraph(Struct, frozen=True):
    """A paragraph, a list item, a heading or a table cell."""

    offset: int
    text: str

    def sentences(self) -> list[Sentence]:
        """Its sentences, in order."""
        found = []
        start = 0
        for match in _END.finditer(self.text):
            if _SHORT.search(self.text[: match.start() + 1]) and match.end() < len(self.text.rstrip()):
                continue
            found.append(self._sentence(start, match.end()))
            start = match.end()
        if self.text[start:].strip():
            found.append(self._sentence(start, len(self.text)))
        return [sentence for sentence in found if sentence.words]

    def _sentence(self, start: int, end: int) -> Sentence:
        part = self.text[start:end]
        first = start + len(part) - len(part.lstrip())
        return Sentence(self.offset + first, word_count(part))


class Fence(Struct, frozen=True):
    """A fenced code block: the offset of its first line of code, its language and its lines."""

    offset: int
    language: str
    lines: tuple[str, ...]


def word_count(text: str) -> int:
    """How many words a person reads; inline code is one."""
    return len(_WORD.findall(text))


def without_code(text: str) -> tuple[str, list[Fence]]:
    """A Markdown text with fenced code blanked and inline code masked, and its fenced blocks."""
    if "`" not in text and "~~~" not in text and "\n    " not in text:
        return text, []
    result: list[str] = []
    fences: list[Fence] = []
    mark, offset, started, language = "", 0, 0, ""
    inside: list[str] = []
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if mark:
            if match and match["mark"].startswith(mark):
                fences.append(Fence(started, language, tuple(inside)))
                mark = ""
            else:
                inside.append(line)
            result.append(" " * len(line))
        elif match:
            mark, inside, started = match["mark"], [], offset + len(line) + 1
            language = line[match.end() :].strip().split(" ")[0].lower()
            result.append(" " * len(line))
        elif line.startswith(("    ", "\t")) and (not result or not result[-1].strip()):
            result.append(" " * len(line))
        else:
            result.append(line)
        offset += len(line) + 1
    return _CODE_SPAN.sub(_masked, "\n".join(result)), fences


def readable(text: str) -> tuple[str, list[Fence]]:
    """As without_code, with the targets of links blanked too."""
    prose, fences = without_code(text)
    return (_LINK_TARGET.sub(_blanked, prose) if "](" in prose or "://" in prose else prose), fences


def own_words(prose: str) -> str:
    """The writer's own words: quotations and glossary links masked."""
    return _QUOTED.sub(_masked, _TERM.sub(_masked, prose))


def paragraphs(prose: str) -> Iterator[Paragraph]:
    """Paragraphs, list items, headings and table cells, in order."""
    start, lines, offset = 0, [], 0  # type: int, list[str], int
    for line in [*prose.split("\n"), ""]:
        row = bool(_ROW.match(line))
        item = _ITEM.match(line) or _HEADING.match(line)
        if lines and (row or item or not line.strip(" >\t")):
            yield Paragraph(start, "\n".join(lines))
            lines = []
        if row:
            yield from _cells(line, offset)
        elif line.strip(" >\t"):
            if not lines:
                start = offset
            lines.append(" " * item.end() + line[item.end() :] if item else line)
            if item and _HEADING.match(line):
                yield Paragraph(start, lines.pop())
        offset += len(line) + 1


def _cells(line: str, offset: int) -> Iterator[Paragraph]:
    if _RULER.match(line):
        return
    at = 0
    for cell in line.split("|"):
        if cell.strip():
            yield Paragraph(offset + at, cell)
        at += len(cell) + 1


def _masked(match: re.Match[str]) -> str:
    return CODE * len(match.group())


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())
