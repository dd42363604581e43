"""The versions of everything that decides how the tutor behaves."""

from __future__ import annotations

import platform
from importlib import metadata

from tutor import __version__
from tutor.lessons.loader import load_course
from tutor.paths import course_folder


def versions() -> dict[str, str]:
    """Versions by name; "not installed" where a part is absent."""
    course = load_course(course_folder()).value
    return {
        "tutor": __version__,
        "python": platform.python_version(),
        "qt": _installed("PySide6-Essentials"),
        "scintilla": _installed("pyside6-scintilla"),
        "course": f"{course.id} {course.version}" if course else "cannot be read",
    }


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"
