"""Starts the window: the application, the session, the window, and the wiring between them; ends it cleanly."""

from __future__ import annotations

import gc
import logging
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

# First what knows no Qt: PySide6 looks at each import that comes after its own, and makes it slower.
from tutor.authoring.course_source import PacksAndFolders
from tutor.lessons.opening import open_course
from tutor.session.start import open_session

# isort: split
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QStyleFactory

from tutor import NAME, __version__
from tutor.errors import Fault, TutorError
from tutor.lessons.model import Course
from tutor.log import set_up_in_background
from tutor.paths import Folders, policy_file, resources_folder
from tutor.patience import Patience
from tutor.progress.store import Closed
from tutor.runner.limits import FREE_RUN
from tutor.session.events import Trouble
from tutor.session.session import Session
from tutor.settings import NAMES, Settings, SettingsFile, kept_in, read_policy
from tutor.translation import tr
from tutor.ui.appearance import Appearance, SystemLook, editor_points, editor_theme
from tutor.ui.author.switch import AuthorSwitch
from tutor.ui.author.window_parts import WindowParts
from tutor.ui.bridge import SessionBridge
from tutor.ui.courses_wiring import CoursesWiring
from tutor.ui.ending import end_with
from tutor.ui.farewell import Farewell
from tutor.ui.garbage import Collector
from tutor.ui.language import give_to_layers_below, speak
from tutor.ui.look import Look
from tutor.ui.main_window import MainWindow
from tutor.ui.navigation import Navigation
from tutor.ui.opening_line import OpeningLine
from tutor.ui.people_wiring import PeopleWiring
from tutor.ui.settings_saving import SettingsSaving
from tutor.ui.shortcuts import add_commands
from tutor.ui.theme import ThemeChoice
from tutor.ui.trail import Trail
from tutor.ui.wiring import Wiring

if TYPE_CHECKING:
    from tutor.ui.review_page import ReviewPage

_log = logging.getLogger(__name__)

#: Seconds that closing waits for the settings.
SETTINGS_SECONDS = 2.5

#: Milliseconds after the start until the window is shown and read, and nobody has pressed Run yet.
QUIET_AFTER = 1000


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, set up as the tutor needs it."""
    # Fractional scaling draws seams between Scintilla's lines; whole factors do not, and text follows in points.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.RoundPreferFloor)
    application = QApplication(arguments if arguments is not None else sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(QIcon(str(resources_folder() / "app" / "tutor.svg")))
    application.setStyle(QStyleFactory.create("Fusion"))
    speak(application, resources_folder() / "translations")
    return application


@dataclass
class OpenWindow:
    """A window with its session: what `open_window` returns, and what a test drives."""

    window: MainWindow
    session: Session
    wiring: Wiring
    navigation: Navigation
    appearance: Appearance
    settings: SettingsFile
    people: PeopleWiring
    courses: CoursesWiring
    saving: SettingsSaving
    author: AuthorSwitch
    closed: Closed | None = None
    farewell: Farewell | None = None


def open_window(
    where: Folders,
    course: Course | None = None,
    system: SystemLook | None = None,
    *,
    author: bool = False,
    patience: Patience | None = None,
) -> OpenWindow:
    """A window on the course, not shown yet, with nothing open yet.

    Args:
        where: where the tutor keeps things.
        course: the course; by default the shipped one.
        system: what the system wants the window to look like; by default asked of Qt.
        author: show what lesson writers need this time, whatever is set; what this PC has fixed counts more.
        patience: how long all of the start may wait for the disk.

    Raises:
        TutorError: the course cannot be used.
    """
    give_to_layers_below()
    patience = patience or Patience()
    saving = SettingsSaving(where.settings, read_policy(policy_file()), patience)
    settings = saving.settings
    bridge = SessionBridge()
    session = open_session(
        bridge.emit_event, where, course=course, source=PacksAndFolders(where), patience=patience
    )
    now = settings.settings
    appearance = Appearance(theme_choice(now), now.text_size / 100, now.font, system)
    window = MainWindow(appearance.look())
    for owned in (bridge, appearance, saving):
        owned.setParent(window)
    wiring = Wiring(window, session, bridge)
    wiring.offer_reviews = lambda: settings.settings.review_cards
    navigation = Navigation(window, session, saving, where)
    wiring.step_opened.connect(navigation.step_opened)
    bridge.arrived.connect(navigation.show_event)
    people = PeopleWiring(
        window, session, bridge, navigation.guard, lambda: settings.settings.check_for_patients
    )
    people.person_changed.connect(wiring.forget)
    trail = Trail(window, session)
    wiring.step_opened.connect(trail.step_opened)
    people.person_changed.connect(trail.forget)
    OpeningLine(window, bridge)
    courses = CoursesWiring(window, session, bridge)
    wiring.step_opened.connect(courses.step_opened)
    navigation.course_chosen.connect(courses.open)
    MainWindow.outline.then(window, lambda panel: panel.scratch_requested.connect(wiring.acts["scratch"]))
    writer = AuthorSwitch(
        WindowParts(window, session, wiring, bridge, navigation.guard, where, courses.make_own_copy)
    )
    opened = OpenWindow(
        window, session, wiring, navigation, appearance, settings, people, courses, saving, writer
    )
    _Housekeeping(opened, bridge, author=author)
    acts = wiring.acts | {
        "back": trail.back,
        "forward": trail.forward,
        "search": navigation.search,
        "outline": navigation.toggle_outline,
        "courses": courses.toggle,
        "open-course-folder": courses.open_folder,
        "open-course-pack": courses.open_pack,
        "own-copy": courses.make_own_copy,
        "history": navigation.open_history,
        "people": people.toggle,
        "settings": navigation.open_settings,
        "help": navigation.open_help,
        "save": writer.save_or(navigation.save_program),
        "larger": lambda: navigation.change_text_size(+1),
        "smaller": lambda: navigation.change_text_size(-1),
    }
    navigation.set_acts(acts | writer.acts)
    navigation.more_commands = writer.commands
    add_commands(window, acts)
    if where.notice:
        window.trouble.show_trouble(Trouble(Fault.PC, where.notice))
    return opened


def theme_choice(settings: Settings) -> ThemeChoice:
    """The theme that is set."""
    return ThemeChoice(settings.theme)


def is_remote() -> bool:
    """Whether the window is shown over a network (Remote Desktop, Citrix): Windows names the session so."""
    return os.environ.get("SESSIONNAME", "").upper().startswith(("RDP", "ICA"))


class _Housekeeping(QObject):
    """Keeps settings, the look and the closing in order."""

    def __init__(self, opened: OpenWindow, bridge: SessionBridge, *, author: bool) -> None:
        super().__init__(opened.window)
        self._opened, self._bridge, self._author = opened, bridge, author
        window, appearance = opened.window, opened.appearance
        appearance.changed.connect(self._dress)
        navigation = opened.navigation
        window.header.theme_chosen.connect(lambda choice: navigation.change_setting("theme", choice.value))
        window.header.text_size_chosen.connect(
            lambda size: navigation.change_setting("text_size", round(size * 100))
        )
        navigation.setting_changed.connect(self._set)
        window.halves.share_changed.connect(self._keep_share)
        window.closing.connect(self._close)
        opened.saving.trouble.connect(window.trouble.show_trouble)
        opened.saving.read_late.connect(self._apply_all)
        window.halves.set_share(opened.settings.settings.editor_width)
        window.header.show_theme_choice(appearance.choice)
        fixed = opened.settings.fixed
        if fixed:
            from tutor.ui.settings_panel import fixed_words  # noqa: PLC0415  (most PCs have fixed nothing)

            window.header.show_fixed(fixed, fixed_words())
        if "editor_width" in fixed:
            window.halves.fix_share()
        for name in ("animations", "run_seconds"):
            self._apply(name)
        self._dress(window.look)
        MainWindow.review.then(window, self._dress_review)
        opened.author.switch(self._is_author)

    @property
    def _is_author(self) -> bool:
        settings = self._opened.settings
        return settings.settings.author or (self._author and "author" not in settings.fixed)

    def _dress(self, look: Look) -> None:
        window = self._opened.window
        if look != window.look:
            window.set_look(look)
        window.work.set_editor_theme(editor_theme(look), editor_points(look), look.code_family)
        self._opened.author.set_look(look, editor_theme(look), editor_points(look))
        review = MainWindow.review.made(window)
        if review is not None:
            self._dress_review(review)

    def _dress_review(self, review: ReviewPage) -> None:
        look = self._opened.appearance.look()
        review.predict.code.set_theme(editor_theme(look))
        review.predict.code.set_font_size(editor_points(look))

    def _keep_share(self, share: int) -> None:
        self._opened.settings.change(editor_width=min(80, max(20, share)))
        self._opened.saving.save_soon()

    def _apply_all(self) -> None:
        """The settings came late, from a disk that stalled."""
        for name in NAMES:
            self._apply(name)

    def _set(self, name: str) -> None:
        """What is set by hand counts more than how the window was started."""
        self._author = self._author and name != "author"
        self._apply(name)

    def _apply(self, name: str) -> None:
        """A setting has changed: it counts at once."""
        now, appearance = self._opened.settings.settings, self._opened.appearance
        if name == "theme":
            self._opened.window.header.show_theme_choice(theme_choice(now))
            appearance.choose_theme(theme_choice(now))
        elif name == "text_size":
            appearance.choose_text_size(now.text_size / 100)
        elif name == "editor_width":
            self._opened.window.halves.set_share(now.editor_width)
        elif name == "font":
            appearance.choose_code_font(now.font)
        elif name in ("run_seconds", "run_memory_mb"):
            self._opened.session.free_run = replace(
                FREE_RUN, seconds=now.run_seconds, memory_mb=now.run_memory_mb
            )
        elif name == "author":
            self._opened.author.switch(self._is_author)
        elif name == "animations":
            self._opened.window.work.panel.actions_row.set_animated(now.animations and not is_remote())

    def _close(self) -> None:
        """Save what is open and stop what runs; afterwards no process and no thread of ours is left."""
        opened = self._opened
        opened.window.work.tell_all()
        opened.author.stop()
        self._bridge.close_down()
        opened.window.hide()  # what is still to be saved holds nobody up
        waiting: list[Farewell] = []

        def say_so() -> None:
            words = tr("Your work is being saved. Leave this PC on for a moment.")
            waiting.append(Farewell(words, opened.window.look, opened.window.geometry()))
            waiting[0].show()

        end_with(self._save_and_stop, slow=say_so)
        for shown in waiting:
            shown.close()
        if opened.closed is None or not opened.closed.saved:
            _log.error("not everything was saved at closing")

    def _save_and_stop(self) -> None:
        opened = self._opened
        opened.author.finish()
        if not opened.saving.close(SETTINGS_SECONDS):
            _log.warning("settings were not saved")
        opened.closed = opened.session.close(fallback=opened.session.people.rescue_folder)


def farewell(opened: OpenWindow) -> Farewell:
    """The line on closing: where the work is; or, where it could not be saved, what became of it."""
    closed, words = opened.closed, opened.session.people.kept_sentence
    if closed is not None and not closed.saved:
        found = closed.rescued
        words = (
            tr(
                "Your last work could not be saved in its place. It is in {file}: import that file later."
            ).format(file=found)
            if found
            else tr("Your last work could not be saved.")
        )
    return Farewell(words or tr("Your work is saved."), opened.window.look, opened.window.geometry())


def _say_farewell(opened: OpenWindow) -> None:
    opened.farewell = farewell(opened)  # kept: a window that nobody holds is gone before it is seen
    opened.farewell.say()


def _use_quiet_moment(opened: OpenWindow) -> None:
    """What can wait until the window is on show: what judges and explains, and the collector of rubbish."""
    opened.session.warm_up()
    gc.freeze()  # what the window is made of is no rubbish: it need not be looked through again
    Collector(opened.window)


def main(*, lesson: str | None, course: Path | None, author: bool, data_dir: Path | None) -> int:
    """Open the window and stay until it is closed.

    Args:
        lesson: the lesson to open; by default where the learner left off.
        course: a course folder other than the shipped one.
        author: show what lesson writers need.
        data_dir: a folder for all that the tutor keeps.

    Returns:
        The exit status: 0, or 2 when the course cannot be used.
    """
    application = make_application()  # first of all: from now on every word is said in the reader's language
    where = kept_in(data_dir)
    set_up_in_background(where.logs)
    patience = Patience()
    try:
        chosen = open_course(where, course.absolute(), patience=patience) if course else None
        opened = open_window(where, chosen, author=author, patience=patience)
    except TutorError as trouble:
        print(f"tutor: {trouble}", file=sys.stderr)
        return 2
    window = opened.window
    window.closing.connect(lambda: _say_farewell(opened))
    window.fit_screen()
    window.show()
    opened.wiring.start(lesson)
    QTimer.singleShot(QUIET_AFTER, window, lambda: _use_quiet_moment(opened))
    return application.exec()
