"""What learners are told of a lesson itself: who reviewed it, and where its facts come from."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tutor.lessons.loader import load_course
from tutor.lessons.model import Lesson, Review, Source
from tutor.paths import course_folder
from tutor.ui.about_lesson import about_lesson_html
from tutor.ui.hands import Hands

COURSE = Path(__file__).parent / "course"
TODAY = datetime.date(2026, 11, 22)
NOT_YET = "This lesson is not yet reviewed by a clinician."


@pytest.fixture
def hands(open_on: Callable[..., Hands], tmp_path: Path) -> Hands:
    folder = Path(shutil.copytree(COURSE, tmp_path / "course"))
    file = folder / "first" / "01-every-kind.yaml"
    sources = 'sources:\n  - {title: "A <book> read", year: 2017, confirmed: true}\n  - {title: A page unread}\nsteps:'
    file.write_text(file.read_text(encoding="utf-8").replace("steps:", sources, 1), encoding="utf-8")
    course = load_course(folder).value
    assert course is not None
    made = open_on(course)
    made.open("every-kind", "reading")
    return made


def lesson_text(hands: Hands) -> str:
    return hands.window.lesson.text.toPlainText()


def test_the_first_step_says_that_no_clinician_has_reviewed_the_lesson(hands: Hands) -> None:
    lesson = load_lesson(hands)
    hands.open("every-kind", lesson.steps[0].id)
    assert lesson_text(hands).rstrip().endswith(NOT_YET)


def test_the_last_step_names_the_sources_and_which_nobody_has_read_yet(hands: Hands) -> None:
    lesson = load_lesson(hands)
    hands.open("every-kind", lesson.steps[-1].id)
    assert NOT_YET in lesson_text(hands)
    assert "Sources: A <book> read, 2017; A page unread (not yet read there by us)." in lesson_text(hands)


def test_the_steps_between_are_left_alone(hands: Hands) -> None:
    lesson = load_lesson(hands)
    hands.open("every-kind", lesson.steps[1].id)
    assert NOT_YET not in lesson_text(hands)


def load_lesson(hands: Hands) -> Lesson:
    view = hands.window.lesson._view
    assert view is not None
    return view.lesson


def test_a_review_is_told_with_its_name_day_and_whether_it_still_holds(hands: Hands) -> None:
    lesson = replace(load_lesson(hands), content_hash="abcabcabcabc", sources=())
    held = Review(by="Dr A", on="2026-01-02", until="2027-01-02", of="abcabcabcabc")
    assert "Reviewed by Dr A on 2026-01-02." in about_lesson_html(
        replace(lesson, clinical_review=held), 1, TODAY
    )
    changed = replace(lesson, clinical_review=replace(held, of="abdabdabdabd"))
    assert "has changed since its review by Dr A" in about_lesson_html(changed, 1, TODAY)
    late = replace(lesson, clinical_review=replace(held, until="2026-11-01"))
    assert "by Dr A on 2026-01-02, is out of date." in about_lesson_html(late, 1, TODAY)


def test_text_of_a_source_cannot_become_markup(hands: Hands) -> None:
    lesson = replace(load_lesson(hands), sources=(Source("<b>x</b>"),))
    assert "<b>" not in about_lesson_html(lesson, len(lesson.steps), TODAY)


def test_the_first_screen_stays_short(open_on: Callable[..., Hands]) -> None:
    course = load_course(course_folder()).value
    assert course is not None
    hands = open_on(course)
    words = lesson_text(hands).replace(NOT_YET, "").split()
    assert len(words) <= 60 + len(course.lessons[0].title.split())
