"""Connects the people of the session with the header, the panel, the page that asks who is here, and file dialogs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from tutor.session.events import (
    Openable,
    OpeningEnded,
    PatientsInWork,
    PeopleTrouble,
    PlaceTaken,
    SessionEvent,
    Trouble,
    WhoseWork,
    WorkExported,
    WorkImported,
)
from tutor.session.session import Session
from tutor.ui.bridge import SessionBridge
from tutor.ui.main_window import MainWindow
from tutor.ui.opening_line import QUIET_FOR
from tutor.ui.patient_guard import PatientGuard

if TYPE_CHECKING:
    from tutor.ui.people_panel import PeoplePanel
    from tutor.ui.who_is_here import WhoIsHere


class PeopleWiring(QObject):
    """Whose work it is.

    Args:
        window, session, bridge: what is connected.
        guard: asks about patient data in work that is to be exported.
        check_for_patients: whether it is to ask.

    `person_changed`: nothing of the person before may be shown any more.
    """

    person_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        bridge: SessionBridge,
        guard: PatientGuard,
        check_for_patients: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._people, self._guard = window, session.people, guard
        self._check = check_for_patients
        self.shown: WhoseWork | None = None
        self.dialog: QFileDialog | None = None
        self._changing = self._said = False
        self._slow = QTimer(self, singleShot=True, interval=QUIET_FOR)
        self._slow.timeout.connect(self._say_so)
        bridge.arrived.connect(self.show_event)
        window.header.people_requested.connect(self.toggle)
        MainWindow.settings_panel.then(window, lambda panel: panel.people_requested.connect(self.toggle))
        MainWindow.people_panel.then(window, self._connect_panel)
        MainWindow.who.then(window, self._connect_page)
        self._people.show()

    def _connect_panel(self, panel: PeoplePanel) -> None:
        panel.name_chosen.connect(self._people.call_me)
        panel.not_me.connect(lambda: self._leaving(self._people.park))
        panel.fresh_start.connect(lambda: self._leaving(self._people.start_fresh))
        panel.person_chosen.connect(lambda who: self._leaving(lambda: self._people.choose(who)))
        panel.code_entered.connect(self._people.bring_place)
        panel.export_requested.connect(self._export)
        panel.import_requested.connect(self._import)
        if self.shown is not None:
            panel.show_work(self.shown)

    def _connect_page(self, page: WhoIsHere) -> None:
        page.chosen.connect(lambda who: self._leaving(lambda: self._people.choose(who)))
        page.new_chosen.connect(lambda name: self._leaving(lambda: self._people.start_fresh(name)))

    def toggle(self) -> None:
        """Open the panel, or close it."""
        window = self._window
        if self.shown is not None and not self.shown.at_work:
            window.who.focus_first()
        elif window.people_panel.isVisible():
            window.people_panel.dismiss()
        else:
            window.put_away(MainWindow.settings_panel, MainWindow.help_panel, MainWindow.history)
            window.people_panel.open_fresh()
            self._people.show()

    def _leaving(self, act: Callable[[], None]) -> None:
        """Tell what was typed last, then put the work away: once, however often it is asked for while a disk is slow."""
        if self._changing:
            self._say_so()
            return
        self._changing = True
        self._window.work.tell_all()
        act()
        self._slow.start()

    def _say_so(self) -> None:
        """What is under way takes long: in the panel, where it was asked for (the header says it too)."""
        panel = MainWindow.people_panel.made(self._window)
        if self._changing and panel is not None and panel.isVisible():
            self._said = True
            panel.tell_under_way("people", self.tr("This work is being put away. It takes a moment."))

    def _changed(self) -> None:
        self._changing = False
        self._slow.stop()
        panel = MainWindow.people_panel.made(self._window)
        if self._said and panel is not None:
            self._said = False
            panel.take_back("people")

    # -- what came of it

    def show_event(self, event: SessionEvent) -> None:
        """Show an event about people."""
        match event:
            case WhoseWork():
                self._show(event)
            case WorkExported(file=file):
                self._tell("file", self.tr("Your work is in {name}.").format(name=file.name), good=True)
            case WorkImported():
                self._tell("file", self._imported(event), good=True)
            case PlaceTaken(lessons=lessons, lesson_title=title):
                words = self.tr("Lessons marked as done: %n.", "", lessons)
                if title:
                    words += " " + self.tr("You are at: {title}.").format(title=title)
                self._tell("code", words, good=True)
            case PatientsInWork():
                self._ask_about(event)
            case OpeningEnded(what=Openable.WORK):
                self._changed()
            case OpeningEnded(what=Openable.AWAY) if self.shown is None or self.shown.at_work:
                self._changed()  # it could not be put away; where it was, the question who is here said so already
            case PeopleTrouble():
                self._said = self._said and event.about != "people"  # it stands where that was said
                self._trouble(event)
            case _:
                pass

    def _tell(self, about: str, words: str, *, good: bool) -> None:
        self._window.people_panel.tell(about, words, good=good)

    def _show(self, shown: WhoseWork) -> None:
        before, self.shown = self.shown, shown
        window = self._window
        window.header.show_person(shown.name)
        panel = MainWindow.people_panel.made(window)
        if panel is not None:
            panel.show_work(shown)
        was = next((one.id for one in before.people if one.current), "") if before else ""
        now = next((one.id for one in shown.people if one.current), "")
        if before is not None and was != now:
            self.person_changed.emit()
            window.work.forget()
            window.put_away(MainWindow.people_panel)
        if not shown.at_work:
            self._changed()  # from now on an answer counts, and not only from when the end of it is told
            window.ask_who(shown)

    def _imported(self, imported: WorkImported) -> str:
        words = self.tr("Files added: %n.", "", imported.added)
        if not imported.added:
            words = self.tr("Everything in that file was here already.")
        if imported.left_out:
            words += " " + self.tr("Files that are no work of the tutor, left out: %n.", "", imported.left_out)  # fmt: skip
        return words

    def _trouble(self, trouble: PeopleTrouble) -> None:
        words = f"{trouble.what} {trouble.do}".strip()
        panel = MainWindow.people_panel.made(self._window)
        if self.shown is not None and not self.shown.at_work:
            self._window.who.show_trouble(trouble)
        elif panel is not None and panel.isVisible():
            panel.tell(trouble.about, words, good=False)
        else:
            self._window.trouble.show_trouble(Trouble(trouble.fault, trouble.what, trouble.do))

    # -- files

    def _export(self) -> None:
        self._window.work.tell_all()
        name = f"code4health-work-{date.today():%Y-%m-%d}.zip"
        dialog = QFileDialog(self._window, self.tr("Export my work"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(
            lambda chosen: self._people.export(Path(chosen), check_for_patients=self._check())
        )
        self._open(dialog)

    def _import(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import work"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Exported work (*.zip)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda chosen: self._people.import_from(Path(chosen)))
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_about(self, event: PatientsInWork) -> None:
        found = self.tr("Programs of yours that hold what looks like patient data: %n.", "", len(event.files))
        self._guard.before_work_leaves(
            found,
            remove=lambda: self._people.export(event.target, leave_out=event.files),
            keep=lambda: self._people.export(event.target),
        )
