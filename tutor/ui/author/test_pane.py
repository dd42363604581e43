"""Test: the whole lint with its mutants, of this lesson or of the course; progress, Cancel, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor.authoring.lint import Report
from tutor.lessons.model import Problem, Severity
from tutor.ui.announce import announce
from tutor.ui.author.problem_list import ProblemList
from tutor.ui.author.task_head import TaskHead
from tutor.ui.labels import button
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_primary, set_role


class FoundIn(Struct, frozen=True):
    """The text of a file when it was tested, and what only running its programs could find in it."""

    text: str
    problems: tuple[Problem, ...]


class Tested(Struct, frozen=True):
    """What a test was about, in words, what it found, and that again by the files that were tested."""

    what: str
    report: Report
    files: Mapping[Path, FoundIn] = field(default_factory=dict)


class TestPane(QWidget):
    """Shows how far a test is and what it found; `lesson_asked` and `course_asked` want one."""

    __test__ = False  # no test of pytest
    lesson_asked = Signal()
    course_asked = Signal()
    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self.lesson = button(
            self.tr("Test this lesson"), self.tr("Run everything that this lesson promises (Ctrl+Shift+T)")
        )
        self.course = button(self.tr("Test the whole course"), self.tr("The same for every lesson"))
        self.cancel = button(self.tr("Cancel"), self.tr("End this test"))
        self.lesson.clicked.connect(self.lesson_asked)
        self.course.clicked.connect(self.course_asked)
        self.cancel.clicked.connect(self.cancelled)
        self._head = TaskHead(
            (self.lesson, self.course),
            self.cancel,
            counts=self.tr("How far the test is"),
            words=self.tr(
                "Nothing has been tested yet. Test proves the lesson: the solution passes, the starter fails, "
                "each known mistake is recognised, and small changes to the solution are noticed."
            ),
        )
        self.bar, self.words = self._head.bar, self._head.words
        self.list = ProblemList(look)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._head)
        self._box.addWidget(self.list, 1)
        set_primary(self.lesson, True)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._box.setContentsMargins(0, look.px(12), 0, 0)
        self._head.set_look(look)
        self.list.set_look(look)

    def begin(self, what: str) -> None:
        """A test has begun."""
        self._head.begin(self.tr("Testing {what}. You can go on writing.").format(what=what))
        set_primary(self.lesson, False)
        self.list.show_problems(())
        announce(self, self.words.text())

    def show_progress(self, done: int, total: int, what: str) -> None:
        """How far it is."""
        self._head.show_progress(done, total, what)

    def show_cancelled(self) -> None:
        """The test was ended."""
        self._end(self.tr("Cancelled. What was found to hold so far is not run again."))

    def show_trouble(self, words: str) -> None:
        """The test could not be done."""
        self._end(words)

    def show_tested(self, tested: Tested) -> None:
        """What was found."""
        report = tested.report
        errors = sum(one.severity is Severity.ERROR for one in report.problems)
        warnings = len(report.problems) - errors
        said = [self.tr("Tested: {what}.").format(what=tested.what)]
        said.append(self.tr("Steps: {steps}.").format(steps=report.steps))
        if not report.problems:
            said.append(self.tr("No problem."))
        if errors:
            said.append(self.tr("To mend: %n.", "", errors))
        if warnings:
            said.append(self.tr("Warnings: %n.", "", warnings))
        if report.spared:
            said.append(self.tr("Proofs that held before and were not run again: %n.", "", report.spared))
        self._end(" ".join(said), report.problems)
        announce(self, self.words.text())

    def focus_first(self) -> None:
        """Give the keyboard to what can be done now."""
        first = (
            self.cancel
            if self.cancel.isVisible()
            else (self.list.links[0] if self.list.links else self.lesson)
        )
        first.setFocus()

    def _end(self, words: str, problems: Sequence[Problem] = ()) -> None:
        had_keyboard = self.cancel.hasFocus()
        self._head.end(words)
        set_primary(self.lesson, True)
        self.list.show_problems(problems)
        if had_keyboard:  # it would go to the first button of the window, now that Cancel is gone
            self.focus_first()
