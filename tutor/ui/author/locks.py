"""Whether a course's files can be changed here, and if not, why, in words."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tutor.lessons.finding import COURSE_FILE
from tutor.paths import Folders, course_folder, is_frozen


def can_be_changed(course: Path) -> bool:
    """Whether the system lets a course's files be changed. Reads the disk."""
    there = (path for path in (course, course / COURSE_FILE) if path.exists())
    return all(os.access(path, os.W_OK) for path in there)


def why_locked(course: Path, where: Folders, *, writable: bool) -> str:
    """Why nothing in a course folder can be changed; "" where it can. Reads no disk.

    An installed course is read only: an upgrade would replace what was changed in it. In a checkout of the tutor the
    shipped course is where its writers work.

    Args:
        course: its folder.
        where: the tutor's folders.
        writable: as `can_be_changed` says.
    """
    shipped = course_folder()
    installed = course.is_relative_to(where.courses) or (
        course == shipped and (is_frozen() or shipped.parent.name == "bundled")
    )
    if installed:
        return QCoreApplication.translate(
            "AuthorBar",
            "This course is installed, so its files stay as they are. Make your own copy to change it.",
        )
    if not writable:
        return QCoreApplication.translate(
            "AuthorBar", "This folder can only be read: {folder}. Make your own copy to change it."
        ).format(folder=course)
    return ""


def why_file_locked(file: Path, course: Path, where: Folders, *, writable: bool) -> str:
    """Why one file cannot be changed, shortly; "" where it can."""
    if why_locked(course, where, writable=writable):
        return QCoreApplication.translate("AuthorBar", "Read only")
    if not file.is_relative_to(course):
        return QCoreApplication.translate(
            "AuthorBar", "Read only: it belongs to the course that this one extends"
        )
    return ""
