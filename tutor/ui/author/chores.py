"""Test, Cases, Pack and Book: started from the bar, done in the background, and told in the writer's half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from tutor.authoring.packs import SUFFIX
from tutor.authoring.replay import Replayed
from tutor.guarding.finding import sentence
from tutor.lessons.model import Course, Place, Problem
from tutor.paths import Folders
from tutor.session.session import Session
from tutor.ui.author import tasks
from tutor.ui.author.background import Ended, Job
from tutor.ui.author.room import Room
from tutor.ui.author.tasks import Packed
from tutor.ui.author.test_pane import Tested
from tutor.ui.main_window import MainWindow
from tutor.ui.patient_guard import PatientGuard
from tutor.ui.save_as import save_as


class Chores(QObject):
    """One test, one folder of cases and one export at a time; the window stays free."""

    problem_chosen = Signal(object)
    step_chosen = Signal(str, str)
    answers_changed = Signal()
    tested = Signal(object)

    def __init__(
        self, window: MainWindow, room: Room, session: Session, guard: PatientGuard, where: Folders
    ) -> None:
        super().__init__(window)
        self._window, self._room, self._session = window, room, session
        self._guard, self._where = guard, where
        self.testing, self.replaying, self.exporting = Job(self), Job(self), Job(self)
        self._then: Callable[[object], None] = lambda _value: None
        #: Why a file cannot be changed; "" where it can.
        self.locked: Callable[[Path], str] = lambda _path: ""
        self._folder: Path | None = None
        test, cases = room.test, room.cases
        self.testing.progressed.connect(test.show_progress)
        self.testing.ended.connect(self._tested)
        test.cancelled.connect(self.testing.cancel)
        test.list.chosen.connect(self.problem_chosen)
        self.replaying.progressed.connect(cases.show_progress)
        self.replaying.ended.connect(self._replayed)
        cases.folder_asked.connect(self._ask_folder)
        cases.again_asked.connect(lambda: self.replay(self._folder) if self._folder else None)
        cases.cancelled.connect(self.replaying.cancel)
        cases.accept_asked.connect(self._accept)
        cases.step_asked.connect(self._show_step)
        cases.patients = self._patients_in
        cases.may_accept = self._may_accept
        self.exporting.ended.connect(self._exported)

    def stop(self) -> None:
        """Cancel all that runs."""
        for job in (self.testing, self.replaying, self.exporting):
            job.stop()

    def finish(self) -> None:
        """Wait until nothing runs any more."""
        for job in (self.testing, self.replaying, self.exporting):
            job.finish()

    # -- Test

    def test(self, course: Course, lesson: Path | None = None) -> None:
        """Test one lesson of a course by its file, or the whole course."""
        where = self._where
        if self.testing.start(lambda task: tasks.test(task, course, lesson, where)):
            self._room.test.begin(lesson.name if lesson else course.title)

    def _tested(self, ended: Ended) -> None:
        pane = self._room.test
        if ended.cancelled:
            pane.show_cancelled()
        elif ended.trouble is not None:
            pane.show_trouble(str(ended.trouble))
        elif isinstance(ended.value, Tested):
            pane.show_tested(ended.value)
            self.tested.emit(ended.value)

    # -- Cases

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Folder of cases"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.replay(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def replay(self, folder: Path) -> None:
        """Judge the cases of a folder against the course as it is now."""
        course, where = self._session.course, self._where
        if self.replaying.start(lambda task: tasks.replay_cases(task, folder, course, where)):
            self._folder = folder
            self._room.cases.begin()

    def _accept(self, one: Replayed) -> None:
        found = self._room.cases.cases
        if self.replaying.start(lambda task: tasks.accept_case(task, one, found)):
            self._room.cases.begin()

    def _replayed(self, ended: Ended) -> None:
        pane = self._room.cases
        if ended.cancelled:
            pane.show_trouble(self.tr("Cancelled."))
        elif ended.trouble is not None:
            pane.show_trouble(str(ended.trouble))
        elif isinstance(ended.value, list):
            before = {one.file for one in pane.cases if one.accepted}
            pane.show_cases(ended.value)
            if any(one.accepted and one.file not in before for one in ended.value):
                self.answers_changed.emit()

    def _show_step(self, one: Replayed) -> None:
        if one.case is not None:
            self.step_chosen.emit(one.case.lesson, one.case.step)

    def _patients_in(self, one: Replayed) -> str:
        if one.case is None:
            return ""
        found = self._guard.find(f"{one.case.program}\n{one.case.reason}")
        return sentence(found) if found else ""

    def _may_accept(self, one: Replayed) -> bool:
        return one.lesson_file is not None and not self.locked(one.lesson_file)

    # -- Pack and Book

    def pack(self, course: Course) -> None:
        """The course as one file; asks first where something in it looks like patient data."""
        guard, where = self._guard, self._where

        def find(text: str) -> tuple[int, str] | None:
            found = guard.find(text)
            if not found:
                return None
            return found[0].line, sentence(found)

        self._pack(course, find, where)

    def _pack(self, course: Course, find: Callable[[str], tuple[int, str] | None], where: Folders) -> None:
        if self.exporting.start(lambda task: tasks.pack_course(task, course, find, where)):
            self._then = lambda value: self._packed(course, value)
            self._room.bar.say(self.tr("The course is being packed. You can go on writing."))

    def _packed(self, course: Course, value: object) -> None:
        assert isinstance(value, Packed)
        if value.patients is not None:
            file, line, found = value.patients
            place = Problem(Place(file, line, 1), "", found)
            self._room.bar.say("")
            self._guard.before_course_leaves(
                found,
                file.name,
                show=lambda: self.problem_chosen.emit(place),
                keep=lambda: self._pack(course, lambda _text: None, self._where),
            )
            return
        words = self.tr("Files in the pack: {count}.").format(count=value.files)
        if value.errors:
            words += " " + self.tr("The course has mistakes (%n); Test lists them.", "", value.errors)
        self._room.bar.say(words)
        self._save(f"{course.folder.name}{SUFFIX}", value.data)

    def book(self, course: Course) -> None:
        """The course as one page for reviewers."""
        if self.exporting.start(lambda task: tasks.make_book(task, course)):
            self._then = lambda value: self._save(
                f"{course.folder.name}.html", value if isinstance(value, bytes) else b""
            )
            self._room.bar.say(self.tr("The book is made. You can go on writing."))

    def _exported(self, ended: Ended) -> None:
        self._room.bar.say("")
        if ended.trouble is not None:
            self._room.bar.say(str(ended.trouble))
        elif not ended.cancelled:
            self._then(ended.value)

    def _save(self, name: str, data: bytes) -> None:
        save_as(self._window, name, data, self._window.trouble.show_trouble)
