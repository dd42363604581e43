"""What is typed belongs to the step that it was typed into, and what runs to the step that is open."""

from __future__ import annotations

from tutor.session.events import OutputWaiting, RunEnded, StepOpened, StepView, WhoseWork

LATE = "def add(a, b):\n    return b + a\n"


def opened(session, heard, step: str) -> StepView:
    session.open("all-kinds", step)
    return heard.wait(StepOpened).view


def test_what_is_typed_while_the_next_step_opens_goes_to_the_step_before(start) -> None:
    session, heard = start()
    before = opened(session, heard, "add")
    after = opened(session, heard, "talk")
    session.edit(LATE, before.place)
    session.fill({"show": "print"}, before.place)
    back = opened(session, heard, "add")
    assert (back.program, back.answer) == (LATE, {"show": "print"})
    assert opened(session, heard, "talk").program == after.program


def test_what_belongs_to_a_step_longer_ago_is_dropped(start) -> None:
    session, heard = start()
    long_ago = opened(session, heard, "add")
    for step in ("count", "talk"):
        opened(session, heard, step)
    session.edit(LATE, long_ago.place)
    for step in ("count", "talk", "add"):
        view = opened(session, heard, step)
        assert view.program == view.starter


def test_gaps_and_program_are_kept_beside_each_other(start) -> None:
    session, heard = start()
    opened(session, heard, "gaps")
    session.fill({"show": "print"})
    session.edit("typed")
    opened(session, heard, "add")
    view = opened(session, heard, "gaps")
    assert (view.program, view.answer) == ("typed", {"show": "print"})


def test_what_runs_is_heard_no_more_when_its_step_is_left(start) -> None:
    session, heard = start()
    opened(session, heard, "talk")
    session.edit("print('begun', flush=True)\nwhile True:\n    pass\n")
    session.run()
    heard.wait(OutputWaiting)
    opened(session, heard, "add")
    assert not session.running
    assert session.take_output() == []
    assert session.close().saved
    assert not [event for event in heard.all if isinstance(event, RunEnded)]


def test_nobodys_work_takes_nothing_that_is_typed(start) -> None:
    session, heard = start()
    before, view = opened(session, heard, "talk"), opened(session, heard, "add")
    session.people.park()
    while heard.wait(WhoseWork).at_work:
        pass
    session.edit(LATE, before.place)
    session.edit(LATE, view.place)
    session.edit(LATE)
    assert session.work is None
    assert session.history() == ()
    assert session.reset() == ""
