"""Pictures of a later start: where one was, questions to look back at, and a lesson whose file is broken."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from tutor.lessons.model import Course, StepKind
from tutor.lessons.opening import open_course
from tutor.paths import Folders, course_folder, folders
from tutor.progress import events as journal
from tutor.progress.journal import utc_now
from tutor.progress.store import Store
from tutor.ui.pictures.book import PictureBook

#: What can be looked back at.
KINDS = (StepKind.PREDICT, StepKind.CHOOSE)


def was_here(where: Folders, course: Course) -> None:
    """Somebody answered questions of the course five days ago: they are due to be looked back at."""
    store = Store(where, clock=lambda: utc_now() - timedelta(days=5))
    answered: set[StepKind] = set()
    concepts: set[str] = set()  # each is asked about once
    for lesson in course.lessons:
        for step in lesson.steps:
            due = step.kind in KINDS and step.review and step.kind not in answered
            if due and concepts.isdisjoint(step.concepts):
                answered.add(step.kind)
                concepts |= set(step.concepts)
                about = journal.About(
                    course=course.id, lesson=lesson.id, step=step.id, concepts=step.concepts
                )
                store.record(journal.StepOpened(about=about))
                store.record(journal.Predicted(about=about, right=True))
    first = course.lessons[0]
    store.record(
        journal.StepOpened(about=journal.About(course=course.id, lesson=first.id, step=first.steps[0].id))
    )
    store.close()


def returning_pictures(book: PictureBook) -> None:
    """The card at the start, then each question before and after it is answered."""
    hands, lesson = book.hands, book.window.lesson
    shown = book.opened.wiring.steps_shown
    book.opened.wiring.start()
    hands.wait(lambda: book.opened.wiring.steps_shown > shown, "the step opens")
    hands.wait(lesson.look_back.isVisible, "the questions are offered")
    book.picture("resume")
    lesson.look_back.click()
    page = book.window.review
    for number in range(len(KINDS)):
        if not page.isVisible():
            raise LookupError("there are fewer questions to look back at than kinds")
        book.picture(f"review-{number + 1}")
        hands.press(Qt.Key.Key_1)
        hands.answer()
        book.picture(f"review-{number + 1}-answered")
        page.next.click()
    if page.isVisible():
        page.leave.click()


def broken_pictures(book: PictureBook, lesson: str) -> None:
    """A lesson whose file cannot be used."""
    book.opened.session.open(lesson)
    book.hands.wait(lambda: book.window.body.currentWidget() is book.window.broken, "the problems are shown")
    book.picture("broken-lesson")


def course_with_a_broken_lesson(folder: Path) -> Course | None:
    """A copy of the shipped course whose last lesson has typing slips, as a lesson writer makes them."""
    shutil.copytree(course_folder(), folder)
    loaded = open_course(folders(folder.parent / "look"), folder)
    file = loaded.lessons[-1].path
    text = file.read_text(encoding="utf-8")
    text = text.replace("kind: read", "knd: read", 1).replace("minutes: ", "minuts: ", 1)
    file.write_text(text, encoding="utf-8")
    return open_course(folders(folder.parent / "look-again"), folder)
