"""Settings: what can be changed here, and what this PC has fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from tutor.settings import Settings
from tutor.ui.labels import button, text_label
from tutor.ui.look import TEXT_SIZES, Look
from tutor.ui.side_panel import SidePanel

#: Seconds, and megabytes, that are offered for a program that a person runs.
RUN_SECONDS = (5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0)
RUN_MEMORY = (128, 256, 512, 1024, 2048, 4096)

#: Shares of the window, in per cent, that are offered for the half with the program.
SHARES = (30, 40, 50, 60, 70)


class Where(Struct, frozen=True):
    """Folders that the panel names: where the work is kept, and the log; `fixed`: a policy says where the work is kept."""

    data: str
    logs: str
    fixed: bool = False


class SettingsPanel(SidePanel):
    """One line for each setting. `changed` brings its name and the new value; it counts at once.

    `people_requested`: to where work is exported, imported and begun afresh.
    """

    changed = Signal(str, object)
    people_requested = Signal()

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, look, "", right=True, width=460)
        self.set_title(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self._settings = Settings()
        self._fixed: frozenset[str] = frozenset()
        self._problems: Sequence[str] = ()
        self._where = Where("", "")
        self.fields: dict[str, QWidget] = {}
        self.people = button("")
        self.set_look(look)

    def show_settings(
        self, settings: Settings, fixed: frozenset[str], problems: Sequence[str], where: Where
    ) -> None:
        """Slide in with the settings in force."""
        self._settings, self._fixed, self._problems, self._where = settings, fixed, problems, where
        self.open_panel()

    def update_settings(self, settings: Settings) -> None:
        """The settings in force have changed."""
        self._settings = settings

    def focus_first(self) -> None:
        """Give the keyboard to the first setting."""
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def build(self) -> None:
        """One line for each setting."""
        focused = next((name for name, field in self.fields.items() if field.hasFocus()), "")
        self.fields = {}
        box = self.new_page()
        now = self._settings
        themes = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "high-contrast": self.tr("High contrast"),
        }
        self._heading(box, self.tr("Looks"))
        sizes = {
            size: self.tr("{percent} %").format(percent=size) for size in sorted({*TEXT_SIZES, now.text_size})
        }
        self._choice(box, "text_size", self.tr("Text size"), sizes, now.text_size)
        self._choice(box, "theme", self.tr("Colours"), themes, now.theme)
        fonts = {"": self.tr("Chosen by the tutor")} | {name: name for name in _code_fonts()}
        self._choice(box, "font", self.tr("Code font"), fonts, now.font if now.font in fonts else "")
        shares = {
            share: self.tr("{percent} % of the window").format(percent=share)
            for share in sorted({*SHARES, now.editor_width})
        }
        self._choice(box, "editor_width", self.tr("Room for your program"), shares, now.editor_width)
        self._tick(box, "animations", self.tr("Show movement while a program runs"), now.animations)
        words = self.tr("In a remote session nothing moves. There are never any sounds.")
        box.addWidget(text_label(words, "small"))
        self._heading(box, self.tr("Learning"))
        self._tick(
            box, "review_cards", self.tr("Offer questions to look back at the start"), now.review_cards
        )
        words = self.tr("Ask about text that looks like patient data")
        self._tick(box, "check_for_patients", words, now.check_for_patients)
        self._heading(box, self.tr("Programs that you run"))
        seconds = {
            size: self.tr("{seconds} seconds").format(seconds=f"{size:g}")
            for size in sorted({*RUN_SECONDS, now.run_seconds})
        }
        self._choice(box, "run_seconds", self.tr("Longest time"), seconds, now.run_seconds)
        memory = {
            size: self.tr("{size} MB").format(size=size) for size in sorted({*RUN_MEMORY, now.run_memory_mb})
        }
        self._choice(box, "run_memory_mb", self.tr("Most memory"), memory, now.run_memory_mb)
        box.addWidget(text_label(self.tr("Checks have limits of their own."), "small"))
        self._heading(box, self.tr("Writing lessons"))
        self._tick(box, "author", self.tr("Show what lesson writers need"), now.author)
        self._heading(box, self.tr("Your work"))
        box.addWidget(text_label(self.tr("It is kept in this folder:"), "muted"))
        box.addWidget(text_label(self._where.data, "code"))
        if self._where.fixed:
            box.addWidget(text_label(fixed_words(), "small"))
        self.people = button(
            self.tr("Export, import or start fresh"),
            self.tr(
                "Your work as one file, the place code, and a fresh start for the next person (Ctrl+Shift+U)"
            ),
        )
        self.people.clicked.connect(self.people_requested)
        box.addWidget(self.people, 0, Qt.AlignmentFlag.AlignLeft)
        for problem in self._problems:
            box.addWidget(text_label(problem, "caution"))
        box.addStretch(1)
        if focused in self.fields:
            self.fields[focused].setFocus()

    def _heading(self, box: QVBoxLayout, text: str) -> None:
        label = text_label(text, "heading")
        label.setContentsMargins(0, self.look.px(12), 0, 0)
        box.addWidget(label)

    def _choice(self, box: QVBoxLayout, name: str, text: str, options: Mapping[Any, str], now: object) -> None:  # fmt: skip
        field = QComboBox()
        for value, shown in options.items():
            field.addItem(shown, value)
        field.setCurrentIndex(field.findData(now))
        field.activated.connect(lambda _index: self.changed.emit(name, field.currentData()))
        self._add(box, name, text, field)

    def _tick(self, box: QVBoxLayout, name: str, text: str, now: bool) -> None:
        field = QCheckBox(text)
        field.setChecked(now)
        field.toggled.connect(lambda on: self.changed.emit(name, on))
        self._add(box, name, "", field)

    def _add(self, box: QVBoxLayout, name: str, text: str, field: QWidget) -> None:
        if text:
            label = text_label(text, wrap=False)
            label.setBuddy(field)
            field.setAccessibleName(text)
            both = QVBoxLayout()  # the words stand nearer to their own field than to the one before
            both.setContentsMargins(0, self.look.px(4), 0, 0)
            both.setSpacing(self.look.px(4))
            both.addWidget(label)
            both.addWidget(field)
            box.addLayout(both)
        else:
            box.addWidget(field)
        if name in self._fixed:
            field.setEnabled(False)
            words = fixed_words()
            field.setAccessibleDescription(words)
            box.addWidget(text_label(words, "small"))
        self.fields[name] = field


def fixed_words() -> str:
    """What is said beside a setting that a policy has fixed."""
    return QCoreApplication.translate("SettingsPanel", "Fixed on this PC by the people who look after it.")


def _code_fonts() -> list[str]:
    """The families of fixed width that this PC has."""
    return [
        name
        for name in QFontDatabase.families()
        if QFontDatabase.isFixedPitch(name) and not name.startswith(".")
    ]
