"""`extends`: a course that adds lessons to, or replaces lessons of, another one."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from tutor.lessons.model import Chapter, Course, LessonHeading, Page, Track

_Named = TypeVar("_Named", Track, Page)


def extend_course(base: Course, extension: Course) -> Course:
    """The base course with the extension's lessons in it.

    A lesson with the id of one of the base's takes its place there, so its id and its progress stay. Other lessons
    follow in the chapter of the same id, or in a chapter of their own at the end. Terms, rules, tracks and pages of the
    extension win over those of the same name. The result has the extension's id, title and folder; what learners do in
    it is kept where the base's is.
    """
    replacing = {lesson.id: lesson for lesson in extension.lessons}
    chapters = [
        replace(
            chapter, lessons=tuple(replacing.get(lesson.id, lesson) for lesson in chapter.lessons)
        )
        for chapter in base.chapters
    ]
    known = {lesson.id for lesson in base.lessons}
    for chapter in extension.chapters:
        new = tuple(lesson for lesson in chapter.lessons if lesson.id not in known)
        _add(chapters, chapter, new)
    return replace(
        extension,
        root=base.progress_id,
        chapters=tuple(chapters),
        tracks=_joined(base.tracks, extension.tracks),
        pages=_joined(base.pages, extension.pages),
        glossary={**base.glossary, **extension.glossary},
        rules={**base.rules, **extension.rules},
    )


def _add(chapters: list[Chapter], chapter: Chapter, new: tuple[LessonHeading, ...]) -> None:
    for number, existing in enumerate(chapters):
        if existing.id == chapter.id:
            card = chapter.card or existing.card
            chapters[number] = replace(existing, lessons=(*existing.lessons, *new), card=card, extended_in=chapter.folder)
            return
    if new:
        chapters.append(replace(chapter, lessons=new))


def _joined(base: tuple[_Named, ...], extension: tuple[_Named, ...]) -> tuple[_Named, ...]:
    """Both, by id: the extension's stand where the base's of the same id stood, the others at the end."""
    by_id = {one.id: one for one in base}
    by_id.update({one.id: one for one in extension})
    return tuple(by_id.values())
