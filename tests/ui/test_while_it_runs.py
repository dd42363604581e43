"""While a program runs: what it prints comes at once, Stop stops, seconds count; what stands in gaps is safe meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from tutor.lessons.model import Course
from tutor.ui.hands import Hands
from tutor.ui.results.output_pump import BITE

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(hands: Hands) -> str:
    return hands.work.panel.output.view.toPlainText()


def start(hands: Hands, program: str) -> None:
    hands.work.editor.set_text(program)
    hands.run()


def test_what_is_printed_is_shown_while_the_program_goes_on(hands: Hands) -> None:
    start(hands, 'print("first", flush=True)\nwhile True:\n    pass\n')
    hands.wait(lambda: shown(hands).strip() == "first", "the line comes")
    assert hands.work.panel.actions_row.running
    hands.press(Qt.Key.Key_F5, SHIFT)
    hands.wait_for_end()


def test_more_than_one_bite_of_it_comes_while_the_program_goes_on(hands: Hands) -> None:
    lines = BITE // 10
    start(hands, f'print("Bed 1 is ok\\n" * {lines} + "last", flush=True)\nwhile True:\n    pass\n')
    hands.wait(lambda: shown(hands).rstrip().endswith("last"), "the end of it comes")
    assert hands.work.panel.actions_row.running
    hands.press(Qt.Key.Key_F5, SHIFT)
    hands.wait_for_end()


def test_shift_f5_is_stop_and_the_window_says_who_stopped_it(hands: Hands) -> None:
    start(hands, "while True:\n    pass\n")
    hands.press(Qt.Key.Key_F5, SHIFT)
    hands.wait_for_end()
    assert hands.work.panel.output.ending.startswith("Stopped by you.")


def test_seconds_count_after_the_first(hands: Hands) -> None:
    start(hands, "while True:\n    pass\n")
    row = hands.work.panel.actions_row

    def said() -> list[str]:
        return [label.text() for label in row.findChildren(QLabel)]

    assert not any("Running for" in text for text in said())
    hands.wait(lambda: any(text.startswith("Running for ") for text in said()), "the seconds count")
    hands.press(Qt.Key.Key_F5, SHIFT)
    hands.wait_for_end()
    assert not any("Running for" in text for text in said())


def test_errors_stand_in_their_place_in_a_colour_of_their_own(hands: Hands) -> None:
    start(
        hands,
        'import sys\nprint("one", flush=True)\nprint("two", file=sys.stderr, flush=True)\nprint("three")\n',
    )
    hands.wait_for_end()
    view, theme = hands.work.panel.output.view, hands.window.look.theme
    assert shown(hands).split() == ["one", "two", "three"]

    def colour(word: str) -> QColor:
        return view.document().find(word).charFormat().foreground().color()

    assert colour("two") == QColor(theme.wrong)
    assert colour("one") == colour("three") == QColor(theme.text)


def test_colour_codes_bells_and_other_control_characters_do_nothing(hands: Hands) -> None:
    start(hands, r'print("\x1b[31mBed\x1b[0m 1\a\x00\x1b]0;title\x07 free\x1b[2J")' + "\n")
    hands.wait_for_end()
    text = shown(hands)
    assert "Bed 1" in text and "free" in text
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in text)
    assert "\x1b" not in text


def test_a_flood_is_bounded_and_says_that_earlier_lines_were_cut(hands: Hands) -> None:
    start(hands, "for n in range(6000):\n    print('bed', n)\n")
    hands.wait_for_end()
    output = hands.work.panel.output
    assert output.view.blockCount() <= 2_000
    assert shown(hands).splitlines()[-1] == "bed 5999"
    assert "Earlier lines were cut: the last 2,000 are shown." in output.ending


def test_answers_in_gaps_are_on_the_disk_without_leaving_the_step(hands: Hands, tmp_path: Path) -> None:
    hands.open("every-kind", "filling")
    hands.fill(["print", "41"])

    def kept() -> bool:
        drafts = (tmp_path / "data").rglob("filling.*.draft.json")
        return any('"41"' in draft.read_text(encoding="utf-8") for draft in drafts)

    hands.wait(kept, "the answers are saved")
    assert hands.opened.wiring.view.step.id == "filling"  # type: ignore[union-attr]


def test_a_gap_says_its_place_and_a_run_and_a_verdict_are_spoken(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tutor.ui import announce

    said: list[str] = []

    class Listening:
        """A screen reader that listens: what is sent to the platform."""

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: object) -> None:
            said.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(announce, "QAccessible", Listening)
    hands.open("every-kind", "filling")
    hands.fill(["print", "5"])
    hands.wait(lambda: any("Gap 2 of 2" in words for words in said), "the gap is said")
    hands.run()
    hands.wait_for_end()
    assert any(words.startswith("The program ran to its end.") for words in said)
    hands.check()
    assert any(hands.work.panel.checks.spoken() in words for words in said)


def test_the_way_to_the_work_comes_and_goes_with_the_room(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    to_work = hands.window.lesson.to_work
    assert not to_work.isVisible()
    hands.window.resize(800, 768)
    hands.wait(to_work.isVisible, "the way is offered")
    hands.window.resize(1366, 768)
    hands.wait(lambda: not to_work.isVisible(), "it is not needed any more")


def test_the_filled_button_is_on_the_panel_in_front_and_goes_back_behind_it(hands: Hands) -> None:
    hands.open("every-kind", "writing")
    hands.work.editor.set_text("def double(number):\n    return 1\n")
    hands.check()
    check = hands.work.panel.actions_row.check
    assert check.property("primary")
    hands.click(hands.work.panel.checks.case)
    assert hands.window.case_panel.save.property("primary")
    assert not check.property("primary")
    hands.press(Qt.Key.Key_Escape)
    assert check.property("primary")


def test_a_prototype_continues_the_program_of_an_earlier_step(
    open_on: Callable[..., Hands], course_with: Callable[[str], Course]
) -> None:
    hands = open_on(course_with(PROTOTYPE))
    hands.open("the-end", "first")
    hands.type_program(hands.work.editor, "def double(number):\n    return number * 2  # mine\n")
    hands.check()
    hands.next()
    assert "# mine" in hands.work.editor.text()
    hands.work.editor.set_text(hands.work.editor.text() + "\n\ndef half(number):\n    return number / 2\n")
    hands.check()
    verdict = hands.work.panel.checks.verdict
    assert verdict is not None and verdict.passed
    assert hands.window.footer.next.isVisible()


PROTOTYPE = """format: 1
id: the-end
title: The end
steps:
  - kind: exercise
    id: first
    title: Double it
    text: Write `double(number)`.
    starter: |
      def double(number):
          ...
    solution: |
      def double(number):
          return number * 2
    checks: [{call: double(4), returns: 8}]
  - kind: project
    id: then
    title: Halve it too
    text: Now `half(number)`.
    continues: first
    solution: |
      def double(number):
          return number * 2


      def half(number):
          return number / 2
    checks: [{call: double(4), returns: 8}, {call: half(4), returns: 2}]
"""


def test_what_cannot_be_saved_elsewhere_is_told_and_nothing_else_happens(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: QFileDialog) -> None:
        dialog.fileSelected.emit(str(tmp_path))  # a folder
        dialog.finished.emit(1)

    monkeypatch.setattr(QFileDialog, "open", answer)
    hands.press(Qt.Key.Key_S, CTRL)
    hands.wait(hands.window.trouble.isVisible, "it is told")
    assert "file" in hands.window.trouble.accessibleDescription()


def test_settings_that_cannot_be_saved_are_told_and_count_all_the_same(
    open_on: Callable[..., Hands], course: Course, tmp_path: Path
) -> None:
    hands = open_on(course)
    hands.open()
    file = hands.opened.settings._file
    file.unlink(missing_ok=True)
    file.mkdir(parents=True)
    (file / "in the way").touch()
    hands.opened.navigation.change_setting("theme", "dark")
    hands.wait(hands.window.trouble.isVisible, "it is told")
    assert "settings" in hands.window.trouble.accessibleDescription()
    assert hands.opened.settings.settings.theme == "dark"
    (file / "in the way").unlink()
    file.rmdir()


def test_the_line_on_closing_goes_by_itself(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.ui import farewell as module
    from tutor.ui.app import farewell

    monkeypatch.setattr(module, "SHOWN_FOR", 50)
    hands.window.close()
    line = farewell(hands.opened)
    line.say()
    hands.wait(
        lambda: (
            not any(
                isinstance(each, module.Farewell)
                for each in QApplication.topLevelWidgets()
                if each.isVisible()
            )
        ),
        "it is gone",
    )
