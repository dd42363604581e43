"""Loading one lesson file and its answers."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from tutor.lessons.build_course import build_answers
from tutor.lessons.build_lesson import build_lesson
from tutor.lessons.format_lesson import ANSWERS, LESSON
from tutor.lessons.loaded import Loaded
from tutor.lessons.model import Answers, Course, Lesson, LessonHeading, StepHeading, StepKind
from tutor.lessons.nodes import Mapping
from tutor.lessons.reading import FileRead, read_file, read_text
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.static_rules import check_lesson
from tutor.lessons.surroundings import surroundings

_NUMBER = re.compile(r"^\d+[-_. ]*")


def load_lesson(
    path: Path, course: Course | None = None, *, advice_rules: Collection[str] | None = None
) -> Loaded[Lesson]:
    """One lesson, whole.

    Args:
        path: the lesson's YAML file.
        course: the course it belongs to; without it, links, rules and other lessons are not judged.
        advice_rules: the ids of `tutor explain` that `advice:` can name; None: they are not judged.

    Returns:
        the lesson, or None where anything is wrong with it; all problems of the file, sorted by their place.
    """
    return read_lesson(path, course, advice_rules=advice_rules).loaded


class LessonRead(Struct, frozen=True):
    """A lesson as far as it could be read, and the heading that the outline shows whatever is wrong with it.

    `entry` holds what was read with its places in the file; None where the file is not YAML, or no lesson.
    """

    loaded: Loaded[Lesson]
    heading: LessonHeading
    entry: Entry | None = None


class LessonFile:
    """A lesson file that was read once; what its course says about it may be asked later.

    Args:
        path: the lesson's YAML file.
        text: stands for the file's contents where it is given.
    """

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        self._report = Report(path)
        self._read = (
            read_file(path, LESSON, self._report) if text is None else read_text(text, LESSON, self._report)
        )

    @property
    def entry(self) -> Entry | None:
        """What was read; None where the file is not YAML, or no lesson."""
        entry: Entry | None = self._read.value
        return entry

    def heading(self, *, broken: bool | None = None) -> LessonHeading:
        """The heading; `broken` where it is not given tells only whether the file could be read."""
        entry = self.entry
        if entry is None:
            return _broken_heading(self.path, self._read)
        known = self._report.has_errors if broken is None else broken
        return _heading(entry, self.path, self._id(entry), known)

    def judged(
        self, course: Course | None = None, *, advice_rules: Collection[str] | None = None
    ) -> LessonRead:
        """The lesson with all problems of the file; to be asked once."""
        entry, report = self.entry, self._report
        if entry is None:
            return LessonRead(Loaded(None, report.sorted()), self.heading())
        lesson_id = self._id(entry)
        check_lesson(entry, lesson_id, surroundings(self.path, course, advice_rules), report)
        lesson = None if report.has_errors else build_lesson(entry, self.path, lesson_id, report)
        return LessonRead(Loaded(lesson, report.sorted()), self.heading(broken=lesson is None), entry)

    def _id(self, entry: Entry) -> str:
        return entry.get("id") or default_id(self.path)


def read_lesson(
    path: Path,
    course: Course | None = None,
    *,
    text: str | None = None,
    advice_rules: Collection[str] | None = None,
) -> LessonRead:
    """As load_lesson, with the heading; `text` stands for the file's contents where it is given."""
    return LessonFile(path, text).judged(course, advice_rules=advice_rules)


def default_id(path: Path) -> str:
    """A lesson's id where it names none: the file's name without its number."""
    name = path.stem.lower()
    found = re.findall(r"[a-z0-9]+", _NUMBER.sub("", name) or name)
    return "-".join(found) or "lesson"


def load_answers(path: Path, lesson: Lesson) -> Loaded[tuple[Answers, ...]]:
    """Other people's programs for the steps of a lesson, from its `NAME.answers.yaml`."""
    report = Report(path)
    read = read_file(path, ANSWERS, report)
    if isinstance(read.root, Mapping):
        steps = [step.id for step in lesson.steps]
        for key, _ in read.root.pairs:
            if key.text not in steps:
                hint = did_you_mean(key.text, steps)
                report.error(key, "", f"lesson {lesson.id} has no step `{key.text}`", hint, "answers")
    answers = None if report.has_errors or read.value is None else build_answers(read.value)
    return Loaded(answers, report.sorted())


def answers_path(lesson_path: Path) -> Path:
    """Where a lesson's answers are, whether or not there are any."""
    return lesson_path.with_suffix(".answers.yaml")


def _heading(entry: Entry, path: Path, lesson_id: str, broken: bool) -> LessonHeading:
    steps = tuple(
        StepHeading(
            id=step.get("id", ""),
            kind=StepKind(step.get("kind")),
            title=step.get("title", ""),
            concepts=step.get("concepts", ()),
            review=step.get("review", False),
        )
        for step in entry.get("steps", ())
    )
    return LessonHeading(
        id=lesson_id,
        title=entry.get("title", lesson_id),
        minutes=entry.get("minutes", 0),
        summary=entry.get("summary", ""),
        steps=steps,
        path=path,
        needs=entry.get("needs", ()),
        concepts=entry.get("concepts", ()),
        broken=broken,
    )


def _broken_heading(path: Path, read: FileRead) -> LessonHeading:
    """What the text alone tells: the id must stay what it was, for progress is stored under it."""
    written = re.search(r"^id:[ \t]*([a-z0-9-]+)[ \t]*(?:#.*)?$", read.text, re.MULTILINE)
    titled = re.search(r"^title:[ \t]*(\S.*?)[ \t]*$", read.text, re.MULTILINE)
    lesson_id = written.group(1) if written else default_id(path)
    title = titled.group(1).strip("\"'") if titled else lesson_id
    return LessonHeading(lesson_id, title, 0, "", (), path, broken=True)
