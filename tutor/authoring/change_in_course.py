"""Change a lesson of the course that one's own extends: copied into one's own, where it takes that lesson's place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from tutor.authoring.insertions import with_chapter, with_lesson
from tutor.authoring.source_text import SourceText, source_text
from tutor.errors import UsageError
from tutor.files import write_whole
from tutor.lessons.compose import compose
from tutor.lessons.finding import COURSE_FILE, course_folder_of
from tutor.lessons.format_course import COURSE
from tutor.lessons.lesson_loader import LessonFile, answers_path
from tutor.lessons.markup import pictures_in
from tutor.lessons.model import Chapter, Course, LessonHeading
from tutor.lessons.nodes import Mapping, Node, Scalar, Sequence
from tutor.lessons.reading import read_text
from tutor.lessons.report import Report
from tutor.lessons.source import Finding, read_source
from tutor.translation import tr


class Changeable(Struct, frozen=True):
    """A lesson that now stands in one's own course.

    Args:
        file: its file there.
        kept: files that were there already with other contents, and stay as they are.
    """

    file: Path
    kept: tuple[Path, ...] = ()


class _Plan(Struct):
    """What is to be written, and where; nothing is written while it is made."""

    new: dict[Path, bytes] = field(default_factory=dict)
    kept: list[Path] = field(default_factory=list)

    def copy(self, source: Path, target: Path) -> None:
        """A file that is to be there; what is there already stays."""
        data = source.read_bytes()
        if not target.exists():
            self.new[target] = data
        elif not target.is_file() or target.read_bytes() != data:
            self.kept.append(target)


def change_in_course(course: Course, lesson_id: str) -> Changeable:
    """Copy a lesson into the course that extends the one it belongs to, and name it in course.yaml. Whole or not at all.

    With the lesson come its answers, the data files that its steps name and the pictures of its texts, each to the same
    place in the course. The lesson keeps its id, so it takes its place, and what learners have done in it stays. Nothing
    that is there is overwritten.

    Args:
        course: one's own, with the lessons of the course that it extends.
        lesson_id: a lesson of that one.

    Raises:
        UsageError: the lesson cannot be put there, with what to do.
        OSError: something cannot be read or written; then all is as it was.
    """
    heading = course.heading(lesson_id)
    chapter = next((one for one in course.chapters if heading in one.lessons), None)
    base = course_folder_of(heading.path) if heading is not None else None
    if heading is None or chapter is None or base is None:
        raise UsageError(tr("The course has no lesson {id}.", id=lesson_id), tr("Choose another lesson."))
    if heading.path.is_relative_to(course.folder):
        raise UsageError(
            tr("{file} is in your own course already.", file=heading.path.name), tr("Change it there.")
        )
    outline = course.folder / COURSE_FILE
    source = source_text(outline.read_bytes())
    if isinstance(source, Finding):
        raise UsageError(f"{COURSE_FILE}: {source.problem}.", tr("Mend the file first."))
    folder, text = _named(source, course, chapter, heading)
    file = folder / heading.path.name
    plan = _Plan()
    for name in _files_of(heading.path):
        here, there = _within(base, heading.path.parent, name), _within(course.folder, folder, name)
        if here is not None and there is not None and here.is_file():
            plan.copy(here, there)
    plan.copy(heading.path, file)
    if file in plan.kept and (not file.is_file() or LessonFile(file).heading().id != lesson_id):
        raise UsageError(
            tr(
                "There is another lesson in {folder}/{file} of your course already.",
                folder=folder.name,
                file=file.name,
            ),
            tr("Give that file another name, in its folder and in course.yaml."),
        )
    if text != source.text:
        plan.new[outline] = source.encoded(text)  # last: until then nobody sees the lesson
    _write(plan.new, outline)
    return Changeable(file, tuple(plan.kept))


# ------------------------------------------------------------------------------------------------- where it is to stand


def _named(source: SourceText, course: Course, chapter: Chapter, heading: LessonHeading) -> tuple[Path, str]:
    """The folder of the lesson in one's own course, and course.yaml with the lesson in it."""
    name, home = heading.path.stem, heading.path.parent.name
    entry = read_text(source.text, COURSE, Report(course.folder / COURSE_FILE)).value
    chapters = (
        [(one.get("id", ""), one.get("folder", ""), one) for one in entry.get("chapters", ())]
        if entry
        else []
    )
    same = [one for one in chapters if one[0] == chapter.id]
    same += [one for one in chapters if one[1].casefold() == home.casefold()]
    try:
        if same:
            own_id, folder, own = same[0]
            named = name in [lesson for lesson, _node in own.items("lessons")]
            return course.folder / folder, source.text if named else with_lesson(
                source.text, own_id, name
            ).text
        made = with_chapter(source.text, chapter.id, chapter.title, home, name)
    except UsageError as error:
        raise UsageError(f"{COURSE_FILE}: {error.what}", error.do) from error
    return course.folder / home, made.text


def _within(course: Path, folder: Path, name: str) -> Path | None:
    """A file by the name that a lesson in this folder has for it; None where that leads out of the course."""
    file = Path(os.path.normpath(folder / name))
    return file if file.is_relative_to(course) else None


# ----------------------------------------------------------------------------------------------- what belongs to a lesson


def _files_of(lesson: Path) -> list[str]:
    """The lesson's answers, data files and pictures, by their paths from its folder; whatever is wrong with it."""
    text = read_source(lesson)
    root = compose(text).root if isinstance(text, str) else None
    steps = root.get("steps") if isinstance(root, Mapping) else None
    names = [answers_path(lesson).name]
    for step in steps.items if isinstance(steps, Sequence) else []:
        files = step.get("files") if isinstance(step, Mapping) else None
        names += [one.text for one in _texts(files)] if files is not None else []
    for one in _texts(root) if root is not None else ():
        if "media/" in one.text:
            names += [name for name in pictures_in(one.text) if name.startswith("media/")]
    return list(dict.fromkeys(names))


def _texts(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for inner in node.items if isinstance(node, Sequence) else [value for _key, value in node.pairs]:
        yield from _texts(inner)


# ---------------------------------------------------------------------------------------------------------------- writing


def _write(files: dict[Path, bytes], outline: Path) -> None:
    """Write these, all or none; only the outline replaces what is there."""
    made: list[Path] = []
    try:
        for file, data in files.items():
            made += [folder for folder in reversed(file.parents) if not folder.exists()]
            if file != outline:
                if file.exists():
                    raise FileExistsError(17, tr("a file has just been put there"), str(file))
                made.append(file)
            write_whole(file, data)
    except BaseException:
        for one in reversed(made):
            with contextlib.suppress(OSError):
                one.rmdir() if one.is_dir() else one.unlink()
        raise
