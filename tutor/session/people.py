"""Whose work is open: the verbs for people who share one sign-in, for carrying work to another PC, and for starting fresh.

Nobody's work is ever erased: "Not me" parks it, and its owner can choose it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from tutor.errors import Fault, MachineError, TutorError
from tutor.paths import Folders
from tutor.progress.damage import Damage
from tutor.progress.learners import Learner, Learners
from tutor.progress.machine import machine_id
from tutor.progress.saver import Saving
from tutor.progress.state import StepState
from tutor.progress.store import Store
from tutor.progress.versions import read_versions
from tutor.progress.whereabouts import sentence, where_kept
from tutor.session.courses import Courses
from tutor.session.desk import Desk
from tutor.session.events import (
    Openable,
    PatientsInWork,
    PeopleTrouble,
    Person,
    PlaceTaken,
    SessionEvent,
    Trouble,
    WhoseWork,
    WorkExported,
    WorkImported,
)
from tutor.session.navigation import Navigation
from tutor.session.telling_opening import TellingOpening
from tutor.translation import tr

#: Seconds that one person's work may take to reach the disk before another's is opened.
SAVE_SECONDS = 5.0

#: So often work is saved before it is put away: what is typed while it is being saved waits for the next time.
SAVE_TRIES = 3


class LearnerStores:
    """Opens the work of the people of one data folder.

    Args:
        folders: where the tutor keeps things.
        report: told of each change of saving.
        report_damage: told of each thing that could not be read.
    """

    def __init__(
        self, folders: Folders, report: Callable[[Saving], None], report_damage: Callable[[Damage], None]
    ) -> None:
        self.folders = folders
        self._report, self._report_damage = report, report_damage

    @property
    def learners(self) -> Learners:
        """The people. Reads the disk."""
        return Learners(self.folders.learners, machine_id(self.folders.cache))

    def open_last(self) -> Store | None:
        """The work of who was here last, or of somebody new; None where there are people and nobody says who is here."""
        learners = self.learners
        learner = learners.current()
        return None if learner is None and learners.all() else self.open(learner)

    def open(self, learner: Learner | None) -> Store:
        """This person's work; None: somebody new."""
        return Store(self.folders, learner, report=self._report, report_damage=self._report_damage)


class People:
    """The verbs. Each returns at once; what comes of it arrives as an event, trouble as PeopleTrouble.

    Args:
        desk: what is open.
        navigation: opens steps of the work that is opened.
        courses: opens the course that goes with it.
        stores: opens people's work.
        do: does a task on the session's thread.
        emit: the one subscriber.
    """

    def __init__(
        self,
        desk: Desk,
        navigation: Navigation,
        courses: Courses,
        stores: LearnerStores,
        do: Callable[[Callable[[], None]], None],
        emit: Callable[[SessionEvent], None],
    ) -> None:
        self._desk, self._navigation, self._courses = desk, navigation, courses
        self._stores, self._emit = stores, emit
        self._hand_over, self._opening = do, TellingOpening(do, emit)
        self._kept = ""

    @property
    def kept_sentence(self) -> str:
        """Where the work is kept, in one line; "" until the disk has been asked."""
        return self._kept

    def show(self) -> None:
        """Who is here, who else is, and the place code. -> WhoseWork."""
        self._do("people", self._show)

    def call_me(self, name: str) -> None:
        """The person whose work is open is called so from now on. -> WhoseWork."""
        self._do("name", lambda: self._call_me(name))

    def park(self) -> None:
        """ "Not me": put this person's work away, and ask who is here. -> WhoseWork with nobody at work."""
        self._do("people", self._park, Openable.AWAY)

    def choose(self, learner_id: str) -> None:
        """Put away what is open, and open this person's work. -> WhoseWork, StepOpened."""
        self._do("people", lambda: self._choose(learner_id), Openable.WORK)

    def start_fresh(self, name: str = "") -> None:
        """Put away what is open, and begin with somebody new. -> WhoseWork, StepOpened."""
        self._do("people", lambda: self._start_fresh(name), Openable.WORK)

    def export(
        self, target: Path, *, check_for_patients: bool = False, leave_out: Collection[str] = ()
    ) -> None:
        """Write all of this person's work into one file, but for the files named. -> WorkExported, or PatientsInWork."""
        self._do("file", lambda: self._export(target, check_for_patients, leave_out))

    def import_from(self, file: Path) -> None:
        """Merge a file of exported work into this person's. -> WorkImported, StepOpened."""
        self._do("file", lambda: self._import(file))

    def bring_place(self, code: str) -> None:
        """Take over what a place code from another PC says. -> PlaceTaken, StepOpened."""
        self._do("code", lambda: self._bring_place(code))

    # -- on the session's thread

    def _do(self, about: str, task: Callable[[], None], opens: Openable | None = None) -> None:
        def guarded() -> None:
            try:
                task()
            except TutorError as error:
                self._emit(PeopleTrouble(about, error.what, error.do, error.fault))

        if opens is None:
            self._hand_over(guarded)
        else:
            self._opening(guarded, opens)

    def begin(self) -> None:
        """Open the work of who was here last; where that may be somebody else, ask who is here."""
        last = self._stores.open_last()
        if last is None:
            self._show()
        else:
            self._take_up(last)

    def ask_where(self) -> None:
        """Ask the system where the work is kept."""
        folder = self._stores.folders.data
        self._kept = sentence(where_kept(folder), folder)

    def _take_up(self, store: Store) -> None:
        self._desk.work = store
        if store.trouble:
            self._emit(Trouble(store.trouble.fault, store.trouble.what, store.trouble.do))
        self._courses.follow()

    def _put_away(self) -> None:
        """Close the work that is open; where it is not on the disk yet it stays open, and MachineError says so."""
        work = self._desk.opened_work
        until = time.monotonic() + SAVE_SECONDS
        if not any(work.flush(max(0.0, until - time.monotonic())) for _try in range(SAVE_TRIES)):
            raise MachineError(
                tr("Your work is not saved yet, so it stays open."), tr("Try again in a moment.")
            )
        self._desk.clear()
        closed = work.close(SAVE_SECONDS, self.rescue_folder)
        if not closed.saved:
            self._emit(_not_saved(closed.rescued))

    def _open_work(self) -> Store:
        if self._desk.work is None:
            raise MachineError(tr("Nobody's work is open."), tr("Choose a person, or begin as somebody new."))
        return self._desk.work

    def _show(self, known: Sequence[Learner] | None = None, work: Store | None = None) -> None:
        """Tell who is here. `known`: the people, where the disk was asked just now; `work`: what is about to be open."""
        work = work or self._desk.work
        code, problem = "", ""
        if work is not None:
            try:
                code = work.place_code(self._desk.course)
            except TutorError as error:
                problem = str(error)
        at_work = work.learner.id if work else ""
        people = [
            _person(one, one.id == at_work)
            for one in (self._stores.learners.all() if known is None else known)
        ]
        if work is not None and at_work not in [one.id for one in people]:
            people.insert(0, _person(work.learner, current=True))  # a disk that is slow: not written yet
        people.sort(key=lambda one: not one.current)
        name = work.learner.name if work else ""
        self._desk.asked = work is None
        self._emit(WhoseWork(tuple(people), name, work is not None, code, problem, self._kept))

    def _call_me(self, name: str) -> None:
        work = self._open_work()
        work.learner = work.learners.rename(work.learner, name)
        self._show()

    def _park(self) -> None:
        learners = self._open_work().learners
        known = learners.all()
        self._put_away()
        self._show(known)  # at once, before the disk is asked again: what is typed now would be nobody's
        learners.park()

    def _choose(self, learner_id: str) -> None:
        work = self._desk.work
        if work is not None and work.learner.id == learner_id:
            self._show()
            return
        learners = self._stores.learners
        learner = learners.get(learner_id)
        if learner is None:
            raise MachineError(
                tr("This person's folder cannot be reached now."), tr("Try again in a moment.")
            )
        self._change_to(learner, learners)

    def _start_fresh(self, name: str) -> None:
        learners = self._stores.learners
        self._change_to(learners.create(name), learners)

    def _change_to(self, learner: Learner, learners: Learners) -> None:
        """What the disk has to be asked for is asked before the work that is open is put away: until then it is worked on."""
        before = self._desk.work
        known, store = learners.all(), self._stores.open(learner)
        if before is not None:
            try:
                self._put_away()
            except MachineError:
                store.close(0.0)
                learners.choose(before.learner)
                raise
        self._show(known, store)  # first who it is, then their work
        learners.choose(learner)
        self._take_up(store)
        self._show()
        self._navigation.open_wanted()

    def _export(self, target: Path, check: bool, leave_out: Collection[str]) -> None:
        work = self._open_work()
        work.flush()
        found = _with_patients(work.learner) if check else ()
        if found:
            self._emit(PatientsInWork(target, found))
        else:
            self._emit(WorkExported(target, work.export(target, leave_out)))

    def _import(self, file: Path) -> None:
        work = self._open_work()
        began_here = bool(self._worked_on(work))
        imported = work.import_from(file)
        self._emit(WorkImported(imported.name, imported.added, imported.present, len(imported.left_out)))
        last = self._worked_on(work)
        if last and not began_here:
            self._navigation.open(*last)  # on a new PC one goes on where one was
        else:
            self._navigation.open()
        self._show()

    def _worked_on(self, work: Store) -> tuple[str, str] | None:
        """The step that was worked on last, in the course that is open; None where nothing was."""
        course, progress = self._desk.course, work.progress
        done = [
            (found.last, lesson.id, step.id)
            for lesson in course.lessons
            for step in lesson.steps
            if (found := progress.step(course.progress_id, lesson.id, step.id)).last
            and found.state is not StepState.TO_DO
        ]
        last = max(done, default=None, key=lambda one: one[0])
        return last[1:] if last else None

    def _bring_place(self, code: str) -> None:
        place = self._open_work().bring_place(self._desk.course, code)
        heading = self._desk.course.heading(place.lesson)
        self._emit(PlaceTaken(len(place.done), heading.title if heading else ""))
        if heading is not None:
            self._navigation.open()
        self._show()

    @property
    def rescue_folder(self) -> Path:
        """A folder of this PC for work that cannot be saved in its place."""
        return self._stores.folders.rescued


def _not_saved(rescued: Path | None) -> Trouble:
    """What to say when work that was put away is not in its place."""
    where = (
        tr("It is in {file}: import that file later.", file=rescued)
        if rescued
        else tr("Some of it could not be saved.")
    )
    return Trouble(Fault.PC, tr("The work that was put away could not be saved in its folder."), where)


def _with_patients(learner: Learner) -> tuple[str, ...]:
    """The files of somebody's drafts that hold what looks like patient data."""
    from tutor.guarding.patients import find_patients  # noqa: PLC0415  (slow to load, and first wanted long after the start)

    found = []
    for file in sorted(learner.folder.glob("drafts/**/*.json")):
        try:
            texts = [version.text for version in read_versions(file.read_bytes())]
        except (OSError, ValueError):
            continue
        if any(find_patients(text) for text in texts):
            found.append(file.relative_to(learner.folder).as_posix())
    return tuple(found)


def _person(learner: Learner, current: bool) -> Person:
    last = learner.used or learner.created
    return Person(
        learner.id,
        learner.name,
        last.astimezone().isoformat(timespec="minutes") if last else "",
        current,
    )
