"""What a program left in its working folder: found and read within bounds, and no link is ever followed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tutor.runner.result import FolderFile

#: Bytes of one file that are read.
MOST_READ = 1 << 20
#: Bytes of all files of one run that are kept for a person to look at.
MOST_KEPT = 8 << 20
#: Files of one run that are kept by name, of those that are looked at.
MOST_NAMED = 200
MOST_LISTED = 2000
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it lies in the folder: `path` to open it with, and what tells whether it has changed since."""

    path: Path
    size: int
    changed: int
    ordinary: bool


Listing = dict[str, Found]


def shown_name(name: str) -> str:
    """A file's name as it may be shown: what breaks the line, steers the writing or is half a letter becomes \ufffd."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def list_folder(top: Path) -> Listing:
    """The files in a folder and the folders in it, by their names from there; at most `MOST_LISTED`."""
    found: Listing = {}
    to_visit: list[tuple[Path, str, int]] = [(top, "", 0)]
    while to_visit and len(found) < MOST_LISTED:
        folder, prefix, depth = to_visit.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in islice(entries, MOST_LISTED):
                    name = prefix + shown_name(entry.name)
                    path = folder / entry.name
                    try:
                        state = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue
                    if name in found:  # two names that are shown alike
                        name = f"{name} ({len(found)})"
                    if not stat.S_ISDIR(state.st_mode) or _leads_elsewhere(state):
                        ordinary = stat.S_ISREG(state.st_mode) and not _leads_elsewhere(state)
                        found[name] = Found(path, state.st_size, state.st_mtime_ns, ordinary)
                    elif depth < _DEEPEST:
                        to_visit.append((path, name + "/", depth + 1))
        except OSError:
            continue
    return found


def _leads_elsewhere(state: os.stat_result) -> bool:
    """A junction of Windows, which says that it is a folder, or another of its reparse points."""
    attributes: int = getattr(state, "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))


def changed_since(before: Listing, now: Listing) -> list[str]:
    """The names of files that are new or have changed, in order."""
    return sorted(
        name
        for name, found in now.items()
        if name not in before or (before[name].size, before[name].changed) != (found.size, found.changed)
    )


def keep_files(top: Path, listing: Listing, names: list[str]) -> tuple[FolderFile, ...]:
    """These files for a person to look at: the first `MOST_NAMED`, each with what stands in it, as far as there is room."""
    kept = []
    room = MOST_KEPT
    for name in names[:MOST_NAMED]:
        found = listing[name]
        content = None
        if found.ordinary and found.size <= min(MOST_READ, room):
            content = read_ordinary(found.path, top)
            room -= len(content or b"")
        kept.append(FolderFile(name, found.size, content, found.ordinary))
    return tuple(kept)


def read_file(path: Path) -> FolderFile:
    """A file that is given to programs, for a person to look at."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_READ else None
    except OSError:
        return FolderFile(shown_name(path.name))
    return FolderFile(shown_name(path.name), size, content)


def read_ordinary(path: Path, top: Path) -> bytes | None:
    """The first `MOST_READ` bytes of a file; None where it is no ordinary file inside this folder, or cannot be read."""
    try:
        if not path.resolve().is_relative_to(top.resolve()) or not stat.S_ISREG(path.lstat().st_mode):
            return None
        flags = os.O_RDONLY
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
            flags |= getattr(os, name, 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read(MOST_READ)
    except (OSError, ValueError):
        return None
