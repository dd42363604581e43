"""The error with its words, the line where the program stopped, and the marks while one types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tutor.ui.editor import CodeEditor, Mark
from tutor.ui.editor.assist import Assist
from tutor.ui.editor.marks import wrapped
from tutor.ui.editor.numbers import (
    INDICATOR_CAUTION,
    INDICATOR_ERROR,
    INDICATOR_MARK,
    MARKER_CAUTION,
    MARKER_ERROR,
    MARKER_STOPPED,
    MARKER_STOPPED_LINE,
    STYLE_ANNOTATION,
    STYLE_ANNOTATION_CAUTION,
)

PROGRAM = 'name = "é"\nprnt(name)\nx = 1\n'
WORDS = "There is no prnt here. Did you mean print? " * 6


def underlined(keys, indicator: int) -> str:
    """The characters that carry an indicator, in order."""
    surface = keys.surface
    text = surface.document_text()
    return "".join(
        c for n, c in enumerate(text) if surface.indicatorValueAt(indicator, surface.position_at(n))
    )


def annotation(keys, line: int) -> str:
    return bytes(keys.surface.annotationText(line - 1).data()).decode()


def has_marker(keys, line: int, marker: int) -> bool:
    return bool(keys.surface.markerGet(line - 1) & 1 << marker)


def test_an_error_shows_a_squiggle_a_sign_in_the_margin_and_wrapped_words(
    editor: CodeEditor, keys, pump
) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(2, 0, 4, WORDS)
    pump()
    assert underlined(keys, INDICATOR_ERROR) == "prnt"
    assert has_marker(keys, 2, MARKER_ERROR)
    lines = annotation(keys, 2).split("\n")
    assert " ".join(lines) == WORDS.strip()
    assert len(lines) > 1
    widest = max(keys.surface.textWidth(STYLE_ANNOTATION, line) for line in lines)
    assert widest <= keys.surface.text_area_width()
    assert editor.text() == PROGRAM
    assert not editor.can_undo()


def test_the_words_wrap_anew_when_the_editor_gets_narrower_or_is_zoomed(
    room, editor: CodeEditor, keys, pump
) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(2, 0, 4, WORDS)
    pump()
    before = annotation(keys, 2).count("\n")
    room.window.resize(350, 500)
    pump()
    narrow = annotation(keys, 2).count("\n")
    assert narrow > before
    for _ in range(6):
        editor.zoom_in()
    pump()
    assert annotation(keys, 2).count("\n") > narrow


def test_what_python_did_not_complain_about_is_marked_as_a_caution_in_its_own_colour_and_sign(
    editor: CodeEditor, keys
) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(2, 0, 4, "looks odd", caution=True)
    assert underlined(keys, INDICATOR_CAUTION) == "prnt"
    assert underlined(keys, INDICATOR_ERROR) == ""
    assert has_marker(keys, 2, MARKER_CAUTION)
    assert not has_marker(keys, 2, MARKER_ERROR)
    assert keys.surface.annotationStyleOffset() == STYLE_ANNOTATION_CAUTION
    editor.show_error(2, 0, 4, "is wrong")
    assert not has_marker(keys, 2, MARKER_CAUTION)
    assert underlined(keys, INDICATOR_CAUTION) == ""
    assert keys.surface.annotationStyleOffset() == STYLE_ANNOTATION


def test_there_is_only_ever_one_error(editor: CodeEditor, keys) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(2, 0, 4, "one")
    editor.show_error(3, 0, 1, "two")
    assert annotation(keys, 2) == ""
    assert annotation(keys, 3) == "two"
    assert underlined(keys, INDICATOR_ERROR) == "x"
    assert editor.error_line() == 3


def test_the_error_goes_when_its_line_is_edited_and_stays_when_another_is(
    editor: CodeEditor, keys, pump
) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(2, 0, 4, "words")
    editor.go_to(1, 0)
    keys.type("a\nb")
    pump()
    assert editor.error_line() == 3, "the error moves with its line"
    assert annotation(keys, 3) == "words"
    editor.go_to(3, 1)
    keys.type("i")
    pump()
    assert editor.error_line() is None
    assert underlined(keys, INDICATOR_ERROR) == ""
    assert all(annotation(keys, line) == "" for line in range(1, 6))


@pytest.mark.parametrize(
    ("line", "column", "end", "marked"),
    [
        (1, 7, 10, '"é"'),
        (1, None, None, 'name = "é"'),
        (1, 10, 10, '"'),
        (1, 50, 60, '"'),
        (99, 0, 1, ""),
        (0, 0, 4, "name"),
        (3, 4, None, "1"),
    ],
)
def test_places_outside_the_text_are_brought_inside(
    editor: CodeEditor, keys, line, column, end, marked
) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(line, column, end, "words")
    assert underlined(keys, INDICATOR_ERROR) == marked
    assert editor.error_line() is not None


def test_an_error_in_an_empty_program_is_shown(editor: CodeEditor, keys) -> None:
    editor.set_text("")
    editor.show_error(1, 0, 1, "Nothing is written yet.")
    assert annotation(keys, 1) == "Nothing is written yet."


def test_replacing_the_program_and_opening_another_clear_the_error(editor: CodeEditor, keys) -> None:
    editor.open_document("one", PROGRAM)
    editor.show_error(2, 0, 4, "words")
    editor.replace_all("y = 2\n")
    assert editor.error_line() is None
    editor.show_error(1, 0, 1, "words")
    editor.open_document("two", PROGRAM)
    assert editor.error_line() is None
    editor.open_document("one", "y = 2\n")
    assert annotation(keys, 1) == ""


def test_the_words_of_the_error_are_the_editors_description_for_screen_readers(
    editor: CodeEditor, keys
) -> None:
    editor.set_text(PROGRAM)
    editor.show_error(2, 0, 4, "There is no prnt here.")
    assert keys.surface.accessibleDescription() == "There is no prnt here."
    editor.clear_error()
    assert keys.surface.accessibleDescription() == ""


def test_the_stopped_line_has_an_arrow_and_a_coloured_ground(editor: CodeEditor, keys) -> None:
    editor.set_text(PROGRAM)
    editor.mark_stopped_line(2)
    editor.mark_stopped_line(3)
    assert [has_marker(keys, n, MARKER_STOPPED) for n in (1, 2, 3)] == [False, False, True]
    assert has_marker(keys, 3, MARKER_STOPPED_LINE)
    editor.mark_stopped_line(None)
    assert not has_marker(keys, 3, MARKER_STOPPED)
    editor.mark_stopped_line(400)


def misspelt(program: str, _caret_line: int) -> list[Mark]:
    """A check that marks every `prnt`."""
    return [
        Mark(n, line.index("prnt"), line.index("prnt") + 4, f"Line {n}: no prnt.")
        for n, line in enumerate(program.split("\n"), 1)
        if "prnt" in line
    ]


def test_live_marks_come_after_a_quiet_moment_and_never_under_the_line_being_typed(
    qtbot, editor, keys
) -> None:
    calls: list[int] = []
    editor.set_live_check(lambda program, line: calls.append(line) or misspelt(program, line))
    keys.type("prnt")
    assert calls == [], "not while one types"
    qtbot.waitUntil(lambda: calls == [1], timeout=10_000)
    assert editor.live_marks() == ()
    keys.press(Qt.Key.Key_Return)
    assert calls == [1]
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=10_000)
    assert underlined(keys, INDICATOR_MARK) == "prnt"


def test_leaving_a_line_without_typing_brings_its_mark(qtbot, editor: CodeEditor, keys) -> None:
    editor.set_text("x = 1\n")
    editor.set_live_check(misspelt)
    keys.type("prnt;")
    editor.go_to(2)
    qtbot.waitUntil(lambda: len(editor.live_marks()) == 1, timeout=10_000)


def test_a_mark_stays_when_the_caret_comes_to_look_and_goes_when_its_line_is_edited(
    qtbot, editor, keys, pump
) -> None:
    editor.set_text("prnt(1)\nx\n")
    editor.go_to(2)
    checks: list[int] = []
    editor.set_live_check(lambda program, line: checks.append(line) or misspelt(program, line))
    qtbot.waitUntil(lambda: len(editor.live_marks()) == 1, timeout=10_000)
    keys.press(Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: checks[-1] == 1, timeout=10_000)
    assert len(editor.live_marks()) == 1
    keys.press(Qt.Key.Key_Home)
    keys.type("#")
    pump()
    assert editor.live_marks() == ()
    assert underlined(keys, INDICATOR_MARK) == ""


def test_f8_goes_from_mark_to_mark_and_says_the_words(qtbot, editor: CodeEditor, keys, pump) -> None:
    editor.set_text("x\nprnt(1)\ny\n  prnt(2)\n")
    editor.set_live_check(misspelt)
    qtbot.waitUntil(lambda: len(editor.live_marks()) == 2, timeout=10_000)
    said: list[str] = []
    editor.announced.connect(said.append)
    hint = editor.findChild(Assist).hint
    keys.press(Qt.Key.Key_F8)
    assert keys.caret() == (2, 0)
    assert hint.isVisible()
    assert hint.words == "Line 2: no prnt."
    keys.press(Qt.Key.Key_F8)
    assert keys.caret() == (4, 2)
    keys.press(Qt.Key.Key_F8)
    assert keys.caret() == (2, 0)
    keys.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert keys.caret() == (4, 2)
    assert said[-1] == "Line 4: Line 4: no prnt."
    keys.press(Qt.Key.Key_Escape)
    assert not hint.isVisible()


def test_hovering_over_a_mark_shows_its_words_until_the_pointer_moves_on(
    qtbot, editor: CodeEditor, keys, pump
) -> None:
    editor.set_text("x\nprnt(1)\n")
    editor.set_live_check(misspelt)
    qtbot.waitUntil(lambda: len(editor.live_marks()) == 1, timeout=10_000)
    surface = keys.surface

    def point_to(line: int, column: int) -> None:
        point = surface.point_at(surface.position_of(line, column)) + QPoint(1, 4)
        everywhere = QPointF(surface.viewport().mapToGlobal(point))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(point), everywhere, none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(surface.viewport(), event)

    point_to(2, 2)
    hint = editor.findChild(Assist).hint
    qtbot.waitUntil(lambda: hint.isVisible(), timeout=10_000)
    assert hint.words == "Line 2: no prnt."
    point_to(1, 0)
    qtbot.waitUntil(lambda: not hint.isVisible(), timeout=10_000)


def test_without_a_check_nothing_is_marked(editor: CodeEditor, keys) -> None:
    editor.set_text("prnt")
    editor.set_live_check(misspelt)
    editor.set_live_check(None)
    keys.press(Qt.Key.Key_F8)
    assert editor.live_marks() == ()


def test_wrapping_breaks_between_words_and_inside_one_only_where_it_must() -> None:
    assert wrapped("one two three", lambda words: len(words) <= 7) == ["one two", "three"]
    assert wrapped("abcdefghij k", lambda words: len(words) <= 4) == ["abcd", "efgh", "ij k"]
    assert wrapped("a\nb c", lambda words: len(words) <= 9) == ["a", "b c"]
    assert wrapped("", lambda _words: True) == []


def test_a_check_that_is_not_ready_yet_is_asked_again(editor: CodeEditor, keys, qtbot) -> None:
    asked = []

    def not_at_once(program: str, line: int):
        asked.append(line)
        return None if len(asked) == 1 else misspelt(program, line)

    editor.set_text(PROGRAM)
    editor.go_to(1, 0)
    editor.set_live_check(not_at_once)
    qtbot.waitUntil(lambda: underlined(keys, INDICATOR_MARK) == "prnt", timeout=30_000)
    assert len(asked) >= 2
