"""What stands in a file, as far as it can be shown: a table, text, or a sentence that says why not."""

from __future__ import annotations

import csv
import re
from pathlib import PurePosixPath

from msgspec import Struct

from tutor.runner.result import FolderFile
from tutor.translation import counted, tr
from tutor.ui.results.long_lines import LineCutter

#: So much of a file is shown: characters of text, cells of a table, columns, characters of one cell.
MOST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_IN_CELL = 100_000, 6_000, 40, 200

#: What no text has: control characters but for tab, line ends, form feed and escape.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Content(Struct, frozen=True):
    """What is to be shown: a table (`head` and `rows`), `text`, or in place of both a `remark`; `about` is said below."""

    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""
    remark: str = ""
    about: str = ""


def content_of(file: FolderFile) -> Content:
    """What can be shown of a file."""
    size = _size(file.size)
    if not file.ordinary:
        return Content(
            remark=tr("This is not an ordinary file but a link, a pipe or a device. It is never opened.")
        )
    if file.content is None:
        return Content(remark=_why_not_kept(file), about=size)
    if not file.content:
        return Content(remark=tr("This file is empty."), about=size)
    text = text_of(file.content)
    if text is None:
        words = tr("This file is not text, so it is not shown here. It can be saved and opened elsewhere.")
        return Content(remark=words, about=size)
    return _table(file.name, text, size) or _text(text, size)


def text_of(content: bytes) -> str | None:
    """The text that a file holds: UTF-8, UTF-16 with its mark, else Windows' own; None where it is no text."""
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    for one in (encoding, "cp1252"):
        try:
            text = content.decode(one)
        except UnicodeDecodeError:
            continue
        return None if _NOT_TEXT.search(text) else text
    return None


def _why_not_kept(file: FolderFile) -> str:
    if file.size > 1 << 20:
        return tr("This file is too large to be kept here: files of up to 1 MB are.")
    return tr(
        "What stands in this file is not kept here: it cannot be read, or too much was written before it."
    )


def _text(text: str, size: str) -> Content:
    shown = LineCutter().cut(_STEERING.sub("\ufffd", text[:MOST_TEXT].replace("\r\n", "\n")))
    cut = tr("{size}, the first {count} characters are shown") if len(text) > MOST_TEXT else "{size}"
    return Content(text=shown, about=cut.format(size=size, count=f"{MOST_TEXT:,}"))


def _table(name: str, text: str, size: str) -> Content | None:
    """The rows of a file of comma-separated values; None for anything else."""
    ending = PurePosixPath(name).suffix.lower()
    if ending not in {".csv", ".tsv"}:
        return None
    lines = text.splitlines()
    try:
        rows = [
            row
            for row in csv.reader(lines[: MOST_CELLS + 1], delimiter="\t" if ending == ".tsv" else ",")
            if row
        ]
    except csv.Error:
        return None
    if not rows:
        return None
    width = min(MOST_COLUMNS, max(len(row) for row in rows))
    head, *rest = [
        tuple(_STEERING.sub("\ufffd", value[:MOST_IN_CELL]) for value in row[:width])
        for row in rows[: MOST_CELLS // width + 1]
    ]
    return Content(head, tuple(rest), about=f"{size}, {_rows(len(rest), whole=len(rows) - 1 == len(rest))}")


def _rows(count: int, *, whole: bool) -> str:
    if whole:
        return counted(count, "{count} row", "{count} rows", count=f"{count:,}")
    return counted(
        count,
        "the first {count} row is shown",
        "the first {count} rows are shown",
        count=f"{count:,}",
    )


def _size(size: int) -> str:
    if size < 10_000:
        return counted(size, "{count} byte", "{count} bytes", count=f"{size:,}")
    if size < 1_000_000:
        return tr("{count} kB").format(count=f"{size / 1000:,.0f}")
    return tr("{count} MB").format(count=f"{size / 1_000_000:,.1f}")
