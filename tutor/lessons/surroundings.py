"""What a lesson can refer to outside its own file; what is not known is None, and then not judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from tutor.lessons.finding import course_folder_of
from tutor.lessons.model import Course, Rule, StepKind


class Surroundings(Struct, frozen=True):
    """Where a lesson stands.

    Args:
        folder: the lesson's own folder: media/ and data/ are in it.
        course_folder: nothing outside it can be named; None where the course is not known.
        terms: the glossary's terms, folded with `fold_term`.
        rules: the course's rules by id.
        lessons: for each lesson's id its steps, by id with their kind.
        pages: file names of the course's reference pages.
        advice_rules: ids of `tutor explain` that `advice:` can name.
    """

    folder: Path
    course_folder: Path | None = None
    terms: Collection[str] | None = None
    rules: Mapping[str, Rule] | None = None
    lessons: Mapping[str, Mapping[str, StepKind]] | None = None
    pages: Collection[str] | None = None
    advice_rules: Collection[str] | None = None


def surroundings(
    path: Path, course: Course | None, advice_rules: Collection[str] | None = None
) -> Surroundings:
    """What the lesson file at that path can refer to."""
    if course is None:
        return Surroundings(path.parent, advice_rules=advice_rules)
    # A lesson of an extended course stands in that course's folder, not in the folder of the course that extends it.
    here = path.is_relative_to(course.folder)
    return Surroundings(
        folder=path.parent,
        course_folder=course.folder if here else course_folder_of(path) or course.folder,
        terms=frozenset(fold_term(term) for term in course.glossary),
        rules=course.rules,
        lessons=_Lessons(course),
        pages=frozenset(page.path.name for page in course.pages),
        advice_rules=advice_rules,
    )


class _Lessons(Mapping[str, Mapping[str, StepKind]]):
    """The lessons of a course and their steps, looked up when they are asked for: most lessons ask for none."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def __getitem__(self, lesson_id: str) -> Mapping[str, StepKind]:
        heading = self._course.heading(lesson_id)
        if heading is None:
            raise KeyError(lesson_id)
        return {step.id: step.kind for step in heading.steps}

    def __iter__(self) -> Iterator[str]:
        return (lesson.id for lesson in self._course.lessons)

    def __len__(self) -> int:
        return len(self._course.lessons)


def fold_term(term: str) -> str:
    """A glossary term as it is looked up: capitals and runs of blanks do not count."""
    return " ".join(term.split()).casefold()
