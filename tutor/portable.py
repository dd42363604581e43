"""A copy that keeps people's work beside the program: a folder to try the tutor from, or a memory stick.

Not yet run on Windows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tutor.translation import tr

#: Lying beside the executables, it says that work belongs beside them too. What is in it does not matter.
MARKER = "portable.txt"

#: Where it is kept then.
FOLDER = "data"


def portable_folder(program: Path) -> Path | None:
    """Where this copy keeps people's work; None where it is no portable one.

    Args:
        program: the folder of the executables.
    """
    return program / FOLDER if (program / MARKER).is_file() else None


def can_be_written(folder: Path) -> bool:
    """Whether files can be made in this folder, or it can be made itself.

    Tried, as Windows' permissions are not in what `os.access` asks; the file that is made has no name that stays.
    """
    place = folder if folder.exists() else folder.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False


def fallen_back(wanted: Path, used: Path) -> str:
    """What is said when work cannot be kept beside the program."""
    return tr(
        "This is a portable copy, but its folder {folder} cannot be written to. Your work is kept in {used} on this PC instead, and does not travel with the program.",
        folder=wanted,
        used=used,
    )
