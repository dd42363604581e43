"""In place of a lesson whose file cannot be used: what is wrong in it, line by line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tutor.lessons.model import Problem, Severity
from tutor.session.events import LessonBroken
from tutor.ui.announce import announce
from tutor.ui.labels import button, prose_label, text_label
from tutor.ui.look import Look
from tutor.ui.replace_page import replace_page
from tutor.ui.stylesheet import set_primary, set_role


class BrokenLesson(QScrollArea):
    """Whose fault it is (ours), each problem with its line, and two ways on."""

    retry_requested = Signal()
    next_requested = Signal()
    back_requested = Signal()
    problem_chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._broken: LessonBroken | None = None
        self.for_writers = False
        self.links: list[QPushButton] = []
        self.retry = button(self.tr("Read the file again"))
        self.on = button(self.tr("Go on with the last good version"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("This lesson cannot be shown"))

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        if self._broken is not None:
            self.show_broken(self._broken)

    def show_broken(self, broken: LessonBroken) -> None:
        """List the problems."""
        self._broken = broken
        look, self.links = self._look, []
        page = QWidget()
        set_role(page, "pane")
        box = QVBoxLayout(page)
        box.setContentsMargins(look.px(40), look.px(32), look.px(40), look.px(32))
        box.setSpacing(look.px(12))
        box.addWidget(text_label(self.tr("This lesson cannot be shown"), "title"))
        count = len(broken.problems)
        said = self.tr("The mistake is ours, not yours. Problems in its file: %n.", "", count)
        kept = self.tr("The last good version is still open behind this page.") if broken.kept else ""
        box.addWidget(text_label(f"{said} {kept}".rstrip()))
        for problem in broken.problems[:50]:
            box.addWidget(self._problem(problem))
        if count > 50:
            box.addWidget(text_label(self.tr("and %n more.", "", count - 50), "muted"))
        box.addSpacing(look.px(4))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.retry = button(self.tr("Read the file again"))
        self.retry.clicked.connect(self.retry_requested)
        if broken.kept:
            self.on = button(self.tr("Go on with the last good version"))
            self.on.clicked.connect(self.back_requested)
        else:
            self.on = button(self.tr("Go on to the next lesson"))
            self.on.clicked.connect(self.next_requested)
        row.addWidget(self.on)
        set_primary(self.on, True)
        row.addWidget(self.retry)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)
        replace_page(self, page)
        announce(
            self,
            self.tr("This lesson cannot be shown.") + " " + " ".join(str(p) for p in broken.problems[:1]),
        )

    def _problem(self, problem: Problem) -> QFrame:
        look = self._look
        error = problem.severity is Severity.ERROR
        frame = QFrame()
        set_role(frame, "card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        box.setSpacing(look.px(4))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        place = problem.place
        where = self.tr("{file}, line {line}, column {column}").format(
            file=place.file.name, line=place.line, column=place.column
        )
        if self.for_writers:
            link = button(where, self.tr("Open the file at this place"), "link")
            link.clicked.connect(lambda: self.problem_chosen.emit(problem))
            self.links.append(link)
            head.addWidget(link)
        else:
            head.addWidget(text_label(where, "code", wrap=False))
        head.addWidget(text_label(problem.where, "small", wrap=False))
        head.addStretch(1)
        kind = self.tr("error") if error else self.tr("warning")
        head.addWidget(text_label(kind, "wrong" if error else "caution", wrap=False))
        box.addLayout(head)
        box.addWidget(prose_label(problem.problem, look))
        if problem.hint:
            box.addWidget(prose_label(problem.hint, look, "muted"))
        frame.setToolTip(str(place.file))
        return frame

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is listed."""
        return self._broken.problems if self._broken else ()

    @property
    def lesson_id(self) -> str:
        """The lesson that is broken."""
        return self._broken.lesson_id if self._broken else ""

    def words(self) -> str:
        """All that the page says."""
        page = self.widget()
        return "\n".join(label.text() for label in page.findChildren(QLabel)) if page else ""

    def focus_first(self) -> None:
        """Give the keyboard to the way on; page keys scroll from there too."""
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)
