"""A mistake of our own in code that Qt calls must not end the process: work would be lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tutor.ui.editor import CodeEditor, language
from tutor.ui.editor.surface import Surface


def failing(*_args: object, **_named: object) -> None:
    """Fails the way that ends the process in PySide6 6.11: inside Python's own C code."""
    int("no number")


def test_an_exception_while_a_key_is_handled_is_reported_and_the_text_stays(
    qtbot, editor: CodeEditor, keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.type("x = 1")
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as caught:
        broken.setattr(language, "offer", failing)
        keys.press(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert [kind for kind, _error, _trace in caught] == [ValueError]
    assert editor.text() == "x = 1"
    keys.type("2")
    assert editor.text() == "x = 12"


def test_an_exception_while_a_screen_reader_asks_is_reported_and_answered(
    qtbot, editor: CodeEditor, keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = QAccessible.queryAccessibleInterface(keys.surface).textInterface()
    monkeypatch.setattr(Surface, "offset_at", failing)
    with qtbot.capture_exceptions() as caught:
        assert text.characterCount() == 0
    assert len(caught) == 1


def test_a_live_check_that_fails_is_reported_and_typing_goes_on(qtbot, editor: CodeEditor, keys) -> None:
    with qtbot.capture_exceptions() as caught:
        editor.set_live_check(failing)
        qtbot.waitUntil(lambda: len(caught) == 1, timeout=10_000)
    keys.type("x")
    editor.set_live_check(None)
    assert editor.text() == "x"
