"""A learner's path through a session, with real processes and a real data folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tutor.errors import Fault
from tutor.lessons.loader import load_course
from tutor.runner.result import Outcome
from tutor.session.events import (
    Checked,
    ChoiceJudged,
    HintShown,
    InputWanted,
    LessonBroken,
    Offer,
    OutputWaiting,
    PredictionJudged,
    ProgressChanged,
    RunEnded,
    RunStarted,
    SolutionShown,
    StepOpened,
    StepState,
    Trouble,
)
from tutor.session.start import open_session

RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"


def journal_lines(data: Path) -> list[dict]:
    files = sorted(data.glob("learners/*/progress/*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_first_start_opens_the_first_step(start) -> None:
    session, heard = start()
    session.open()
    view = heard.wait(StepOpened).view
    assert (view.lesson.id, view.step.id, view.number, view.count) == ("all-kinds", "begin", 1, 9)
    assert view.first_ever
    assert view.program == "print('Ward 4')"


def test_wrong_then_right_then_closed_and_found_again(start, places) -> None:
    session, heard = start()
    session.open("all-kinds", "add")
    assert heard.wait(StepOpened).view.program.startswith("def add")
    session.edit(WRONG)
    session.check()
    refused = heard.wait(Checked)
    assert not refused.verdict.passed
    assert refused.verdict.first_failed.subject == "add(1, 2)"
    assert (refused.verdict.first_failed.expected, refused.verdict.first_failed.got) == ("3", "-1")
    session.edit(RIGHT)
    session.check()
    assert heard.wait(Checked).verdict.passed
    changed = heard.wait(ProgressChanged)
    assert changed.step_passed == "add"
    assert changed.states[6] is StepState.DONE
    assert session.close().saved

    kinds = [line["kind"] for line in journal_lines(places.data)]
    assert kinds == ["session-started", "step-opened", "checked", "checked", "passed"]

    again, heard = start()
    again.open()
    view = heard.wait(StepOpened).view
    assert (view.step.id, view.program, view.passed) == ("add", RIGHT, True)
    assert view.solution_open
    assert not view.first_ever


def test_a_program_talks_and_is_answered(start) -> None:
    session, heard = start()
    session.open("all-kinds", "talk")
    heard.wait(StepOpened)
    session.run()
    assert heard.wait(InputWanted).prompt == "Name? "
    session.send_line("Amara")
    ended = heard.wait(RunEnded)
    assert ended.result.outcome is Outcome.FINISHED
    assert "".join(text for _stream, text in session.take_output()).endswith("Hello Amara\n")


def test_a_program_without_end_stops_when_told(start) -> None:
    session, heard = start()
    session.open("all-kinds", "talk")
    session.settle()
    session.edit("print('begun', flush=True)\nwhile True:\n    pass\n")
    session.run()
    heard.wait(OutputWaiting)
    assert session.running
    session.stop()
    ended = heard.wait(RunEnded)
    assert ended.result.outcome is Outcome.STOPPED
    assert not session.running


@pytest.mark.parametrize("verb", ["run", "check", "predict"])
def test_what_is_stopped_before_its_program_has_begun_ends_as_stopped(
    verb: str, small_course, places, heard_type
) -> None:
    heard = heard_type()

    def emit(event: object) -> None:
        """Stop in the moment that is between the window's "running" and the program itself."""
        if isinstance(event, RunStarted):
            session.stop()
        heard(event)

    session = open_session(emit, places, course=load_course(small_course).value)
    try:
        session.open("all-kinds", "guess" if verb == "predict" else "talk")
        heard.wait(StepOpened)
        if verb == "predict":
            session.predict("4")
            assert session.settle()
        else:
            getattr(session, verb)()
            assert heard.wait(RunEnded).result.outcome is Outcome.STOPPED
        assert not session.running
        assert not [event for event in heard.all if isinstance(event, Trouble)]
    finally:
        session.close()


def test_a_check_without_end_stops_when_told(start) -> None:
    session, heard = start()
    session.open("all-kinds", "add")
    session.settle()
    session.edit("while True:\n    pass\n")
    session.check()
    session.settle()
    session.stop()
    assert heard.wait(RunEnded).result.outcome is Outcome.STOPPED
    assert not [event for event in heard.all if isinstance(event, Checked)]


def test_leaving_a_step_ends_what_runs_and_nothing_is_heard_of_it(start) -> None:
    session, heard = start()
    session.open("all-kinds", "talk")
    session.settle()
    session.edit("while True:\n    pass\n")
    session.run()
    session.open("all-kinds", "add")
    session.settle()
    assert not session.running
    assert not [event for event in heard.all if isinstance(event, RunEnded)]


def test_a_prediction_meets_the_truth(start) -> None:
    session, heard = start()
    session.open("all-kinds", "guess")
    session.predict("22")
    judged = heard.wait(PredictionJudged)
    assert not judged.right
    assert judged.truth.strip() == "4"
    found = {option.text: option for option in judged.options}
    assert {text: (option.correct, option.chosen) for text, option in found.items()} == {
        "4": (True, False),
        "22": (False, True),
        "An error": (False, False),
    }
    assert found["22"].because == "That would be text."
    assert judged.options[-1].text == "An error"
    assert heard.wait(ProgressChanged).step_passed == "guess"


def test_a_choice_is_judged_with_its_reason(start) -> None:
    session, heard = start()
    session.open("all-kinds", "pick")
    shown = [choice.text for choice in heard.wait(StepOpened).view.step.choices]
    session.choose([shown.index("input")])
    refused = heard.wait(ChoiceJudged)
    assert not refused.passed
    assert [option.because for option in refused.options if option.chosen] == ["It asks."]
    session.choose([shown.index("print")])
    assert heard.wait(ChoiceJudged).passed
    assert heard.wait(ProgressChanged).step_passed == "pick"


def test_choices_are_mixed_the_same_way_each_time_and_kept_by_the_lessons_numbers(start, places) -> None:
    session, heard = start()
    orders = []
    for _again in range(2):
        session.open("all-kinds", "many")
        orders.append([choice.text for choice in heard.wait(StepOpened).view.step.choices])
    assert orders[0] == orders[1] != ["right", "b", "c", "d", "e", "f"]
    session.choose([orders[0].index("right")])
    heard.wait(ProgressChanged)
    session.close()
    (chosen,) = [line for line in journal_lines(places.data) if line.get("kind") == "chosen"]
    assert chosen["numbers"] == [0]


def test_gaps_are_filled_and_judged(start) -> None:
    session, heard = start()
    session.open("all-kinds", "gaps")
    session.settle()
    session.fill({"show": "show"})
    session.check()
    assert not heard.wait(Checked).verdict.passed
    session.fill({"show": " print "})
    session.check()
    assert heard.wait(Checked).verdict.passed


def test_lines_are_arranged_and_judged(start) -> None:
    session, heard = start()
    session.open("all-kinds", "order")
    view = heard.wait(StepOpened).view
    assert sorted(view.lines) == ['name = "Amara"', "print(Name)", "print(name)"]
    session.arrange(["print(name)", 'name = "Amara"'])
    session.check()
    assert not heard.wait(Checked).verdict.passed
    session.arrange(['name = "Amara"', "print(name)"])
    session.check()
    assert heard.wait(Checked).verdict.passed


def test_help_grows_with_the_tries(start) -> None:
    session, heard = start()
    session.open("all-kinds", "add")
    session.settle()
    offers = []
    for number in range(5):
        session.edit(f"def add(a, b):\n    return a - b - {number}\n")
        session.check()
        checked = heard.wait(Checked)
        offers.append(checked.offer)
        assert checked.tries == number + 1
    assert offers[0] is Offer.NONE
    assert offers[-1] is Offer.SOLUTION
    session.hint()
    assert heard.wait(HintShown).text == "Which sign adds?"
    session.show_solution()
    assert heard.wait(SolutionShown).program == RIGHT


def test_the_arranged_version_is_judged_with_the_exercises_own_files(start, places) -> None:
    session, heard = start()
    session.open("all-kinds", "count")
    heard.wait(StepOpened)
    session.try_arranging()
    view = heard.wait(StepOpened).view
    assert view.step.kind == "arrange"
    assert len(view.lines) == 4
    session.arrange(
        ["def beds():", '    with open("beds.txt") as file:', "        return len(file.readlines())"]
    )
    session.check()
    assert heard.wait(Checked).verdict.passed
    assert heard.wait(ProgressChanged).step_passed == "count"
    session.close()
    assert [line["by"] for line in journal_lines(places.data) if line["kind"] == "passed"] == ["arrange"]


def test_the_solution_stays_closed_before(start) -> None:
    session, heard = start()
    session.open("all-kinds", "add")
    session.show_solution()
    session.settle()
    assert not [event for event in heard.all if isinstance(event, SolutionShown)]


def test_next_goes_through_the_lessons_and_counts_reading(start) -> None:
    session, heard = start()
    session.open()
    assert heard.wait(StepOpened).view.step.id == "begin"
    session.next()
    view = heard.wait(StepOpened).view
    assert view.step.id == "guess"
    assert view.states[0] is StepState.DONE
    session.go_to(9)
    assert heard.wait(StepOpened).view.step.id == "talk"
    session.next()
    assert heard.wait(StepOpened).view.lesson.id == "second"
    session.previous()
    assert heard.wait(StepOpened).view.step.id == "talk"


def test_late_keystrokes_go_to_the_step_they_were_typed_into(start) -> None:
    session, heard = start()
    session.open("all-kinds", "add")
    session.settle()
    session.open("all-kinds", "talk")
    session.settle()
    session.edit(RIGHT, "small/all-kinds#add.exercise")
    session.open("all-kinds", "add")
    session.settle()
    views = [event.view for event in heard.all if isinstance(event, StepOpened)]
    assert views[-1].program == RIGHT
    assert "input" in views[-2].program


def test_a_broken_lesson_shows_its_problems_and_the_last_good_one_stays(start, small_course) -> None:
    session, heard = start()
    session.open("second")
    session.settle()
    file = small_course / "first" / "02-second.yaml"
    file.write_text(
        "format: 1\ntitle: Broken\nsteps:\n  - {kind: reed, id: only, text: The end.}\n", encoding="utf-8"
    )
    session.reload()
    broken = heard.wait(LessonBroken)
    assert broken.kept
    assert broken.problems[0].place.line == 4
    file.write_text(
        "format: 1\ntitle: Mended\nsteps:\n  - {kind: read, id: only, text: The end.}\n", encoding="utf-8"
    )
    session.reload()
    assert heard.wait(StepOpened).view.lesson.title == "Mended"


def test_an_unknown_lesson_is_said_and_the_first_is_opened(start) -> None:
    session, heard = start()
    session.open("no-such-lesson")
    trouble = heard.wait(Trouble)
    assert trouble.fault is Fault.LESSON
    assert heard.wait(StepOpened).view.lesson.id == "all-kinds"


def test_the_outline_counts_what_is_done_and_the_resume_card_knows_the_place(start) -> None:
    session, heard = start()
    session.open("second")
    session.mark_read()
    heard.wait(ProgressChanged)
    (chapter,) = session.outline()
    assert [(lesson.done, lesson.count, lesson.current) for lesson in chapter.lessons] == [
        (0, 9, False),
        (1, 1, True),
    ]
    session.close()
    again, heard = start()
    again.open()
    heard.wait(StepOpened)
    card = again.resume_card()
    assert card is not None
    assert (card.lesson.id, card.step_number, card.step_count) == ("second", 1, 1)


def test_the_programs_that_ran_are_kept_newest_first(start) -> None:
    session, heard = start()
    session.open("all-kinds", "add")
    session.settle()
    session.edit(WRONG)
    session.check()
    heard.wait(Checked)
    session.edit(RIGHT)
    session.check()
    heard.wait(ProgressChanged)
    assert [(kept.text, kept.passed) for kept in session.history()[:2]] == [(RIGHT, True), (WRONG, False)]


def test_no_process_is_left_when_the_session_closes(start) -> None:
    import psutil

    # Other tests of this process may have runners of their own.
    before = set(psutil.Process().children(recursive=True))
    session, heard = start()
    session.open("all-kinds", "talk")
    session.settle()
    session.edit("print('begun', flush=True)\nwhile True:\n    pass\n")
    session.run()
    heard.wait(OutputWaiting)
    ours = set(psutil.Process().children(recursive=True)) - before
    assert ours
    session.close()
    _gone, alive = psutil.wait_procs(ours, timeout=10)
    assert not alive


def test_an_option_of_several_lines_ends_with_its_last_line() -> None:
    from tutor.lessons.model import Prediction
    from tutor.session.options import option_text

    assert option_text(Prediction("98\n96\n")) == "98\n96"


def test_the_next_lesson_is_read_ahead_and_not_again_when_it_is_opened(start, monkeypatch) -> None:
    from tutor.lessons import loader

    read = []
    load = loader.load_lesson
    monkeypatch.setattr(
        loader, "load_lesson", lambda path, course: read.append(path.name) or load(path, course)
    )
    session, heard = start()
    session.open()
    heard.wait(StepOpened)
    session.read_ahead()
    assert session.settle()
    assert read == ["01-all-kinds.yaml", "02-second.yaml"]
    session.open("second")
    assert heard.wait(StepOpened).view.lesson.id == "second"
    session.read_ahead()
    assert session.settle(), "there is no lesson after the last"
    assert read == ["01-all-kinds.yaml", "02-second.yaml"]
