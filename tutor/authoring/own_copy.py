"""Make my own copy: a new course that `extends` an installed one, which is only read and outlives its upgrades."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from pathlib import Path

from tutor.authoring.templates import lesson_text
from tutor.errors import UsageError
from tutor.files import file_part
from tutor.lessons.finding import COURSE_FILE, course_folder_of
from tutor.lessons.lesson_loader import default_id
from tutor.lessons.model import Course
from tutor.translation import tr

#: The copy's own chapter and its first lesson: nothing in them bears the name of anything in the course.
CHAPTER_FOLDER = "01-our-lessons"
FIRST_LESSON = "01-our-first-lesson"

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
_LONGEST_ID = 32

_COURSE = """# Your own course. It holds all lessons of {base_title}, and yours. That course itself is only read, so its upgrades
# reach your learners, and your lessons stay as they are.
#
# What learners have done in its lessons stays done here, and what they do here is done there.
#
# To add a lesson:      write 02-....yaml beside the first one, and name it below, without .yaml. Give it an id that no
#                       other course made from {base_title} has: one that begins with the name of your trust, for example.
# To change a lesson:   open it in the window, then Edit, and Change it in my course. By hand: copy its file, and the data
#                       and pictures that it names, into a folder here, name it below, and keep its `id`: it then takes
#                       that lesson's place.
# Try it:               tutor lint .

format: 1
id: {id}                # stable for ever
title: {title}
version: "0.1"
language: {language}
licence: {licence}
summary: {summary}
extends: {base}

chapters:
  - id: our-lessons
    title: Our lessons
    folder: {chapter}           # a folder beside this file
    lessons:
      - {lesson}           # {chapter}/{lesson}.yaml
"""


def make_own_copy(course: Course, folder: Path) -> Path:
    """A new course folder that extends the course: whole or not at all. The course's own folder is only read.

    Args:
        course: what is extended; its lessons are not copied.
        folder: where the new course's folder is put.

    Returns:
        the new course's folder.

    Raises:
        UsageError: the folder is no place for it.
        OSError: it cannot be written.
    """
    place = folder.absolute()
    if place.exists() and not place.is_dir():
        raise UsageError(tr("{folder} is a file.", folder=folder), tr("Choose a folder for the copy."))
    inside = course_folder_of(place)
    if inside is not None or place.resolve().is_relative_to(course.folder.resolve()):
        raise UsageError(
            tr("{folder} is part of a course already.", folder=folder),
            tr("Choose a folder outside it, such as Documents."),
        )
    place.mkdir(parents=True, exist_ok=True)
    new = _free(place, f"{file_part(course.id)}-own")
    beside = Path(tempfile.mkdtemp(prefix=".copying-", dir=place))
    try:
        made = beside / new.name  # so that the folder has the rights that any new folder here has
        _fill(made, course)
        made.rename(new)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return new


def _fill(folder: Path, course: Course) -> None:
    chapter = folder / CHAPTER_FOLDER
    for part in ("media", "data"):
        (chapter / part).mkdir(parents=True)
    # Two trusts that copy the same course have two courses, and each a first lesson of its own: what a learner did in
    # one's says nothing about the other's.
    mark = "".join(secrets.choice(_LETTERS) for _ in range(4))
    text = _COURSE.format(
        base_title=" ".join(course.title.split()),
        base=course.id,
        id=f"{course.id[:_LONGEST_ID].rstrip('-')}-own-{mark}",
        title=_quoted(f"{course.title}: our own"),
        language=_quoted(course.language or "en-GB"),
        licence=_quoted(course.licence or "CC-BY-4.0"),
        summary=_quoted(f"The lessons of {course.title}, and our own."),
        chapter=CHAPTER_FOLDER,
        lesson=FIRST_LESSON,
    )
    (folder / COURSE_FILE).write_text(text, encoding="utf-8", newline="\n")
    lesson = chapter / f"{FIRST_LESSON}.yaml"
    own = f"{default_id(lesson)}-{mark}"
    lesson.write_text(lesson_text(lesson, lesson_id=own), encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _free(folder: Path, name: str) -> Path:
    """A name that nothing has there yet."""
    number, free = 1, folder / name
    while free.exists():
        number += 1
        free = folder / f"{name}-{number}"
    return free
