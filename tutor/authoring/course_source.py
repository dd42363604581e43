"""What somebody chose to open: a course folder, a folder around or inside one, or a pack, which is unpacked first.

The window has it from its start, so what unpacks and copies is imported when it is first wanted.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Collection
from pathlib import Path

from tutor.errors import UsageError
from tutor.files import file_part
from tutor.lessons.finding import COURSE_FILE
from tutor.lessons.model import Course
from tutor.lessons.opening import CourseBroken, open_course
from tutor.paths import Folders
from tutor.translation import tr

#: As in `packs`.
SUFFIX = ".c4h"

#: A lesson's pictures lie so many folders below the course's own.
_DEPTH = 3

_LONGEST_NAME = 24


class PacksAndFolders:
    """Finds courses, and copies them.

    Args:
        folders: where the tutor keeps things: packs are unpacked into its own folder of courses.
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def find(self, chosen: Path, known: Collection[Path]) -> Course:
        """The course that a folder or file stands for.

        Args:
            chosen: a folder or a file.
            known: folders of courses, beside the installed ones, that it may extend.

        Raises:
            UsageError: it is no course.
            CourseBroken: it is one that cannot be used.
            OSError: it cannot be read or unpacked.
        """
        path = chosen.absolute()
        if path.is_dir():
            return self._usable(_folder_of(path), known)
        if not path.exists():
            raise UsageError(
                tr("{folder} cannot be found.", folder=path),
                tr("Check that this PC can reach it, and try again."),
            )
        if path.suffix.lower() == SUFFIX:
            return self._of_pack(path, known)
        if path.suffix.lower() in (".yaml", ".yml"):
            return self._usable(_folder_of(path.parent), known)
        raise UsageError(tr("{name} is not a course.", name=path.name), _choose())

    def copy(self, course: Course, folder: Path) -> Path:
        """Make the person's own copy of a course in this folder; returns the new course's folder.

        Raises:
            UsageError: the folder is no place for it.
            OSError: it cannot be written.
        """
        from tutor.authoring.own_copy import make_own_copy

        return make_own_copy(course, folder)

    def _of_pack(self, file: Path, known: Collection[Path]) -> Course:
        """The course of a pack: unpacked once; the same pack is found again, a changed one is another course folder."""
        from tutor.authoring.old_packs import mark_opened, mark_unpacked, remove_unused
        from tutor.authoring.packs import contents, unpack

        contents(file)
        stem = "-".join(file_part(file.stem)[:_LONGEST_NAME].split("-"))
        folder = self._folders.courses / f"{stem.strip('-')}-{_mark(file)}"
        mark_opened(folder)
        if (folder / COURSE_FILE).is_file():
            course = self._usable(folder, known)
        else:
            unpack(file, folder)
            try:
                course = self._usable(folder, known)
            except CourseBroken:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            mark_unpacked(folder)
        where = self._folders
        tidy = threading.Thread(
            target=remove_unused, args=(where.courses, where.learners, folder), name="old-packs", daemon=True
        )
        tidy.start()  # nobody waits for it
        return course

    def _usable(self, folder: Path, known: Collection[Path]) -> Course:
        course = open_course(self._folders, folder, known)
        if all(heading.broken for heading in course.lessons):
            raise CourseBroken(folder, ())
        return course


def _folder_of(path: Path) -> Path:
    """The course's folder: this one, one of those it lies in, or the only one in it."""
    for folder in (path, *path.parents[:_DEPTH]):
        if (folder / COURSE_FILE).is_file():
            return folder
    inside = sorted(one for one in path.iterdir() if (one / COURSE_FILE).is_file())
    if len(inside) == 1:
        return inside[0]
    if inside:
        names = ", ".join(one.name for one in inside[:5])
        raise UsageError(
            tr(
                "There are {count} courses in {folder}: {names}.",
                count=len(inside),
                folder=path,
                names=names,
            ),
            tr("Choose the folder of one."),
        )
    packs = sorted(one.name for one in path.glob(f"*{SUFFIX}"))
    if packs:
        raise UsageError(
            tr(
                "There is no {file} in {folder}, so it is not a course.",
                file=COURSE_FILE,
                folder=path,
            ),
            tr("There is a course pack in it: open the file {name}.", name=packs[0]),
        )
    raise UsageError(
        tr("There is no {file} in {folder}, so it is not a course.", file=COURSE_FILE, folder=path),
        _choose(),
    )


def _mark(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:8]


def _choose() -> str:
    return tr(
        "Choose the folder that holds {file}, or a course pack ({suffix}).", file=COURSE_FILE, suffix=SUFFIX
    )
