"""The files of the course under the writer's hands: opened, saved, kept safe, and told apart from what another program wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from tutor.authoring.since_tested import since_tested
from tutor.lessons.model import Course, Problem, Severity
from tutor.ui.author.file_pane import FilePane
from tutor.ui.author.live_check import LiveCheck, as_marks
from tutor.ui.author.open_files import Became, Desk, OpenFile, Report, Surveyed
from tutor.ui.author.test_pane import FoundIn, Tested
from tutor.ui.editor import DocumentState
from tutor.ui.lesson_watch import LessonWatch

#: Milliseconds until what was typed is kept as a draft.
DRAFT_AFTER = 700


class Writing(QObject):
    """One file is in the editor; others that were opened keep their text and their way back.

    `saved` tells the file that was written, `opened` one that is open now, `surveyed` what the disk says of the course.
    """

    saved = Signal(object)
    opened = Signal(object)
    surveyed = Signal(object)

    def __init__(self, pane: FilePane, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._pane, self._desk = pane, desk
        self._course: Course | None = None
        self._lesson: Path | None = None
        self._files: dict[Path, OpenFile] = {}
        self.current: OpenFile | None = None
        self._places: dict[Path, tuple[int, int | None]] = {}
        self._wanted: Path | None = None
        self.locked: Callable[[Path], str] = lambda _path: ""
        #: Whether a file that is locked belongs to a lesson that may be copied into the writer's course.
        self.changeable: Callable[[Path], bool] = lambda _path: False
        self._showing = False
        self._saving = False
        #: What is to be done once the file that is being saved is on the disk.
        self.after: Callable[[], object] | None = None
        self.problems: tuple[Problem, ...] = ()
        self._tested: dict[Path, FoundIn] = {}
        self._live = LiveCheck(self)
        self._live.found.connect(self._show_problems)
        self._watch = LessonWatch(self)
        self._watch.saved.connect(self._look)
        self._draft = QTimer(self, singleShot=True, interval=DRAFT_AFTER)
        self._draft.timeout.connect(self._keep_draft)
        desk.reported.connect(self._heard)
        desk.surveyed.connect(self._surveyed)
        pane.editor.text_changed.connect(self._typed)
        pane.file_chosen.connect(self.open)
        pane.save_requested.connect(self.save)
        pane.problem_requested.connect(lambda: pane.editor.show_next_mark())

    # -- verbs

    def show_course(self, course: Course, lesson: Path | None) -> None:
        """The course, and the lesson that is open in it: whose files can be chosen, once the disk has said which there are."""
        self._course, self._lesson = course, lesson
        self._desk.survey(course.folder, lesson)

    def show_files(self, found: Surveyed) -> None:
        """The files that can be chosen, and whether the one in the editor can be changed."""
        if self._course is None or (found.course, found.lesson) != (self._course.folder, self._lesson):
            return  # of a place that was left
        files = [
            (
                path,
                self.tr("{file} (this lesson)").format(file=path.name) if path == found.lesson else path.name,
            )
            for path in found.there
        ]
        shown = {path for path, _name in files}
        files += [
            (path, path.name) for path, file in self._files.items() if path not in shown and file.changed
        ]
        current = self.current.path if self.current else None
        if current is not None and current not in {path for path, _name in files}:
            files.append((current, current.name))
        self._pane.show_files(files, current)
        if current is not None:
            self._pane.editor.set_read_only(bool(self.locked(current)))
            self._say_state()

    def open(self, path: Path, line: int | None = None, column: int | None = None) -> None:
        """Show a file in the editor, at a place of it; as it was left where it was open before."""
        self._wanted = path
        if line is not None:
            self._places[path] = (line, column)
        known = self._files.get(path)
        if known is not None:
            self._show(known)
            self._desk.look(path, known.mark)
        else:
            self._desk.open(path)

    def save(self) -> None:
        """Save the file that is open; the lesson is read again."""
        file = self.current
        if file is None or self._saving or self.locked(file.path):
            return
        self._take_text()
        self._saving = True
        self._say_state()
        self._desk.save(file, file.text)

    @property
    def unsaved(self) -> list[OpenFile]:
        """Files with something that is not saved."""
        self._take_text()
        return [file for file in self._files.values() if file.changed and not self.locked(file.path)]

    @property
    def reading(self) -> bool:
        """Whether the text is still being read for problems."""
        return self._live.busy

    @property
    def saving(self) -> bool:
        """Whether the file is being written."""
        return self._saving

    def show_line(self, path: Path, line: int) -> None:
        """Bring a line of the open file into sight, and leave the keyboard where it is."""
        if self.current is not None and self.current.path == path:
            self._pane.editor.restore_state(DocumentState(line, 0, max(1, line - 2)))

    def put(self, path: Path, text: str, line: int) -> None:
        """Put another text in place of the one of the open file (one undoable step), and go to a line of it."""
        if self.current is not None and self.current.path == path:
            self._pane.editor.replace_all(text)
            self._take_text()
            self._pane.editor.go_to(line)

    def show_tested(self, tested: Tested) -> None:
        """Mark what a test found on its lines too, until they are changed or tested again."""
        self._tested.update(tested.files)
        file = self.current
        if file is not None and file.path in tested.files:
            self._take_text()
            if file.changed:  # no words between the lines while somebody types
                self._live.soon(file.path, file.text, self._course)
            else:
                self._check_now()

    def stop(self) -> None:
        """Keep what is not saved as a draft."""
        self._keep_draft()
        self._live.stop()

    def finish(self) -> None:
        """Wait until it is on the disk."""
        self._live.finish()
        self._desk.close()

    # -- what becomes of files

    def _surveyed(self, found: Surveyed) -> None:
        self.surveyed.emit(found)  # first: whether files are locked hangs on it
        self.show_files(found)

    def _heard(self, report: Report) -> None:
        file = self._files.get(report.path)
        if report.became is Became.READ and report.source is not None:
            if file is None:  # else it was asked for twice, and may have been written in meanwhile
                file = OpenFile(report.path, report.source, report.source.text, report.mark, report.draft)
                self._files[report.path] = file
            if report.path == self._wanted:
                self._show(file)
        elif report.became is Became.SAVED and file is not None and report.source is not None:
            file.source, file.mark = report.source, report.mark
            self._saving = False
            self._say_state()
            self._check_now()
            if report.kept is not None:
                words = self.tr("Your text is saved. The other one is kept as {file}").format(
                    file=report.kept
                )
                self._pane.ask(words, [(self.tr("Close this message"), "", lambda: None)])
            self.saved.emit(report.path)
        elif report.became is Became.FAILED and report.trouble is not None:
            self._saving, self.after = False, None
            self._pane.ask(str(report.trouble), [(self.tr("Close this message"), "", lambda: None)])
            self._say_state()
        elif file is not None and report.became is Became.CHANGED and report.source is not None:
            self._saving, self.after = False, None
            self._changed_elsewhere(file, report)
        elif report.became is Became.GONE:
            self._saving, self.after = False, None
            self._gone(report.path)

    def _changed_elsewhere(self, file: OpenFile, report: Report) -> None:
        assert report.source is not None
        if file is self.current:
            self._take_text()
        if file.text in (report.source.text, file.source.text):  # nothing of the writer's own would be lost
            self._take_theirs(file, report)
            return
        if file is not self.current:
            return  # asked when it is shown again
        self._say_state()
        self._pane.ask(
            self.tr("{file} was changed by another program while you were changing it here.").format(
                file=file.path.name
            ),
            [
                (
                    self.tr("Keep mine"),
                    self.tr("Save your text; the other one is kept as a copy"),
                    lambda: self._desk.save(file, file.text, over=True, copy=True),
                ),
                (
                    self.tr("Take theirs"),
                    self.tr("Show the other text; Ctrl+Z brings yours back"),
                    lambda: self._take_theirs(file, report),
                ),
            ],
        )

    def _take_theirs(self, file: OpenFile, report: Report) -> None:
        assert report.source is not None
        file.source, file.mark, file.text = report.source, report.mark, report.source.text
        if file is self.current:
            self._pane.put_away()
            place = self._pane.editor.document_state()
            self._pane.editor.replace_all(file.text)
            self._pane.editor.restore_state(place)
            self._say_state()
            self._check_now()

    def _gone(self, path: Path) -> None:
        file = self._files.get(path)
        if file is None:
            words = self.tr("There is no file {file} any more.").format(file=path)
            self._pane.ask(words, [(self.tr("Close this message"), "", lambda: None)])
            return
        if file is not self.current:
            return
        self._pane.ask(
            self.tr(
                "{file} is not there any more: it was moved, renamed or deleted. Your text is kept here."
            ).format(file=path.name),
            [
                (
                    self.tr("Write it again"),
                    self.tr("Save your text under its old name"),
                    lambda: self._desk.save(file, file.text, over=True),
                ),
                (self.tr("Leave it"), self.tr("Write nothing"), lambda: None),
            ],
        )

    # -- the editor

    def _show(self, file: OpenFile) -> None:
        if self.current is not None and self.current is not file:
            self._keep_draft()
        editor = self._pane.editor
        if self.current is not file:
            self._pane.put_away()
            self._showing = True
            self.current = file
            editor.open_document(str(file.path), file.text)
            editor.set_read_only(bool(self.locked(file.path)))
            self._showing = False
            if self._course is not None and self._pane.files.findData(file.path) < 0:
                self._pane.files.addItem(file.path.name, file.path)
            self._pane.choose(file.path)
            self._watch.watch(file.path)
            self._check_now()
            self._offer_draft(file)
        place = self._places.pop(file.path, None)
        if place is not None and self._pane.isAncestorOf(QApplication.focusWidget() or self._pane):
            editor.go_to(*place)
        elif place is not None:
            editor.restore_state(DocumentState(place[0], place[1] or 0, max(1, place[0] - 2)))
        self._say_state()
        self.opened.emit(file.path)

    def _offer_draft(self, file: OpenFile) -> None:
        draft, file.draft = file.draft, None
        if draft is None or self.locked(file.path):
            return
        text, when = draft
        self._pane.ask(
            self.tr("There is a text of yours from {when} that was not saved.").format(when=when),
            [
                (
                    self.tr("Bring it back"),
                    self.tr("Put it into the editor; Ctrl+Z undoes that"),
                    lambda: self._pane.editor.replace_all(text),
                ),
                (
                    self.tr("Leave it"),
                    self.tr("Forget that text"),
                    lambda: self._desk.keep_draft(file.path, None),
                ),
            ],
        )

    def _typed(self) -> None:
        if self.current is None or self._showing:
            return
        self._take_text()
        self._say_state()
        self._draft.start()
        self._live.soon(self.current.path, self.current.text, self._course)

    def _take_text(self) -> None:
        if self.current is not None and not self._showing:
            self.current.text = self._pane.editor.text()

    def _keep_draft(self) -> None:
        self._draft.stop()
        file = self.current
        if file is None or self.locked(file.path):
            return
        self._take_text()
        if file.text != file.source.text:
            self._desk.keep_draft(file.path, file.text)
        elif not self._pane.question:
            self._desk.keep_draft(file.path, None)

    def _look(self) -> None:
        if self.current is not None and not self._saving:
            self._desk.look(self.current.path, self.current.mark)

    def _check_now(self) -> None:
        if self.current is not None:
            self._live.now(self.current.path, self.current.text, self._course)

    def _show_problems(self, problems: tuple[Problem, ...], boxes: bool) -> None:
        if self.current is None:
            return
        text, tested = self.current.text, self._tested.get(self.current.path)
        proved = since_tested(tested.problems, tested.text, text) if tested else ()
        marks = as_marks(problems, text) + as_marks(proved, text, self.tr("Test: {}"))
        self.problems = problems = (*problems, *proved)
        self._pane.editor.show_problems(marks, boxes=boxes)
        errors = sum(one.severity is Severity.ERROR for one in problems)
        self._pane.show_problems(errors, len(problems) - errors)

    def _say_state(self) -> None:
        file = self.current
        if file is None:
            return
        why = self.locked(file.path)
        changeable = bool(why) and self.changeable(file.path)
        self._pane.lock.setVisible(changeable)
        if why:
            self._pane.show_state(self.tr("Read only") if changeable else why, can_save=False)
        elif self._saving:
            self._pane.show_state(self.tr("Saving"), can_save=False)
        elif file.source.was:
            words = self.tr("Saved as {name}; saving here makes it UTF-8").format(name=file.source.was)
            self._pane.show_state(words, role="caution", can_save=True)
        elif file.changed:
            self._pane.show_state(self.tr("Not saved yet"), role="caution", can_save=True)
        else:
            self._pane.show_state(self.tr("Saved"), can_save=False)
