"""What a learner makes of what they were given, and what of it is still to be told."""

from __future__ import annotations

from tutor.ui.work.own_work import OwnWork


def test_what_stands_in_the_editor_is_news_once() -> None:
    own = OwnWork[str]()
    assert own.to_show("here", "given") == "given"
    own.shown("here", told="given")
    assert own.news("given") == ""
    assert own.news("typed") == "here"
    assert own.news("typed") == ""
    assert own.news("given") == "here"  # taken back by hand


def test_before_anything_is_shown_nothing_is_news() -> None:
    own = OwnWork[str]()
    assert own.news("typed") == ""


def test_a_view_that_was_made_before_somebody_typed_does_not_take_it_away() -> None:
    own = OwnWork[str]()
    own.to_show("here", "given")
    own.shown("here", told="given")
    own.news("typed")
    own.to_show("there", "other")
    own.shown("there", told="other")
    assert own.to_show("here", "given") == "typed"
    own.shown("here", told="given")
    assert own.news("typed") == "here"


def test_nothing_of_somebody_is_left_for_the_next() -> None:
    own = OwnWork[str]()
    own.to_show("here", "given")
    own.shown("here", told="given")
    own.news("typed")
    own.forget()
    assert own.news("more") == ""
    assert own.to_show("here", "given") == "given"
