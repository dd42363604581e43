"""The line that says what is being opened: only when it takes long, and never longer than that."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from tutor.session.events import Openable, Opening, OpeningEnded
from tutor.ui.hands import Hands
from tutor.ui.opening_line import OpeningLine


def line(hands: Hands) -> OpeningLine:
    found = hands.window.findChild(OpeningLine)
    assert found is not None
    hands.wait(lambda: not found._under_way, "what was opened for this test is open")
    return found


def time_is_up(hands: Hands) -> None:
    """The wait before anything is said is over now."""
    timer = hands.window.findChild(OpeningLine).findChild(QTimer)
    assert timer.isActive()
    timer.setInterval(0)
    hands.wait(lambda: not timer.isActive(), "the wait is over")


def place(hands: Hands) -> str:
    return hands.window.header._breadcrumb.accessibleName()


def test_what_opens_at_once_says_nothing(hands: Hands) -> None:
    shown, before = line(hands), place(hands)
    shown.show_event(Opening(Openable.STEP))
    assert place(hands) == before
    shown.show_event(OpeningEnded())
    timer = shown.findChild(QTimer)
    assert timer is not None and not timer.isActive()


def test_the_line_stays_while_any_of_several_is_being_opened_and_then_the_place_stands_there(
    hands: Hands,
) -> None:
    shown, before = line(hands), place(hands)
    shown.show_event(Opening(Openable.LESSON, "The end"))
    time_is_up(hands)
    assert place(hands) == "Opening The end \u2026"
    shown.show_event(Opening(Openable.STEP))
    assert place(hands) == "Opening the step \u2026"
    shown.show_event(OpeningEnded())
    assert place(hands) == "Opening the step \u2026", "the second is still waited for"
    shown.show_event(OpeningEnded())
    assert place(hands) == before
    assert hands.window.header.opening == ""


def test_what_leads_nowhere_is_over_too(hands: Hands) -> None:
    hands.open("the-end")
    before = place(hands)
    hands.opened.session.next()  # there is no next step
    assert hands.opened.session.settle(30)
    line(hands)
    assert place(hands) == before


def test_a_course_that_is_refused_is_no_more_being_opened(hands: Hands) -> None:
    hands.opened.session.courses.open(hands.opened.navigation.folders.data / "nothing")
    hands.wait(lambda: hands.window.courses_panel.said, "it is refused")
    line(hands)
    assert hands.window.header.opening == ""


def test_a_copy_that_takes_long_is_named_until_it_is_open(hands: Hands) -> None:
    shown, before = line(hands), place(hands)
    shown.show_event(Opening(Openable.COPY))
    time_is_up(hands)
    assert place(hands) == "Making your own copy of the course \u2026"
    shown.show_event(OpeningEnded())
    assert place(hands) == before
