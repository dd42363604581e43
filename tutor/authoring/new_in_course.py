"""A new lesson in a course that is there already: its file, and its line in course.yaml."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from pathlib import Path

from tutor.authoring.insertions import with_lesson
from tutor.authoring.source_text import source_text
from tutor.authoring.templates import new_lesson
from tutor.errors import UsageError
from tutor.files import write_whole
from tutor.lessons.finding import COURSE_FILE
from tutor.lessons.lesson_loader import default_id
from tutor.lessons.model import Chapter, Course
from tutor.lessons.source import Finding
from tutor.translation import tr

_LONGEST = 40


def file_name_for(title: str, chapter: Chapter) -> str:
    """The file name, without `.yaml`, of a new lesson at the end of a chapter: the next number, and the title's words."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain) or ["lesson"]
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        name = longer
    numbers = [int(found[1]) for one in chapter.lessons if (found := re.match(r"(\d+)", one.path.name))]
    return f"{max(numbers, default=0) + 1:02}-{name}"


def new_lesson_in(course: Course, chapter_id: str, title: str) -> tuple[Path, str]:
    """Write a new lesson from the template, and name it in course.yaml behind the last one of its chapter.

    Args:
        course: the course.
        chapter_id: the chapter.
        title: the lesson's title.

    Returns:
        the new file, and the lesson's id.

    Raises:
        UsageError: course.yaml is written in a way that cannot be added to, or there is such a lesson already.
        OSError: something cannot be written; then nothing is.
    """
    chapter = next((one for one in course.chapters if one.id == chapter_id), None)
    folder = chapter.folder_in(course.folder) if chapter is not None else None
    if chapter is None or folder is None:
        raise UsageError(
            tr("The course has no chapter {chapter}.", chapter=chapter_id),
            tr("Choose another chapter."),
        )
    name = file_name_for(title, chapter)
    file = folder / f"{name}.yaml"
    lesson_id = default_id(file)
    if course.heading(lesson_id) is not None:
        raise UsageError(
            tr("There is a lesson with the id {id} already.", id=lesson_id),
            tr("Choose a title that tells the two apart."),
        )
    if file.exists():
        raise UsageError(tr("There is a file {file} already.", file=file.name), tr("Choose another title."))
    outline = course.folder / COURSE_FILE
    source = source_text(outline.read_bytes())
    if isinstance(source, Finding):
        raise UsageError(f"{COURSE_FILE}: {source.problem}.", tr("Mend the file first."))
    try:
        changed = with_lesson(source.text, chapter_id, name)
    except UsageError as error:
        raise UsageError(f"{COURSE_FILE}: {error.what}", error.do) from error
    new_lesson(file, title)
    try:
        write_whole(outline, source.encoded(changed.text))
    except OSError:
        with contextlib.suppress(OSError):
            file.unlink()
        raise
    return file, lesson_id
