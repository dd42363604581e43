"""Spaced review by concept: 1, 3, 7, 16 and 35 days; a miss goes back to 1."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.lessons.model import Course
from tutor.progress import events
from tutor.progress.events import About, Entry, Event
from tutor.progress.lines import milliseconds
from tutor.progress.review import DAYS, due_cards, schedule
from tutor.progress.state import Answered, Progress

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy with other things

MONDAY = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def day(number: float) -> datetime:
    return MONDAY + timedelta(days=number)


def answer(when: float, right: bool = True, *concepts: str, review: bool = True) -> Answered:
    return Answered("demo", "first", "s1", concepts or ("print",), right, day(when), review)


def due_in(answers: list[Answered], now: float) -> int:
    """Days from now until the concept is due."""
    return (schedule(answers, "demo", day(now))["print"].due - day(now).date()).days


def test_the_days_are_those_of_the_course() -> None:
    assert DAYS == (1, 3, 7, 16, 35)


def test_right_answers_when_due_space_a_concept_out_to_35_days_and_no_further() -> None:
    answers, now, gaps = [answer(0)], 0, []
    for _ in range(7):
        gap = due_in(answers, now)
        gaps.append(gap)
        now += gap
        answers.append(answer(now))
    assert gaps == [1, 3, 7, 16, 35, 35, 35]


def test_a_miss_goes_back_to_one_day() -> None:
    answers = [answer(0), answer(1), answer(4)]
    assert due_in(answers, 4) == 7
    assert due_in([*answers, answer(11, False)], 11) == 1
    assert due_in([*answers, answer(11, False), answer(12)], 12) == 3


def test_being_right_before_it_is_due_only_counts_the_days_anew() -> None:
    assert due_in([answer(0), answer(0.01), answer(0.02)], 0.02) == 1
    assert due_in([answer(0), answer(1), answer(2)], 2) == 3


def test_the_next_day_is_one_day_whatever_the_hour() -> None:
    evening, morning = MONDAY, datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    one = Answered("demo", "first", "s1", ("print",), True, evening, False)
    assert schedule([one], "demo", morning)["print"].due == morning.date()


def test_days_are_those_of_the_learners_time_zone() -> None:
    late = Answered("demo", "first", "s1", ("print",), True, datetime(2026, 3, 2, 23, 30, tzinfo=UTC), False)
    summer = datetime(2026, 3, 3, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    assert schedule([late], "demo", summer)["print"].last.isoformat() == "2026-03-03"


def test_an_answer_from_the_future_counts_as_given_now() -> None:
    assert due_in([answer(4000)], 0) == 1


def test_another_courses_concepts_are_its_own() -> None:
    assert schedule([answer(0)], "other", day(1)) == {}


def progress(*happened: tuple[float, Event]) -> Progress:
    return Progress(
        Entry(event, day(when), "a", number + 1, milliseconds(day(when)))
        for number, (when, event) in enumerate(happened)
    )


def right(step: str, lesson: str, when: float = 0) -> tuple[float, Event]:
    concepts = (f"{lesson}-{int(step[1:]) % 2}",)
    return when, events.Chosen(about=About("demo", lesson, step, concepts), right=True)


def reviewed(step: str, lesson: str, when: float, right: bool = True) -> tuple[float, Event]:
    concept = f"{lesson}-{int(step[1:]) % 2}"
    about = About("demo", lesson, step, (concept,))
    return when, events.Reviewed(about=about, right=right, concept=concept)


def test_only_steps_marked_for_review_that_were_passed_come_back(make_course: Callable[..., Course]) -> None:
    course = make_course()
    done = progress(right("s1", "first"), right("s2", "second"))  # s2 is not marked for review
    assert due_cards(course, done, day(0)) == ()
    (card,) = due_cards(course, done, day(1))
    assert (card.concept, card.lesson.id, card.step.id) == ("first-1", "first", "s1")
    assert card.due == day(1).date()


def test_at_most_three_cards_the_longest_overdue_first(make_course: Callable[..., Course]) -> None:
    course = make_course(("first", "second", "third", "fourth"))
    done = progress(
        *(right("s1", lesson, n) for n, lesson in enumerate(("fourth", "third", "second", "first")))
    )
    assert [card.lesson.id for card in due_cards(course, done, day(10))] == ["fourth", "third", "second"]
    assert len(due_cards(course, done, day(10), most=1)) == 1
    assert due_cards(course, done, day(10)) == due_cards(course, done, day(10)), "the same each time"


def test_of_two_fitting_steps_the_one_that_was_asked_longest_ago_comes(
    make_course: Callable[..., Course],
) -> None:
    course = make_course()
    done = [right("s1", "first", 0), right("s3", "first", 0.1)]
    (card,) = due_cards(course, progress(*done), day(1))
    assert card.step.id == "s1"
    (card,) = due_cards(course, progress(*done, reviewed("s1", "first", 1)), day(4))
    assert card.step.id == "s3"


def test_a_skipped_card_comes_again_and_an_answered_one_does_not(make_course: Callable[..., Course]) -> None:
    course = make_course()
    done = [right("s1", "first", 0)]
    assert len(due_cards(course, progress(*done), day(1))) == 1
    assert len(due_cards(course, progress(*done), day(2))) == 1
    assert due_cards(course, progress(*done, reviewed("s1", "first", 2)), day(2)) == ()
    missed = progress(*done, reviewed("s1", "first", 2, right=False))
    assert due_cards(course, missed, day(2)) == ()
    assert len(due_cards(course, missed, day(3))) == 1


@UNHURRIED
@given(st.lists(st.tuples(st.floats(0, 400), st.booleans()), min_size=1, max_size=30), st.floats(0, 800))
def test_a_concept_is_never_due_before_its_last_answer_nor_later_than_35_days_after(
    answers: list[tuple[float, bool]], now: float
) -> None:
    found = schedule([answer(when, good) for when, good in sorted(answers)], "demo", day(now))["print"]
    assert 1 <= (found.due - found.last).days <= 35
    assert found.last <= day(now).date()


@pytest.mark.parametrize("most", [0, 3])
def test_no_progress_means_no_cards(make_course: Callable[..., Course], most: int) -> None:
    assert due_cards(make_course(), progress(), day(0), most) == ()
