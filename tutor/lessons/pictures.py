"""The pictures of lesson text, read by whoever reads the lesson: a window that showed a file's name would wait for its disk."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from tutor.lessons.finding import course_folder_of
from tutor.lessons.markup import pictures_in
from tutor.lessons.model import Pictures

#: A larger file is no picture for a lesson.
LARGEST = 20_000_000


def media_of(lesson: Path, course: Path) -> Path:
    """Where a lesson's pictures are: beside its file, else in the course that it belongs to. Reads the disk."""
    beside = lesson.parent / "media"
    if beside.is_dir():
        return beside
    return (course_folder_of(lesson) or course) / "media"


def read_pictures(text: str, media: Path) -> Pictures:
    """The pictures that a text shows, as far as they are in this folder and can be read.

    Args:
        text: lesson Markdown.
        media: the folder that `media/` stands for.
    """
    if "media/" not in text:
        return {}
    found: dict[str, bytes] = {}
    for name in pictures_in(text):
        file = _file_of(name, media)
        if file is not None and name not in found:
            try:
                if file.is_file() and file.stat().st_size <= LARGEST:
                    found[name] = file.read_bytes()
            except OSError:
                continue  # its description stands in its place
    return found


def _file_of(name: str, media: Path) -> Path | None:
    """The file of a picture, or None for one that is not in media/."""
    path = PurePosixPath(name)
    if len(path.parts) < 2 or path.parts[0] != "media" or ".." in path.parts:
        return None
    try:
        file = (media / PurePosixPath(*path.parts[1:])).resolve()
        return file if file.is_relative_to(media.resolve()) else None
    except (OSError, ValueError, RuntimeError):
        return None
