"""Review cards at the start: due by days, at most three, answered once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tutor.lessons.loader import load_course
from tutor.paths import Folders
from tutor.progress import events as journal
from tutor.progress.journal import utc_now
from tutor.progress.store import Store
from tutor.session.events import ReviewJudged, ReviewOffered

Start = Callable[[], tuple[Any, Any]]


@pytest.fixture
def five_days_ago(small_course: Path, places: Folders) -> None:
    """Two questions were answered five days ago, each about a concept of its own."""
    file = small_course / "first" / "01-all-kinds.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("    id: guess\n", "    id: guess\n    review: true\n    concepts: [adding]\n")
    text = text.replace("    id: pick\n", "    id: pick\n    review: true\n    concepts: [printing]\n")
    file.write_text(text, encoding="utf-8")
    course = load_course(small_course).value
    assert course is not None
    store = Store(places, clock=lambda: utc_now() - timedelta(days=5))

    def about(step: str, concept: str) -> journal.About:
        return journal.About(course="small", lesson="all-kinds", step=step, concepts=(concept,))

    store.record(journal.Predicted(about=about("guess", "adding"), right=True))
    store.record(journal.Chosen(about=about("pick", "printing"), right=True, numbers=(0,)))
    store.close()


def test_what_is_due_is_offered_as_the_steps_themselves_with_mixed_choices(
    five_days_ago: None, start: Start
) -> None:
    session, heard = start()
    session.reviews.offer()
    offered = heard.wait(ReviewOffered)
    assert [(one.concept, one.view.step.id) for one in offered.questions] == [
        ("adding", "guess"),
        ("printing", "pick"),
    ]
    assert all(not one.view.answer for one in offered.questions)


def test_a_choice_is_judged_and_recorded_once_as_reviewed(five_days_ago: None, start: Start) -> None:
    session, heard = start()
    session.reviews.offer()
    offered = heard.wait(ReviewOffered)
    choices = offered.questions[1].view.step.choices
    wrong = next(number for number, one in enumerate(choices) if not one.correct)
    session.reviews.choose(1, [wrong])
    judged = heard.wait(ReviewJudged)
    assert judged.number == 1 and judged.choice is not None and not judged.choice.passed
    session.reviews.choose(1, [1 - wrong])
    assert heard.wait(ReviewJudged).choice.passed
    session.settle()
    reviewed = [one for one in session.work.progress.answered if one.review]
    assert [(one.concepts, one.right) for one in reviewed] == [(("printing",), False)]


def test_a_prediction_is_judged_by_the_run_and_is_not_due_again_tomorrow_but_in_three_days(
    five_days_ago: None, start: Start
) -> None:
    session, heard = start()
    session.reviews.offer()
    heard.wait(ReviewOffered)
    session.reviews.predict(0, "4")
    judged = heard.wait(ReviewJudged)
    assert judged.prediction is not None and judged.prediction.right
    assert judged.prediction.truth == "4\n"
    session.settle()
    assert [one.right for one in session.work.progress.answered if one.review] == [True]
    session.reviews.offer()
    assert [one.concept for one in heard.wait(ReviewOffered).questions] == ["printing"]


def test_nothing_is_offered_where_nothing_is_due(start: Start) -> None:
    session, heard = start()
    session.reviews.offer()
    session.settle()
    assert not [event for event in heard.all if isinstance(event, ReviewOffered)]
