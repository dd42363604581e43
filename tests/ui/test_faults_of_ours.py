"""A mistake of our own in code that Qt calls must not end the process: work would be lost."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import tutor.ui
from tutor.ui.fitting_scroll import FittingScroll
from tutor.ui.hands import Hands
from tutor.ui.side_panel import SidePanel
from tutor.ui.step_bar import StepDot
from tutor.ui.work.options import Options

CTRL = Qt.KeyboardModifier.ControlModifier


def failing(*_args: object, **_named: object) -> None:
    """Fails the way that ends the process in PySide6 6.11: inside Python's own C code."""
    int("no number")


def classes_of_qt() -> Iterator[type]:
    """Every class of the window that Qt knows."""
    for module_info in pkgutil.walk_packages(tutor.ui.__path__, "tutor.ui."):
        module = importlib.import_module(module_info.name)
        for _name, thing in inspect.getmembers(module, inspect.isclass):
            if thing.__module__ == module.__name__ and bases_of_qt(thing):
                yield thing


def bases_of_qt(thing: type) -> list[type]:
    return [base for base in thing.__mro__[1:] if base.__module__.lower().startswith("pyside6")]


def test_every_method_that_qt_calls_has_the_net() -> None:
    """So that a new override is not forgotten. `setAccessibleName` is called by us alone."""
    bare, seen = [], 0
    for thing in classes_of_qt():
        for name, method in vars(thing).items():
            inherited = any(name in vars(base) for base in bases_of_qt(thing))
            if not inspect.isfunction(method) or name.startswith("__") or not inherited:
                continue
            seen += 1
            if not hasattr(method, "__wrapped__") and name != "setAccessibleName":
                bare.append(f"{thing.__module__}.{thing.__name__}.{name}")
    assert bare == []
    assert seen > 60


def test_a_key_in_a_panel_that_fails_is_reported_and_the_window_lives(
    qtbot, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.press(Qt.Key.Key_O, CTRL)
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as caught:
        broken.setattr(SidePanel, "dismiss", failing)
        hands.press(Qt.Key.Key_Escape)
    assert [kind for kind, _error, _trace in caught] == [ValueError]
    hands.press(Qt.Key.Key_Escape)
    assert not hands.window.outline.isVisible()


def test_a_fault_while_painting_and_measuring_is_reported_and_the_window_lives(
    qtbot, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as caught:
        broken.setattr(StepDot, "rect", failing)
        hands.window.lesson.steps.dots[0].repaint()
        broken.setattr(FittingScroll, "widget", failing)
        QTest.qWait(20)
        hands.work.panel.output.findChild(FittingScroll).sizeHint()
    assert {kind for kind, _error, _trace in caught} == {ValueError}
    hands.run()
    hands.wait_for_end()


def test_an_answer_that_fails_on_a_click_is_reported(
    qtbot, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.open("every-kind", "pick-one")
    options = hands.work.choose.options
    assert isinstance(options, Options)
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as caught:
        broken.setattr(type(options.options[0]), "rect", failing)
        QTest.mouseClick(options.options[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 8))
        QApplication.processEvents()
    assert [kind for kind, _error, _trace in caught] == [ValueError]
