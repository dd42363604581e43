"""Themes, typefaces and sizes."""

from __future__ import annotations

import pytest
from msgspec.structs import fields, replace
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from tutor.ui.editor import (
    DARK,
    LIGHT,
    CodeEditor,
    CodeView,
    EditorTheme,
    code_font_family,
)
from tutor.ui.editor.surface import Surface
from tutor.ui.theme import contrast, contrast_palette, high_contrast, qt_palette

#: What "High contrast" means where the system has no contrast theme of its own.
HIGH_CONTRAST = EditorTheme.from_palette(qt_palette(high_contrast(contrast_palette())))
THEMES = [LIGHT, DARK, HIGH_CONTRAST]


def windows_palette(ground: str, text: str, highlight: str, link: str) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Base, ground),
        (QPalette.ColorRole.Text, text),
        (QPalette.ColorRole.Highlight, highlight),
        (QPalette.ColorRole.Link, link),
    ):
        palette.setColor(role, QColor(colour))
    return palette


# The four contrast themes that Windows 11 comes with: background, text, selected text's ground, hyperlinks.
WINDOWS = {
    "aquatic": windows_palette("#202020", "#ffffff", "#8ee3f0", "#75e9fc"),
    "desert": windows_palette("#fffaef", "#3d3d3d", "#903909", "#1c5e75"),
    "dusk": windows_palette("#2d3236", "#ffffff", "#a1bfde", "#70ebde"),
    "night sky": windows_palette("#000000", "#ffffff", "#d6b4fd", "#8080ff"),
    "grey on grey": windows_palette("#808080", "#888888", "#808080", "#7f7f7f"),
}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    "theme",
    [*THEMES, *(EditorTheme.from_palette(palette) for palette in WINDOWS.values())],
    ids=[*"ldh", *WINDOWS],
)
def test_every_text_colour_can_be_read_on_every_ground_it_stands_on(theme: EditorTheme) -> None:
    weak = [
        (what, round(contrast(text, ground), 2))
        for what, text, ground in theme.text_pairs()
        if contrast(text, ground) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_signs_that_mean_something_stand_out_from_the_ground(theme: EditorTheme) -> None:
    for what in ("wrong", "caution", "caret", "gap_border", "focus", "bracket_match"):
        assert contrast(getattr(theme, what), theme.ground) >= 3, what


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_is_a_colour(theme: EditorTheme) -> None:
    for field in fields(theme):
        if field.name not in ("name", "bold_words"):
            assert QColor(getattr(theme, field.name)).isValid(), field.name


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_theme_is_what_is_painted(editor: CodeEditor, pump, theme: EditorTheme) -> None:
    editor.set_text("def f():\n    return 'text' # note\n" * 5)
    editor.set_theme(theme)
    pump()
    image = editor.grab().toImage()
    assert image.pixelColor(image.width() - 10, image.height() - 10).name() == theme.ground.lower()
    assert theme.keyword.lower() in colours(image)
    assert not colours(image) & ({"#ffffff"} if theme is DARK else set()) or theme.text.lower() == "#ffffff"


def test_themes_can_be_changed_while_a_program_is_open(editor: CodeEditor, pump) -> None:
    editor.set_text("x = 1\n")
    editor.show_error(1, 0, 1, "words")
    for theme in (*THEMES, replace(LIGHT, text="#000000"), LIGHT):
        editor.set_theme(theme)
        pump()
    assert editor.text() == "x = 1\n"
    assert editor.error_line() == 1


def test_the_typeface_is_installed_and_of_fixed_width(qapp: QApplication) -> None:
    family = code_font_family()
    assert family in QFontDatabase.families() or QFontInfo(QFont(family)).family()
    assert QFontDatabase.isFixedPitch(family)


def test_the_size_of_the_text_sets_the_height_of_lines_with_air_between(
    editor: CodeEditor, keys, pump
) -> None:
    surface = keys.surface
    heights = []
    for points in (9, 11.25, 16, 22.5):
        editor.set_font_size(points)
        pump()
        bare = surface.textHeight(0) - surface.extraAscent() - surface.extraDescent()
        assert 1.3 <= surface.textHeight(0) / bare <= 1.7
        heights.append(surface.textHeight(0))
    assert heights == sorted(set(heights))


def test_a_code_view_is_as_high_as_its_lines_and_cannot_be_changed(qtbot, pump) -> None:
    view = CodeView("a = 1\nb = 2\n")
    qtbot.addWidget(view)
    view.resize(400, 10)
    view.show()
    pump()
    two = view.height()
    surface = view.findChild(Surface)
    assert view.text() == "a = 1\nb = 2"
    assert two >= surface.textHeight(0) * 2
    view.set_text("a\n" * 10)
    assert view.height() > two * 3
    view.set_theme(DARK)
    view.set_font_size(20)

    QTest.keyClick(surface, Qt.Key.Key_X)
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert view.text() == "\n".join(["a"] * 10)


def test_tab_passes_through_a_code_view(qtbot, pump) -> None:

    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, view, after = QLineEdit(), CodeView("x = 1"), QLineEdit()
    for widget in (before, view, after):
        layout.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    pump()
    surface = view.findChild(Surface)
    view.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    view.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is before


def test_translated_words_are_used_everywhere(qtbot, qapp, pump) -> None:
    """A pseudo-locale: every word that a person can read goes through Qt's translation."""

    class Pseudo(QTranslator):
        def isEmpty(self) -> bool:
            return False

        def translate(self, context, source, comment=None, n=-1):
            return f"⟦{source}⟧" if context in ("CodeEditor", "CodeView", "FindBar", "LineBar") else ""

    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        editor = CodeEditor()
        qtbot.addWidget(editor)
        editor.show_go_to_line()
        editor.show_find(replace=True)
        texts = [b.text() for b in editor.findChildren(QAbstractButton)]
        texts += [label.text() for label in editor.findChildren(QLabel)]
        texts += [action.text() for action in editor.context_menu().actions()]
        texts.append(editor.accessibleName())
        assert [text for text in texts if text and not text.startswith("⟦")] == []
    finally:
        qapp.removeTranslator(pseudo)
