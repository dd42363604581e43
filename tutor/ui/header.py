"""The top line of the window: outline, where one is, and how things look."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from tutor.ui.labels import icon_button
from tutor.ui.look import TEXT_SIZES, Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.stylesheet import set_role
from tutor.ui.theme import ThemeChoice


class Breadcrumb(QLabel):
    """Chapter and lesson on one line, cut at the end where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = self._path = self.opening = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_path(self, parts: list[str]) -> None:
        """The way to the open lesson, outermost first."""
        self._path = " \u203a ".join(part for part in parts if part)
        self._show()

    def show_opening(self, words: str) -> None:
        """These words stand here until others do: "" for the way to the open lesson again."""
        self.opening = words
        self._show()

    def _show(self) -> None:
        self._whole = self.opening or self._path
        self.setAccessibleName(self._whole)
        self._cut()

    @called_by_qt(None)
    def resizeEvent(self, event: object) -> None:
        """Cut again."""
        self._cut()

    @called_by_qt(QSize())
    def minimumSizeHint(self) -> QSize:
        """No least width: the line is cut."""
        return QSize(0, super().minimumSizeHint().height())

    def _cut(self) -> None:
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(cut)
        self.setToolTip(self._whole if cut != self._whole else "")


class HeaderBar(QWidget):
    """Outline, breadcrumb, text size, theme."""

    outline_requested = Signal()
    search_requested = Signal()
    people_requested = Signal()
    settings_requested = Signal()
    help_requested = Signal()
    text_size_chosen = Signal(float)
    theme_chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._outline = icon_button(look, "menu", self.tr("Course outline"), "Ctrl+O")
        self._outline.clicked.connect(self.outline_requested)
        self._breadcrumb = Breadcrumb()
        self._search = icon_button(look, "search", self.tr("Search or jump"), "Ctrl+K")
        self._search.clicked.connect(self.search_requested)
        self._text_size = icon_button(look, "text-size", self.tr("Text size"))
        self._theme = icon_button(look, "theme", self.tr("Light or dark"))
        self.person = icon_button(look, "person", self.tr("Whose work is it?"), "Ctrl+Shift+U")
        self.person.clicked.connect(self.people_requested)
        self._name, self._low = "", False
        self._settings = icon_button(look, "settings", self.tr("Settings"), "Ctrl+,")
        self._settings.clicked.connect(self.settings_requested)
        self._help = icon_button(look, "help", self.tr("Help"), "F1")
        self._help.clicked.connect(self.help_requested)
        for tool in (self._text_size, self._theme):
            tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sizes = self._fill_sizes()
        self._themes = self._fill_themes()
        self._box = QHBoxLayout(self)
        self._box.addWidget(self._outline)
        self._box.addWidget(self._breadcrumb, 1)
        for tool in (self._search, self.person, self._text_size, self._theme, self._settings, self._help):
            self._box.addWidget(tool)
        self.set_look(look)

    def set_low(self, low: bool) -> None:
        """Whether the window is so low that each line counts."""
        self._low = low
        self._fit()

    def _fit(self) -> None:
        look = self._look
        above = look.px(1 if self._low else 4)
        self._box.setContentsMargins(look.px(16), above, look.px(16), above)
        self.setMinimumHeight(look.px(38 if self._low else 48))

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setSpacing(look.px(8))
        self._fit()
        self.show_person(self._name)
        for tool in (
            self._outline, self._search, self.person, self._text_size, self._theme, self._settings, self._help,
        ):  # fmt: skip
            tool.setIcon(look.icon(str(tool.property("iconName"))))
            tool.setIconSize(look.size(20))
        for action in self._sizes.actions():
            action.setChecked(abs(float(action.data()) - look.text_size) < 0.01)

    def focus_first(self) -> None:
        """Give the keyboard to the outline button."""
        self._outline.setFocus(Qt.FocusReason.TabFocusReason)

    def show_place(self, chapter: str, lesson: str) -> None:
        """Where one is in the course."""
        self._breadcrumb.show_path([chapter, lesson])

    @property
    def opening(self) -> str:
        """What is said to be being opened; "" while nothing is."""
        return self._breadcrumb.opening

    def show_opening(self, words: str) -> None:
        """In place of where one is: what is being opened; "" for where one is."""
        self._breadcrumb.show_opening(words)

    def show_person(self, name: str) -> None:
        """Whose work is open: the name they chose, or only the icon."""
        self._name = name
        metrics = self.person.fontMetrics()
        self.person.setText(
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, metrics.averageCharWidth() * 16)
        )
        style = Qt.ToolButtonStyle
        self.person.setToolButtonStyle(style.ToolButtonTextBesideIcon if name else style.ToolButtonIconOnly)
        words = (
            self.tr("Whose work is it? Now: {name}").format(name=name)
            if name
            else self.tr("Whose work is it?")
        )
        self.person.setAccessibleName(words)
        self.person.setToolTip(f"{words}. Ctrl+Shift+U" if name else f"{words} Ctrl+Shift+U")

    def show_theme_choice(self, choice: ThemeChoice) -> None:
        """Tick the theme that is chosen."""
        for action in self._themes.actions():
            action.setChecked(action.data() == choice.value)

    def show_fixed(self, names: frozenset[str], words: str) -> None:
        """These settings are fixed on this PC: what would change them says so, in these words."""
        for name, group, tool in (
            ("text_size", self._sizes, self._text_size),
            ("theme", self._themes, self._theme),
        ):
            menu = tool.menu()
            if name in names and menu is not None:
                group.setEnabled(False)
                menu.addAction(words).setEnabled(False)
                tool.setAccessibleDescription(words)
                tool.setToolTip(f"{tool.accessibleName()}. {words}")

    def _fill_sizes(self) -> QActionGroup:
        menu = QMenu(self._text_size)
        group = QActionGroup(menu)
        for percent in TEXT_SIZES:
            size = percent / 100
            action = self._add(menu, group, self.tr("{percent} %").format(percent=round(size * 100)), size)
            action.triggered.connect(lambda _checked=False, size=size: self.text_size_chosen.emit(size))
        self._text_size.setMenu(menu)
        return group

    def _fill_themes(self) -> QActionGroup:
        menu = QMenu(self._theme)
        group = QActionGroup(menu)
        names = {
            ThemeChoice.SYSTEM: self.tr("As the system"),
            ThemeChoice.LIGHT: self.tr("Light"),
            ThemeChoice.DARK: self.tr("Dark"),
            ThemeChoice.HIGH_CONTRAST: self.tr("High contrast"),
        }
        for choice, name in names.items():
            action = self._add(menu, group, name, choice.value)
            action.triggered.connect(lambda _checked=False, choice=choice: self.theme_chosen.emit(choice))
        self._theme.setMenu(menu)
        return group

    @staticmethod
    def _add(menu: QMenu, group: QActionGroup, name: str, data: object) -> QAction:
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setData(data)
        group.addAction(action)
        return action
