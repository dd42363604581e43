""" "I think I am right" files that learners sent, replayed against the course as it is now, and sorted by what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tutor.authoring.replay import CaseState, Replayed
from tutor.translation import tr
from tutor.ui.announce import announce
from tutor.ui.author.task_head import TaskHead
from tutor.ui.editor import CodeView, EditorTheme
from tutor.ui.fold import Fold
from tutor.ui.labels import button, text_label
from tutor.ui.look import Look
from tutor.ui.replace_page import replace_page
from tutor.ui.stylesheet import set_primary, set_role

#: Cases that are shown at once.
MOST = 60


def titles() -> dict[CaseState, str]:
    """What the groups are called, in the order in which they are shown."""

    return {
        CaseState.STILL_REFUSED: tr("Still refused"),
        CaseState.NOW_PASSES: tr("Now passes"),
        CaseState.LESSON_CHANGED: tr("Lesson changed since"),
        CaseState.DAMAGED: tr("Damaged"),
    }


class CasesPane(QWidget):
    """Shows cases; `accept_asked` and `step_asked` bring the case that a button was pressed for."""

    folder_asked = Signal()
    again_asked = Signal()
    cancelled = Signal()
    accept_asked = Signal(object)
    step_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "pane")
        self._look = look
        self._code: tuple[EditorTheme, float] | None = None
        self._found: tuple[Replayed, ...] = ()
        #: Says what in a case looks like patient data; nothing where nothing does.
        self.patients: Callable[[Replayed], str] = lambda _one: ""
        #: Whether the answers file of a case may be written: not in an installed course.
        self.may_accept: Callable[[Replayed], bool] = lambda _one: True
        self.accepts: dict[str, QPushButton] = {}
        self.folds: dict[str, Fold] = {}
        self.open = button(
            self.tr("Open a folder of cases"),
            self.tr("Each is judged again; nothing in the folder is changed"),
        )
        self.again = button(
            self.tr("Judge again"), self.tr("The same folder, against the course as it is now")
        )
        self.cancel = button(self.tr("Cancel"))
        self.open.clicked.connect(self.folder_asked)
        self.again.clicked.connect(self.again_asked)
        self.cancel.clicked.connect(self.cancelled)
        self._head = TaskHead(
            (self.open, self.again),
            self.cancel,
            counts=self.tr("How many cases are judged"),
            words=self.tr(
                "Learners can save a case when they think that a refused program is right. Put the files that they sent "
                "into one folder, and open it here."
            ),
        )
        self.bar, self.words = self._head.bar, self._head.words
        self.list = QScrollArea()
        self.list.setWidgetResizable(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._head)
        self._box.addWidget(self.list, 1)
        self.again.hide()
        set_primary(self.open, True)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self._box.setContentsMargins(0, look.px(12), 0, 0)
        self._head.set_look(look)
        self._build()

    def set_code(self, theme: EditorTheme, points: float) -> None:
        """How programs look."""
        self._code = (theme, points)
        self._build()

    def begin(self) -> None:
        """Judging has begun."""
        self._head.begin(self.tr("The cases are judged. You can go on writing."))
        set_primary(self.open, False)

    def show_progress(self, done: int, total: int, what: str) -> None:
        """How far it is."""
        self._head.show_progress(done, total, what)

    def show_trouble(self, words: str) -> None:
        """The cases could not be judged, or that was cancelled."""
        self._end(words)

    def show_cases(self, found: Sequence[Replayed]) -> None:
        """What became of them."""
        counts = [
            f"{name}: {count}"
            for state, name in titles().items()
            if (count := sum(one.state is state for one in found))
        ]
        words = ". ".join(counts) if counts else self.tr("There are no case files in this folder.")
        self._end(words)
        self.again.setVisible(True)
        self._found = tuple(found)
        self._build()
        announce(self, words)

    @property
    def cases(self) -> tuple[Replayed, ...]:
        """What is shown."""
        return self._found

    def focus_first(self) -> None:
        """Give the keyboard to what can be done now."""
        (self.cancel if self.cancel.isVisible() else self.open).setFocus()

    def _end(self, words: str) -> None:
        self._head.end(words)
        set_primary(self.open, not self._found)

    def _build(self) -> None:
        look = self._look
        opened = {name for name, fold in self.folds.items() if fold.is_open}
        self.accepts, self.folds = {}, {}
        page = QWidget()
        set_role(page, "pane")
        box = QVBoxLayout(page)
        box.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(12))
        box.setSpacing(look.px(8))
        shown = 0
        for state, name in titles().items():
            of_state = [one for one in self._found if one.state is state]
            if of_state and shown < MOST:
                box.addWidget(text_label(name, "heading"))
            for one in of_state[: max(0, MOST - shown)]:
                box.addWidget(self._card(one))
                shown += 1
        if len(self._found) > shown:
            box.addWidget(text_label(self.tr("and %n more.", "", len(self._found) - shown), "muted"))
        box.addStretch(1)
        replace_page(self.list, page)
        needed = page.minimumSizeHint().width() + self.list.verticalScrollBar().sizeHint().width()
        self.list.setMinimumWidth(min(needed, self._look.px(600)))
        for name in opened & self.folds.keys():
            self.folds[name].set_open(True)

    def _card(self, one: Replayed) -> QFrame:
        look, name = self._look, one.file.name
        frame = QFrame()
        set_role(frame, "card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        box.setSpacing(look.px(4))
        box.addWidget(text_label(name, "strong"))
        if one.case is not None:
            where = self.tr("Lesson {lesson}, step {step}").format(lesson=one.case.lesson, step=one.case.step)
            box.addWidget(text_label(where, "small"))
        box.addWidget(text_label(one.detail))
        patients = self.patients(one)
        if patients:
            box.addWidget(text_label(patients, "caution"))
        if one.case is None:
            return frame
        if one.case.reason:
            box.addWidget(text_label(self.tr("The learner writes: {reason}").format(reason=one.case.reason)))
        box.addWidget(self._program(one))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        step = button(self.tr("Show the step"), self.tr("Open this step, with its checks"))
        step.setAccessibleName(self.tr("Show the step of {name}").format(name=name))
        step.clicked.connect(lambda: self.step_asked.emit(one))
        row.addWidget(step)
        if one.passed and not one.answered and self.may_accept(one):
            accept = button(
                self.tr("Add to the right answers"),
                self.tr("Write it into the answers file beside the lesson"),
            )
            accept.setAccessibleName(self.tr("Add {name} to the right answers").format(name=name))
            accept.clicked.connect(lambda: self.accept_asked.emit(one))
            self.accepts[str(one.file)] = accept
            row.addWidget(accept)
        row.addStretch(1)
        box.addLayout(row)
        return frame

    def _program(self, one: Replayed) -> Fold:
        assert one.case is not None
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        code = CodeView(one.case.program)
        code.setAccessibleName(self.tr("Program of {name}").format(name=one.file.name))
        if self._code is not None:
            code.set_theme(self._code[0])
            code.set_font_size(self._code[1])
        box.addWidget(code)
        if one.case.checks:
            box.addWidget(text_label(self.tr("What the checks said then:"), "small"))
            box.addWidget(text_label("\n".join(one.case.checks), "code"))
        fold = Fold(self.tr("The program"), inner, self._look)
        fold.heading.setAccessibleName(self.tr("The program of {name}").format(name=one.file.name))
        self.folds[str(one.file)] = fold
        return fold
