"""The manifest of an installation: one line for each file with its SHA-256, in the form that `sha256sum -c` reads.

Written when the package is made (`packaging/manifest.py`), shipped inside it, and compared by the self-test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from tutor.paths import MANIFEST

#: Its place in the package's folder.
PLACE = MANIFEST
#: The folder in which nothing but what was shipped belongs. Beside it a PC may keep things of its own.
LIBRARY = "_internal"


class Differences(Struct, frozen=True):
    """What is not as it was shipped; paths within the package's folder."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def sentence(self) -> str:
        """In words, with the first names of each kind; "" where all is as shipped."""
        kinds = (("missing", self.missing), ("changed", self.changed), ("not of this version", self.added))
        return "; ".join(
            f"{len(names)} {words}: {', '.join(names[:5])}{' ...' if len(names) > 5 else ''}"
            for words, names in kinds
            if names
        )


def hashes_of(folder: Path) -> dict[str, str]:
    """SHA-256 by path within the folder (with forward slashes), in order; the manifest itself is left out.

    Raises:
        OSError: a file cannot be read.
    """
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    files.pop(PLACE.as_posix(), None)
    return {name: _hash(files[name]) for name in sorted(files)}


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def as_text(hashes: Mapping[str, str]) -> str:
    """The manifest's text."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))


def from_text(text: str) -> dict[str, str]:
    """Hashes by path; lines that are none are passed over."""
    pairs = (line.split("  ", 1) for line in text.splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def compare(folder: Path, shipped: Mapping[str, str]) -> Differences:
    """An installation beside its manifest. What stands beside `_internal` and was not shipped is nobody's business here.

    Raises:
        OSError: a file cannot be read.
    """
    there = hashes_of(folder)
    return Differences(
        missing=tuple(sorted(shipped.keys() - there.keys())),
        changed=tuple(name for name in sorted(shipped.keys() & there.keys()) if shipped[name] != there[name]),
        added=tuple(sorted(name for name in there.keys() - shipped.keys() if name.startswith(LIBRARY + "/"))),
    )
