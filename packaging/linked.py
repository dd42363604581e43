"""Linux: which shared libraries nothing in the package links to any more, once the plugins that wanted them are gone."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import PurePosixPath

#: (place in the package, file or link's target, kind), as PyInstaller lists what it collects.
Entry = tuple[str, str, str]
_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)


def only_linked(entries: Iterable[Entry]) -> set[str]:
    """The places of the entries that stay: modules, plugins, Python itself, and every library that these need in turn."""
    listed = [entry for entry in entries if entry[2] in ("BINARY", "EXTENSION", "SYMLINK")]
    by_name: dict[str, list[Entry]] = {}
    for entry in listed:
        by_name.setdefault(PurePosixPath(entry[0]).name, []).append(entry)
    to_visit = [entry for entry in listed if not _is_library(entry)]
    kept: set[str] = set()
    while to_visit:
        place, file, kind = to_visit.pop()
        if place in kept:
            continue
        kept.add(place)
        if kind == "SYMLINK":
            target = str(PurePosixPath(place).parent / file)
            to_visit += [entry for entry in listed if entry[0] in (target, file)]
        else:
            for name in _names_needed(file):
                to_visit += by_name.get(name, [])
    return kept


def _is_library(entry: Entry) -> bool:
    place, _file, kind = entry
    path = PurePosixPath(place)
    is_python = path.name.startswith("libpython")
    return kind != "EXTENSION" and ".so" in path.name and "plugins" not in path.parts and not is_python


def _names_needed(file: str) -> list[str]:
    said = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=False).stdout
    return _NEEDED.findall(said)
