"""Packs that were unpacked to be opened, and that nobody opens any more: what they left in the data folder is removed.

Only what the tutor unpacked itself, and only while it is still exactly that: a folder in which anything was added or
changed since is somebody's. Whenever something cannot be read, nothing is removed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from tutor.lessons.course_loader import course_id, extended_id
from tutor.lessons.finding import COURSE_FILE
from tutor.progress.shelf import folders_on

_log = logging.getLogger(__name__)

#: In an unpacked pack: the files that were unpacked, and by its time when it was opened last.
MARK = ".unpacked.json"

#: Seconds since it was opened last: another window may have it open, whose list is not on the disk yet.
UNUSED_FOR = 86_400

_GOING = ".going-"


def mark_unpacked(folder: Path) -> None:
    """Remember what was unpacked here. Where that cannot be written, the folder stays for good."""
    with suppress(OSError):
        text = json.dumps({"v": 1, "files": _files(folder)}, indent=1)
        (folder / MARK).write_text(text, encoding="ascii", newline="\n")


def mark_opened(folder: Path) -> None:
    """It is opened now."""
    with suppress(OSError):
        os.utime(folder / MARK)


def remove_unused(courses: Path, learners: Path, opened: Path) -> list[str]:
    """Remove what packs left that no learner's list names and no course on a list extends.

    Args:
        courses: `Folders.courses`.
        learners: `Folders.learners`.
        opened: the course that is open here.

    Returns:
        the names of the folders that were removed.
    """
    removed = []
    try:
        for left in sorted(courses.glob(f"{_GOING}*")):  # the PC was switched off meanwhile
            shutil.rmtree(left, ignore_errors=True)
        candidates = {folder.parent for folder in courses.glob(f"*/{MARK}") if _is_old(folder.parent)}
        for folder in sorted(candidates - _wanted(candidates, learners, opened) if candidates else ()):
            if _as_unpacked(folder) and _is_old(folder):
                going = folder.with_name(_GOING + folder.name)
                folder.rename(going)  # whole or not at all, so that nobody opens half a course
                shutil.rmtree(going, ignore_errors=True)
                removed.append(folder.name)
    except (OSError, ValueError) as error:
        _log.info("unused packs stay: %s", error)
    return removed


def _is_old(folder: Path) -> bool:
    return (folder / MARK).stat().st_mtime < time.time() - UNUSED_FOR


def _wanted(candidates: set[Path], learners: Path, opened: Path) -> set[Path]:
    """Those of the candidates that somebody's list names, or that a course that stays extends.

    Raises:
        OSError, ValueError: a list or a course on it cannot be read, so nobody can say.
    """
    listed = {opened}
    for file in learners.glob("*/courses-*.json"):
        listed |= folders_on(file)
    names = {folder.name for folder in listed}  # on another PC the same folder may have another drive
    stays = {folder for folder in candidates if folder.name in names}
    ids = {folder: course_id(folder) for folder in candidates}
    to_ask = listed | stays
    while to_ask:
        extended = {_extended(folder) for folder in to_ask}
        to_ask = {folder for folder in candidates - stays if ids[folder] in extended}
        stays |= to_ask
    return stays


def _extended(folder: Path) -> str:
    if not (folder / COURSE_FILE).is_file():
        raise ValueError(f"{folder} cannot be read now")
    return extended_id(folder)


def _as_unpacked(folder: Path) -> bool:
    """Whether all in it is as it was unpacked, and nothing else is in it."""
    mark = json.loads((folder / MARK).read_text(encoding="ascii"))
    return isinstance(mark, dict) and mark.get("files") == _files(folder)


def _files(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != folder / MARK
    }
