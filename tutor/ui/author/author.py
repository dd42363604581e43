"""Author mode: switched on with `--author` or in Settings; connects its bar and panes with the session and the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from tutor.lessons.model import Problem, StepKind
from tutor.session.events import LessonBroken, SessionEvent, StepView
from tutor.ui.author.changing import Changing
from tutor.ui.author.chores import Chores
from tutor.ui.author.commands import author_commands
from tutor.ui.author.course_reader import CourseReader
from tutor.ui.author.making import Making
from tutor.ui.author.open_files import Desk, Surveyed
from tutor.ui.author.open_place import OpenPlace
from tutor.ui.author.room import Room
from tutor.ui.author.window_parts import WindowParts
from tutor.ui.author.writing import Writing
from tutor.ui.editor import EditorTheme
from tutor.ui.look import Look
from tutor.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tutor.ui.broken_lesson import BrokenLesson


class Author(QObject):
    """Made when author mode is first switched on.

    Args:
        parts: what it is connected to.

    Attributes:
        room: all widgets.
        writing: the files that are open.
        chores: what is done in the background.
        acts: what each command does.
    """

    def __init__(self, parts: WindowParts) -> None:
        window, session, where = parts.window, parts.session, parts.where
        super().__init__(window)
        self._window, self._session = window, session
        self._on = self._trying = self._dock_before = False
        self._place = OpenPlace(session, where, parts.wiring.view)
        self._actions: list[QAction] = []
        self.room = Room(window)
        self.writing = Writing(self.room.file, Desk(self, where.data), self)
        self.chores = Chores(window, self.room, session, parts.guard, where)
        self.making = Making(self.room, self.writing, self)
        self.changing = Changing(self.room, self.writing, self)
        self._reader = CourseReader(window, session, where)
        self._parts = (self.chores, self.making, self.changing, self._reader, self.writing)
        self.acts: dict[str, Callable[[], object]] = {
            "author-edit": self.edit,
            "author-change": self.change,
            "author-step": self.new_step,
            "author-lesson": self.new_lesson,
            "author-test": self.test_lesson,
            "author-test-course": self.test_course,
            "author-checks": self.show_checks,
            "author-cases": self.show_cases,
            "author-pack": self.pack,
            "author-book": self.save_book,
            "author-learner": self.try_as_learner,
            "author-copy": parts.own_copy,
        }
        self._connect(parts)
        self._add_keys()

    def _connect(self, parts: WindowParts) -> None:
        room = self.room
        parts.bridge.arrived.connect(self._heard)
        self.writing.locked = self.chores.locked = self._place.why_file_locked
        self.writing.changeable = lambda path: self._place.changeable(path) is not None
        self.writing.saved.connect(self._saved)
        self.writing.surveyed.connect(self._surveyed)
        self._reader.renewed.connect(self._show_course)
        self.chores.problem_chosen.connect(self.go_to_problem)
        self.chores.tested.connect(self.writing.show_tested)
        self.chores.step_chosen.connect(self._show_step)
        self.chores.answers_changed.connect(lambda: self._reader.read())
        self.making.course = lambda: self._place.course
        self.making.renew = self.changing.renew = self._reader.read
        self.making.open_step = self.changing.open_step = self._session.open
        room.file.lock.change_requested.connect(self._change_shown)
        room.bar.asked.connect(lambda name: self.acts[name]())
        room.dock.closed.connect(self.room.close)
        room.dock.turned.connect(lambda _at: self._turned())
        room.test.lesson_asked.connect(self.test_lesson)
        room.test.course_asked.connect(self.test_course)
        room.new_step.wanted.connect(self._insert_step)
        room.new_lesson.wanted.connect(self.making.lesson)
        parts.guard.watch(room.file.editor)
        parts.wiring.keeps_keyboard = lambda: room.has_keyboard
        parts.wiring.shows_problems = self._shows_problems
        self._window.more_stops = lambda: [(room.dock, self.room.focus)] if room.dock.isVisible() else []
        MainWindow.broken.then(self._window, self._connect_broken)

    def _connect_broken(self, broken: BrokenLesson) -> None:
        broken.for_writers = self._on and not self._trying
        broken.problem_chosen.connect(self.go_to_problem)

    def _add_keys(self) -> None:
        for command in author_commands():
            if command.keys:
                action = QAction(command.text, self._window)
                action.setShortcuts([QKeySequence(keys) for keys in command.keys])
                action.triggered.connect(lambda _on=False, name=command.name: self._by_key(name))
                self._window.addAction(action)
                self._actions.append(action)

    # -- on and off

    def switch(self, on: bool) -> None:
        """Show what lesson writers need, or put it away; what is being written stays."""
        if on == self._on:
            return
        self._on = on
        self.room.bar.setVisible(on)
        if not on:
            self._trying = False
            self.room.bar.show_trying(False)
            self.room.show_dock(False)
        self._tell_broken()
        for action in self._actions:
            action.setEnabled(on)
        self._show_course()

    @property
    def is_on(self) -> bool:
        """Whether the author bar is shown, or waits behind what a learner sees."""
        return self._on

    def set_look(self, look: Look, theme: EditorTheme, points: float) -> None:
        """Draw in this look."""
        self.room.set_look(look)
        self.room.set_code(theme, points, look.code_family)

    def stop(self) -> None:
        """Keep what is not saved, and cancel what runs; returns at once."""
        for part in self._parts:
            part.stop()

    def finish(self) -> None:
        """After `stop`: wait until all is on the disk and nothing runs any more; from any thread."""
        for part in self._parts:
            part.finish()

    def _tell_broken(self) -> None:
        broken = MainWindow.broken.made(self._window)
        if broken is not None:
            broken.for_writers = self._on and not self._trying

    def _by_key(self, name: str) -> None:
        if not self._trying or name == "author-learner":
            self.acts[name]()

    # -- commands

    def edit(self) -> None:
        """The lesson's file, at the step that is open; where the keyboard is in it already, close it."""
        room = self.room
        if room.has_keyboard and room.dock.pane is room.file:
            self.room.close()
            return
        path = self._place.lesson_path
        if path is None:
            return
        self._open_dock(room.file)
        here = self.writing.current is not None and self.writing.current.path == path
        self.writing.open(path, None if here else self._place.line_in(path))
        room.file.editor.setFocus()

    def change(self) -> None:
        """Copy the lesson that is open into the writer's own course, and edit it there."""
        path = self._place.lesson_path
        why = self._place.why_locked()
        if why:
            self.room.bar.say(why)
        elif path is None or not self._change(path):
            self.room.bar.say(self.tr("This lesson is in your own course: Edit opens its file."))

    def save_here(self) -> bool:
        """Ctrl+S: save the file, where the keyboard is in it; whether that was so."""
        here = self.room.has_keyboard and self.room.dock.pane is self.room.file
        if here:
            self.writing.save()
        return here

    def new_step(self) -> None:
        """Ask which kind of step, and where."""
        view = self._place.view
        if view is None:
            self.room.bar.say(self.tr("Open a lesson first; a step is put into the lesson that is open."))
        elif self._place.why_file_locked(view.lesson.path):
            why = self._place.why_locked()
            self.room.bar.say(why or self.tr("This lesson is only read here. Edit shows how to change it."))
        else:
            self.room.new_step.show_for(view)

    def new_lesson(self) -> None:
        """Ask for the title and the chapter of a new lesson."""
        why = self._place.why_locked()
        if why:
            self.room.bar.say(why)
            return
        path = self._place.lesson_path
        chapter = next(
            (
                one.id
                for one in self._place.course.chapters
                if path and path.parent == one.folder_in(self._place.course.folder)
            ),
            "",
        )
        self.room.new_lesson.show_for(self._place.course, chapter)

    def test_lesson(self) -> None:
        """Test the lesson that is open."""
        path = self._place.lesson_path
        if path is not None:
            self._open_dock(self.room.test)
            self._after_saving(lambda: self.chores.test(self._place.course, path))

    def test_course(self) -> None:
        """Test every lesson."""
        self._open_dock(self.room.test)
        self._after_saving(lambda: self.chores.test(self._place.course))

    def show_checks(self) -> None:
        """The checks of the step, beside it; once more puts them away."""
        room = self.room
        if room.dock.isVisible() and room.dock.pane is room.checks:
            self.room.close()
        else:
            self._open_dock(room.checks)

    def show_cases(self) -> None:
        """Cases that learners sent."""
        self._open_dock(self.room.cases)
        self.room.cases.focus_first()

    def pack(self) -> None:
        """The course as one file."""
        self._after_saving(lambda: self.chores.pack(self._place.course))

    def save_book(self) -> None:
        """The course as a page for reviewers."""
        self._after_saving(lambda: self.chores.book(self._place.course))

    def try_as_learner(self) -> None:
        """Hide what lesson writers need, or bring it back as it was."""
        room = self.room
        self._trying = not self._trying
        if self._trying:
            self._dock_before = room.dock.isVisible()
            room.show_dock(False)
            room.new_step.hide()
            room.new_lesson.hide()
        else:
            room.show_dock(self._dock_before)
        room.bar.show_trying(self._trying)
        self._tell_broken()
        if self._trying:
            room.bar.back.setFocus()
        elif self._dock_before:
            self.room.focus()

    def go_to_problem(self, problem: Problem) -> None:
        """Open the file of a problem at its line."""
        room = self.room
        self._open_dock(room.file)
        place = problem.place
        self.writing.show_course(self._place.course, self._place.lesson_path)
        self.writing.open(place.file, place.line, max(0, place.column - 1))
        room.file.editor.setFocus()

    # -- what happens

    def _heard(self, event: SessionEvent) -> None:
        before = self._place.view
        if self._place.heard(event) and self._place.view is not None and self._on:
            self._follow(before, self._place.view)

    def _follow(self, before: StepView | None, view: StepView) -> None:
        """The writer's half follows what is open beside it, and leaves the keyboard where it is."""
        room, files = self.room, self.writing
        room.checks.show_step(view)
        self._show_course()
        if not room.dock.isVisible() or room.dock.pane is not room.file:
            return
        same = before is not None and before.lesson.path == view.lesson.path
        if not same:
            files.open(view.lesson.path, view.step.place.line)
        elif before is not None and before.step.id != view.step.id and not room.has_keyboard:
            files.show_line(view.lesson.path, view.step.place.line)

    def _show_course(self) -> None:
        if not self._on:
            return
        self.room.bar.show_locked(self._place.why_locked())
        self.writing.show_course(self._place.course, self._place.lesson_path)
        if self._place.view is not None:
            self.room.checks.show_step(self._place.view)

    def _surveyed(self, found: Surveyed) -> None:
        self._place.unwritable = None if found.writable else found.course
        self.room.bar.show_locked(self._place.why_locked())

    def _shows_problems(self, broken: LessonBroken) -> bool:
        """Whether the problems stand beside the lesson, so that the last good version can stay."""
        room, view = self.room, self._place.view
        here = view is not None and view.lesson.id == broken.lesson_id
        if not (here and broken.kept and room.dock.isVisible()):
            return False
        room.file.show_kept(True)
        return True

    def _saved(self, path: Path) -> None:
        self.room.file.show_kept(False)
        self._reader.read()
        waiting, self.writing.after = self.writing.after, None
        if waiting is not None:
            waiting()

    def _insert_step(self, kind: StepKind, after: str) -> None:
        view = self._place.view
        if view is not None:
            self._open_dock(self.room.file)
            self.making.step(view.lesson, kind, after)

    def _change_shown(self) -> None:
        if self.writing.current is not None:
            self._change(self.writing.current.path)

    def _change(self, path: Path) -> bool:
        place, file = self._place, self.writing.current
        lesson = place.changeable(path)
        if lesson is None:
            return False
        line = place.line_in(lesson.path)
        is_open = line is not None
        if file is not None and file.path == lesson.path:
            line = self.room.file.editor.current_line()
        self._open_dock(self.room.file)
        self._after_saving(
            lambda: self.changing.change(place.course, lesson.id, line or 1, open_it=not is_open)
        )
        return True

    def _show_step(self, lesson: str, step: str) -> None:
        self._session.open(lesson, step)
        self._open_dock(self.room.checks)

    def _after_saving(self, act: Callable[[], object]) -> None:
        """Do it with what stands in the editor."""
        file = self.writing.current
        if file is not None and file in self.writing.unsaved:
            self.writing.after = act
            self.writing.save()
        else:
            act()

    # -- the writer's half

    def _open_dock(self, pane: QWidget) -> None:
        if self._trying:
            self.try_as_learner()
        self.room.open(pane)

    def _turned(self) -> None:
        """By its tab: the file is opened where none is."""
        room = self.room
        if room.dock.isVisible() and room.dock.pane is room.file and self.writing.current is None:
            path = self._place.lesson_path
            if path is not None:
                self.writing.open(path, self._place.line_in(path))
