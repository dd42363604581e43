"""A file of the course in the editor: which one, its text, what is wrong in it, and whether it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tutor.ui.announce import announce
from tutor.ui.author.file_choice import FileChoice
from tutor.ui.author.lock_row import LockRow
from tutor.ui.editor import CodeEditor
from tutor.ui.editor.yaml_language import YAML
from tutor.ui.focus_ring import NO_RING
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.stylesheet import set_primary, set_role
from tutor.ui.tall_page import TallPage


class FilePane(QWidget):
    """Shows and tells; what happens to the file is decided elsewhere."""

    file_chosen = Signal(object)
    save_requested = Signal()
    problem_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self.files = FileChoice()
        self.files.setAccessibleName(self.tr("File of the course"))
        self.files.activated.connect(lambda _at: self.file_chosen.emit(self.files.currentData()))
        self.state = text_label("", "small", wrap=False)
        self.save = button(self.tr("Save"), self.tr("Save this file (Ctrl+S); the lesson is read again"))
        self.save.clicked.connect(self.save_requested)
        self._head = QHBoxLayout()
        for widget, stretch in ((self.files, 1), (self.state, 0), (self.save, 0)):
            self._head.addWidget(widget, stretch)
        self.lock = LockRow(look)
        self.notice = QFrame()
        set_role(self.notice, "caution-card")
        self._words = text_label()
        self._answers = QHBoxLayout()
        self._notice_box = QVBoxLayout(self.notice)
        self._notice_box.addWidget(self._words)
        self._notice_box.addLayout(self._answers)
        self.answers: list[QPushButton] = []
        self.notice.hide()
        self.editor = CodeEditor(language=YAML)
        self.editor.setAccessibleName(self.tr("The file's text"))
        self.editor.setProperty(NO_RING, True)  # it draws the ring itself, inside its frame
        self.problems = button("", self.tr("Go to the next problem (F8)"), "status")
        self.problems.clicked.connect(self.problem_requested)
        self._foot = QHBoxLayout()
        self.kept = text_label(self.tr("Beside it: the last good version."), "caution")
        self.kept.hide()
        self._foot.addWidget(self.problems)
        self._foot.addWidget(self.kept, 1)
        self._foot.addStretch(0)
        self._notice_row = QHBoxLayout()
        self._notice_row.addWidget(self.notice)
        # As high as their words, however low the window: the text in the editor gives way.
        above, below = TallPage(), TallPage()
        self._above, self._below = QVBoxLayout(above), QVBoxLayout(below)
        self._above.addLayout(self._head)
        self._above.addWidget(self.lock)
        self._above.addLayout(self._notice_row)
        self._below.addLayout(self._foot)
        self._box = QVBoxLayout(self)
        self._box.addWidget(above)
        self._box.addWidget(self.editor, 1)
        self._box.addWidget(below)
        self.set_look(look)
        self.show_problems(0, 0)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(0, look.px(8), 0, look.px(4))
        self._box.setSpacing(look.px(8))
        self._above.setContentsMargins(0, 0, 0, 0)
        self._above.setSpacing(look.px(8))
        self._below.setContentsMargins(0, 0, 0, 0)
        self._head.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._head.setSpacing(look.px(12))
        self._foot.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._foot.setSpacing(look.px(8))
        self.lock.set_look(look)
        self._notice_row.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._notice_box.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        self._notice_box.setSpacing(look.px(8))
        self._show_problem_icon()

    def show_files(self, files: Sequence[tuple[Path, str]], current: Path | None) -> None:
        """The files that can be opened, with their names."""
        self.files.clear()
        for path, name in files:
            self.files.addItem(name, path)
        self.choose(current)

    def choose(self, current: Path | None) -> None:
        """This is the file that is open."""
        at = next((n for n in range(self.files.count()) if self.files.itemData(n) == current), -1)
        self.files.setCurrentIndex(at)

    def show_state(self, words: str, *, role: str = "small", can_save: bool) -> None:
        """Whether the file is saved, or why it cannot be."""
        self.state.setText(words)
        self.state.setToolTip(words)
        set_role(self.state, role)
        self.save.setEnabled(can_save)
        set_primary(self.save, can_save)

    def show_problems(self, errors: int, warnings: int) -> None:
        """How much is wrong in the text as it stands."""
        parts = []
        if errors:
            parts.append(self.tr("To mend: %n", "", errors))
        if warnings:
            parts.append(self.tr("Warnings: %n", "", warnings))
        if not parts:
            parts.append(self.tr("No problem found by reading"))
            more = self.tr("Test runs everything that the lesson promises")
        else:
            more = self.tr("Go to the next problem (F8)")
        self.problems.setToolTip(more)
        self.problems.setAccessibleDescription(more)
        self.problems.setText(". ".join(parts))
        self.problems.setEnabled(bool(errors or warnings))
        self._errors = errors
        self._show_problem_icon()

    def show_kept(self, kept: bool) -> None:
        """Whether the lesson beside the file is an earlier version of it, because this one has mistakes."""
        self.kept.setVisible(kept)

    def _show_problem_icon(self) -> None:
        theme, errors = self._look.theme, getattr(self, "_errors", 0)
        some = self.problems.isEnabled()
        icon = ("warning", theme.wrong if errors else theme.caution) if some else ("check", theme.good)
        self.problems.setIcon(self._look.icon(icon[0], icon[1], 16))
        self.problems.setIconSize(self._look.size(16))

    def ask(self, words: str, answers: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """Say something above the text, with what can be done about it: (words, description, act) each."""
        self._words.setText(words)
        for old in self.answers:
            self._answers.removeWidget(old)
            old.deleteLater()
        while self._answers.count():
            self._answers.takeAt(0)
        self.answers = []
        for text, description, act in answers:
            made = button(text, description)
            made.clicked.connect(lambda _checked=False, act=act: self._answer(act))
            self._answers.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            self.answers.append(made)
        self._answers.addStretch(1)
        self.notice.setAccessibleName(words)
        self.notice.show()
        announce(self.notice, words)

    @property
    def question(self) -> str:
        """What is said above the text now."""
        return "" if self.notice.isHidden() else self._words.text()

    def put_away(self) -> None:
        """Nothing to ask any more."""
        self.notice.hide()

    def _answer(self, act: Callable[[], object]) -> None:
        self.notice.hide()
        self.editor.setFocus()
        act()
