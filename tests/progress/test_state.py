"""What events add up to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tutor.lessons.model import Course
from tutor.progress import events
from tutor.progress.events import About, Entry, Event
from tutor.progress.lines import milliseconds
from tutor.progress.state import Progress, StepState

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(step: str = "s1", lesson: str = "first", content: str = "v1", course: str = "demo") -> About:
    return About(course=course, lesson=lesson, step=step, concepts=("print",), content_hash=content)


def progress(*happened: Event) -> Progress:
    """One event a minute."""
    entries = []
    for number, event in enumerate(happened):
        time = START + timedelta(minutes=number)
        entries.append(Entry(event, time, "a", number + 1, milliseconds(time)))
    return Progress(entries)


def test_nothing_done_is_somebodys_first_five_minutes() -> None:
    assert progress().first_ever
    assert progress(events.SessionStarted(about=at())).first_ever
    assert not progress(events.StepOpened(about=at())).first_ever
    assert progress().step("demo", "first", "s1").state is StepState.TO_DO
    assert progress().position is None


def test_looking_at_a_step_is_not_starting_it() -> None:
    found = progress(events.StepOpened(about=at())).step("demo", "first", "s1")
    assert found.state is StepState.TO_DO
    assert (found.first, found.last) == (START, START)


def test_tries_runs_hints_and_times_are_counted_until_the_pass() -> None:
    found = progress(
        events.StepOpened(about=at()),
        events.Ran(about=at(), outcome="error"),
        events.Checked(about=at(), passed=False, mistake="off-by-one", failed=("a",), tries=1),
        events.HintShown(about=at(), number=1),
        events.HintShown(about=at(), number=2),
        events.Checked(about=at(), passed=False, tries=2),
        events.SolutionShown(about=at()),
        events.Checked(about=at(), passed=True, tries=2),
        events.Checked(about=at(), passed=False, tries=3),
    ).step("demo", "first", "s1")
    assert (found.state, found.tries, found.runs, found.hints) == (StepState.DONE, 2, 1, 2)
    assert found.solution_shown and found.passed
    assert found.passed_at == START + timedelta(minutes=7)
    assert found.last == START + timedelta(minutes=8)


def test_each_kind_of_step_is_done_in_its_own_way() -> None:
    done = {
        "read": events.Read(about=at()),
        "predict, wrong": events.Predicted(about=at(), right=False),
        "choose, right": events.Chosen(about=at(), right=True),
        "check passed": events.Checked(about=at(), passed=True),
        "passed in another way": events.Passed(about=at(), by="arrange"),
    }
    begun = {
        "choose, wrong": events.Chosen(about=at(), right=False),
        "check failed": events.Checked(about=at(), passed=False),
        "run": events.Ran(about=at()),
        "solution seen": events.SolutionShown(about=at()),
        "reset": events.StarterRestored(about=at()),
    }
    for name, event in done.items():
        assert progress(event).step("demo", "first", "s1").state is StepState.DONE, name
    for name, event in begun.items():
        assert progress(event).step("demo", "first", "s1").state is StepState.STARTED, name


def test_a_pass_survives_a_change_of_the_lesson_and_the_change_can_be_seen() -> None:
    found = progress(events.Passed(about=at(content="old"))).step("demo", "first", "s1")
    assert found.passed
    assert found.changed_since("new") and not found.changed_since("old") and not found.changed_since("")
    again = progress(events.Passed(about=at(content="old")), events.Passed(about=at(content="new")))
    assert not again.step("demo", "first", "s1").changed_since("new")
    assert not progress().step("demo", "first", "s1").changed_since("new")


def test_a_lesson_is_done_when_all_the_steps_that_it_has_now_are(make_course: Callable[..., Course]) -> None:
    heading = make_course(steps=3).lessons[0]
    some = progress(events.Read(about=at("s1")), events.Ran(about=at("s2")))
    assert some.lesson("demo", heading).states == (StepState.DONE, StepState.STARTED, StepState.TO_DO)
    assert some.lesson("demo", heading).started and not some.lesson("demo", heading).done
    assert some.lesson("demo", heading).passed == 1
    everything = progress(*(events.Read(about=at(f"s{n}")) for n in (1, 2, 3)))
    assert everything.lesson("demo", heading).done
    assert everything.lesson("demo", heading).last == START + timedelta(minutes=2)
    assert not everything.lesson("demo", make_course(steps=4).lessons[0]).done
    assert not everything.lesson("other", heading).started


def test_the_place_is_the_step_that_was_opened_last_in_each_course(
    make_course: Callable[..., Course],
) -> None:
    found = progress(
        events.StepOpened(about=at("s1")),
        events.StepOpened(about=at("s2")),
        events.Ran(about=at("s1")),
        events.StepOpened(about=at("x", course="other")),
    )
    here, there = found.place_in(make_course()), found.position
    assert here is not None and (here.lesson, here.step) == ("first", "s2")
    assert there is not None and (there.course, there.step) == ("other", "x")
    assert found.place_in(make_course(course="third")) is None


def test_the_place_is_in_a_lesson_that_the_course_still_has(make_course: Callable[..., Course]) -> None:
    opened = [events.StepOpened(about=at("s1", lesson)) for lesson in ("second", "first", "second", "ours")]
    found = progress(*opened)
    place = found.place_in(make_course(("first", "second")))
    assert place is not None and place.lesson == "second"
    place = found.place_in(make_course(("first", "ours", "second")))
    assert place is not None and place.lesson == "ours"
    assert found.place_in(make_course(("third",))) is None


def test_a_place_code_marks_lessons_done_and_sets_the_place_but_undoes_nothing(
    make_course: Callable[..., Course],
) -> None:
    first, second, third = make_course().lessons
    brought = events.PlaceBrought(about=at("s2", "second"), lessons=("first",))
    found = progress(events.Passed(about=at("s1", "third")), events.Ran(about=at("s1", "first")), brought)
    assert found.lesson("demo", first).done
    assert found.step("demo", "first", "s1").brought and found.step("demo", "first", "s4").passed
    assert found.step("demo", "first", "s1").runs == 1
    assert not found.lesson("demo", second).started
    assert found.lesson("demo", third).states[0] is StepState.DONE
    place = found.place_in(make_course())
    assert place is not None and (place.lesson, place.step) == ("second", "s2")


def test_applying_an_entry_twice_counts_once() -> None:
    entry = Entry(events.Ran(about=at()), START, "a", 1, 1)
    found = Progress([entry, entry])
    found.apply(entry)
    assert found.step("demo", "first", "s1").runs == 1


def test_an_event_of_a_later_version_changes_nothing() -> None:
    found = progress(events.UnknownEvent(about=at(), kind="dreamt"))
    assert found.first_ever


def test_a_failed_check_is_no_miss_of_its_concepts_but_a_wrong_prediction_is() -> None:
    found = progress(
        events.Checked(about=at(), passed=False),
        events.Predicted(about=at(), right=False),
        events.Checked(about=at(), passed=True),
        events.Passed(about=at(), by="solution"),
        events.Reviewed(about=at(), right=True, concept="print"),
    )
    assert [(one.right, one.review) for one in found.answered] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_review_cards_leave_the_state_of_their_step_alone() -> None:
    found: Any = progress(events.Chosen(about=at(), right=True), events.Reviewed(about=at(), right=False))
    assert found.step("demo", "first", "s1").passed
    assert found.step("demo", "first", "s1").last == START
