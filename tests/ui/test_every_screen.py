"""Every screen of the picture book, looked at by rules: names, keys, words that are cut, one filled button.

Long: each pass drives the whole window through all of its screens, as `make screenshots` does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from tutor.ui.pictures.book import AT_REST, PictureBook
from tutor.ui.pictures.pseudo_locale import PseudoLocale
from tutor.ui.pictures.studio import Studio, every_screen

pytestmark = pytest.mark.long

CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QSpinBox, QTabBar, QTextEdit, QPlainTextEdit, QAbstractItemView,
)  # fmt: skip


def of(window: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """What can be seen of these kinds, but for parts that Qt makes itself inside a control."""
    return [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and widget.width()
        and widget.height()
    ]


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else ""


def own(widget: QWidget) -> bool:
    """Whether a button is ours, and not one that Qt puts into a tab bar, a line or a list."""
    return not isinstance(widget.parentWidget(), QTabBar | QLineEdit | QComboBox | QAbstractItemView)


def shown_words(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:60]!r}"


def nameless(window: QWidget) -> list[str]:
    """Controls that the keyboard reaches, and that a screen reader cannot name."""
    return [
        f"no name: {type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in of(window, *CONTROLS)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not name_of(widget)
    ]


def unreachable(window: QWidget) -> list[str]:
    """Buttons that can be pressed with the mouse only."""
    return [
        f"not reached by Tab: {shown_words(button)}"
        for button in of(window, QPushButton, QToolButton, QCheckBox, QComboBox)
        if own(button) and button.isEnabled() and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def alike(window: QWidget) -> list[str]:
    """Buttons on one screen that sound the same and do different things."""
    heard: set[tuple[str, str]] = set()
    found = []
    for button in of(window, QPushButton, QToolButton):
        said = name_of(button), button.accessibleDescription()
        if own(button) and said in heard:
            found.append(f"sounds like another: {said}")
        heard.add(said)
    return found


def filled(window: QWidget) -> list[str]:
    """More than one filled button."""
    names = [b.text() for b in of(window, QPushButton) if b.property("primary") and b.isEnabled()]
    return [f"filled: {names}"] if len(names) > 1 else []


def cut(window: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for widget in of(window, QPushButton, QCheckBox, QRadioButton, QLabel):
        if not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.height() < widget.heightForWidth(widget.width()) - 1
        else:
            short = widget.width() < widget.minimumSizeHint().width() - 1
        if short:
            found.append(f"cut: {shown_words(widget)} in {type(widget.parentWidget()).__name__}")
    for control in of(window, QPushButton, QToolButton, QCheckBox, QRadioButton, QLineEdit, QComboBox):
        if own(control) and control.height() < control.minimumSizeHint().height() - 1:
            found.append(f"squeezed: {shown_words(control)} in {type(control.parentWidget()).__name__}")
    for bar in of(window, QTabBar):
        room = bar.width() if not bar.usesScrollButtons() else bar.sizeHint().width()
        if bar.sizeHint().width() > room + 1:
            found.append(f"cut: tabs {bar.accessibleName()!r}")
    return found


def beyond(window: QWidget) -> list[str]:
    """What reaches out of the part of the window that it is in, and is not scrolled there."""
    found = []
    for widget in of(window, QPushButton, QToolButton, QCheckBox, QRadioButton, QLineEdit, QComboBox):
        inside, area = widget.parentWidget(), widget.geometry()
        while own(widget) and inside is not None and not isinstance(inside.parent(), QAbstractScrollArea):
            if not inside.rect().adjusted(-1, -1, 1, 1).contains(area):
                found.append(f"beyond its edge: {shown_words(widget)} in {type(inside).__name__}")
                break
            area.translate(inside.pos())
            inside = None if inside.isWindow() else inside.parentWidget()
    return found


def overlapping(window: QWidget) -> list[str]:
    """Controls of one parent that lie on one another."""
    found = []
    controls = of(window, QPushButton, QToolButton, QCheckBox, QLineEdit, QComboBox)
    for number, one in enumerate(controls):
        for other in controls[number + 1 :]:
            same = one.parentWidget() is other.parentWidget() and own(one) and own(other)
            if same and one.geometry().intersects(other.geometry()):
                found.append(f"overlap: {shown_words(one)} and {shown_words(other)}")
    return found


def scrolling_sideways(window: QWidget) -> list[str]:
    """Pages (code and tables apart) that must be scrolled sideways to be read."""
    return [
        f"scrolls sideways: {type(area).__name__} {area.accessibleName()!r}"
        for area in of(window, QScrollArea)
        if area.horizontalScrollBar().isVisible()
        or area.widget() is not None
        and area.widgetResizable()
        and area.widget().width() > area.viewport().width()
    ]


def larger_than_a_laptop(window: QWidget) -> list[str]:
    """A window that has grown beyond the screen that it was made for."""
    fits = window.width() <= 1366 and window.height() <= 768
    return [] if fits else [f"larger than the screen: {window.width()} x {window.height()}"]


class Inspector(PictureBook):
    """Looks at each screen by these rules instead of taking its picture."""

    rules: tuple[Callable[[QWidget], list[str]], ...] = ()
    found: dict[str, list[str]]
    seen: list[str]

    def picture(self, name: str, of: QWidget | None = None) -> None:
        QTest.qWait(AT_REST)
        self.seen.append(name)
        for _ in range(20):  # a busy machine lays out late: what is wrong has to stay wrong
            broken = [words for rule in self.rules for words in rule(of or self.window)]
            if not broken:
                break
            QTest.qWait(100)
        if broken:
            self.found[name] = sorted(set(broken))


def inspect(
    folder: Path,
    *rules: Callable[[QWidget], list[str]],
    size: tuple[int, int] = (1366, 768),
    text_size: int = 100,
) -> dict[str, list[str]]:
    """What is wrong on which screen."""
    kind = type("Inspection", (Inspector,), {"rules": rules, "found": {}, "seen": []})
    every_screen(Studio({"text_size": text_size}, size, folder, book=kind), folder)
    assert len(kind.seen) > 70
    return kind.found


def test_every_control_of_every_screen_has_a_name_of_its_own_and_is_reached_by_tab(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert inspect(tmp_path, nameless, unreachable, alike) == {}


def test_every_screen_has_one_filled_button_at_most_and_no_word_is_cut(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert inspect(tmp_path, filled, cut, beyond, overlapping, scrolling_sideways) == {}


def test_words_that_are_a_third_longer_are_cut_on_no_screen(
    pseudo: PseudoLocale, qapp: QApplication, tmp_path: Path
) -> None:
    assert inspect(tmp_path, cut, scrolling_sideways) == {}


@pytest.mark.parametrize("text_size", [150, 200])
def test_large_text_is_cut_on_no_screen_of_a_laptop(
    qapp: QApplication, tmp_path: Path, text_size: int
) -> None:
    rules = (cut, beyond, overlapping, scrolling_sideways, larger_than_a_laptop)
    assert inspect(tmp_path, *rules, text_size=text_size) == {}


def test_no_word_is_cut_in_a_narrow_window(qapp: QApplication, tmp_path: Path) -> None:
    assert inspect(tmp_path, cut, beyond, overlapping, scrolling_sideways, size=(900, 700)) == {}
