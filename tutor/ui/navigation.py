"""Wires what slides over the window: outline, search, glossary, history, settings, help; and the live preview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QObject, QPoint, Signal

from tutor import LEARNING_BANNER
from tutor.lessons.model import Course, StepKind
from tutor.paths import Folders
from tutor.session.events import KeptProgram, PageOpened, SessionEvent, StepView
from tutor.session.session import Session
from tutor.ui.find_index import Entry, Kind, entries_of
from tutor.ui.lesson_watch import LessonWatch
from tutor.ui.look import TEXT_SIZES
from tutor.ui.main_window import MainWindow
from tutor.ui.patient_guard import PatientGuard
from tutor.ui.save_as import save_as
from tutor.ui.settings_saving import SettingsSaving
from tutor.ui.shortcuts import Command, commands

if TYPE_CHECKING:
    from tutor.ui.outline import OutlinePanel


class Navigation(QObject):
    """Finding one's way.

    `setting_changed` tells the name of a setting that counts from now on, `course_chosen` a course's folder.
    """

    setting_changed = Signal(str)
    course_chosen = Signal(object)

    def __init__(self, window: MainWindow, session: Session, saving: SettingsSaving, where: Folders) -> None:
        super().__init__(window)
        settings = saving.settings
        self.guard = PatientGuard(window, lambda: settings.settings.check_for_patients)
        self._window, self._session, self._settings, self.folders = window, session, settings, where
        self._saving = saving
        self._acts: dict[str, Callable[[], object]] = {}
        self.more_commands: Callable[[], tuple[Command, ...]] = tuple
        self._watch = LessonWatch(self)
        self._watch.saved.connect(session.reload)
        window.header.outline_requested.connect(self.toggle_outline)
        window.header.search_requested.connect(self.search)
        window.header.settings_requested.connect(self.open_settings)
        window.header.help_requested.connect(self.open_help)
        window.lesson.link_followed.connect(self._follow)
        window.work.history_requested.connect(self.open_history)
        window.work.file_save_requested.connect(self._save_as)
        window.work.case_requested.connect(self.open_case)
        self._connect_overlays()
        self._view: StepView | None = None

    def _connect_overlays(self) -> None:
        window = self._window
        MainWindow.outline.then(window, self._connect_outline)
        MainWindow.page.then(window, lambda page: page.link_followed.connect(self._follow))
        MainWindow.palette_card.then(window, lambda card: card.chosen.connect(self._jump))
        MainWindow.popup.then(window, lambda popup: popup.term_followed.connect(self._follow))
        MainWindow.history.then(window, lambda panel: panel.restore_requested.connect(self._restore))
        MainWindow.settings_panel.then(window, lambda panel: panel.changed.connect(self.change_setting))
        MainWindow.case_panel.then(window, lambda panel: panel.save_requested.connect(self._save_as))

    def _connect_outline(self, outline: OutlinePanel) -> None:
        outline.lesson_chosen.connect(self._open_lesson)
        outline.page_chosen.connect(self.open_page)

    def set_acts(self, acts: dict[str, Callable[[], object]]) -> None:
        """What each command does: for the commands that are found by searching."""
        self._acts = acts

    def step_opened(self, view: StepView) -> None:
        """Another step is open: watch its file, put away what was open over the one before."""
        self._view = view
        if not view.is_scratch:
            self._watch.watch(view.lesson.path, self._session.version_read(view.lesson.id))
        self.guard.step_opened(view)
        if not view.reloaded:
            self._window.put_away(MainWindow.outline, MainWindow.page, MainWindow.history)
            self._window.put_away(MainWindow.case_panel, MainWindow.popup, MainWindow.courses_panel)

    @property
    def _course(self) -> Course:
        return self._session.course

    def toggle_outline(self) -> None:
        """Open the course outline, or close it."""
        outline = self._window.outline
        if outline.isVisible():
            outline.dismiss()
        else:
            self._window.put_away(MainWindow.courses_panel)
            outline.show_course(self._course, self._session.outline(), self._session.courses.track)

    def open_page(self, page_id: str) -> None:
        """Open a reference page over the lesson, once it has been read."""
        self._session.pages.open(page_id)

    def show_event(self, event: SessionEvent) -> None:
        """Show a page that was read."""
        if isinstance(event, PageOpened):
            self._window.put_away(MainWindow.outline)
            self._window.page.show_page(event, self._course)

    def search(self) -> None:
        """Search or jump."""
        known = [command for command in commands() if command.name in self._acts and command.name != "search"]
        known += self.more_commands()
        others = [one for one in self._session.courses.shown if not one.current and one.found]
        self._window.palette_card.open_on(entries_of(self._course, known, others))

    def open_history(self) -> None:
        """Programs kept from runs and checks of this step."""
        panel = self._window.history
        if panel.isVisible():
            panel.dismiss()
        else:
            arranging = self._view is not None and self._view.step.kind is StepKind.ARRANGE
            panel.show_history(self._session.history(), undoable=not arranging)

    def open_settings(self) -> None:
        """Open the settings, or close them."""
        panel, own = self._window.settings_panel, self._settings
        if panel.isVisible():
            panel.dismiss()
            return
        self._window.put_away(MainWindow.help_panel)
        from tutor.ui.settings_panel import Where  # noqa: PLC0415  (made when it is first wanted)

        fixed = own.fixed_folder is not None and own.fixed_folder.absolute() == self.folders.data
        where = Where(str(self.folders.data), str(self.folders.logs), fixed)
        panel.show_settings(own.settings, own.fixed, own.problems, where)

    def open_help(self) -> None:
        """Open Help, or close it."""
        panel = self._window.help_panel
        if panel.isVisible():
            panel.dismiss()
            return
        self._window.put_away(MainWindow.settings_panel)
        panel.show_help(self._course, self.folders.logs / "tutor.log", self.folders.data)

    def open_case(self) -> None:
        """ "I think I am right": show what would be saved about the program that was refused."""
        verdict = self._window.work.panel.checks.verdict
        if self._view is None or verdict is None or verdict.passed:
            return
        self._window.case_panel.show_case(self._view, self._window.work.checked_program, verdict)

    def change_text_size(self, by: int) -> None:
        """One size larger (1) or smaller (-1)."""
        now = self._settings.settings.text_size
        sizes = sorted({*TEXT_SIZES, now})
        at = sizes.index(now) + by
        if 0 <= at < len(sizes):
            self.change_setting("text_size", sizes[at])

    def change_setting(self, name: str, value: object) -> None:
        """Change one setting: it counts at once, and is saved."""
        self._settings.change(**{name: value})
        self._saving.save_soon()
        panel = MainWindow.settings_panel.made(self._window)
        if panel is not None:
            panel.update_settings(self._settings.settings)
        self.setting_changed.emit(name)

    def _open_lesson(self, lesson_id: str) -> None:
        self._window.put_away(MainWindow.outline)
        self._session.open(lesson_id)

    def _jump(self, entry: Entry) -> None:
        match entry.kind:
            case Kind.LESSON:
                self._session.open(entry.target)
            case Kind.STEP:
                lesson, step = entry.target.split("#", 1)
                self._session.open(lesson, step)
            case Kind.TERM:
                self._show_term(entry.target)
            case Kind.PAGE:
                self.open_page(entry.target)
            case Kind.COURSE:
                self.course_chosen.emit(Path(entry.target))
            case Kind.COMMAND:
                self._acts[entry.target]()

    def _follow(self, link: str) -> None:
        if link.startswith("term:"):
            self._show_term(unquote(link.removeprefix("term:")))
        elif link.startswith("page:"):
            self.open_page(unquote(link.removeprefix("page:")).removesuffix(".md"))

    def _show_term(self, name: str) -> None:
        term = self._course.glossary.get(name)
        if term is None:
            return
        page = MainWindow.page.made(self._window)
        shown = page.text if page is not None and page.isVisible() else None
        text = self._window.lesson.text if shown is None else shown
        at = text.viewport().mapTo(self._window, text.cursorRect().bottomLeft())
        if not self._window.rect().contains(at) or not text.isVisible():
            at = QPoint(self._window.width() // 3, self._window.height() // 3)
        self._window.popup.show_term(term, at, text, tuple(self._course.glossary))

    def save_program(self) -> None:
        """Save the program as a file of its own, with the learning banner as its first line."""
        name, text = self._window.work.program_file()
        if name:
            self._save_as(name, f"# {LEARNING_BANNER}\n{text}".encode())

    def _save_as(self, name: str, content: bytes) -> None:
        self.guard.before_saving(name, content, self._save_now)

    def _save_now(self, name: str, content: bytes) -> None:
        save_as(self._window, name, content, self._window.trouble.show_trouble)

    def _restore(self, kept: KeptProgram) -> None:
        self._window.history.hide()
        self._window.work.restore(kept)
        self._window.work.focus_first()
