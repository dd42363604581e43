"""Pictures of what lesson writers see: on a copy of the course, driven as a writer would."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tutor.authoring.cases import case_text, read_case
from tutor.authoring.lint import lint
from tutor.authoring.replay import CaseState, Replayed
from tutor.lessons.model import Course, ExerciseStep
from tutor.translation import tr
from tutor.ui.app import OpenWindow
from tutor.ui.author.test_pane import Tested
from tutor.ui.hands import Hands
from tutor.ui.pictures.book import PictureBook


def author_pictures(book: PictureBook) -> None:
    """Every screen of the author mode, in a window on a course whose files may be changed."""
    opened, hands, picture = book.opened, book.hands, book.picture
    author = opened.author.author
    assert author is not None
    course = opened.session.course
    lesson, step = _first_exercise(opened, course)
    hands.open(lesson, step.id)
    picture("author-bar")
    author.edit()
    hands.wait(lambda: author.writing.current is not None, "the file is open")
    hands.wait(lambda: not author.writing.reading, "the file is read for problems")
    picture("author-file")
    editor, good = author.room.file.editor, author.room.file.editor.text()
    slip = good.replace("    solution: |", "    solutoin: |", 1).replace("minutes: ", "minuts: ", 1)
    editor.replace_all(slip)
    QApplication.processEvents()
    author.writing.save()
    hands.wait(lambda: bool(editor.problem_boxes()), "the problems are shown")
    author.go_to_problem(author.writing.problems[0])
    picture("author-problems")
    report = lint([step.place.file], run=None)
    author._open_dock(author.room.test)
    author.room.test.begin(step.place.file.name)
    author.room.test.show_progress(12, 48, f"{lesson}#{step.id}")
    picture("author-testing")
    author.room.test.show_tested(Tested(step.place.file.name, report))
    picture("author-tested")
    author._open_dock(author.room.file)
    file = step.place.file
    file.write_text(file.read_text(encoding="utf-8").replace("title:", "title: Other", 1), encoding="utf-8")
    editor.replace_all(good)
    hands.wait(lambda: bool(author.room.file.question), "it is asked which text counts")
    picture("author-two-texts")
    author.room.file.answers[0].click()
    hands.wait(lambda: "solutoin" not in file.read_text(encoding="utf-8"), "the text is saved")
    hands.open(lesson, step.id)
    author.show_checks()
    picture("author-checks")
    author.new_step()
    picture("author-new-step")
    hands.press(Qt.Key.Key_Escape)
    author.new_lesson()
    hands.type("Count the beds")
    picture("author-new-lesson")
    hands.press(Qt.Key.Key_Escape)
    author.show_cases()
    picture("author-cases-empty")
    author.room.cases.show_cases(_cases(course, lesson, step))
    next(iter(author.room.cases.folds.values())).set_open(True)
    picture("author-cases")
    author.try_as_learner()
    picture("author-as-learner")
    author.try_as_learner()


def author_locked(book: PictureBook) -> None:
    """An installed course, opened by a writer."""
    book.hands.open()
    book.picture("author-installed")


def author_extended(book: PictureBook) -> None:
    """A lesson of the course that the writer's own extends: only read, and then changed in the writer's own."""
    author, hands = book.opened.author.author, book.hands
    assert author is not None
    hands.open(book.opened.session.course.lessons[1].id)
    author.edit()
    lock = author.room.file.lock
    hands.wait(lambda: lock.isVisible() and not author.writing.reading, "the file is open")
    book.picture("author-extended")
    lock.change.click()
    hands.wait(lambda: author.room.bar.message and not lock.isVisible(), "the lesson is the writer's own")
    hands.wait(lambda: not author.writing.reading, "the file is read for problems")
    book.picture("author-changed")


def installed_copy(course: Path, courses: Path) -> Path:
    """The course where installed ones are."""
    return Path(shutil.copytree(course, courses / "installed"))


def _first_exercise(opened: OpenWindow, course: Course) -> tuple[str, ExerciseStep]:
    hands = Hands(opened)
    for heading in course.lessons[4:]:
        hands.open(heading.id)
        view = opened.wiring.view
        for step in view.lesson.steps if view is not None else ():
            if isinstance(step, ExerciseStep) and step.mistakes:
                return heading.id, step
    raise LookupError("no lesson of this course has an exercise")


def _cases(course: Course, lesson: str, step: ExerciseStep) -> list[Replayed]:
    text = case_text(
        course=f"{course.id} {course.version}",
        lesson=lesson,
        step=step.id,
        content_hash=step.content_hash,
        program=step.solution,
        reason="It prints the same.",
    )
    case = read_case(text)
    file = step.place.file
    damaged = tr("Its program has {now} lines; it had {before}.", now=3, before=4)
    return [
        Replayed(Path("from-the-ward.case.txt"), CaseState.STILL_REFUSED, tr("It is still refused."), case, False),
        Replayed(Path("rounding.case.txt"), CaseState.NOW_PASSES, tr("It passes now."), case, True, False, file),
        Replayed(Path("old.case.txt"), CaseState.LESSON_CHANGED, f"{tr('The step was changed since.')} {tr('It passes now.')}", case, True, False, file),
        Replayed(Path("cut.case.txt"), CaseState.DAMAGED, damaged),
    ]  # fmt: skip
