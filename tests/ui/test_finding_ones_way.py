"""Outline, search, glossary, history, settings, help, broken lessons and small windows: real widgets, real keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QWidget

from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.session.events import StepState
from tutor.ui.appearance import SystemLook
from tutor.ui.hands import Hands
from tutor.ui.theme import DARK, LIGHT

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def step_id(hands: Hands) -> str:
    view = hands.opened.wiring.view
    return view.step.id if view else ""


# ------------------------------------------------------------------------------------------------------------- outline


def test_ctrl_o_opens_the_outline_on_the_open_lesson_and_enter_opens_another(hands: Hands) -> None:
    hands.press(Qt.Key.Key_O, CTRL)
    outline = hands.window.outline
    assert outline.isVisible()
    assert [row.lesson.heading.id for row in outline.rows] == ["every-kind", "broken", "the-end"]
    assert focused() is outline.rows[0]
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: step_id(hands) == "last", "the last lesson opens")
    assert not outline.isVisible()


def test_escape_closes_the_outline_and_the_keyboard_is_back_where_it_was(hands: Hands) -> None:
    before = focused()
    hands.press(Qt.Key.Key_O, CTRL)
    hands.press(Qt.Key.Key_Escape)
    assert not hands.window.outline.isVisible()
    assert focused() is before


def test_the_outline_shows_what_is_done(hands: Hands) -> None:
    hands.run()
    hands.wait_for_end()
    hands.next()
    hands.press(Qt.Key.Key_O, CTRL)
    assert hands.window.outline.rows[0].lesson.done == 1
    assert "1 of 10 steps done" in hands.window.outline.rows[0].accessibleDescription()


def test_dots_are_walked_with_the_arrows_and_opened_with_enter(hands: Hands) -> None:
    dots = hands.window.lesson.steps.dots
    dots[0].setFocus()
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: step_id(hands) == "type-it", "the third step opens")
    assert hands.window.lesson.steps.dots[2].current


def test_next_and_back_are_never_locked(hands: Hands) -> None:
    hands.click(hands.window.footer.next)
    hands.wait(lambda: step_id(hands) == "pick-it", "the next step opens")
    hands.press(Qt.Key.Key_PageUp, CTRL)
    hands.wait(lambda: step_id(hands) == "reading", "the step before opens")
    assert not hands.window.footer.back.isEnabled()
    assert hands.window.lesson.steps.dots[0].state is StepState.DONE


# -------------------------------------------------------------------------------------------------- search and glossary


def test_ctrl_k_jumps_to_a_step(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("mend")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: step_id(hands) == "mending", "the step opens")
    assert not hands.window.palette_card.isVisible()


def test_ctrl_k_carries_out_a_command(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("course outl")
    hands.press(Qt.Key.Key_Return)
    assert hands.window.outline.isVisible()


def test_what_is_not_found_is_said_in_words(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("zzz")
    assert hands.window.palette_card.found.count() == 0
    hands.press(Qt.Key.Key_Return)
    assert hands.window.palette_card.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert not hands.window.palette_card.isVisible()


def test_a_term_in_the_lesson_is_explained_in_place(hands: Hands) -> None:
    hands.window.lesson.text.setFocus()
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    popup = hands.window.popup
    assert popup.isVisible()
    assert popup.accessibleName() == "program"
    hands.press(Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert focused() is hands.window.lesson.text


# ------------------------------------------------------------------------------------------------------------- history


def test_a_program_from_an_earlier_run_is_brought_back_and_ctrl_z_undoes_that(hands: Hands) -> None:
    hands.type_program(hands.work.editor, 'print("first")\n')
    hands.run()
    hands.wait_for_end()
    hands.type_program(hands.work.editor, 'print("second")\n')
    hands.run()
    hands.wait_for_end()
    hands.click(hands.work.title.history)
    assert hands.window.history.isVisible()
    hands.click(hands.window.history.buttons[1])
    assert hands.work.editor.text() == 'print("first")\n'
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.work.editor.text() == 'print("second")\n'


def test_answers_in_gaps_are_kept_with_each_check_and_brought_back_and_undone(
    open_on: Callable[..., Hands], course: Course
) -> None:
    hands = open_on(course)
    hands.open("every-kind", "filling")
    names = [gap.name for gap in hands.opened.wiring.view.step.gaps]
    before = hands.work.editor.text()
    hands.fill(["1"] * len(names))
    hands.check()
    hands.work.gaps.set_gap_answers({})
    hands.fill(["2"] * len(names))
    hands.check()
    hands.click(hands.work.title.history)
    shown = hands.window.history.programs
    assert len(shown) == 2 and "{{" not in shown[0].text
    assert [kept.answer for kept in shown] == [dict.fromkeys(names, "2"), dict.fromkeys(names, "1")]
    hands.click(hands.window.history.buttons[1])
    assert hands.work.gaps.gap_answers() == dict.fromkeys(names, "1")
    assert hands.work.editor.text() == before, "the editor behind the gaps belongs to another step"
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.work.gaps.gap_answers() == dict.fromkeys(names, "2")
    hands.window.close()
    again = open_on(course)
    again.open("every-kind", "filling")
    assert [kept.answer for kept in again.opened.session.history()] == [
        dict.fromkeys(names, "2"),
        dict.fromkeys(names, "1"),
    ]


def test_an_arrangement_from_an_earlier_check_is_brought_back(hands: Hands) -> None:
    hands.open("every-kind", "arranging")
    lines = hands.work.arrange.program
    hands.check()
    first = hands.work.arrange.texts
    lines.setFocus()
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    hands.check()
    assert hands.work.arrange.texts != first
    hands.click(hands.work.title.history)
    hands.click(hands.window.history.buttons[1])
    assert hands.work.arrange.texts == first


# ------------------------------------------------------------------------------------------------------------ settings


def test_a_theme_that_is_chosen_counts_at_once_and_is_found_again(
    open_on: Callable[..., Hands], course: Course
) -> None:
    first = open_on(course)
    first.open()
    first.press(Qt.Key.Key_Comma, CTRL)
    field = first.window.settings_panel.fields["theme"]
    assert isinstance(field, QComboBox)
    field.setFocus()
    first.press(Qt.Key.Key_End)
    first.press(Qt.Key.Key_Up)
    first.wait(lambda: first.opened.settings.settings.theme == "dark", "the setting is changed")
    assert first.window.look.theme == DARK
    first.window.close()
    second = open_on(course)
    assert second.window.look.theme == DARK


def test_the_text_size_grows_with_the_keyboard(hands: Hands) -> None:
    before = hands.window.look.unit
    hands.press(Qt.Key.Key_Plus, CTRL | SHIFT)
    assert hands.window.look.unit > before
    hands.press(Qt.Key.Key_Minus, CTRL | SHIFT)
    assert hands.window.look.unit == pytest.approx(before)


class ChangingSystem(SystemLook):
    """A system that somebody switches: no platform that tests run on can be switched itself."""

    is_dark = False

    def dark(self) -> bool:
        return self.is_dark

    def switch(self, *, dark: bool) -> None:
        self.is_dark = dark
        self.changed.emit()


def test_the_window_follows_the_system_from_light_to_dark_and_back(
    open_on: Callable[..., Hands], course: Course
) -> None:
    system = ChangingSystem()
    hands = open_on(course, system=system)
    hands.open()
    assert hands.window.look.theme == LIGHT
    system.switch(dark=True)
    assert hands.window.look.theme == DARK
    assert hands.window.palette().window().color().name().upper() == DARK.window
    system.switch(dark=False)
    assert hands.window.look.theme == LIGHT


def test_help_lists_every_command_and_copies_details(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    panel = hands.window.help_panel
    assert panel.isVisible()
    hands.click(panel.copy)
    copied = QGuiApplication.clipboard().text()
    assert "A course for the window 1.0" in copied
    assert "Qt " in copied


def test_the_licences_are_read_in_help_with_the_keyboard_and_back(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    panel = hands.window.help_panel
    panel.licences.setFocus()
    hands.press(Qt.Key.Key_Space)
    text = panel.findChild(QPlainTextEdit)
    assert text is not None
    assert text.accessibleName() == "Licences"
    assert "MIT License" in text.toPlainText()
    assert "CC BY 4.0" in text.toPlainText() or "Attribution 4.0" in text.toPlainText()
    assert "LGPL 3" in text.toPlainText()
    assert focused() is panel.back
    hands.press(Qt.Key.Key_Space)
    assert focused() is panel.licences
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_F1)
    assert panel.licences.isVisible()


# ------------------------------------------------------------------------------------------------------- broken lessons


def test_a_broken_lesson_shows_its_problems_with_their_lines_and_a_way_on(hands: Hands) -> None:
    hands.opened.session.open("broken")
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.broken, "the problems are shown")
    words = hands.window.broken.words()
    assert "The mistake is ours, not yours." in words
    assert "02-broken.yaml, line 5" in words
    assert "cheks" in words


def test_the_open_lesson_follows_its_file(open_on: Callable[..., Hands], tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(Path(__file__).parent / "course", folder)
    loaded = load_course(folder)
    hands = open_on(loaded.value)
    hands.open("the-end")
    file = folder / "first" / "03-the-end.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("Goodbye", "See you"), encoding="utf-8")
    hands.wait(lambda: "See you" in hands.window.lesson.text.toPlainText(), "the new text is shown")
    file.write_text(good.replace("steps:", "stebs:"), encoding="utf-8")
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.broken, "the problems are shown")
    file.write_text(good, encoding="utf-8")
    hands.wait(lambda: hands.window.body.currentWidget() is hands.window.halves, "the lesson is back")
    assert "Goodbye" in hands.window.lesson.text.toPlainText()


# ------------------------------------------------------------------------------------------------- at start and at the end


def test_a_first_start_asks_nothing_and_a_second_one_says_where_one_was(
    open_on: Callable[..., Hands], course: Course
) -> None:
    first = open_on(course)
    first.opened.wiring.start()
    first.wait(lambda: step_id(first) == "reading", "the first step opens")
    assert not first.window.lesson.resume.isVisible()
    assert first.work.editor.isAncestorOf(focused())
    first.next()
    first.next()
    first.window.close()
    second = open_on(course)
    second.opened.wiring.start()
    second.wait(lambda: step_id(second) == "type-it", "the third step opens")
    assert second.window.lesson.resume.isVisible()
    assert "You were here: step 3 of 10." in second.window.lesson.resume_words
    second.next()
    assert not second.window.lesson.resume.isVisible()


# ---------------------------------------------------------------------------------------------------------- small windows


def test_a_narrow_window_shows_one_half_at_a_time_and_the_way_to_the_other(
    open_on: Callable[..., Hands], course: Course
) -> None:
    hands = open_on(course, width=900)
    hands.open("every-kind", "writing")
    window = hands.window
    assert window.lesson.isVisible()
    assert not window.work.isVisible()
    assert focused() is window.lesson.to_work
    hands.press(Qt.Key.Key_Space)
    assert window.work.isVisible()
    assert not window.lesson.isVisible()
    hands.press(Qt.Key.Key_H, CTRL | SHIFT)
    hands.wait(lambda: window.lesson.isVisible(), "the hint brings the lesson back")


def test_a_read_step_without_a_program_has_the_window_to_itself(hands: Hands) -> None:
    hands.open("every-kind", "closing")
    assert not hands.work.isVisible()
    assert hands.window.lesson.isVisible()
    assert focused() is hands.window.footer.next


def test_f6_walks_through_the_parts_of_the_window(hands: Hands) -> None:
    window = hands.window
    parts = [window.work.panel, window.footer, window.header, window.lesson, window.work.editor]
    assert window.work.editor.isAncestorOf(focused())
    for part in parts:
        hands.press(Qt.Key.Key_F6)
        assert part.isAncestorOf(focused()), f"{part} after F6, not {focused()}"
    hands.press(Qt.Key.Key_F6, SHIFT)
    assert window.lesson.isAncestorOf(focused())


def test_the_keyboard_always_has_a_ring_and_the_mouse_leaves_none(hands: Hands) -> None:
    hands.open("every-kind", "pick-one")
    for _stop in range(25):
        hands.press(Qt.Key.Key_Tab)
        if focused().inherits("QWidget") and hands.work.editor.isAncestorOf(focused()):
            continue
        assert hands.window.ring.target is not None, f"no ring around {focused()}"
    hands.click(hands.window.footer.next)
    hands.wait(lambda: step_id(hands) == "pick-two", "the next step opens")


def test_the_learning_banner_and_unofficial_are_never_hidden(hands: Hands) -> None:
    for step in ("reading", "pick-it", "closing"):
        hands.open("every-kind", step)
        assert hands.window.footer.words() == (
            "Learning exercise. Not for clinical use. All people and numbers are invented.",
            "Code4Health Tutor (unofficial)",
        )


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_G])
def test_the_fields_under_the_editor_have_the_ring_that_its_text_does_without(
    hands: Hands, key: Qt.Key
) -> None:
    hands.open("every-kind", "writing")
    hands.work.editor.setFocus()
    assert hands.window.ring.target is None, "the editor draws its own"
    hands.press(key, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.ring.target is QApplication.focusWidget()
    hands.press(Qt.Key.Key_Escape)
    assert hands.window.ring.target is None
