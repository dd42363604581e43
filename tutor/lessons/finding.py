"""Finding the course that a lesson file belongs to."""

from __future__ import annotations

from pathlib import Path

COURSE_FILE = "course.yaml"


def course_folder_of(path: Path) -> Path | None:
    """The nearest folder at or above `path` that holds a course.yaml, or None."""
    whole = path.absolute()
    folders = [whole, *whole.parents] if whole.is_dir() else list(whole.parents)
    return next((folder for folder in folders if (folder / COURSE_FILE).is_file()), None)
