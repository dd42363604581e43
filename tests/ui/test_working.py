"""Working on each kind of step: the real widgets, real key events, the real session and runner behind them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.lessons.model import Course
from tutor.session.events import StepState
from tutor.ui.hands import Hands

NO, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def filled(hands: Hands) -> list[str]:
    """The buttons that are filled now."""
    buttons = {
        "run": hands.work.panel.actions_row.run,
        "check": hands.work.panel.actions_row.check,
        "predict": hands.work.predict.answer,
        "choose": hands.work.choose.answer,
        "next": hands.window.footer.next,
        "to work": hands.window.lesson.to_work,
    }
    return [name for name, button in buttons.items() if button.property("primary") and button.isVisible()]


def test_f5_runs_the_program_and_shows_what_it_prints(hands: Hands) -> None:
    assert filled(hands) == ["run"]
    hands.run()
    hands.wait_for_end()
    hands.wait(lambda: hands.work.panel.output.view.toPlainText() == "Bed 1", "the output is shown")
    assert hands.work.panel.output.ending.startswith("The program ran to its end.")
    assert filled(hands) == ["next"]


def test_what_is_typed_is_what_runs(hands: Hands) -> None:
    hands.type_program(hands.work.editor, 'print("Bed 2")\n')
    hands.run()
    hands.wait_for_end()
    hands.wait(lambda: hands.work.panel.output.view.toPlainText() == "Bed 2", "the output is shown")


def test_a_prediction_is_picked_with_a_digit_and_the_truth_comes_with_its_reason(hands: Hands) -> None:
    hands.open("every-kind", "pick-it")
    assert filled(hands) == ["predict"]
    assert not hands.work.predict.answer.isEnabled()
    hands.pick("a + b")
    hands.answer()
    options = hands.work.predict.options
    assert options is not None
    assert hands.work.predict.truth.strip() == "ab"
    assert options.named("a + b").spoken == "your answer, not right The quotes and the plus are not shown."
    assert options.named("ab").spoken.startswith("right")
    assert not options.named("ab").mark.isEnabled()
    assert filled(hands) == ["next"]
    hands.wait(lambda: hands.window.footer.next.hasFocus(), "the keyboard is where one goes on")


def test_the_truth_comes_into_view_where_the_window_is_low(hands: Hands) -> None:
    hands.open("every-kind", "pick-it")
    work = hands.work.predict
    work.setFixedHeight(120)
    hands.pick("a + b")
    hands.answer()
    bar = work.verticalScrollBar()
    hands.wait(lambda: bar.maximum() > 0 and bar.value() == bar.maximum(), "the page is at its end")
    assert bar.value() > 0


def test_a_prediction_can_be_typed(hands: Hands) -> None:
    hands.open("every-kind", "type-it")
    hands.type("2")
    hands.answer()
    assert hands.work.predict.truth.strip() == "2"
    assert options_are_gone(hands)


def options_are_gone(hands: Hands) -> bool:
    return hands.work.predict.options is None and not hands.work.predict.answer.isVisible()


def test_a_wrong_choice_gives_its_reason_and_does_not_give_the_right_one_away(hands: Hands) -> None:
    hands.open("every-kind", "pick-one")
    hands.pick("`12`")
    hands.answer()
    options = hands.work.choose.options
    assert options is not None
    assert options.named("`12`").spoken == "your answer, not right This is a number."
    assert options.named("`'12'`").spoken == ""
    assert filled(hands) == ["choose"]
    hands.pick("`'12'`")
    hands.answer()
    assert options.named("`'12'`").spoken == "your answer, right It stands in quotes."
    assert filled(hands) == ["next"]


def test_several_answers_are_ticked(hands: Hands) -> None:
    hands.open("every-kind", "pick-two")
    hands.pick("two")
    hands.answer()
    assert filled(hands) == ["choose"]
    hands.pick("four")
    hands.answer()
    assert filled(hands) == ["next"]


def test_a_click_anywhere_on_an_answer_picks_it(hands: Hands) -> None:
    hands.open("every-kind", "pick-one")
    options = hands.work.choose.options
    assert options is not None
    card = options.options[1]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, NO, QPoint(card.width() - 20, card.height() // 2))
    assert options.chosen == [1]


def test_gaps_are_filled_from_tab_to_tab_and_checked(hands: Hands) -> None:
    hands.open("every-kind", "filling")
    assert filled(hands) == ["check"]
    hands.fill(["print", "5"])
    hands.check()
    assert hands.work.panel.checks.verdict is not None
    assert not hands.work.panel.checks.verdict.passed
    hands.work.gaps.set_gap_answers({})
    hands.fill(["print", "4"])
    hands.check()
    assert hands.work.panel.checks.verdict.passed
    assert filled(hands) == ["next"]


def test_lines_are_arranged_with_the_keyboard_alone(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    hands.arrange('rate = 30\nif rate > 25:\n    print("high")\n')
    assert hands.work.arrange.texts == ["rate = 30", "if rate > 25:", '    print("high")']
    assert [line.text for line in hands.work.arrange.aside.lines] == ["print('low')"]
    hands.check()
    assert hands.work.panel.checks.verdict is not None
    assert hands.work.panel.checks.verdict.passed, hands.work.panel.checks.spoken()


def test_a_lifted_line_moves_with_the_arrows_and_is_put_down_with_space(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    lines = hands.work.arrange.program
    before = [line.text for line in lines.lines]
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    assert [line.text for line in lines.lines] == [before[1], before[0], *before[2:]]
    hands.press(Qt.Key.Key_Down)
    assert [line.text for line in lines.lines] == [before[1], before[0], *before[2:]]
    assert lines.currentRow() == 2


def test_arranged_lines_are_found_again(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    hands.press(Qt.Key.Key_Delete)
    hands.press(Qt.Key.Key_Right)
    left = hands.work.arrange.texts
    hands.next()
    hands.open("every-kind", "arranging")
    assert hands.work.arrange.texts == left
    assert hands.work.arrange.aside.count() == 1


def test_a_failed_check_shows_expected_beside_got_and_reveals_hidden_cases(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "def double(number):\n    return number + 2\n")
    hands.check()
    checks = hands.work.panel.checks
    assert checks.verdict is not None
    assert checks.verdict.sentence() == "0 of 3 checks pass. First to mend:"
    first = checks.comparisons()[0]
    assert (first.check.expected, first.check.got) == ("8", "6")
    assert first.isVisible()
    assert "Twice 4 is 8." in checks.spoken()
    assert any("hidden until now" in text for text in checks.texts())


def test_a_right_program_passes_fills_its_dot_and_opens_our_solution(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    assert filled(hands) == ["run"]
    assert not hands.window.lesson.solution.isVisible()
    hands.type_program(hands.work.editor, "def double(number):\n    return number * 2\n")
    hands.run()
    hands.wait_for_end()
    assert filled(hands) == ["check"]
    hands.check()
    assert filled(hands) == ["next"]
    hands.wait(lambda: hands.window.lesson.steps.dots[7].state is StepState.DONE, "the dot is filled")
    hands.click(hands.window.lesson.solution)
    hands.wait(
        lambda: "Our solution" in hands.window.lesson.text.toPlainText(), "the solution stands in the lesson"
    )


def test_the_untouched_starter_is_told_from_a_wrong_answer(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.check()
    checks = hands.work.panel.checks
    assert checks.verdict is not None
    assert checks.verdict.not_started
    assert not checks.comparisons()


def test_an_error_is_explained_in_the_output_and_marked_in_the_editor(hands: Hands) -> None:
    hands.open("every-kind", "mending")
    hands.run()
    hands.wait(lambda: hands.work.panel.output.input.isVisible(), "the program asks")
    hands.type("Mei")
    hands.press(Qt.Key.Key_Return)
    hands.wait_for_end()
    card = hands.work.panel.output.advice_cards()[0]
    assert card.advice.line == 2
    assert hands.work.editor.error_line() == 2
    assert card.python is not None
    assert not card.python.is_open
    assert hands.work.editor.isAncestorOf(QApplication.focusWidget()), "the keyboard is back in the program"
    hands.click(card.python.heading)
    assert card.python.is_open


def test_input_shows_its_prompt_and_takes_the_keyboard(hands: Hands) -> None:
    hands.open("every-kind", "mending")
    hands.type_program(hands.work.editor, 'name = input("Your name? ")\nprint("Hello " + name)\n')
    hands.run()
    line = hands.work.panel.output.input
    hands.wait(lambda: line.isVisible() and line.line.hasFocus(), "the input line takes the keyboard")
    assert line.prompt == "Your name?"
    hands.type("Zoë")
    hands.press(Qt.Key.Key_Return)
    hands.wait_for_end()
    hands.wait(lambda: "Hello Zoë" in hands.work.panel.output.view.toPlainText(), "the answer is used")
    assert "Your name? Zoë" in hands.work.panel.output.view.toPlainText()


def test_run_becomes_stop_and_stops_a_program_that_never_ends(hands: Hands) -> None:
    hands.type_program(hands.work.editor, "while True: pass\n")
    hands.run()
    row = hands.work.panel.actions_row
    assert row.run.text().startswith("Stop")
    assert filled(hands) == []
    hands.click(row.run)
    hands.wait_for_end()
    assert hands.work.panel.output.ending.startswith("Stopped by you.")
    assert row.run.text().startswith("Run")


def test_shift_f5_stops_a_program_that_prints_without_end(hands: Hands) -> None:
    hands.type_program(hands.work.editor, 'while True: print("x" * 80)\n')
    hands.run()
    hands.wait(lambda: hands.work.panel.output.view.blockCount() > 50, "output comes")
    hands.press(Qt.Key.Key_F5, SHIFT)
    hands.wait_for_end()
    assert not hands.opened.session.running


def test_reset_goes_back_to_the_start_and_ctrl_z_undoes_it(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    mine = "def double(number):\n    return 0\n"
    hands.type_program(hands.work.editor, mine)
    hands.click(hands.work.title.reset)
    assert hands.work.editor.text() == "def double(number):\n    ...\n"
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.work.editor.text() == mine


def test_hints_come_one_by_one_under_the_text(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    lesson = hands.window.lesson
    assert lesson.hint.text() == "Hint 1 of 2"
    hands.press(Qt.Key.Key_H, CTRL | SHIFT)
    hands.wait(lambda: "What does twice mean?" in lesson.text.toPlainText(), "the first hint is shown")
    assert lesson.hint.text() == "Hint 2 of 2"
    hands.click(lesson.hint)
    hands.wait(lambda: "Use return and *." in lesson.text.toPlainText(), "the second hint is shown")
    assert not lesson.hint.isEnabled()


def test_a_draft_typed_in_the_last_moment_goes_to_its_own_step(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.type_program(hands.work.editor, "mine = 1\n")
    hands.next()
    assert "nme" in hands.work.editor.text()
    hands.open("every-kind", "writing")
    assert hands.work.editor.text() == "mine = 1\n"


def test_everything_is_found_again_after_closing(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    first = open_on(course)
    first.open("every-kind", "writing")
    first.type_program(first.work.editor, "def double(number):\n    return number * 2\n")
    first.check()
    first.next()
    first.type_program(first.work.editor, "half = 0.5\n")
    first.window.close()
    second = open_on(course)
    second.open()
    assert second.opened.wiring.view is not None
    assert second.opened.wiring.view.step.id == "mending"
    assert second.work.editor.text() == "half = 0.5\n"
    assert second.window.lesson.steps.dots[7].state is StepState.DONE


@pytest.mark.parametrize("start", ["run", "check"])
def test_names_on_offer_go_as_the_program_runs_or_is_checked(hands: Hands, start: str) -> None:
    hands.open("every-kind", "writing")
    editor = hands.work.editor
    editor.go_to(2, 4)
    hands.type("numb")
    names = editor._assist.list
    hands.wait(names.isVisible, "names are offered")
    strike = hands.run if start == "run" else hands.check
    strike()
    assert not names.isVisible()
    hands.wait_for_end() if start == "run" else None
    assert not names.isVisible()
    assert "numb..." in editor.text()
