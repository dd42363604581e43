"""A course that extends another: what was done in one is done in the other, and each keeps its own list and track."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tutor.authoring.course_source import PacksAndFolders
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.paths import Folders
from tutor.progress import events as journal
from tutor.progress.events import About
from tutor.progress.journal import utc_now
from tutor.progress.store import Store
from tutor.session.events import (
    Checked,
    CourseOpened,
    PlaceTaken,
    ReviewOffered,
    StepOpened,
    StepState,
    StepView,
)
from tutor.session.session import Session
from tutor.session.start import open_session

RIGHT = "def add(a, b):\n    return a + b\n"
HALF = "def add(a, b):\n    return a\n"

Begin = Callable[[Path], tuple[Session, Any]]


@pytest.fixture
def trust_course(small_course: Path, tmp_path: Path) -> Path:
    """Extends the small course: one lesson replaced, one added."""
    folder = tmp_path / "trust"
    (folder / "ours").mkdir(parents=True)
    (folder / "course.yaml").write_text(
        "format: 1\nid: trust\ntitle: Trust\nversion: '0.1'\nlanguage: en-GB\nlicence: CC-BY-4.0\nsummary: Ours.\n"
        "extends: small\nchapters:\n"
        "  - {id: ours, title: Ours, folder: ours, lessons: [01-all-kinds, 02-ours]}\n",
        encoding="utf-8",
    )
    text = (small_course / "first" / "01-all-kinds.yaml").read_text(encoding="utf-8")
    text = text.replace("title: All kinds of step", "title: Our kinds of step")
    text = text.replace("Write `add(a, b)`.", "On our wards, write `add(a, b)`.")
    (folder / "ours" / "01-all-kinds.yaml").write_text(text, encoding="utf-8")
    (folder / "ours" / "beds.txt").write_text("1\n2\n3\n", encoding="utf-8")
    (folder / "ours" / "02-ours.yaml").write_text(
        "format: 1\nid: trust-ours\ntitle: Ours\nminutes: 5\nsteps:\n  - {kind: read, id: only, text: Ours.}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def begin(small_course: Path, places: Folders, heard_type: Any) -> Iterator[Begin]:
    """Open a session on a course folder."""
    opened = []

    def make(folder: Path) -> tuple[Session, Any]:
        heard = heard_type()
        course = course_in(folder, small_course)
        session = open_session(heard, places, course=course, source=PacksAndFolders(places))
        opened.append(session)
        return session, heard

    yield make
    for session in opened:
        session.close()


def course_in(folder: Path, *installed: Path) -> Course:
    course = load_course(folder, installed=installed).value
    assert course is not None
    return course


def step_opened(session: Session, heard: Any, lesson: str, step: str) -> StepView:
    session.settle()
    session.open(lesson, step)
    while True:
        view: StepView = heard.wait(StepOpened).view
        if (view.lesson.id, view.step.id) == (lesson, step):
            return view


def course_opened(session: Session, heard: Any, folder: Path) -> StepView:
    session.settle()
    session.courses.open(folder)
    heard.wait(CourseOpened)
    view: StepView = heard.wait(StepOpened).view
    return view


def passed(session: Session, heard: Any) -> None:
    step_opened(session, heard, "all-kinds", "add")
    session.edit(RIGHT)
    session.check()
    assert heard.wait(Checked).verdict.passed


def done(session: Session) -> dict[str, int]:
    return {lesson.heading.id: lesson.done for chapter in session.outline() for lesson in chapter.lessons}


def test_what_was_done_in_a_course_is_done_in_one_that_extends_it(
    begin: Begin, small_course: Path, trust_course: Path
) -> None:
    session, heard = begin(small_course)
    session.open("second", "only")
    session.mark_read()
    passed(session, heard)
    view = course_opened(session, heard, trust_course)
    assert view.course.id == "trust"
    assert (view.lesson.id, view.lesson.title, view.step.id) == ("all-kinds", "Our kinds of step", "add")
    assert view.passed and view.solution_open
    assert view.program == RIGHT and view.draft_restored
    assert [kept.text for kept in session.history()] == [RIGHT]
    assert done(session) == {"all-kinds": 1, "second": 1, "trust-ours": 0}


def test_what_was_done_in_an_extending_course_is_done_in_the_course_itself(
    begin: Begin, small_course: Path, trust_course: Path
) -> None:
    session, heard = begin(trust_course)
    passed(session, heard)
    session.open("second", "only")
    session.mark_read()
    view = course_opened(session, heard, small_course)
    assert (view.course.id, view.lesson.id) == ("small", "second")
    assert view.states == (StepState.DONE,)
    view = step_opened(session, heard, "all-kinds", "add")
    assert view.lesson.title == "All kinds of step"
    assert view.passed and view.program == RIGHT


def test_a_draft_goes_to_and_fro_between_a_lesson_and_the_one_that_replaces_it(
    begin: Begin, small_course: Path, trust_course: Path
) -> None:
    session, heard = begin(small_course)
    step_opened(session, heard, "all-kinds", "add")
    session.edit(HALF)
    assert course_opened(session, heard, trust_course).program == HALF
    session.edit(RIGHT)
    assert course_opened(session, heard, small_course).program == RIGHT
    session.close()
    session, heard = begin(trust_course)
    assert step_opened(session, heard, "all-kinds", "add").program == RIGHT


def test_the_place_is_one_but_never_in_a_lesson_that_the_course_has_not(
    begin: Begin, small_course: Path, trust_course: Path
) -> None:
    session, heard = begin(small_course)
    step_opened(session, heard, "all-kinds", "gaps")
    assert course_opened(session, heard, trust_course).step.id == "gaps"
    step_opened(session, heard, "trust-ours", "only")
    assert course_opened(session, heard, small_course).step.id == "gaps"
    card = session.resume_card()
    assert card is not None and card.lesson.id == "all-kinds"


def test_the_track_and_the_list_of_courses_are_still_each_courses_own(
    begin: Begin, small_course: Path, trust_course: Path
) -> None:
    session, heard = begin(small_course)
    session.settle()
    session.courses.choose_track("short")
    course_opened(session, heard, trust_course)
    assert session.courses.track == ""
    assert {"Small", "Trust"} <= {one.title for one in session.courses.shown}
    course_opened(session, heard, small_course)
    assert session.courses.track == "short"


def test_a_place_code_of_the_course_is_taken_by_one_that_only_adds_lessons_and_back(
    begin: Begin, small_course: Path, trust_course: Path, tmp_path: Path, places: Folders
) -> None:
    session, heard = begin(small_course)
    session.open("second", "only")
    session.mark_read()
    session.settle()
    work = session.work
    assert work is not None
    code = work.place_code(session.course)
    session.close()
    session, heard = begin(trust_course)
    session.people.start_fresh("Sam")
    session.settle()
    session.people.bring_place(code)
    assert heard.wait(PlaceTaken).lessons == 1
    assert done(session)["second"] == 1
    course_opened(session, heard, small_course)
    assert done(session)["second"] == 1


def test_what_is_due_comes_back_on_a_review_card_of_the_extending_course(
    begin: Begin, small_course: Path, trust_course: Path, places: Folders
) -> None:
    for folder in (small_course / "first", trust_course / "ours"):
        file = folder / "01-all-kinds.yaml"
        text = file.read_text(encoding="utf-8")
        asks = "    id: guess\n    review: true\n    concepts: [adding]\n"
        file.write_text(text.replace("    id: guess\n", asks), encoding="utf-8")
    store = Store(places, clock=lambda: utc_now() - timedelta(days=5))
    about = About(course="small", lesson="all-kinds", step="guess", concepts=("adding",))
    store.record(journal.Predicted(about=about, right=True))
    store.close()
    session, heard = begin(trust_course)
    session.reviews.offer()
    (question,) = heard.wait(ReviewOffered).questions
    assert (question.concept, question.view.course.id, question.view.step.id) == ("adding", "trust", "guess")


def test_the_journal_tells_in_which_course_it_was_done(small_course: Path, trust_course: Path) -> None:
    base, trust = course_in(small_course), course_in(trust_course, small_course)
    assert (base.progress_id, base.edition) == ("small", "1.0")
    assert (trust.progress_id, trust.edition) == ("small", "trust 0.1")


def test_work_kept_under_an_extending_courses_own_id_does_no_harm(
    begin: Begin, trust_course: Path, places: Folders
) -> None:
    store = Store(places)
    store.record(journal.Passed(about=About(course="trust", lesson="all-kinds", step="add")))
    store.record(journal.StepOpened(about=About(course="trust", lesson="second", step="only")))
    store.close()
    session, heard = begin(trust_course)
    session.open()
    view = heard.wait(StepOpened).view
    assert (view.lesson.id, view.step.id) == ("all-kinds", "begin")
    assert not any(done(session).values())
