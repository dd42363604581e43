"""Connects the courses of the session with the panel, the dialogs, what is dropped, and the outline's tracks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from tutor.paths import course_folder
from tutor.session.events import CourseOpened, CourseRefused, CoursesKnown, SessionEvent, StepView
from tutor.session.session import Session
from tutor.ui.announce import announce
from tutor.ui.bridge import SessionBridge
from tutor.ui.course_drop import CourseDrop
from tutor.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tutor.ui.courses_panel import CoursesPanel
    from tutor.ui.outline import OutlinePanel


class CoursesWiring(QObject):
    """Which course is open."""

    def __init__(self, window: MainWindow, session: Session, bridge: SessionBridge) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.dialog: QFileDialog | None = None
        self._before = session.course.title
        self._opened: CourseOpened | None = None
        bridge.arrived.connect(self.show_event)
        MainWindow.courses_panel.then(window, self._connect_panel)
        MainWindow.outline.then(window, self._connect_outline)
        surfaces = [each for editor in (window.work.editor, window.work.gaps) for each in editor.drop_targets]
        self._drop = CourseDrop(window, surfaces)
        self._drop.dropped.connect(self.open)

    def _connect_panel(self, panel: CoursesPanel) -> None:
        panel.course_chosen.connect(self.open)
        panel.drop_requested.connect(self._session.courses.drop)
        panel.folder_requested.connect(self.open_folder)
        panel.pack_requested.connect(self.open_pack)
        panel.copy_requested.connect(self.make_own_copy)
        panel.show_courses(self._session.courses.shown)

    def _connect_outline(self, outline: OutlinePanel) -> None:
        outline.courses_requested.connect(self.toggle)
        outline.track_chosen.connect(self._session.courses.choose_track)

    def toggle(self) -> None:
        """Open the panel, or close it."""
        window, panel = self._window, self._window.courses_panel
        if panel.isVisible():
            panel.dismiss()
            return
        window.hide_panels()
        panel.show_courses(self._session.courses.shown)
        panel.open_fresh()
        self._session.courses.show()

    def open(self, chosen: Path) -> None:
        """Open the course of this folder or file."""
        self._window.work.tell_all()
        panel = MainWindow.courses_panel.made(self._window)
        if panel is not None:
            panel.show_busy(chosen.name)
        self._session.courses.open(chosen)

    # -- asking where

    def open_folder(self) -> None:
        """Ask for a course's folder, and open it."""
        dialog = QFileDialog(self._window, self.tr("Open a course folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.open(Path(chosen)))
        self._ask(dialog)

    def open_pack(self) -> None:
        """Ask for a course pack, and open it."""
        dialog = QFileDialog(self._window, self.tr("Open a course pack"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Course packs (*.c4h)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda chosen: self.open(Path(chosen)))
        self._ask(dialog)

    def make_own_copy(self) -> None:
        """Ask where to put one's own copy of the open course, make it there, and open it."""
        dialog = QFileDialog(self._window, self.tr("Choose a folder for your own copy"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self._copy_into(Path(chosen)))
        self._ask(dialog)

    def _copy_into(self, folder: Path) -> None:
        self._window.work.tell_all()
        self._session.courses.make_own_copy(folder)

    def _ask(self, dialog: QFileDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- what came of it

    def show_event(self, event: SessionEvent) -> None:
        """Show an event about courses."""
        match event:
            case CoursesKnown(courses=courses):
                known = MainWindow.courses_panel.made(self._window)
                if known is not None:
                    known.show_courses(courses)
            case CourseRefused():
                panel = self._window.courses_panel
                if not panel.isVisible():
                    self._window.hide_panels()
                    self._session.courses.show()
                panel.show_refused(event)
            case CourseOpened():
                self._opened = event
                waiting = MainWindow.courses_panel.made(self._window)
                if waiting is not None:
                    waiting.end_busy()
            case _:
                pass

    def step_opened(self, view: StepView) -> None:
        """A step is on show: if it is the first of another course, say which course this is."""
        opened, self._opened = self._opened, None
        before, self._before = self._before, view.course.title
        if opened is None or not opened.asked:
            return
        title = view.course.title
        if opened.copied:
            self._window.courses_panel.show_copied(opened.course.folder)
            return
        panel = MainWindow.courses_panel.made(self._window)
        if panel is not None:
            panel.dismiss()
        words = self.tr("{title} is open now.").format(title=title)
        if before and before != title:
            words += " " + self.tr("Your place in {before} is kept.").format(before=before)
        self._window.lesson.show_note(words)
        announce(self._window.lesson, words)

    def open_built_in(self) -> None:
        """Open the course that comes with the tutor."""
        self.open(course_folder())
