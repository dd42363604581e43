"""`tutor unpack FILE DIR`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tutor.authoring.packs import contents, unpack
from tutor.errors import UsageError


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("unpack", parents=[everywhere], help="take a course out of its pack")
    verb.add_argument("file", metavar="FILE", type=Path, help="the pack")
    verb.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="a new folder for it")
    verb.add_argument("--list", action="store_true", help="list what is in it, and write nothing")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """List it, and then unpack it."""
    if options.folder is None and not options.list:
        raise UsageError("tutor unpack: no folder is named.", "Name a new folder, or use --list.")
    for file in contents(options.file):
        print(f"{file.size:>12,}  {file.name}")
    if options.list:
        return 0
    try:
        written = unpack(options.file, options.folder)
    except OSError as error:
        words = error.strerror or type(error).__name__
        raise UsageError(f"{options.folder}: cannot be written: {words}.", "Name another folder.") from error
    print(f"{options.folder}: {len(written)} files written.")
    return 0
