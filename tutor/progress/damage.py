"""What could not be read is set aside, reported, and never ends anything."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from tutor.files import file_part
from tutor.translation import tr

_log = logging.getLogger(__name__)

#: At most so many bytes of one damaged file are set aside: enough to look at, never a copy of 100 MB of rubbish.
MOST_KEPT = 1_000_000


class Damage(Struct, frozen=True):
    """Something that could not be read.

    Args:
        file: the file it is in; it was left as it is.
        problem: what is wrong, in words.
        lines: the numbers of its damaged lines (the first hundred), from 1; empty where it is the whole file.
        kept: where a copy of the damaged part is, None where it could not be copied.
        new: it was not known before: worth telling the learner once.
        restored: nothing is missing: this session still had it and has written it again.
    """

    file: Path
    problem: str
    lines: tuple[int, ...] = ()
    kept: Path | None = None
    new: bool = True
    restored: bool = False

    def sentence(self) -> str:
        """What happened, for the learner."""
        if self.restored:
            folder = self.file.parent.parent
            return tr(
                "The folder of your work was changed by something else. This session is saved in it again: {folder}.",
                folder=folder,
            )
        name = self.file.name
        if self.lines:
            what = tr(
                "A part of a file of your work could not be read and was set aside ({file}).", file=name
            )
        else:
            what = tr("A file of your work could not be read and was set aside ({file}).", file=name)
        copy = tr("A copy of it is in {folder}.", folder=self.kept.parent) if self.kept else ""
        return " ".join(filter(None, (what, copy, tr("The rest is here."))))


def set_aside(
    file: Path, parts: Iterable[bytes], folder: Path, problem: str, lines: tuple[int, ...] = ()
) -> Damage:
    """Copy the damaged parts of a file into the folder of damaged things; the file itself is not touched."""
    data = b"\n".join(parts)[:MOST_KEPT]
    mark = hashlib.sha256(data).hexdigest()[:8]
    kept = folder / f"{file_part(file.stem)}-{mark}.damaged"
    new = True
    copy: Path | None = kept
    try:
        if kept.exists():
            new = False
        else:
            folder.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(data)
    except OSError as error:
        copy = None
        _log.warning("damage could not be copied: %s", error)
        with suppress(OSError):
            kept.unlink(missing_ok=True)
    if new:
        _log.warning("damaged: %s: %s (lines %s)", file.name, problem, lines)
    return Damage(file, problem, lines, copy, new)
