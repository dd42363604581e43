"""What "Search or jump" finds: lessons, steps, terms, pages and commands, by the words that one types."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from tutor.lessons.model import Course
from tutor.session.events import KnownCourse
from tutor.translation import tr
from tutor.ui.shortcuts import Command


class Kind(StrEnum):
    """What was found."""

    LESSON = "lesson"
    STEP = "step"
    TERM = "term"
    PAGE = "page"
    COURSE = "course"
    COMMAND = "command"


def kind_words(kind: Kind) -> str:
    """What was found, for people."""
    return {
        Kind.LESSON: tr("lesson"),
        Kind.STEP: tr("step"),
        Kind.TERM: tr("term"),
        Kind.PAGE: tr("page"),
        Kind.COURSE: tr("course"),
        Kind.COMMAND: tr("command"),
    }[kind]


class Entry(Struct, frozen=True):
    """One thing that can be found.

    Args:
        kind: what it is.
        title: what is shown.
        more: a few words beside it: the chapter of a lesson, the keys of a command.
        target: a lesson's id, "lesson#step", a term's name, a page's id, a course's folder, or a command's name.
        words: what is searched, folded.
    """

    kind: Kind
    title: str
    more: str
    target: str
    words: str


def fold(text: str) -> str:
    """Text without case and accents, for comparing."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def entries_of(
    course: Course, commands: Sequence[Command], courses: Sequence[KnownCourse] = ()
) -> tuple[Entry, ...]:
    """All that can be found, in the order in which equal matches are shown; `courses` are others that can be opened."""
    made: list[Entry] = []
    for number, chapter in enumerate(course.chapters, 1):
        for lesson in chapter.lessons:
            words = " ".join((lesson.title, lesson.summary, *lesson.concepts, chapter.title))
            made.append(Entry(Kind.LESSON, lesson.title, f"{number} {chapter.title}", lesson.id, fold(words)))
    for lesson in course.lessons:
        for step in lesson.steps:
            if step.title:
                words = fold(f"{step.title} {' '.join(step.concepts)}")
                made.append(Entry(Kind.STEP, step.title, lesson.title, f"{lesson.id}#{step.id}", words))
    for term in course.glossary.values():
        made.append(
            Entry(Kind.TERM, term.name, _bare(term.text), term.name, fold(f"{term.name} {term.text}"))
        )
    for page in course.pages:
        made.append(Entry(Kind.PAGE, page.title, "", page.id, fold(page.title)))
    for other in courses:
        if other.title:
            said = QCoreApplication.translate("Palette", "Open the course {title}").format(title=other.title)
            made.append(Entry(Kind.COURSE, said, "", str(other.folder), fold(said)))
    for command in commands:
        keys = command.keys[0] if command.keys else ""
        made.append(Entry(Kind.COMMAND, command.text, keys, command.name, fold(command.text)))
    return tuple(made)


def find(entries: Sequence[Entry], typed: str, most: int = 12) -> list[Entry]:
    """The entries that hold every typed word, best first: titles that begin so, then titles, then anything."""
    wanted = fold(typed).split()
    if not wanted:
        return [entry for entry in entries if entry.kind in {Kind.LESSON, Kind.COMMAND}][:most]
    ranked: list[tuple[int, int, Entry]] = []
    for place, entry in enumerate(entries):
        if not all(word in entry.words for word in wanted):
            continue
        title = fold(entry.title)
        if title.startswith(" ".join(wanted)):
            rank = 0
        elif all(any(part.startswith(word) for part in title.split()) for word in wanted):
            rank = 1
        elif all(word in title for word in wanted):
            rank = 2
        else:
            rank = 3
        ranked.append((rank, place, entry))
    return [entry for _rank, _place, entry in sorted(ranked, key=lambda found: found[:2])[:most]]


def _bare(markdown: str) -> str:
    """The first line without its marks; a glossary is long, and is not parsed for a glance."""
    line = markdown.split("\n")[0]
    for mark in ("`", "[[", "]]", "**"):
        line = line.replace(mark, "")
    return line
