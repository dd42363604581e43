"""Courses that extend one course keep what learners do in one place: two lessons that they add must not share an id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from tutor.lessons.course_loader import COURSE_FILE, course_id, extended_id, load_course
from tutor.lessons.format_course import COURSE
from tutor.lessons.model import Course, LessonHeading, Problem
from tutor.lessons.nodes import Node
from tutor.lessons.reading import read_file
from tutor.lessons.report import Report
from tutor.translation import tr


def shared_ids(course: Course, installed: Collection[Path], cache: Path | None = None) -> list[Problem]:
    """Lessons that this course adds under an id under which another course, beside it, adds one too.

    Args:
        course: one that extends another; of others there is nothing to say.
        installed: folders of other courses.
        cache: the folder of course indexes.

    Returns:
        warnings, each at the lesson's line in course.yaml.
    """
    if course.extends is None:
        return []
    mine = _added(course, installed, cache)
    report = Report(course.folder / COURSE_FILE)
    lines = _lines(course.folder)
    for other in _beside(course, installed, cache):
        for lesson_id in sorted(mine.keys() & _added(other, installed, cache).keys()):
            line = lines.get(mine[lesson_id].path)
            if line is not None:
                problem = tr(
                    "the lesson id `{id}` is that of a lesson of the course `{course}` too, which also extends `{base}`",
                    id=lesson_id,
                    course=other.id,
                    base=course.progress_id,
                )
                hint = tr(
                    "what learners do in one counts in the other: begin the id with a word of your own, as in `{example}`",
                    example=f"{course.id}-{lesson_id}",
                )
                report.warning(line, "", problem, hint, "shared-id")
    return list(report.sorted())


def _beside(course: Course, installed: Collection[Path], cache: Path | None) -> Iterator[Course]:
    """The other courses whose progress is kept with this one's; of one course in two folders neither is another."""
    for folder in installed:
        if folder != course.folder and extended_id(folder) and course_id(folder) != course.id:
            other = load_course(folder, cache=cache, installed=installed).value
            if other is not None and other.progress_id == course.progress_id:
                yield other


def _added(course: Course, installed: Collection[Path], cache: Path | None) -> Mapping[str, LessonHeading]:
    """The lessons of a course's own that take no other lesson's place, by id."""
    own = {one.id: one for one in course.lessons if one.path.is_relative_to(course.folder)}
    base_folder = next((one for one in installed if course_id(one) == course.extends), None)
    base = load_course(base_folder, cache=cache, installed=installed).value if base_folder else None
    if base is None:
        return {}
    return {lesson_id: one for lesson_id, one in own.items() if base.heading(lesson_id) is None}


def _lines(folder: Path) -> Mapping[Path, Node]:
    """Where course.yaml names each lesson file."""
    read = read_file(folder / COURSE_FILE, COURSE, Report(folder / COURSE_FILE))
    found: dict[Path, Node] = {}
    for chapter in read.value.get("chapters", ()) if read.value is not None else ():
        for name, node in chapter.items("lessons"):
            found[folder / chapter.get("folder", "") / f"{name}.yaml"] = node
    return found
