"""Decides how the window looks: what the learner chose, or what the system has now, followed live."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tutor.ui import editor
from tutor.ui.look import BODY_POINTS, Look, make_look
from tutor.ui.theme import DARK, LIGHT, Theme, ThemeChoice, contrast_palette, high_contrast, qt_palette


class SystemLook(QObject):
    """What the system wants now: light, dark, or a contrast theme. `changed` is told while it runs."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Kept, because PySide forgets the C++ object behind a wrapper that nobody holds.
        self._hints = QGuiApplication.styleHints()
        self._access = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(lambda _scheme: self.changed.emit())
        self._access.contrastPreferenceChanged.connect(lambda _wanted: self.changed.emit())

    def dark(self) -> bool:
        """Whether the system is dark."""
        return self._hints.colorScheme() is Qt.ColorScheme.Dark

    def wants_contrast(self) -> bool:
        """Whether the system has a contrast theme."""
        return self._access.contrastPreference() is Qt.ContrastPreference.HighContrast


class Appearance(QObject):
    """Makes looks. `changed` brings the new one."""

    changed = Signal(object)

    def __init__(
        self,
        choice: ThemeChoice,
        text_size: float,
        code_font: str = "",
        system: SystemLook | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._text_size = text_size
        self._code_font = code_font
        self._system = system or SystemLook(self)
        self._palette = QGuiApplication.palette()
        self._system.changed.connect(self._system_changed)
        screen = QGuiApplication.primaryScreen()
        screen.logicalDotsPerInchChanged.connect(lambda _dpi: self.changed.emit(self.look()))
        self._apply_palette()

    @property
    def choice(self) -> ThemeChoice:
        """What the learner asked for."""
        return self._choice

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Another theme."""
        self._choice = choice
        self._apply_palette()
        self.changed.emit(self.look())

    def choose_text_size(self, size: float) -> None:
        """Another text size; 1.0 is what the system asks for."""
        self._text_size = size
        self.changed.emit(self.look())

    def choose_code_font(self, family: str) -> None:
        """Another typeface for code; "" for the one that the tutor chooses."""
        self._code_font = family
        self.changed.emit(self.look())

    def look(self) -> Look:
        """The look now."""
        return make_look(self.theme(), self._text_size, self._code_font)

    def theme(self) -> Theme:
        """The theme now."""
        wants_contrast = self._system.wants_contrast()
        if self._choice is ThemeChoice.HIGH_CONTRAST:
            return high_contrast(self._palette if wants_contrast else contrast_palette())
        if self._choice is ThemeChoice.SYSTEM:
            if wants_contrast:
                return high_contrast(self._palette)
            return DARK if self._system.dark() else LIGHT
        return DARK if self._choice is ThemeChoice.DARK else LIGHT

    def _system_changed(self) -> None:
        QApplication.setPalette(QPalette())  # back to the system's own, to read it
        self._palette = QGuiApplication.palette()
        self._apply_palette()
        self.changed.emit(self.look())

    def _apply_palette(self) -> None:
        QApplication.setPalette(qt_palette(self.theme()))


def editor_theme(look: Look) -> editor.EditorTheme:
    """The editor's colours that go with a look."""
    theme = look.theme
    if theme.high_contrast:
        return editor.EditorTheme.from_palette(qt_palette(theme))
    return editor.DARK if theme.dark else editor.LIGHT


def editor_points(look: Look) -> float:
    """The editor's font size that goes with a look."""
    return BODY_POINTS * look.text_size
